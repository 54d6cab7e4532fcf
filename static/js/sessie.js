/* The end of a session, for a page that is open: a warning, and after it nothing in sight and nothing lost.
   What was typed stays where it is, in the page: it is put in no storage and sent nowhere. The server decides all of
   this by itself; a page without this script is logged out just as well. */
(function () {
  "use strict";

  var body = document.body;
  var adres = body.dataset.sessieUrl;
  var wie = body.dataset.sessieWie;
  var rol = body.dataset.sessieRol;
  if (!adres || !wie) return;

  var WAARSCHUW = 120;
  /* Milliseconds between questions: just after the end, later on, and before it. */
  var SNEL = 5000;
  var RUSTIG = 60000;
  var VOORAF = 30000;
  var SNEL_DUURT = 300000;
  var einde = Date.now() + Number(body.dataset.sessieSeconden) * 1000;
  var verlengbaar = body.dataset.sessieVerlengbaar === "ja";
  var titel = document.title;
  var balk = null;
  var venster = null;
  var verborgen = [];
  var focus = null;
  var bezig = false;
  var geslotenOp = 0;

  function maak(naam, klasse, tekst) {
    var element = document.createElement(naam);
    if (klasse) element.className = klasse;
    if (tekst) element.textContent = tekst;
    return element;
  }

  function knop(tekst, doe) {
    var element = maak("button", "utrecht-button utrecht-button--primary-action", tekst);
    element.type = "button";
    element.addEventListener("click", doe);
    return element;
  }

  /* Resolves with what the server says; null when it could not be reached. */
  function vraag(wijze) {
    var instellingen = { method: wijze, credentials: "same-origin", cache: "no-store" };
    if (wijze === "POST") {
      var token = document.querySelector("input[name=csrfmiddlewaretoken]");
      instellingen.headers = { "X-CSRFToken": token ? token.value : "" };
    }
    return fetch(adres, instellingen)
      .then(function (antwoord) {
        var json = (antwoord.headers.get("Content-Type") || "").indexOf("application/json") === 0;
        return json ? antwoord.json() : null;
      })
      .catch(function () { return null; });
  }

  function sluitBalk() {
    if (balk) balk.remove();
    balk = null;
  }

  function onthoud(stand) {
    einde = Date.now() + stand.seconden * 1000;
    verlengbaar = stand.verlengbaar;
  }

  function waarschuw() {
    if (balk) return;
    balk = maak("div", "app-sessie");
    balk.setAttribute("role", "alert");
    var binnen = maak("div", "app-binnen");
    var tekst = verlengbaar
      ? "Over 2 minuten logt het portaal u uit, want u deed een tijd niets. Wilt u verder werken?"
      : "Over 2 minuten logt het portaal u uit, want u bent dan 12 uur ingelogd. Sla op wat u hebt ingevuld.";
    binnen.append(maak("p", "", tekst));
    if (verlengbaar) binnen.append(knop("Ingelogd blijven", blijf));
    balk.append(binnen);
    body.append(balk);
  }

  function blijf() {
    vraag("POST").then(function (stand) {
      if (!stand) return;
      if (!stand.ingelogd) return sluit();
      onthoud(stand);
      sluitBalk();
    });
  }

  /* Everything out of sight, for eyes and for screen readers; only the dialog is left. */
  function sluit() {
    if (venster) return;
    sluitBalk();
    focus = document.activeElement;
    geslotenOp = Date.now();
    venster = maak("dialog", "app-uitgelogd");
    venster.setAttribute("aria-labelledby", "sessie-kop");
    var kop = maak("h1", "utrecht-heading-1", "U bent uitgelogd");
    kop.id = "sessie-kop";
    kop.tabIndex = -1;
    var uitleg = maak("p", "utrecht-paragraph", "Wat u had ingevuld, staat nog op deze pagina. Wij hebben het verborgen, zodat niemand anders het ziet. Log opnieuw in met uw eigen account. Dat gaat in een nieuw tabblad. Kom daarna hier terug: u kunt dan meteen verder.");
    var link = maak("a", "utrecht-button utrecht-button--primary-action", "Opnieuw inloggen (nieuw tabblad)");
    link.href = body.dataset.sessieInloggen;
    link.target = "_blank";
    link.rel = "noopener";
    var alinea = maak("p", "utrecht-paragraph");
    alinea.append(link);
    var melding = maak("p", "utrecht-paragraph");
    melding.id = "sessie-melding";
    melding.setAttribute("role", "status");
    venster.append(kop, uitleg, alinea, melding);
    venster.addEventListener("cancel", function (gebeurtenis) { gebeurtenis.preventDefault(); });
    Array.from(body.children).forEach(function (element) {
      if (!element.hidden) {
        element.hidden = true;
        verborgen.push(element);
      }
    });
    body.append(venster);
    document.title = "U bent uitgelogd - IPS-subsidieportaal";
    venster.showModal();
    kop.focus();
  }

  /* The same person, in the same role: the page is as it was, with a token that counts again. */
  function hervat(stand) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (veld) {
      veld.value = stand.csrf;
    });
    onthoud(stand);
    venster.close();
    venster.remove();
    venster = null;
    verborgen.forEach(function (element) { element.hidden = false; });
    verborgen = [];
    document.title = titel;
    var melding = maak("div", "app-vh", "U bent weer ingelogd. U kunt verder met wat u had ingevuld.");
    melding.setAttribute("role", "status");
    body.append(melding);
    if (focus && focus.focus) focus.focus();
  }

  /* Somebody else sits here now: what the first one typed is not theirs to see or to send. */
  function vreemde() {
    if (venster.dataset.vreemd) return;
    venster.dataset.vreemd = "ja";
    verborgen.forEach(function (element) { element.remove(); });
    verborgen = [];
    focus = null;
    venster.replaceChildren();
    var kop = maak("h1", "utrecht-heading-1", "Deze pagina was van iemand anders");
    kop.id = "sessie-kop";
    var uitleg = maak("p", "utrecht-paragraph", "U bent nu ingelogd met een ander account of in een andere rol. Daarom is deze pagina leeggemaakt.");
    var link = maak("a", "utrecht-button utrecht-button--primary-action", "Naar de startpagina");
    link.href = "/";
    var alinea = maak("p", "utrecht-paragraph");
    alinea.append(link);
    venster.append(kop, uitleg, alinea);
    link.focus();
  }

  /* The same person in another role, or with none chosen yet: the page waits until it is the same role again. */
  function andereRol() {
    sluit();
    var melding = document.getElementById("sessie-melding");
    if (melding.firstChild) return;
    var link = maak("a", "utrecht-link", "Kies die rol (nieuw tabblad)");
    link.href = body.dataset.sessieRolkeuze;
    link.target = "_blank";
    link.rel = "noopener";
    melding.append("U bent weer ingelogd. Deze pagina hoort bij de rol waarin u eerst werkte. ", link);
  }

  function verwerk(stand) {
    if (!stand) {
      if (Date.now() >= einde) sluit();
    } else if (!stand.ingelogd) {
      sluit();
    } else if (stand.wie !== wie) {
      sluit();
      vreemde();
    } else if (stand.rol !== rol) {
      andereRol();
    } else if (venster) {
      hervat(stand);
    } else {
      onthoud(stand);
    }
  }

  function kijk() {
    if (bezig || (venster && venster.dataset.vreemd)) return;
    bezig = true;
    vraag("GET").then(function (stand) {
      bezig = false;
      verwerk(stand);
      teken();
    });
  }

  function teken() {
    if (venster) return;
    var over = (einde - Date.now()) / 1000;
    if (over > WAARSCHUW) sluitBalk();
    else if (over > 0) waarschuw();
  }

  /* Another tab may have kept the session alive, so the server is asked before a warning and before the end.
     A clock that looks, and not one long timer: that stands still while a laptop sleeps. */
  var gevraagd = 0;
  window.setInterval(function () {
    var over = (einde - Date.now()) / 1000;
    if (!venster && over > WAARSCHUW) return;
    /* A tab that nobody looks at asks nothing; it does once somebody looks. */
    if (venster && document.hidden) return;
    var rust = over > 0 ? VOORAF : SNEL;
    if (venster) rust = Date.now() - geslotenOp < SNEL_DUURT ? SNEL : RUSTIG;
    if (Date.now() - gevraagd < rust) return;
    gevraagd = Date.now();
    kijk();
  }, 1000);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && (venster || einde - Date.now() < WAARSCHUW * 1000)) kijk();
  });
  window.addEventListener("pageshow", function (gebeurtenis) {
    if (gebeurtenis.persisted) kijk();
  });
})();
