"""Rows of an article's form that rest on its sentences. Each is one call to an action."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.models import User
from departments.refusals import refusing
from departments.related import RelatedFormSet, RelatedInline, RelatedList
from indicators.admin import sight
from indicators.admin.fields import NumberFormField
from indicators.chaining import PastIsClosed
from indicators.setting import PublishedAlready
from news import quoting
from news.models import Article, Passage
from portal.admin.sentences import Working, digest, shortened

STATES: Final = (PublishedAlready, PastIsClosed)


Seen = dict[str, QuerySet[Any]]
"""What the person may pick, by the name of the field."""


class SentenceForm(forms.ModelForm):  # type: ignore[type-arg] # serves every record that rests on a sentence
    """Picks the sentence, then its words; the action checks the rest when the row is saved."""

    sentence = forms.ChoiceField(
        label=gettext_lazy("Sentence"), required=False,
        help_text=gettext_lazy("Of the text as it stands above; save first if it is not listed."),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Copied exactly from the sentence. Empty: the whole sentence."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, working: Working, article: Article, seen: Seen, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        for name in self.fields.keys() & seen.keys():
            key = self.fields[name]
            assert isinstance(key, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            key.queryset = seen[name]
        self.working = working
        self.article = article
        self.passage: Passage | None = self.instance.passage if self.instance.pk else None
        choices = [("", gettext_lazy("Pick the sentence")), *working.choices]
        self.kept = ""
        if self.passage is not None:
            sentence = working.of(self.passage)
            self.kept = sentence.key if sentence else self._kept(self.passage)
            self.initial["sentence"] = self.kept
            if sentence is None:
                choices.insert(1, (self.kept, self._label(self.passage)))
        field = self.fields["sentence"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices
        stored_in = working.stored_in if self.instance.pk else working.convention
        for name, number in self.fields.items():
            if isinstance(number, NumberFormField):
                number.speak(
                    working.convention, stored=self.get_initial_for_field(number, name),
                    stored_in=stored_in, typed=self.data.get(self.add_prefix(name)),
                )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None:
            return cleaned
        key, words = cleaned.get("sentence", ""), cleaned.get("words", "")
        picked = self.working.by_key(key) if key else self.working.holding(words)
        if picked is None and (not key or key != self.kept) and "sentence" not in self.errors:
            self.add_error("sentence", self._ask())
        self.picked = picked
        if not words:
            kept = self.passage.quote if self.passage else ""
            cleaned["words"] = picked.words if picked else kept
        return cleaned

    def _post_clean(self) -> None:
        """The record is not touched here: the action checks it, once its sentence is a passage."""

    def quoted(self) -> Passage:
        """The passage of the picked sentence, made when it is new."""
        if self.picked is None:
            assert self.passage is not None  # noqa: S101 - `clean` asked for a sentence otherwise
            return self.passage
        return quoting.quote(self.article, self.picked.words, occurrence=self.picked.occurrence)

    def add(self, *, by: User, at: datetime) -> Any:
        raise NotImplementedError

    def revise(self, *, by: User, at: datetime) -> Any:
        """Take the row's place in a draft by a new one."""
        self.remove(by=by)
        return self.add(by=by, at=at)

    def remove(self, *, by: User) -> None:
        raise NotImplementedError

    def _ask(self) -> str:
        if not self.working.sentences:
            return _("Write the text first, then pick the sentence that says so.")
        return _("Pick the sentence of the text that says so.")

    def _kept(self, passage: Passage) -> str:
        """The key under which the form was sent out, while the sentence still stood in the text."""
        words = digest(passage.quote)
        posted = str(self.data.get(self.add_prefix("sentence"), ""))
        return posted if posted.startswith(words) else f"{words}-0"

    def _label(self, passage: Passage) -> str:
        words = shortened(passage.quote)
        if quoting.locate(self.working.text, passage) is None:
            return _("No longer in the text: %(words)s") % {"words": words}
        return words


class RowFormSet(RelatedFormSet):
    """Rows that are saved by actions, one after the other, all or none."""

    article: Article

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        inline = self.inline
        own = {"working": inline.working, "article": self.instance, "seen": inline.seen}
        return {**super().get_form_kwargs(index), **own}

    def clean(self) -> None:
        """Uniqueness is the actions' and the database's; a row written twice is seen here."""
        seen: set[Any] = set()
        for form in self.forms:
            key = self.inline.key_of(form)
            if key is None or form in self.deleted_forms:
                continue
            if key in seen:
                form.add_error(None, self.inline.written_twice)
            seen.add(key)

    def save_rows(self, *, by: User, at: datetime) -> None:
        """Raises `Refused` with the row and the reason."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        for index, form in enumerate(self.forms):
            assert isinstance(form, SentenceForm)  # noqa: S101 - for the type checker
            with refusing(prefix=str(self.prefix), row=index, states=STATES):
                self._save_row(form, by=by, at=at)

    def _save_row(self, form: SentenceForm, *, by: User, at: datetime) -> None:
        is_new = form.instance.pk is None
        if form in self.deleted_forms:
            if not is_new:
                self.deleted_objects.append(form.instance)
                form.remove(by=by)
        elif is_new and form.has_changed():
            self.new_objects.append(form.add(by=by, at=at))
        elif form.has_changed():
            self.changed_objects.append((form.revise(by=by, at=at), form.changed_data))


class InSight(RelatedInline):
    """Rows of confidential indicators are only there for those who see the indicator."""

    indicator_key = ""
    """The way from a row to its indicator."""

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if not self.indicator_key:
            return rows
        return rows.filter(**{f"{self.indicator_key}__in": sight.indicators(request).values("pk")})


class RowsInline(InSight, admin.StackedInline):  # type: ignore[type-arg] # for the type checker only
    """Rows of a draft, or new rows of what is published already."""

    form = SentenceForm
    formset = RowFormSet  # type: ignore[assignment] # without a foreign key
    written_twice: Any = gettext_lazy("This stands in another row already.")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.working = request.working  # type: ignore[attr-defined] # set by the article's admin
        targets = sight.targets(request).select_related("indicator")
        self.seen = {"indicator": sight.indicators(request), "target": targets, "targets": targets}
        return super().get_formset(request, obj, **kwargs)

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        """What the public has seen is not edited in place."""
        if record.published_at is not None:
            return queryset.none()
        return queryset.filter(passage__article=record).select_related("passage").order_by("pk")

    def key_of(self, form: Any) -> Any:
        """What no two rows may share; None while it is not known."""
        return None


class PublicRows(InSight, RelatedList):
    """Rows that the public has seen, or that this person may only look at."""

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        return queryset.filter(passage__article=record)


def picker(name: str, *, of: Any, label: Any, required: bool = True, help_text: Any = "") -> Any:
    """A field that looks a record up as one types. `of` is the model with the key of that name."""
    key = of._meta.get_field(name)
    return forms.ModelChoiceField(
        key.remote_field.model._default_manager.all(), label=label, required=required,
        widget=AutocompleteSelect(key, admin.site), help_text=help_text,
    )  # fmt: skip
