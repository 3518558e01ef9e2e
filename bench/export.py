"""What it costs to take a list of a million rows out as a file.

One person owns every request, so that one list is as long as its table. She asks for it as an export. While the
server writes it, its resident memory is read and compared with what it was when the first ten thousand rows lay in the
file; then the file is fetched, counted, and compared with the list. The server was started just before, so that nothing
is warm that a longer list could hide behind.
"""

import csv
import datetime
import http.client
import io
import json
import os
import pathlib
import re
import sys
import time
import urllib.parse

from part import ROOT, Diwan
from rows import Rows

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
LEVEL_ROWS = 10_000
FORM = os.environ.get("BENCH_FORM", "csv")
GROWTH_MIB_MAX = 16.0
SAMPLE_SECONDS = 0.05
PROGRESS_SECONDS = 0.1
EXPORT_SECONDS_MAX = 3_600


class OnePersonsRows(Rows):
    """Every copy belongs to one applicant. The list reads nothing but requests, so nothing else is copied."""

    left_out = re.compile("")

    def __init__(self, server, identifier):
        super().__init__(server)
        people = self.engine.rows("identity_person")
        self.owner = next(row["id"] for row in people if row["identifier"] == identifier)

    def applicant(self, at, batch):
        return self.owner


class Salma:
    """One connection with her bearer token."""

    def __init__(self, base, token):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=600)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body and json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} answered {answer.status}: {answer.read()[:300]!r}")
        return answer

    def json(self, *asked):
        return json.loads(self.ask(*asked).read())


def resident(process):
    """MiB: all that is resident, and what of it is the process's own and no file of the disk."""
    lines = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines())
    return [int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")]


def watched(server, salma):
    """The highest memory up to each number of rows, and the seconds that the file took."""
    start = time.monotonic()
    before = resident(server.process)
    path = "/api/v1/exports/" + salma.json("POST", "/api/v1/exports", {"list": "requests", "form": FORM})["id"]
    rows, highest, levels, asked_at = 0, [0.0, 0.0], {0: before}, 0.0
    while time.monotonic() - start < EXPORT_SECONDS_MAX:
        highest = [max(pair) for pair in zip(highest, resident(server.process))]
        if time.monotonic() - asked_at >= PROGRESS_SECONDS:
            export, asked_at = salma.json("GET", path), time.monotonic()
            if export["state"] == "failed":
                raise SystemExit(f"the export failed: {export['reason']}")
            for level in (LEVEL_ROWS, 100_000):
                if rows < level <= export["rows"]:
                    levels[level] = highest
            rows = export["rows"]
            if export["state"] == "ready":
                levels[rows] = highest
                return path, rows, levels, time.monotonic() - start
        time.sleep(SAMPLE_SECONDS)
    raise SystemExit("the export is not ready in time")


def fetched(server, salma, path):
    """Counts the rows of the file as it arrives; a line of CSV may hold a break, so the parser counts."""
    start, highest = time.monotonic(), 0.0
    answer = salma.ask("GET", path + "/file")

    def lines():
        nonlocal highest
        for place, line in enumerate(io.TextIOWrapper(answer, encoding="utf-8-sig", newline="")):
            if place % 20_000 == 0:
                highest = max(highest, resident(server.process)[0])
            yield line

    numbers = set()
    rows = csv.reader(lines()) if FORM == "csv" else (json.loads(line) for line in lines())
    if FORM == "csv":
        next(rows)
    for row in rows:
        numbers.add(row[0] if FORM == "csv" else row["number"])
    return len(numbers), highest, time.monotonic() - start


def run(name, port, postgres_url=""):
    server = Diwan(name, port, postgres_url)
    server.prepare()
    cast = json.loads((server.folder / "demo/cast.json").read_text())
    salma = next(member for member in cast if member["name"] == "Salma")
    start = time.monotonic()
    made = OnePersonsRows(server, salma["identifier"]).grow_to(ROWS)
    print(f"{name}: {made} requests copied in {time.monotonic() - start:.0f} s", flush=True)
    with server.serving():
        caller = Salma(server.base, salma["token"])
        path, rows, levels, seconds = watched(server, caller)
        different, fetching, fetch_seconds = fetched(server, caller, path)
    server.clear()
    if different != rows:
        raise SystemExit(f"{name}: the file holds {different} requests, the export says {rows}")
    row = {"server": name, "rows": rows, "form": FORM, "seconds": round(seconds, 1), "rows_per_second": round(rows / seconds),
           "rss_mib": {str(level): round(both[0], 1) for level, both in levels.items()},
           "own_mib": {str(level): round(both[1], 1) for level, both in levels.items()},
           "growth_mib": round(max(both[0] for both in levels.values()) - levels[LEVEL_ROWS][0], 1),
           "fetched_rss_mib": round(fetching, 1), "fetch_seconds": round(fetch_seconds, 1)}
    print(json.dumps(row), flush=True)
    return row


def write(rows):
    lines = ["# bin/bench export", "",
             f"{datetime.date.today()}, {os.cpu_count()} cores, one export as {FORM}, a server that was started just before. "
             f"Goal: at most {GROWTH_MIB_MAX:.0f} MiB more than at the first {LEVEL_ROWS:,} rows.", "",
             "| server | rows | rows/s | RSS before | at 10,000 rows | at 100,000 | at the end | growth | while fetched |",
             "|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        at = row["rss_mib"]
        lines.append(f"| {row['server']} | {row['rows']:,} | {row['rows_per_second']:,} | {at['0']} | {at[str(LEVEL_ROWS)]} | "
                     f"{at.get('100000', '')} | {max(at.values())} | {row['growth_mib']} MiB | {row['fetched_rss_mib']} |")
    results = ROOT / "bench/results"
    (results / "export.md").write_text("\n".join(lines) + "\n")
    (results / "export.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("written to bench/results/export.md")
    for row in rows:
        if row["growth_mib"] > GROWTH_MIB_MAX:
            raise SystemExit(f"{row['server']} grew by {row['growth_mib']} MiB")


if __name__ == "__main__":
    write([run("export-sqlite", 18476), run("export-postgres", 18477, sys.argv[1])])
