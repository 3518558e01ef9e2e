"""kill -9 under load: the server is killed again and again while clients submit; then every acknowledged number must
be there, once, and the ledger must be whole."""

import json
import os
import subprocess
import sys

from part import DIWAN, LOAD, ROOT, Diwan

ROUNDS = os.environ.get("BENCH_ROUNDS", "200")
# One call of the load generator kills at most this often.
ROUNDS_AT_ONCE_MAX = 100


def crash(server, rounds):
    command = [str(LOAD), "crash", "--base", server.base, "--token-file", str(server.tokens), "--clients", "16"]
    command += ["--rounds", str(rounds), "--", *server.command()]
    done = subprocess.run(command, env=server.environment, capture_output=True, text=True)
    print(done.stdout.strip(), flush=True)
    if done.returncode != 0:
        raise SystemExit(f"not clean: {done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main(postgres_url):
    results = []
    for server in (Diwan("diwan-sqlite", 18474), Diwan("diwan-postgres", 18475, postgres_url)):
        server.prepare()
        left = int(ROUNDS)
        while left > 0:
            results.append({"server": server.name, **crash(server, min(left, ROUNDS_AT_ONCE_MAX))})
            left -= ROUNDS_AT_ONCE_MAX
        subprocess.run([str(DIWAN), "verify"], env=server.environment, check=True)
    (ROOT / "bench/results/crash.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
