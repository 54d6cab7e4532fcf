"""`python -m ips_subsidie.lokaal.met_diensten COMMAND ...`: one command with services of its own."""

import os
import sys

from ips_subsidie.lokaal.processen import Gestopt, Opstartfout, Stop, voer_uit
from ips_subsidie.lokaal.tijdelijk import tijdelijke_diensten


def main(argv: list[str]) -> int:
    if not argv:
        print("gebruik: python -m ips_subsidie.lokaal.met_diensten OPDRACHT ...", file=sys.stderr)
        return 2
    stop = Stop()
    stop.luister()
    try:
        with tijdelijke_diensten(stop) as omgeving:
            return voer_uit(argv, stop, uitvoer=None, env={**os.environ, **omgeving})
    except Gestopt:
        return 130
    except FileNotFoundError as fout:
        print(f"Opdracht niet gevonden: {fout.filename}", file=sys.stderr)
        return 127
    except Opstartfout as fout:
        print(f"De diensten starten niet: {fout}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
