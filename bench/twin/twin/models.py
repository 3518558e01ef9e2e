"""The same tables, columns and indexes as those that the platform writes for a submission."""

from django.db import models


class Person(models.Model):
    id = models.UUIDField(primary_key=True)
    identifier = models.TextField(unique=True)
    name_ar = models.TextField()
    name_en = models.TextField()
    email = models.TextField()
    language = models.TextField()
    kind = models.TextField()

    is_authenticated = True

    class Meta:
        db_table = "person"


class Token(models.Model):
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    secret_hash = models.BinaryField(unique=True)
    assurance = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "token"


class Request(models.Model):
    id = models.UUIDField(primary_key=True)
    number = models.TextField(unique=True)
    entry = models.UUIDField()
    entry_version = models.BigIntegerField()
    body = models.UUIDField()
    applicant = models.UUIDField()
    entity = models.UUIDField(null=True)
    state = models.TextField()
    revision = models.BigIntegerField()
    answers = models.TextField()
    documents = models.TextField()
    checks = models.TextField()
    assurance = models.BigIntegerField()
    declaration = models.TextField()
    acknowledgement = models.TextField()
    delivered_at = models.BigIntegerField()
    due_at = models.BigIntegerField()
    returned_at = models.BigIntegerField(null=True)
    closed_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "request"
        indexes = [
            models.Index(fields=["applicant", "id"], name="request_applicant"),
            models.Index(fields=["body", "state", "id"], name="request_body"),
        ]


class Task(models.Model):
    id = models.UUIDField(primary_key=True)
    request = models.UUIDField()
    body = models.UUIDField()
    kind = models.TextField()
    holder = models.UUIDField(null=True)
    opened_at = models.BigIntegerField()
    due_at = models.BigIntegerField()
    done_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "task"
        indexes = [
            models.Index(fields=["request"], name="task_request"),
            models.Index(fields=["body", "done_at", "due_at", "id"], name="task_open"),
        ]


class Notice(models.Model):
    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    key = models.TextField()
    args = models.TextField()
    link = models.TextField()
    subject = models.TextField()
    sent_at = models.BigIntegerField()
    read_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "notice"
        indexes = [
            models.Index(fields=["person", "-sent_at", "-id"], name="notice_inbox"),
            models.Index(fields=["subject", "sent_at"], name="notice_subject"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
        ]
