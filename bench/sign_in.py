"""Sign-ins a second by password, their latency, and the CPU that each costs.

`POST /sign-in` of Diwan (Argon2id, the gates that count guesses, the session and its entry in the ledger in one commit) beside
Django's own accounts (PBKDF2 as a new project has it, a session in the database), each with as many clients. Trust the ratios.
"""

import datetime
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

from part import DIWAN, ROOT, Diwan, cpu_seconds, wait_for

CLIENTS = (1, 4, 16)
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
WARM_SECONDS = 2
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Twin:
    name = "twin"

    def __init__(self, port, postgres_url):
        self.base, self.port = f"http://127.0.0.1:{port}", port
        self.environment = {**os.environ, "TWIN_DATABASE": postgres_url, "PYTHONDONTWRITEBYTECODE": "1"}

    def __enter__(self):
        here = ROOT / "bench/twin"
        subprocess.run([sys.executable, "sign_in.py"], cwd=here, env=self.environment, check=True)
        workers = str(2 * os.cpu_count() + 1)
        command = [sys.executable, "-m", "gunicorn", "sign_in:application", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", workers, "--keep-alive", "75", "--worker-class", "gthread", "--log-level", "warning"]
        self.process = subprocess.Popen(command, cwd=here, env=self.environment, start_new_session=True)
        wait_for(self.base + "/health", self.process)
        password = "a pass phrase that everybody may know"
        self.accounts = [(f"{119900000000 + number}", password) for number in range(max(CLIENTS))]
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=60)


def accounts_of(node):
    """Everybody of the cast who signs in by the password alone."""
    cast = json.loads((node.folder / "demo/cast.json").read_text())
    return [(member["identifier"], member["password"]) for member in cast if not member["totp_secret"]]


def sign_in(server, account, until, times):
    """One client: signs in over one connection until the time is over."""
    host = urllib.parse.urlsplit(server.base).netloc
    line = http.client.HTTPConnection(host, timeout=60)
    body = urllib.parse.urlencode({"identifier": account[0], "password": account[1]})
    while time.monotonic() < until:
        began = time.monotonic()
        line.request("POST", "/sign-in", body, FORM)
        answer = line.getresponse()
        answer.read()
        if answer.status not in (302, 303):
            raise SystemExit(f"{server.name} answered {answer.status}")
        times.append(time.monotonic() - began)


def load(server, clients, seconds):
    until, times = time.monotonic() + seconds, []
    accounts = [server.accounts[place % len(server.accounts)] for place in range(clients)]
    threads = [threading.Thread(target=sign_in, args=(server, account, until, times)) for account in accounts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(times)


def measure(server, words):
    load(server, 2, WARM_SECONDS)
    rows = []
    for clients in CLIENTS:
        before, began = cpu_seconds(words), time.monotonic()
        times = load(server, clients, SECONDS)
        took, spent = time.monotonic() - began, cpu_seconds(words) - before
        at = lambda part: round(1000 * times[min(len(times) - 1, int(len(times) * part))], 1)
        row = {"server": server.name, "clients": clients, "per_second": round(len(times) / took, 2),
               "p50_ms": at(0.5), "p99_ms": at(0.99), "cpu_ms_each": round(1000 * spent / len(times), 2)}
        rows.append(row)
        print(f"{server.name:16} {clients:3} clients {row['per_second']:7.1f}/s  p50 {row['p50_ms']:7.1f} ms"
              f"  p99 {row['p99_ms']:7.1f} ms  CPU {row['cpu_ms_each']:.1f} ms each", flush=True)
    return rows


def main(postgres_url):
    rows = []
    for name, port, url in (("diwan-sqlite", 18481, ""), ("diwan-postgres", 18482, postgres_url)):
        with Diwan(name, port, url) as server:
            server.accounts = accounts_of(server)
            rows += measure(server, (f"{DIWAN} serve",) + (("postgres",) if url else ()))
    with Twin(18483, postgres_url) as server:
        rows += measure(server, ("gunicorn", "postgres"))
    write(rows)


def write(rows):
    by = {(row["server"], row["clients"]): row for row in rows}
    lines = ["# bin/bench sign-in", "", f"{datetime.date.today()}, {os.cpu_count()} cores, {SECONDS} s a row; the clients run on "
             "the same cores. Ratios are against the twin in the same run.", "",
             "| server | clients | sign-ins/s | p50 ms | p99 ms | CPU ms each | ratio of sign-ins | ratio of CPU |",
             "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        twin = by[("twin", row["clients"])]
        lines.append(f"| {row['server']} | {row['clients']} | {row['per_second']:.1f} | {row['p50_ms']:.1f} | {row['p99_ms']:.1f} | "
                     f"{row['cpu_ms_each']:.1f} | {row['per_second'] / twin['per_second']:.1f} | "
                     f"{row['cpu_ms_each'] / twin['cpu_ms_each']:.2f} |")
    results = ROOT / "bench/results"
    results.mkdir(exist_ok=True)
    (results / "sign_in.md").write_text("\n".join(lines) + "\n")
    (results / "sign_in.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("written to bench/results/sign_in.md")


if __name__ == "__main__":
    main(sys.argv[1])
