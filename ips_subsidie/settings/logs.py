"""Logs: one JSON line an event. Names, BSNs, request bodies and tokens are never given to a logger; what slips through
is taken out by `verhul`.
"""

from typing import Any

import structlog

from ips_subsidie.settings.verhullen import verhul

_VOORBEWERKING: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logs(niveau: str) -> dict[str, Any]:
    """Django's LOGGING, and structlog set up to write through it."""
    structlog.configure(
        processors=[*_VOORBEWERKING, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    verhul,
                    structlog.processors.JSONRenderer(),
                ],
                "foreign_pre_chain": _VOORBEWERKING,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        # Their lines hold the parameters of a statement, and what a template shows: never, whatever the level.
        "loggers": {naam: {"level": "WARNING"} for naam in ("django.db.backends", "django.template")},
        "root": {"handlers": ["console"], "level": niveau},
    }
