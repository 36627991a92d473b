import fcntl
import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

HOST = "127.0.0.1"
PAGES = ("/vi/", "/en/", "/admin/", "/workspace/")


class Command(BaseCommand):
    help = "Prepare the demonstration and serve it; `make demo` starts the database first."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration runs in development only: unset PORTAL_MODE.")
        address = f"http://{HOST}:{port}"
        claim(address)
        check_port(port)
        self.stdout.write("Preparing the database ...")
        call_command("migrate", verbosity=0)
        call_command("compile_translations")
        call_command("load_demo", if_empty=True)
        self.stdout.write("")
        call_command("demo_accounts")
        self.stdout.write("\nThe portal (Ctrl-C ends it):")
        for page in PAGES:
            self.stdout.write(f"  {address}{page}")
        self.stdout.flush()
        serve(port)


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used: {error}. Choose another: make demo PORT=8001"
            ) from error


def claim(address: str) -> None:
    """Refuse a second demonstration of this checkout; the claim ends with the server."""
    path = settings.BASE_DIR / "var" / "demo"
    path.parent.mkdir(exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.read(file, 100).decode()
        raise CommandError(f"The demonstration runs already: {other}/") from None
    os.ftruncate(file, 0)
    os.write(file, address.encode())
    os.set_inheritable(file, True)


def serve(port: int) -> None:
    """Become the application server, so that its end is the demonstration's end."""
    connection.close()
    command = (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", HOST, "--port", str(port), "--blocking-threads", "8"),
        # A worker that is asked to stop while it starts never answers.
        *("--workers-kill-timeout", "2"),
        *("--log-level", "error", "portal.wsgi:application"),
    )
    os.execv(sys.executable, command)  # noqa: S606 our own arguments, no shell
