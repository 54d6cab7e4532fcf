"""The pages of the dossier. A page that offers an act bears its name (`aanvraag.toekennen`: aanvraag_toekennen)."""

from aanvragen.web.afronden.urls import urlpatterns as afronden
from aanvragen.web.behandeling.urls import urlpatterns as uwv
from aanvragen.web.dossier.urls import urlpatterns as dossier
from aanvragen.web.gemeente.urls import urlpatterns as gemeente
from aanvragen.web.instelling.urls import urlpatterns as instelling

app_name = "aanvragen"
urlpatterns = [*afronden, *instelling, *gemeente, *uwv, *dossier]
