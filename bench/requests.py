"""Acknowledged durable submissions a second, their latency, and the CPU that each costs.

Diwan on SQLite, Diwan on PostgreSQL and the Django REST twin on the same PostgreSQL take turns on one machine with the
load generator, which takes its own share of the CPU. Trust the ratios.
"""

import datetime
import json
import os
import sys

from part import ROOT, Diwan, Twin, cpu_seconds, load

CLIENTS = (1, 16, 64)
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
WARM_SECONDS = 3


def measure(server, words):
    load(server, 8, WARM_SECONDS)
    rows = []
    for clients in CLIENTS:
        before = cpu_seconds(words)
        result = load(server, clients, SECONDS)
        spent = cpu_seconds(words) - before
        result["clients"], result["server"] = clients, server.name
        result["cpu_ms_each"] = round(1000 * spent / max(1, result["acknowledged"]), 3)
        rows.append(result)
        print(f"{server.name:16} {clients:3} clients {result['per_second']:8.0f}/s  p50 {result['p50_ms']:7.1f} ms"
              f"  p99 {result['p99_ms']:7.1f} ms  CPU {result['cpu_ms_each']:.2f} ms each", flush=True)
    return rows


def main(postgres_url):
    rows = []
    with Diwan("diwan-sqlite", 18471) as server:
        rows += measure(server, ("release/diwan serve",))
    with Diwan("diwan-postgres", 18472, postgres_url) as server:
        rows += measure(server, ("release/diwan serve", "postgres"))
    with Twin(18473, postgres_url) as server:
        rows += measure(server, ("gunicorn", "postgres"))
    write(rows)


def write(rows):
    by = {(row["server"], row["clients"]): row for row in rows}
    lines = ["# bin/bench requests", "", f"{datetime.date.today()}, {os.cpu_count()} cores, {SECONDS} s a row; "
             "the load generator runs on the same cores. Ratios are against the twin in the same run.", "",
             "| server | clients | acknowledged/s | p50 ms | p99 ms | CPU ms each | ratio to the twin |",
             "|---|---|---|---|---|---|---|"]
    for row in rows:
        twin = by[("twin", row["clients"])]["per_second"]
        ratio = row["per_second"] / twin if twin else 0
        lines.append(f"| {row['server']} | {row['clients']} | {row['per_second']:.0f} | {row['p50_ms']:.1f} | "
                     f"{row['p99_ms']:.1f} | {row['cpu_ms_each']:.2f} | {ratio:.1f} |")
    results = ROOT / "bench/results"
    results.mkdir(exist_ok=True)
    (results / "requests.md").write_text("\n".join(lines) + "\n")
    (results / "requests.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("written to bench/results/requests.md")


if __name__ == "__main__":
    main(sys.argv[1])
