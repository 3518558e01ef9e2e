"""A simulated year: does what people are told come true, and does each timer fire once?

The year is pure and seeded. The timers are those of the product, on a database, with two nodes' workers that are killed
while the clock leaps.
"""

import datetime
import json
import os
import re
import subprocess

from part import ROOT

CASES = int(os.environ.get("BENCH_CASES", "1000000"))
TIMER_REQUESTS = os.environ.get("BENCH_TIMER_REQUESTS", "400")
# Years on which nothing was tuned.
SEEDS = (11, 12, 13)


def year(seed):
    command = [str(ROOT / "target/release/clocks"), "--cases", str(CASES), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    told["seed"] = seed
    print(f"seed {seed}: {told['judged']} judged, {100 * told['most_true']:.2f} % true, services from "
          f"{100 * told['service_worst']:.1f} to {100 * told['service_best']:.1f} %", flush=True)
    return told


def timers(postgres_url):
    environment = {**os.environ, "DIWAN_TEST_POSTGRES": postgres_url, "DIWAN_TIMER_REQUESTS": TIMER_REQUESTS}
    command = ["cargo", "nextest", "run", "--locked", "-p", "diwan", "--test", "it", "--no-capture",
               "-E", "test(each_timer_fires_once) or test(when_one_of_two_nodes_dies)"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    said = done.stdout + done.stderr
    return [line.strip() for line in said.splitlines() if re.search(r"timers, each once|taken over", line)]


def main(postgres_url):
    write([year(seed) for seed in SEEDS], timers(postgres_url))


def write(years, said):
    lines = ["# bin/bench clocks", "", f"{datetime.date.today()}, {CASES} cases a year on 40 services. The second figure that "
             "people are told (nine in ten end within it) must come true in 90 ± 2 % of the cases.", "",
             "| seed | judged | second figure true | first figure true | worst and best service | figure, days | hindsight, days |",
             "|---|---|---|---|---|---|---|"]
    for told in years:
        lines.append(f"| {told['seed']} | {told['judged']} | {100 * told['most_true']:.2f} % | "
                     f"{100 * told['half_true']:.1f} % | {100 * told['service_worst']:.1f} to "
                     f"{100 * told['service_best']:.1f} % | {told['most_days_mean']:.1f} | "
                     f"{told['hindsight_days_mean']:.1f} |")
    lines += ["", *(f"- {line}" for line in said)]
    results = ROOT / "bench/results"
    (results / "clocks.md").write_text("\n".join(lines) + "\n")
    (results / "clocks.json").write_text(json.dumps({"years": years, "timers": said}, indent=1) + "\n")
    print("written to bench/results/clocks.md")


if __name__ == "__main__":
    import sys
    main(sys.argv[1])
