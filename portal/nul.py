"""A NUL character is in no address and no text of ours, and PostgreSQL takes none."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

NUL = "\0"


class RefuseNul:
    """Answers 404 for one in the path, and 400 for one in the query of the admin.

    Forms of the other pages say themselves that it cannot stand there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info:
            raise Http404
        if request.path.startswith(reverse("admin:index")) and _holds_nul(request):
            raise BadRequest("NUL in the query")
        return self.get_response(request)


def _holds_nul(request: HttpRequest) -> bool:
    return any(NUL in text for name, values in request.GET.lists() for text in (name, *values))
