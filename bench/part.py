"""What the benchmarks share: starting a server, reading its CPU time, running the load generator."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIWAN = ROOT / "target/release/diwan"
LOAD = ROOT / "target/release/load"
START_SECONDS_MAX = 180


def wait_for(address, process):
    """Waits until the address answers at all; says so when the process ends first."""
    for _ in range(START_SECONDS_MAX * 10):
        if process.poll() is not None:
            raise SystemExit(f"the server at {address} ended before it answered")
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the server at {address} did not answer within {START_SECONDS_MAX} s")


def fresh_database(server_url, name):
    """A new, empty database on the server; one of the same name from an earlier run goes."""
    for statement in (f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"):
        subprocess.run(["psql", "-q", server_url, "-c", statement], check=True, stdout=subprocess.DEVNULL)
    return server_url.rsplit("/", 1)[0] + "/" + name


class Diwan:
    """A node with the demo state in a folder of its own, without SMTP and without a rate limit."""

    def __init__(self, name, port, database_url=""):
        self.name, self.base = name, f"http://127.0.0.1:{port}"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"diwan-bench-{name}-"))
        if database_url:
            database_url = fresh_database(database_url, name.replace("-", "_"))
        self.environment = {
            **os.environ,
            "DIWAN_DATA": str(self.folder),
            "DIWAN_DATABASE_URL": database_url,
            "DIWAN_LISTEN": f"127.0.0.1:{port}",
            "DIWAN_CALLS_PER_SECOND": "0",
        }

    def command(self):
        return [str(DIWAN), "serve", "--demo"]

    def prepare(self):
        """Loads the demo and writes one bearer token a line for the load generator."""
        subprocess.run([str(DIWAN), "demo"], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        cast = json.loads((self.folder / "demo/cast.json").read_text())
        self.tokens = self.folder / "tokens"
        applicants = [member["token"] for member in cast if member["name"] in ("Salma", "Huda")]
        self.tokens.write_text("\n".join(applicants) + "\n")

    @contextlib.contextmanager
    def serving(self):
        """The node runs, and is asked to end afterwards."""
        self.process = subprocess.Popen(self.command(), env=self.environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(self.base + "/health", self.process)
            yield self
        finally:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        self.prepare()
        self.running = self.serving()
        return self.running.__enter__()

    def __exit__(self, *raised):
        self.running.__exit__(*raised)
        self.clear()


class Twin:
    """The Django REST twin on the same PostgreSQL."""

    name = "twin"

    def __init__(self, port, postgres_url):
        self.base = f"http://127.0.0.1:{port}"
        self.command = [str(ROOT / "bench/twin/run"), str(port), postgres_url]
        self.tokens = ROOT / "target/twin/tokens"

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, start_new_session=True)
        wait_for(self.base + "/", self.process)
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=60)


def cpu_seconds(pattern):
    """CPU seconds so far of every process whose command line holds one of the words, and of their ended children."""
    ticks, total = os.sysconf("SC_CLK_TCK"), 0
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if not any(word in line for word in pattern):
                continue
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return total / ticks


def load(server, clients, seconds, *more):
    command = [str(LOAD), "requests", "--base", server.base, "--token-file", str(server.tokens)]
    command += ["--clients", str(clients), "--seconds", str(seconds), *more]
    done = subprocess.run(command, capture_output=True, text=True)
    if not done.stdout.strip():
        raise SystemExit(f"the load generator failed: {done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])
