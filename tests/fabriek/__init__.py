"""Valid dossiers in any status, made through the acts and never around them.

    wereld = maak_wereld()                                  # regeling, instelling, people at UWV
    aanvraag = toegekend(wereld, gemeente="0268")           # a new dossier, all the way
    aanvraag = ingediend(wereld, route="uwv", bsn=bsn(7))   # or half the way
    dien_aanvulling_in(wereld, onvolledig(wereld))          # or one step more

Names of a status (`ingediend`) make a dossier that has it; names of a doing (`dien_in`) take an existing one a step
further. Every function takes `nu`, the instant at which it happens: NU, a Monday in the tijdvak, unless given.
"""

from tests.fabriek.bezwaar import *  # noqa: F403
from tests.fabriek.dossiers import *  # noqa: F403
from tests.fabriek.dwangsom import *  # noqa: F403
from tests.fabriek.einde import *  # noqa: F403
from tests.fabriek.stappen import *  # noqa: F403
from tests.fabriek.wereld import *  # noqa: F403
