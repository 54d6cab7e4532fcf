"""A GET can't write, and what it showed of a client is written down before the answer leaves."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from ips_subsidie.logboek.schrijven import schrijf_inzagen

VEILIG = ("GET", "HEAD")


class LeestransactieMiddleware:
    """Runs the view of a GET in a read-only transaction; the last middleware, next to the view.

    The transaction is rolled back: there is nothing to keep, and under a savepoint (tests) the rollback is
    what ends the read-only mode.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in VEILIG:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
                response = self.get_response(request)
                transaction.set_rollback(True)
        else:
            response = self.get_response(request)
        schrijf_inzagen(request, gelukt=response.status_code < 400)
        return response
