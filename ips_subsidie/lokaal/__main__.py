"""`python -m ips_subsidie.lokaal`, or `make run`: everything on this machine, until Ctrl-C."""

import os
import sys

from ips_subsidie.lokaal.processen import Gestopt, Opstartfout, Stop, sterf_met_ouder
from ips_subsidie.lokaal.recept import RECEPT, Recept
from ips_subsidie.lokaal.toezicht import Opdracht, Toezicht


def main(recept: Recept = RECEPT) -> int:
    """Returns the exit code: 0 when asked to stop, 1 with one clear line when something is in the way."""
    if os.environ.get("IPS_STOP_MET_OUDER"):  # set by make: killing make ends us too
        sterf_met_ouder()
    stop = Stop()
    stop.luister()
    try:
        return Toezicht(Opdracht.uit_omgeving(dict(os.environ)), recept, stop).draai()
    except Gestopt:
        return 0
    except Opstartfout as fout:
        print(f"Het IPS-subsidieportaal start niet: {fout}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
