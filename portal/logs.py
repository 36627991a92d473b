"""Structured logs: JSON in production, readable lines in development; no personal data."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")

_log = structlog.get_logger("portal.requests")

_shared: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class RequestLog:
    """One line for each request, and a number that ties its other lines to it.

    The line holds no query, address or user: a search can name a person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get("X-Request-ID", "")
        number = sent if REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self.get_response(request)
            _log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                milliseconds=round(1000 * (time.perf_counter() - began)),
            )
        response.headers["X-Request-ID"] = number
        return response


def configuration(*, as_json: bool) -> dict[str, Any]:
    """The value of LOGGING; also sets up structlog, which hands its lines to `logging`."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_renderers(as_json=as_json),
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Django's own handlers would write each line a second time.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # A terminal shows what went wrong; django.request says it.
            "portal.requests": {"level": "INFO" if as_json else "WARNING"},
        },
    }


def _renderers(*, as_json: bool) -> list[structlog.typing.Processor]:
    if as_json:
        return [
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    plain = structlog.dev.plain_traceback  # the default draws for a second and a half
    return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
