"""POST /api/v1/requests, and the two reads that the load generator needs."""

import datetime
import json
import os
import secrets
import time
import uuid

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Notice, Request, Task
from .services import SERVICES

WEEKEND = (4, 5)


def uuid7():
    """Ids that grow with time, as the platform's do: random ones would scatter over the indexes."""
    millis = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10)) & ((1 << 76) - 1)
    value = (millis << 80) | (7 << 76) | (tail & ~(3 << 62)) | (2 << 62)
    return uuid.UUID(int=value)


def new_number(now):
    year = datetime.datetime.fromtimestamp(now / 1e6, datetime.timezone.utc).year % 100
    digits = f"{secrets.randbelow(10**10):010}"
    return f"{year:02}-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def due(now, working_days):
    day = datetime.datetime.fromtimestamp(now / 1e6, datetime.timezone.utc)
    while working_days > 0:
        day += datetime.timedelta(days=1)
        if day.weekday() not in WEEKEND:
            working_days -= 1
    return int(day.replace(hour=13, minute=0, second=0, microsecond=0).timestamp() * 1e6)


def said(moment):
    return datetime.datetime.fromtimestamp(moment / 1e6, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def check(asked):
    """The service that is asked for, when the request is complete and valid."""
    service = SERVICES.get(asked.get("service"))
    if service is None:
        raise ValidationError({"service": "unknown"})
    errors = [f"{'.'.join(map(str, error.path))}: {error.validator}" for error in service.form.iter_errors(asked.get("answers"))]
    if errors:
        raise ValidationError({"answers": errors})
    supplied = {document.get("evidence") for document in asked.get("documents", [])}
    missing = [it["id"] for it in service.card.get("document", []) if it["required"] and it["id"] not in supplied]
    if missing:
        raise ValidationError({"documents": missing})
    if asked.get("declaration") is not True:
        raise ValidationError({"declaration": "required"})
    return service


class Requests(APIView):
    def post(self, request):
        service = check(request.data)
        now = time.time_ns() // 1_000
        number, due_at = new_number(now), due(now, service.card["delivery_working_days"])
        words = {"number": number, "delivered_at": said(now), "due_at": said(due_at)}
        acknowledgement = {lang: text.format(**words) for lang, text in service.card["acknowledgement"].items()}
        with transaction.atomic():
            delivered = Request.objects.create(
                id=uuid7(),
                number=number,
                entry=service.entry,
                entry_version=1,
                body=service.body,
                applicant=request.user.id,
                state="received",
                revision=1,
                answers=json.dumps(request.data["answers"], ensure_ascii=False),
                documents=json.dumps(request.data.get("documents", [])),
                checks="{}",
                assurance=request.auth.assurance,
                declaration="2026-1",
                acknowledgement=json.dumps(acknowledgement, ensure_ascii=False),
                delivered_at=now,
                due_at=due_at,
            )
            Task.objects.create(
                id=uuid7(), request=delivered.id, body=service.body, kind="verification", opened_at=now, due_at=due_at
            )
            Notice.objects.create(
                id=uuid7(),
                person=request.user.id,
                key="request-delivered",
                args=json.dumps([["number", number], ["service_ar", service.card["name"]["ar"]]], ensure_ascii=False),
                link=f"/requests/{number}",
                subject=f"request/{number}",
                sent_at=now,
            )
        body = {
            "number": number,
            "state": "received",
            "delivered_at": said(now),
            "due_at": said(due_at),
            "acknowledgement": acknowledgement,
            "href": f"/api/v1/requests/{number}",
        }
        return Response(body, status=status.HTTP_201_CREATED)


class OneRequest(APIView):
    def get(self, request, number):
        found = get_object_or_404(Request, number=number, applicant=request.user.id)
        return Response({"number": found.number, "state": found.state, "answers": json.loads(found.answers)})


class OneService(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def get(self, request, slug):
        service = SERVICES.get(slug)
        if service is None:
            return Response(status=status.HTTP_404_NOT_FOUND)
        documents = service.card.get("document", [])
        return Response({"id": slug, "documents": documents, "form": {"schema": service.schema}})
