/* Passkeys: asks the browser for one and puts its answer in the form. Also the button that prints recovery codes. */
(function () {
  "use strict";

  var MISLUKT = "Het is niet gelukt met de passkey. Probeer het opnieuw, of kies een andere manier.";

  function bytes(tekst) {
    var gewoon = atob(tekst.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(gewoon, function (teken) { return teken.charCodeAt(0); });
  }

  function tekst(buffer) {
    var tekens = Array.from(new Uint8Array(buffer), function (getal) { return String.fromCharCode(getal); });
    return btoa(tekens.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function sleutels(lijst) {
    return (lijst || []).map(function (sleutel) { return Object.assign({}, sleutel, { id: bytes(sleutel.id) }); });
  }

  /* The question as the server wrote it, with bytes where the browser wants them. */
  function vraagVan(vak) {
    var vraag = JSON.parse(vak.dataset.passkey).publicKey;
    vraag.challenge = bytes(vraag.challenge);
    if (vraag.user) vraag.user.id = bytes(vraag.user.id);
    if (vraag.excludeCredentials) vraag.excludeCredentials = sleutels(vraag.excludeCredentials);
    if (vraag.allowCredentials) vraag.allowCredentials = sleutels(vraag.allowCredentials);
    return { publicKey: vraag };
  }

  function antwoordVan(passkey) {
    var antwoord = passkey.response;
    var uit = { clientDataJSON: tekst(antwoord.clientDataJSON) };
    if (antwoord.attestationObject) {
      uit.attestationObject = tekst(antwoord.attestationObject);
    } else {
      uit.authenticatorData = tekst(antwoord.authenticatorData);
      uit.signature = tekst(antwoord.signature);
      if (antwoord.userHandle) uit.userHandle = tekst(antwoord.userHandle);
    }
    return {
      id: passkey.id,
      rawId: tekst(passkey.rawId),
      type: passkey.type,
      clientExtensionResults: passkey.getClientExtensionResults(),
      response: uit
    };
  }

  function vraag(vak) {
    var doel = document.getElementById(vak.dataset.passkeyDoel);
    var fout = vak.querySelector("[data-passkey-fout]");
    var maken = vak.dataset.passkeySoort === "maken";
    fout.textContent = "";
    var opties = vraagVan(vak);
    (maken ? navigator.credentials.create(opties) : navigator.credentials.get(opties)).then(function (passkey) {
      doel.querySelector('input[name$="credential"]').value = JSON.stringify(antwoordVan(passkey));
      doel.submit();
    }).catch(function () { fout.textContent = MISLUKT; });
  }

  document.querySelectorAll("[data-passkey]").forEach(function (vak) {
    if (!window.PublicKeyCredential || !navigator.credentials) return;
    vak.querySelector("[data-passkey-niet]").hidden = true;
    vak.querySelector("[data-passkey-wel]").hidden = false;
    vak.querySelector("button").addEventListener("click", function () { vraag(vak); });
  });

  document.querySelectorAll("[data-afdrukken]").forEach(function (vak) {
    vak.hidden = false;
    vak.querySelector("button").addEventListener("click", function () { window.print(); });
  });
})();
