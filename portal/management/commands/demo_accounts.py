from typing import Any

from django.core.management.base import BaseCommand

from departments.models import User
from portal.demonstration.people import ACCOUNTS, PASSWORD, Account

HEADINGS = ("E-mail", "Password", "Role", "Department", "Try")


class Command(BaseCommand):
    help = "List the sign-ins of the demonstration, and what to try with each."

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(User.objects.values_list("email", flat=True))
        accounts = [account for account in ACCOUNTS if account.email in there]
        if not accounts:
            self.stdout.write("No sign-ins of the demonstration: python manage.py load_demo")
            return
        self.stdout.write(table([HEADINGS, *map(cells, accounts)]))


def cells(account: Account) -> tuple[str, ...]:
    return (
        account.email,
        PASSWORD,
        account.roles_shown,
        account.department or "-",
        account.tries,
    )


def table(rows: list[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
