"""One transaction around each view: what it may see is told to the database, and a GET can't write."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.schrijven import schrijf_inzagen, toont
from ips_subsidie.toegang.rijrechten import Blik, met_blik

VEILIG = ("GET", "HEAD")
FOUT_VAN_ONS = 500


class TransactieMiddleware:
    """The last middleware, next to the view.

    A GET runs read-only and is rolled back: there is nothing to keep, and under a savepoint (tests) the rollback is
    what ends the read-only mode. Every other request is committed as a whole, its refusals included, unless it ends
    in an error of ours; acts are savepoints within it. What was shown of a client is written down before the answer
    leaves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        blik = Blik.van(getattr(request, "actor", None), nu())
        if request.method in VEILIG:
            with transaction.atomic(), met_blik(blik, alleen_lezen=True):
                response = self.get_response(request)
                transaction.set_rollback(True)
        else:
            with transaction.atomic():
                with met_blik(blik):
                    response = self.get_response(request)
                    if response.status_code < FOUT_VAN_ONS:
                        _nog_heel()
                        schrijf_inzagen(request, gelukt=toont(response.status_code))
                if response.status_code >= FOUT_VAN_ONS:
                    transaction.set_rollback(True)
        schrijf_inzagen(request, gelukt=toont(response.status_code))
        return response


def _nog_heel() -> None:
    """A failed statement that nobody undid makes COMMIT a silent rollback: better an error than a false "gelukt"."""
    lijn = connection.connection
    if connection.needs_rollback or (
        lijn is not None and lijn.info.transaction_status == TransactionStatus.INERROR
    ):
        raise transaction.TransactionManagementError("een mislukte opdracht is niet teruggedraaid")
