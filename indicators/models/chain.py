"""Records that can change their mind: chains of rows, each known over a stretch of time."""

from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.db import models


class ChainQuerySet(models.QuerySet[Any]):
    """Rows with a `known` range; null while their article is a draft."""

    def known_on(self, moment: datetime) -> Self:
        """The rows that were current at that moment, whoever may see them."""
        return self.filter(known__contains=moment)

    def released(self, at: datetime) -> Self:
        """The current rows that the public may see: nothing of a confidential indicator."""
        raise NotImplementedError

    def drafts(self) -> Self:
        return self.filter(known=None)


def append_only(name: str) -> pgtrigger.Trigger:
    """Once the public knows a row, it is closed in time and otherwise never changed or deleted.

    `known` begins once and ends once; an end that still lies ahead may move.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        declare=[],
        func=f"""
            IF OLD.known IS NULL THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE'
                AND (to_jsonb(OLD) - 'known') = (to_jsonb(NEW) - 'known')
                AND NEW.known IS NOT NULL
                AND (lower(OLD.known) = lower(NEW.known) OR isempty(NEW.known))
                AND (upper(OLD.known) IS NULL OR upper(OLD.known) > now()
                     OR OLD.known = NEW.known)
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'published rows of % are closed, never changed ({name})', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        """,
    )
