"""A login service as a process of its own, that can be told to misbehave: `python -m tests.oidc.server`.

It prints its port. `POST /_gedrag` with JSON sets how it behaves from then on; an empty object is good behaviour.
Nobody has to log in: who comes to /authorize is the person of `gedrag["persoon"]`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT_ID, GEHEIM = "ips-portaal", "een geheim: met +/& en spatie"
ACR = "urn:mfa"


class Toestand:
    def __init__(self) -> None:
        self.gedrag: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.teller = 0
        self.geteld: dict[str, int] = {}
        self.sleutels = {"RS256": RSAKey.generate_key(2048, {"kid": "rsa-1"})}
        self.sleutels["PS256"] = self.sleutels["RS256"]
        self.sleutels["ES256"] = ECKey.generate_key("P-256", {"kid": "ec-1"})
        self.vreemd = RSAKey.generate_key(2048, {"kid": "rsa-1"})
        self.client_sleutel: Any = None


TOESTAND = Toestand()


class Dienst(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests look at what was answered."""

    @property
    def basis(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def antwoord(self, inhoud: Any, status: int = 200, **kop: str) -> None:
        rauw = inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud).encode()
        self.send_response(status)
        for naam, waarde in {"Content-Type": "application/json", **kop}.items():
            self.send_header(naam.replace("_", "-"), waarde)
        self.send_header("Content-Length", str(len(rauw)))
        self.end_headers()
        self.wfile.write(rauw)

    def _stoort(self, waar: str) -> bool:
        """What goes wrong before there is an answer, at the place that the behaviour names."""
        TOESTAND.geteld[waar] = TOESTAND.geteld.get(waar, 0) + 1
        wat = TOESTAND.gedrag.get(waar)
        if wat == "hangt":
            time.sleep(30)
        elif wat == "druppelt":
            self._druppel()
        elif wat == "status_500":
            self.antwoord({"error": "server_error"}, 500)
        elif wat == "rommel":
            self.antwoord(b"<html>geen json</html>")
        elif wat == "lijst":
            self.antwoord([1, 2, 3])
        elif wat == "te_groot":
            self.antwoord(b'{"a": "' + b"x" * 2_000_000 + b'"}')
        elif wat == "verwijst_door":
            self.antwoord({}, 302, Location=f"{self.basis}/ergens")
        elif wat == "fout":
            self.antwoord({"error": "invalid_grant", "error_description": "nee"}, 400)
        return wat is not None

    def _druppel(self) -> None:
        """A byte now and then: no single silence is long, the whole never ends."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X")
                self.wfile.flush()
                time.sleep(0.3)
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        pad = urlsplit(self.path)
        vraag = {naam: waarden[0] for naam, waarden in parse_qs(pad.query).items()}
        if pad.path == "/.well-known/openid-configuration":
            if not self._stoort("gegevens"):
                self.antwoord(self.gegevens())
        elif pad.path == "/jwks":
            if not self._stoort("jwks"):
                alle = [s.as_dict(private=False) for n, s in TOESTAND.sleutels.items() if n != "PS256"]
                self.antwoord({"keys": alle})
        elif pad.path == "/authorize":
            self.authorize(vraag)
        else:
            self.antwoord({"geteld": TOESTAND.geteld} if pad.path == "/_geteld" else {}, 200)

    def do_POST(self) -> None:
        lijf = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/_gedrag":
            TOESTAND.gedrag = json.loads(lijf)
            TOESTAND.geteld = {}
            if TOESTAND.gedrag.get("wissel_sleutel"):
                TOESTAND.teller += 1
                TOESTAND.sleutels["RS256"] = RSAKey.generate_key(
                    2048, {"kid": f"rsa-nieuw-{TOESTAND.teller}"}
                )
            self.antwoord({})
        elif self.path == "/token" and not self._stoort("token"):
            self.token({naam: waarden[0] for naam, waarden in parse_qs(lijf).items()})

    def gegevens(self) -> dict[str, Any]:
        return {
            "issuer": self.basis,
            "authorization_endpoint": f"{self.basis}/authorize",
            "token_endpoint": f"{self.basis}/token",
            "jwks_uri": f"{self.basis}/jwks",
            "end_session_endpoint": f"{self.basis}/uitloggen",
            "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True,
            # Such names must not reach the client library as arguments.
            "client_secret": "x", "scope": "admin", "verify": False, "token": {"a": 1},
        } | TOESTAND.gedrag.get("in_gegevens", {})  # fmt: skip

    def authorize(self, vraag: dict[str, str]) -> None:
        TOESTAND.teller += 1
        code = f"code-{TOESTAND.teller}"
        TOESTAND.codes[code] = vraag
        terug = {"code": code, "state": vraag["state"], "iss": self.basis}
        terug |= TOESTAND.gedrag.get("terug", {})
        terug = {naam: waarde for naam, waarde in terug.items() if waarde is not None}
        self.antwoord({}, 302, Location=f"{vraag['redirect_uri']}?{urlencode(terug)}")

    def token(self, velden: dict[str, str]) -> None:
        vraag = TOESTAND.codes.pop(velden.get("code", ""), None)
        if vraag is None or vraag["redirect_uri"] != velden.get("redirect_uri") or not self._client(velden):
            self.antwoord({"error": "invalid_grant"}, 400)
            return
        proef = hashlib.sha256(velden["code_verifier"].encode()).digest()
        if vraag["code_challenge_method"] != "S256" or _b64(proef) != vraag["code_challenge"]:
            self.antwoord({"error": "invalid_grant"}, 400)
            return
        inhoud = {
            "access_token": "toegang-1",
            "token_type": "Bearer",
            "expires_in": 60,
            "refresh_token": "ververs-1",
        }
        if not TOESTAND.gedrag.get("zonder_id_token"):
            inhoud["id_token"] = self.id_token(vraag)
        self.antwoord(inhoud)

    def _client(self, velden: dict[str, str]) -> bool:
        kop = self.headers.get("Authorization", "")
        if kop.startswith("Basic "):
            return base64.b64decode(kop[6:]).decode() == f"{CLIENT_ID}:{GEHEIM}"
        if "client_assertion" in velden:
            sleutel = RSAKey.import_key(TOESTAND.gedrag["client_sleutel"])
            claims = jwt.decode(velden["client_assertion"], sleutel, algorithms=["RS256"]).claims
            return claims["sub"] == CLIENT_ID and claims["aud"] == f"{self.basis}/token"
        return velden.get("client_id") == CLIENT_ID and velden.get("client_secret") == GEHEIM

    def id_token(self, vraag: dict[str, str]) -> str:
        nu = int(time.time())
        claims = {
            "iss": self.basis, "aud": CLIENT_ID, "sub": "persoon-1", "iat": nu, "exp": nu + 60, "nonce": vraag["nonce"],
            "auth_time": nu, "acr": ACR, "amr": ["pwd", "mfa"], "email": "", "email_verified": True,
        }  # fmt: skip
        claims |= TOESTAND.gedrag.get("persoon", {}) | TOESTAND.gedrag.get("claims", {})
        for naam, verschil in TOESTAND.gedrag.get("schuif", {}).items():
            claims[naam] = nu + verschil
        claims = {naam: waarde for naam, waarde in claims.items() if waarde != "__weg__"}
        return self.teken(claims)

    def teken(self, claims: dict[str, Any]) -> str:
        soort = TOESTAND.gedrag.get("algoritme", "RS256")
        rsa = TOESTAND.sleutels["RS256"]
        if soort == "none":
            return ".".join([_b64(b'{"alg": "none"}'), _b64(json.dumps(claims).encode()), ""])
        if soort == "hs256_met_publieke_sleutel":
            pem = rsa.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            # By hand: the library refuses to use a public key as a shared secret.
            delen = [json.dumps({"alg": "HS256", "kid": rsa.kid}), json.dumps(claims)]
            tekst = ".".join(_b64(deel.encode()) for deel in delen)
            return f"{tekst}.{_b64(hmac.digest(pem, tekst.encode(), 'sha256'))}"
        if soort == "hs256_met_geheim":
            return jwt.encode({"alg": "HS256"}, claims, _oct(GEHEIM.encode()), algorithms=["HS256"])
        if soort == "vreemde_sleutel":
            return jwt.encode({"alg": "RS256", "kid": rsa.kid}, claims, TOESTAND.vreemd)
        if soort == "sleutel_in_de_kop":
            eigen = ECKey.generate_key("P-256", {"kid": "ec-1"})
            kop = {"alg": "ES256", "kid": "ec-1", "jwk": eigen.as_dict(private=False)}
            return jwt.encode(kop, claims, eigen, algorithms=["ES256"])
        if soort == "geknoeid":
            kop, _, handtekening = jwt.encode({"alg": "RS256", "kid": rsa.kid}, claims, rsa).split(".")
            return ".".join([kop, _b64(json.dumps(claims | {"sub": "ander"}).encode()), handtekening])
        sleutel = TOESTAND.sleutels[soort]
        return jwt.encode({"alg": soort, "kid": sleutel.kid}, claims, sleutel, algorithms=[soort])


def _b64(rauw: bytes) -> str:
    return base64.urlsafe_b64encode(rauw).rstrip(b"=").decode()


def _oct(rauw: bytes) -> OctKey:
    return OctKey.import_key({"kty": "oct", "k": _b64(rauw)})


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Dienst)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever).start()
