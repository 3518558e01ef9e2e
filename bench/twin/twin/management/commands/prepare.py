"""Makes the schema anew and seeds applicants with a token each."""

import hashlib
import secrets
import time
import uuid

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from twin.models import Person, Token

APPLICANTS = 64
TOKEN_MICROSECONDS = 30 * 86_400 * 1_000_000


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--tokens", required=True)

    def handle(self, *args, tokens, **options):
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS twin CASCADE")
            cursor.execute("CREATE SCHEMA twin")
        call_command("migrate", verbosity=0, interactive=False)
        now = time.time_ns() // 1_000
        people = [
            Person(
                id=uuid.uuid4(),
                identifier=f"{119900000000 + number}",
                name_ar=f"مقدم الطلب {number}",
                name_en=f"Applicant {number}",
                email=f"applicant{number}@mail.example",
                language="ar",
                kind="citizen",
            )
            for number in range(APPLICANTS)
        ]
        Person.objects.bulk_create(people)
        secrets_made = [f"twin_{secrets.token_urlsafe(32)}" for _ in people]
        Token.objects.bulk_create(
            Token(
                id=uuid.uuid4(),
                person=person,
                secret_hash=hashlib.sha256(secret.encode()).digest(),
                assurance=1,
                expires_at=now + TOKEN_MICROSECONDS,
            )
            for person, secret in zip(people, secrets_made)
        )
        with open(tokens, "w", encoding="ascii") as file:
            file.write("\n".join(secrets_made) + "\n")
