from django.http import HttpResponse
from django.urls import path

from .views import OneRequest, OneService, Requests

urlpatterns = [
    path("health", lambda request: HttpResponse("ok")),
    path("api/v1/requests", Requests.as_view()),
    path("api/v1/requests/<str:number>", OneRequest.as_view()),
    path("api/v1/services/<str:slug>", OneService.as_view()),
]
