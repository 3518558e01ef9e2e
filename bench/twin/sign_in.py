"""The twin of signing in: Django's own accounts, sessions in the database, its hasher as a new project has it. One file.

`python sign_in.py` makes the schema anew with one account for each client; `gunicorn sign_in:application` serves it.
"""

import os
import sys
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

SCHEMA = "twin_sign_in"
ACCOUNTS = 64
PASSWORD = "a pass phrase that everybody may know"

_url = urlsplit(os.environ["TWIN_DATABASE"])
settings.configure(
    SECRET_KEY="only for measuring",
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": _url.hostname,
            "PORT": _url.port or 5432,
            "USER": unquote(_url.username or ""),
            "PASSWORD": unquote(_url.password or ""),
            "NAME": _url.path.lstrip("/") or "postgres",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
        }
    },
)
django.setup()


def sign_in(request):
    from django.contrib.auth import authenticate, login

    user = authenticate(request, username=request.POST.get("identifier"), password=request.POST.get("password"))
    if user is None:
        return HttpResponse("no", status=401)
    login(request, user)
    return HttpResponseRedirect("/")


urlpatterns = [path("health", lambda request: HttpResponse("ok")), path("sign-in", sign_in)]
application = get_wsgi_application()


def prepare():
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    call_command("migrate", verbosity=0, interactive=False)
    hashed = make_password(PASSWORD)
    names = (f"{119900000000 + number}" for number in range(ACCOUNTS))
    User.objects.bulk_create(User(username=name, password=hashed) for name in names)


if __name__ == "__main__":
    prepare()
    sys.exit(0)
