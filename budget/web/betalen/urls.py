"""The addresses of the money, below /budget/betalen/."""

from django.urls import path

from budget.web.betalen import batches, beoordelen, facturen, indienen, inkopen, rekeningen, terugvorderingen

urlpatterns = [
    path("", facturen.facturen, name="facturen"),
    path("sturen/", indienen.te_factureren, name="te_factureren"),
    path("sturen/<uuid:nummer>/", indienen.factuur_indienen, name="factuur_indienen"),
    path("facturen/<uuid:nummer>/", facturen.factuur, name="factuur"),
    path("facturen/<uuid:nummer>/bestand/", facturen.factuur_bestand, name="factuur_bestand"),
    path("facturen/<uuid:nummer>/controleren/", beoordelen.factuur_controleren, name="factuur_controleren"),
    path("facturen/<uuid:nummer>/goedkeuren/", beoordelen.factuur_goedkeuren, name="factuur_goedkeuren"),
    path("facturen/<uuid:nummer>/afkeuren/", beoordelen.factuur_afkeuren, name="factuur_afkeuren"),
    path("facturen/<uuid:nummer>/crediteren/", indienen.factuur_crediteren, name="factuur_crediteren"),
    path("facturen/<uuid:nummer>/betaald/", beoordelen.factuur_betaald_melden, name="factuur_betaald_melden"),
    path("inkooporders/", inkopen.inkooporders, name="inkooporders"),
    path("inkooporders/<uuid:nummer>/", inkopen.inkooporder_plaatsen, name="inkooporder_plaatsen"),
    path("batches/", batches.betaalbatches, name="betaalbatches"),
    path("batches/maken/", batches.betaalbatch_maken, name="betaalbatch_maken"),
    path("batches/<uuid:nummer>/", batches.betaalbatch, name="betaalbatch"),
    path("batches/<uuid:nummer>/bestand/", batches.betaalbatch_bestand, name="betaalbatch_bestand"),
    path("batches/<uuid:nummer>/uitgevoerd/", batches.betaalbatch_uitgevoerd, name="betaalbatch_uitgevoerd"),
    path(
        "batches/<uuid:nummer>/vervallen/",
        batches.betaalbatch_laten_vervallen,
        name="betaalbatch_laten_vervallen",
    ),
    path("terugvorderingen/", terugvorderingen.terugvorderingen, name="terugvorderingen"),
    path(
        "terugvorderingen/<uuid:nummer>/voldaan/",
        terugvorderingen.terugvordering_voldaan,
        name="terugvordering_voldaan",
    ),
    path(
        "terugvorderingen/<uuid:nummer>/intrekken/",
        terugvorderingen.terugvordering_intrekken,
        name="terugvordering_intrekken",
    ),
    path("rekening/", rekeningen.rekening, name="rekening"),
    path("rekening/doorgeven/", rekeningen.rekening_doorgeven, name="rekening_doorgeven"),
    path("rekeningen/", rekeningen.rekeningen, name="rekeningen"),
    path("rekeningen/<uuid:nummer>/bevestigen/", rekeningen.rekening_bevestigen, name="rekening_bevestigen"),
    path("rekeningen/<uuid:nummer>/afwijzen/", rekeningen.rekening_afwijzen, name="rekening_afwijzen"),
]
