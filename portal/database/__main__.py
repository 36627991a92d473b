"""The command line of the local database server."""

import argparse
import shutil
import sys
from collections.abc import Sequence

from portal.database import locking, server
from portal.database.errors import LocalDatabaseError
from portal.database.places import local
from portal.database.running import run


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.database", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    runner = commands.add_parser("run", help="run a command with the server beside it")
    runner.add_argument("--temporary", action="store_true", help="an empty server, then deleted")
    runner.add_argument("--tied", action="store_true", help="end when the parent process dies")
    runner.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    commands.add_parser("status", help="say whether the server runs; exit status 3 if not")
    commands.add_parser("stop", help="stop the server and what uses it")
    commands.add_parser("remove", help="stop the server and delete its data")
    chosen = parser.parse_args(words)
    try:
        if chosen.command == "run":
            command = chosen.words[1:] if chosen.words[:1] == ["--"] else chosen.words
            if not command:
                parser.error("run needs a command after --")
            return run(command, throwaway=chosen.temporary, tied=chosen.tied)
        return {"status": status, "stop": stop, "remove": remove}[chosen.command]()
    except LocalDatabaseError as error:
        server.say(str(error))
        return 1


def status() -> int:
    place = local()
    answers = server.running(place)
    owner = locking.holder(place.lock)
    beside = f", beside process {owner}" if owner else ""
    server.say(f"{'running' + beside if answers else 'stopped'}; data in {place.data}")
    return 0 if answers else 3


def stop() -> int:
    server.say("stopped" if server.stop_any(local()) else "not running")
    return 0


def remove() -> int:
    place = local()
    stop()
    shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(place.socket, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
