"""A passkey in software: answers as a browser does, with the primitives of the library that the server checks with."""

from __future__ import annotations

import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

AANWEZIG, GECONTROLEERD, MET_SLEUTEL = 0x01, 0x04, 0x40


class Sleutel:
    """One key pair at one site. `herkomst` is where the browser says it stands."""

    def __init__(self, site: str = "testserver", herkomst: str = "https://testserver") -> None:
        self.site, self.herkomst = site, herkomst
        self.prive = ec.generate_private_key(ec.SECP256R1())
        self.nummer = os.urandom(16)

    def maak(self, vraag: dict[str, Any]) -> str:
        """The answer to a question for a new passkey, as the form sends it."""
        client = self._client("webauthn.create", vraag)
        publiek = ES256.from_cryptography_key(self.prive.public_key())
        gegevens = AuthenticatorData.create(
            sha256(self.site.encode()),
            AANWEZIG | GECONTROLEERD | MET_SLEUTEL,
            0,
            AttestedCredentialData.create(b"\0" * 16, self.nummer, publiek),
        )
        attest = AttestationObject.create("none", gegevens, {})
        return self._antwoord(client, attestationObject=websafe_encode(attest))

    def gebruik(self, vraag: dict[str, Any]) -> str:
        """The answer to a question for a passkey that there is, signed."""
        client = self._client("webauthn.get", vraag)
        gegevens = AuthenticatorData.create(sha256(self.site.encode()), AANWEZIG | GECONTROLEERD, 0)
        handtekening = self.prive.sign(bytes(gegevens) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._antwoord(
            client, authenticatorData=websafe_encode(gegevens), signature=websafe_encode(handtekening)
        )

    def _client(self, soort: str, vraag: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(soort, vraag["publicKey"]["challenge"], self.herkomst)

    def _antwoord(self, client: CollectedClientData, **delen: str) -> str:
        nummer = websafe_encode(self.nummer)
        return json.dumps({
            "id": nummer,
            "rawId": nummer,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": websafe_encode(client), **delen},
        })  # fmt: skip
