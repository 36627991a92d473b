"""Signing in, where it leads, and the language of the admin, which has none in its address."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from assignments.visibility import signed_in
from departments import access
from departments.models import User
from indicators.periods import day_in_province


class PersonLanguage:
    """The admin speaks the language of the person who signed in, not that of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(reverse("admin:index")) and isinstance(request.user, User):
            speak(request, request.user.language)
        return self.get_response(request)


class SignInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["inputmode"] = "email"

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(
            _(
                "This e-mail address and this password do not belong together. Check both; in "
                "the password capital and small letters differ."
            ),
            code="invalid_login",
        )


class SignIn(LoginView):
    """The one page to sign in. It speaks the language of the page that asked for it."""

    template_name = "portal/sign_in.html"
    authentication_form = SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = self.get_redirect_url()
        asked = request.GET.get("language", "")
        language = asked if asked in User.Language.values else get_language_from_path(wanted)
        if language:
            speak(request, language)
        if isinstance(request.user, User) and (request.user.is_staff or not _is_admin(wanted)):
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        wanted = self.get_redirect_url()
        user = signed_in(self.request.user)
        if wanted in ("", reverse("admin:index")) or (_is_admin(wanted) and not user.is_staff):
            return landing(user, on=day_in_province(timezone.now()))
        return wanted

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        other = User.Language.EN if translation.get_language() == "vi" else User.Language.VI
        query = self.request.GET.copy()
        query["language"] = other
        if wanted := self.get_redirect_url():
            query["next"] = translate_url(wanted, other)
        there = f"{self.request.path}?{query.urlencode()}"
        return super().get_context_data(**kwargs) | {"other_language_url": there}


def landing(user: User, *, on: date) -> str:
    """Who only reports for a department starts at its assignments, everybody else in the admin."""
    has_desk = user.is_superuser or access.has_role(user, *access.Role)
    if user.is_staff and (has_desk or not access.departments_of(user, on=on).exists()):
        return reverse("admin:index")
    with translation.override(user.language):
        return reverse("assignments:workspace")


@login_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The person's language from now on; back to the page they came from."""
    chosen = request.POST.get("language", "")
    if chosen in User.Language.values:
        access.choose_language(signed_in(request.user), language=User.Language(chosen))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("admin:index"))


def speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _is_admin(address: str) -> bool:
    return address.startswith(reverse("admin:index"))
