"""A shop page in Flask, set up as the guide for sentry-sdk has it."""

import logging
import os

import sentry_sdk
from flask import Flask
from sentry_sdk.integrations.flask import FlaskIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

def fingerprint_api(event, hint):
    """Errors of the first version of the API are issues of their own."""
    if "/api/v1/" in event.get("request", {}).get("url", ""):
        event["fingerprint"] = ["api-v1", "{{ default }}"]
    return event


sentry_sdk.init(
    dsn=os.environ["SENTRY_DSN"],
    integrations=[FlaskIntegration(), LoggingIntegration(level=None, event_level=None)],
    traces_sample_rate=0.75,
    before_send=fingerprint_api,
    environment="production",
    release="flask-app@2.4.1",
)

app = Flask(__name__)


def share_of(total, parts):
    return total / parts


@app.route("/")
def home():
    return "Welcome to the shop"


@app.route("/split/<int:total>")
def split_bill(total):
    guests = []
    sentry_sdk.set_user({"id": "12", "username": "alan"})
    sentry_sdk.set_tag("region", "eu-central-1")
    sentry_sdk.add_breadcrumb(category="bill", message="guests were counted", level="info")
    try:
        return str(share_of(total, len(guests)))
    except ZeroDivisionError as cause:
        raise ValueError(f"a bill of {total} cannot be split") from cause


@app.route("/divide")
@app.route("/api/v1/divide")
def divide():
    logging.getLogger("shop").error("about to divide by zero")
    return str(share_of(100, 0))


if __name__ == "__main__":
    app.run(port=int(os.environ["PORT"]))
