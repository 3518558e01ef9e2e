"""What a page costs when ten thousand requests are there, and when a million are.

The demo's own requests are copied with all that belongs to them, under new ids, numbers and moments, so that every row
is one that the product itself wrote. The same pages are then asked for one after the other, at both sizes, on both
engines. The cost of a page shall not grow with what lies behind it.
"""

import datetime
import http.client
import json
import os
import sys
import time
import urllib.parse

from part import ROOT, Diwan
from rows import Rows

SIZES = tuple(int(size) for size in os.environ.get("BENCH_ROWS", "10000,1000000").split(","))
ASKED = int(os.environ.get("BENCH_ASKED", "200"))
WARM = 20
FLAT_MAX = 1.3
PAGE_MS_MAX = 20.0


class Caller:
    """One connection, as one person with a bearer token; or nobody."""

    def __init__(self, base, token=None):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method, path, body=None):
        headers = dict(self.headers)
        if body is not None:
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        spent = 1000 * (time.perf_counter() - start)
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} answered {answer.status}: {text[:300]!r}")
        return spent, text


def pages(server, cast):
    """Name, person, method, path, body: what people do all day."""
    token = {member["name"]: member["token"] for member in cast}
    salma, hamad, noura = (Caller(server.base, token[name]) for name in ("Salma", "Hamad", "Noura"))
    nobody = Caller(server.base)
    card = json.loads(nobody.ask("GET", "/api/v1/services/residence-certificate")[1])
    answers = card["form"]["schema"]["examples"][0]
    mine = json.loads(salma.ask("GET", "/api/v1/requests")[1])["items"]
    tasks = json.loads(hamad.ask("GET", "/api/v1/tasks")[1])["items"]
    case = tasks[0].get("request", tasks[0].get("number"))
    body = {"service": "residence-certificate", "answers": answers, "documents": [], "declaration": True}
    return [
        ("home", nobody, "GET", "/", None),
        ("directory", nobody, "GET", "/services", None),
        ("search", nobody, "GET", "/services?q=" + urllib.parse.quote("شهادة اقامة"), None),
        ("card", nobody, "GET", "/services/residence-certificate", None),
        ("my requests", salma, "GET", "/requests", None),
        ("status", salma, "GET", f"/requests/{mine[0]['number']}", None),
        ("inbox", salma, "GET", "/inbox", None),
        ("desk", hamad, "GET", "/desk", None),
        ("desk of a decider", noura, "GET", "/desk", None),
        ("desk searched", hamad, "GET", "/desk?q=" + urllib.parse.quote("شارع النخيل"), None),
        ("case", hamad, "GET", f"/desk/{case}", None),
        ("submission", salma, "POST", "/api/v1/requests", body),
    ]


def measure(server, size, cast):
    rows = []
    for name, caller, method, path, body in pages(server, cast):
        for _ in range(WARM):
            caller.ask(method, path, body)
        spent = sorted(caller.ask(method, path, body)[0] for _ in range(ASKED))
        row = {"server": server.name, "requests": size, "page": name,
               "p50_ms": round(spent[ASKED // 2], 2), "p99_ms": round(spent[int(ASKED * 0.99) - 1], 2)}
        rows.append(row)
        print(f"{server.name:16} {size:>9} {name:20} p50 {row['p50_ms']:7.2f} ms  p99 {row['p99_ms']:7.2f} ms", flush=True)
    return rows


def run(name, port, postgres_url=""):
    rows = []
    server = Diwan(name, port, postgres_url)
    server.prepare()
    cast = json.loads((server.folder / "demo/cast.json").read_text())
    for size in SIZES:
        start = time.monotonic()
        made = Rows(server).grow_to(size)
        print(f"{name}: {made} requests copied in {time.monotonic() - start:.0f} s", flush=True)
        with server.serving():
            rows += measure(server, size, cast)
    server.clear()
    return rows


def write(rows):
    few, many = min(SIZES), max(SIZES)
    by = {(row["server"], row["requests"], row["page"]): row for row in rows}
    lines = ["# bin/bench portal", "", f"{datetime.date.today()}, {os.cpu_count()} cores, one caller, {ASKED} calls a row. "
             f"Time from the call to the last byte on the same machine. Goals: p99 at most {PAGE_MS_MAX:.0f} ms, and "
             f"at most {FLAT_MAX} times the cost when {many // few} times as much is there.", "",
             f"| server | page | p50 ms at {few:,} | at {many:,} | p99 ms at {few:,} | at {many:,} | p50 ratio |",
             "|---|---|---|---|---|---|---|"]
    for (server, size, page), row in by.items():
        if size != few:
            continue
        grown = by[(server, many, page)]
        lines.append(f"| {server} | {page} | {row['p50_ms']} | {grown['p50_ms']} | {row['p99_ms']} | {grown['p99_ms']} | "
                     f"{grown['p50_ms'] / row['p50_ms']:.2f} |")
    results = ROOT / "bench/results"
    (results / "portal.md").write_text("\n".join(lines) + "\n")
    (results / "portal.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("written to bench/results/portal.md")


if __name__ == "__main__":
    write(run("portal-sqlite", 18474) + run("portal-postgres", 18475, sys.argv[1]))
