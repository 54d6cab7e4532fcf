/* Small help for pages that also work without it. No dependencies; nothing here decides anything. */
(function () {
  "use strict";

  /* The error summary takes the focus, and a link in it goes to the field itself. */
  function foutoverzicht() {
    var overzicht = document.querySelector("[data-foutoverzicht]");
    if (!overzicht) return;
    overzicht.focus();
    overzicht.addEventListener("click", function (gebeurtenis) {
      var link = gebeurtenis.target.closest('a[href^="#"]');
      var veld = link && document.getElementById(link.getAttribute("href").slice(1));
      if (!veld) return;
      gebeurtenis.preventDefault();
      var kader = veld.closest(".utrecht-form-field") || veld;
      kader.scrollIntoView({ block: "start" });
      veld.focus({ preventScroll: true });
    });
  }

  /* A second click within a few seconds is let drop. Only for forms that carry the key with which the server
     recognises a repeat, and never by disabling the button: a lost connection must not lock anybody out. */
  function dubbelVersturen() {
    document.addEventListener("submit", function (gebeurtenis) {
      var formulier = gebeurtenis.target;
      if (gebeurtenis.defaultPrevented || !formulier.querySelector('input[name$="sleutel"]')) return;
      /* A button with an address of its own (an example of a letter) does nothing that could happen twice. */
      if (gebeurtenis.submitter && gebeurtenis.submitter.hasAttribute("formaction")) return;
      var nu = Date.now();
      if (formulier.verstuurdOp && nu - formulier.verstuurdOp < 4000) {
        gebeurtenis.preventDefault();
        return;
      }
      formulier.verstuurdOp = nu;
    });
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("form").forEach(function (formulier) {
        formulier.verstuurdOp = 0;
      });
    });
  }

  /* How many characters are left; spoken only when typing pauses. */
  function tellers() {
    document.querySelectorAll("[data-teller]").forEach(function (veld) {
      var uitleg = document.getElementById(veld.id + "_teller");
      if (!uitleg) return;
      var maximum = Number(veld.dataset.teller);
      var gesproken = document.createElement("span");
      var wachten;
      gesproken.className = "app-vh";
      gesproken.setAttribute("role", "status");
      uitleg.after(gesproken);
      function tel(spreek) {
        var over = maximum - Array.from(veld.value).length;
        var woord = Math.abs(over) === 1 ? " teken" : " tekens";
        uitleg.textContent = over < 0 ? "U hebt " + -over + woord + " te veel." : "U kunt nog " + over + woord + " invullen.";
        uitleg.classList.toggle("app-teller--over", over < 0);
        window.clearTimeout(wachten);
        if (spreek) wachten = window.setTimeout(function () { gesproken.textContent = uitleg.textContent; }, 1200);
      }
      veld.addEventListener("input", function () { tel(true); });
      tel(false);
    });
  }

  /* Names and sizes of the files that were just chosen. */
  function bestandenlijst() {
    document.querySelectorAll("input[type=file][data-bestandenlijst]").forEach(function (veld) {
      var lijst = document.createElement("ul");
      lijst.className = "app-bestandenlijst";
      lijst.setAttribute("aria-live", "polite");
      veld.after(lijst);
      veld.addEventListener("change", function () {
        lijst.replaceChildren.apply(lijst, Array.from(veld.files).map(function (bestand) {
          var regel = document.createElement("li");
          var megabytes = bestand.size / 1048576;
          var grootte = megabytes < 1
            ? Math.max(1, Math.round(bestand.size / 1024)) + " kB"
            : megabytes.toFixed(1).replace(".", ",") + " MB";
          regel.textContent = bestand.name + " (" + grootte + ")" + (megabytes > 10 ? ": te groot, hoogstens 10 MB" : "");
          return regel;
        }));
      });
    });
  }

  foutoverzicht();
  dubbelVersturen();
  tellers();
  bestandenlijst();
})();
