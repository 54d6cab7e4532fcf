"""The pages of the dossier. A page that offers an act bears its name (`aanvraag.toekennen`: aanvraag_toekennen)."""

from aanvragen.web.afronden.urls import urlpatterns as afronden
from aanvragen.web.behandeling.urls import urlpatterns as uwv
from aanvragen.web.bezwaar.urls import urlpatterns as bezwaar
from aanvragen.web.dossier.urls import urlpatterns as dossier
from aanvragen.web.dwangsom.urls import urlpatterns as dwangsom
from aanvragen.web.gemeente.urls import urlpatterns as gemeente
from aanvragen.web.gesprek.urls import urlpatterns as gesprek
from aanvragen.web.instelling.urls import urlpatterns as instelling
from aanvragen.web.termijnen.urls import urlpatterns as termijnen

app_name = "aanvragen"
urlpatterns = [*afronden, *instelling, *gemeente, *uwv, *bezwaar, *dossier, *dwangsom, *gesprek, *termijnen]
