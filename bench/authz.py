"""What a decision of the policies costs, in microseconds."""

import datetime
import json
import os
import subprocess

from part import ROOT


def main():
    rows = json.loads(subprocess.run([ROOT / "target/release/bench-authz"], check=True, stdout=subprocess.PIPE).stdout)
    lines = ["# bin/bench authz", "", f"{datetime.date.today()}, {os.cpu_count()} cores. Every action that a policy names, for "
             "people with no, one and ten roles. Goal: 200 µs at p99.", "",
             "| set | policies | actions | decisions | p50 µs | p99 µs | longest µs |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row['set']} | {row['policies']} | {row['actions']} | {row['decisions']:,} | {row['p50_us']:.0f} | "
                     f"{row['p99_us']:.0f} | {row['max_us']:.0f} |")
    (ROOT / "bench/results/authz.md").write_text("\n".join(lines) + "\n")
    (ROOT / "bench/results/authz.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("\n".join(lines[4:]))


if __name__ == "__main__":
    main()
