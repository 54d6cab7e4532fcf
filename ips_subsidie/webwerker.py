"""The worker of gunicorn, for a stop without visitors that hang."""

from gunicorn.workers.gthread import ThreadWorker


class Werker(ThreadWorker):
    """Asked to stop it lets go of the port at once, and then finishes what is under way.

    Gunicorn's own stops taking visitors but keeps the port: who comes then waits for an answer that nobody gives, until
    the last request is done. A port that refuses is what a proxy understands: it tries the next server, or says so.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for luisteraar in self.sockets:
                luisteraar.close()
