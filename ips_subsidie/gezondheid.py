"""Whether this process can do its work: asked by the container and the balancer, many times a minute."""

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from ips_subsidie.toegang.poort import openbaar

log = structlog.get_logger(__name__)


@openbaar
def gezondheid(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503; says no more than that."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        log.error("gezondheid: de databank antwoordt niet")
        return JsonResponse({"status": "databank"}, status=503)
    return JsonResponse({"status": "ok"})
