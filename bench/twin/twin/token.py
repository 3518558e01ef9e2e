"""Bearer tokens: only their hash is stored, and found by it."""

import hashlib
import time

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from .models import Token


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            return None
        digest = hashlib.sha256(secret.encode()).digest()
        now = time.time_ns() // 1_000
        found = Token.objects.select_related("person").filter(
            secret_hash=digest, expires_at__gt=now, ended_at__isnull=True
        )
        token = found.first()
        if token is None:
            raise AuthenticationFailed("the token is not valid")
        return token.person, token

    def authenticate_header(self, request):
        return "Bearer"
