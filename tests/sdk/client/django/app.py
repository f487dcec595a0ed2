"""A Django site in one file, set up as the guide for sentry-sdk has it."""

import os
import sys

import django
import sentry_sdk
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from sentry_sdk.integrations.django import DjangoIntegration

sentry_sdk.init(
    dsn=os.environ["SENTRY_DSN"],
    integrations=[DjangoIntegration()],
    traces_sample_rate=0.5,
    send_default_pii=True,
    environment="staging",
    release="django-site@1.0.0",
)

settings.configure(
    SECRET_KEY="only for this test",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DEBUG=False,
)
django.setup()


def home(request):
    return HttpResponse("Welcome to the site")


def show_invoice(request, number):
    invoices = {"INV-1": 12}
    return HttpResponse(invoices[number])


urlpatterns = [path("", home), path("invoices/<str:number>/", show_invoice)]

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], "runserver", "--noreload", os.environ["PORT"]])
