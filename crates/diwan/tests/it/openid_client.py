"""A system of a body, by a library that is not ours (Authlib): it asks, exchanges, verifies, and takes farewells.

It reads one order on each line, as JSON, and answers each with one line."""

import json
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, MissingKeyError
from joserfc.jwk import KeySet

issuer, client_id, secret, redirect_uri, method = sys.argv[1:6]
meta = requests.get(issuer + "/.well-known/openid-configuration", timeout=20).json()
assert meta["issuer"] == issuer, meta["issuer"]
session = OAuth2Session(
    client_id,
    secret or None,
    scope="openid profile email phone",
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
    token_endpoint_auth_method=method,
)
asked = {}
keys = None
fetched = 0


def fetch_keys():
    global keys, fetched
    keys = KeySet.import_key_set(requests.get(meta["jwks_uri"], timeout=20).json())
    fetched += 1


def decode(token):
    """As the standard says: keys are kept, and asked for again when a token names one that is not known."""
    if keys is None:
        fetch_keys()
    try:
        return jwt.decode(token, keys, algorithms=["ES256"])
    except (InvalidKeyIdError, MissingKeyError, ValueError):
        fetch_keys()
        return jwt.decode(token, keys, algorithms=["ES256"])


def begin(order):
    asked["nonce"], asked["verifier"] = generate_token(24), generate_token(48)
    url, asked["state"] = session.create_authorization_url(
        meta["authorization_endpoint"],
        nonce=asked["nonce"],
        code_verifier=asked["verifier"],
        **order.get("more", {}),
    )
    return {"url": url}


def finish(order):
    token = session.fetch_token(
        meta["token_endpoint"],
        authorization_response=order["url"],
        state=asked["state"],
        code_verifier=asked["verifier"],
    )
    found = decode(token["id_token"])
    options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}
    claims = CodeIDToken(
        found.claims,
        found.header,
        options,
        {"nonce": asked["nonce"], "client_id": client_id, "access_token": token["access_token"]},
    )
    claims.validate(now=order["now"], leeway=0)
    return {"claims": dict(claims), "fetched": fetched, "id_token": token["id_token"], **told({})}


def told(_):
    answer = session.get(meta["userinfo_endpoint"], timeout=20)
    return {"status": answer.status_code, "person": answer.json()}


def farewell(order):
    found = decode(order["token"])
    assert found.header["typ"] == "logout+jwt", found.header
    claims = found.claims
    registry = jwt.JWTClaimsRegistry(
        now=order["now"],
        leeway=0,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        iat={"essential": True},
        exp={"essential": True},
        jti={"essential": True},
        events={"essential": True},
    )
    registry.validate(claims)
    assert "http://schemas.openid.net/event/backchannel-logout" in claims["events"], claims
    assert "nonce" not in claims, claims
    return {"claims": claims}


orders = {"begin": begin, "finish": finish, "told": told, "farewell": farewell}
for line in sys.stdin:
    order = json.loads(line)
    try:
        answer = orders[order["do"]](order)
    except Exception as error:  # The test says what was expected; it needs the word.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
