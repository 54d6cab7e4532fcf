"""The pages of the dossier. A page that offers an act bears its name (`aanvraag.toekennen`: aanvraag_toekennen)."""

from aanvragen.web.dossier.urls import urlpatterns as dossier
from aanvragen.web.gemeente.urls import urlpatterns as gemeente
from aanvragen.web.instelling.urls import urlpatterns as instelling
from aanvragen.web.uwv.urls import urlpatterns as uwv

app_name = "aanvragen"
urlpatterns = [*instelling, *gemeente, *uwv, *dossier]
