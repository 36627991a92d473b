import json
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def test_production_logs_one_json_object_for_a_request_without_its_query() -> None:
    code = (
        "import django; django.setup();"
        "from django.test import Client;"
        "Client().get('/healthz?q=a+name', secure=True, headers={'host': 'portal.example',"
        "'X-Request-ID': 'number-0001'})"
    )

    answered = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env={
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_MODE": "production",
            "PORTAL_SECRET_KEY": "k" * 50,
            "PORTAL_ALLOWED_HOSTS": "portal.example",
            "DATABASE_URL": "postgresql://portal@db.example/portal",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    line = answered.stderr.splitlines()[-1]
    record = json.loads(line)
    assert "name" not in line.replace('"logger"', "")
    assert record.keys() == {
        "event",
        "level",
        "logger",
        "method",
        "milliseconds",
        "path",
        "request_id",
        "status",
        "timestamp",
    }
    assert (record["path"], record["status"], record["request_id"]) == (
        "/healthz",
        200,
        "number-0001",
    )
