"""The services that can be asked for: read once from the same files as the platform's demo."""

import json
import os
import pathlib
import tomllib
import uuid

from jsonschema import Draft202012Validator, FormatChecker


class Service:
    def __init__(self, card_file):
        self.card = tomllib.loads(card_file.read_text())
        self.slug = self.card["id"]
        self.schema = json.loads(card_file.with_name(f"{self.slug}.form.json").read_text())
        self.form = Draft202012Validator(self.schema, format_checker=FormatChecker())
        self.entry = uuid.uuid5(uuid.NAMESPACE_URL, f"entry/{self.slug}")
        self.body = uuid.uuid5(uuid.NAMESPACE_URL, f"body/{self.card['body']}")


def _load():
    folder = pathlib.Path(os.environ["TWIN_DEMO"])
    cards = sorted(file for file in folder.glob("*.toml") if "." not in file.stem)
    return {service.slug: service for service in map(Service, cards)}


SERVICES = _load()
