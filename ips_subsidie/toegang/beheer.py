"""The base of every admin page above the logboek. It lives there, where the lines are written."""

from ips_subsidie.logboek.beheer import AlleenLezen, Beheer, MetZoekvelden, NooitVerwijderen, schrijf_beheer

__all__ = ["AlleenLezen", "Beheer", "MetZoekvelden", "NooitVerwijderen", "schrijf_beheer"]
