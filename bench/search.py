"""How well and how fast a service is found: Diwan's index, PostgreSQL's full-text search and Lucene, over the same cards.

The judged queries are in bench/search/queries.tsv. PostgreSQL and Lucene get every field with weights of the same order,
both languages with their own analysers, and look for any of the words.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from part import ROOT, fresh_database

COUNTS = (1_000, 100_000)
RANKS = 10
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SEARCH = ROOT / "target/release/search"
QUERIES = ROOT / "bench/search/queries.tsv"
LUCENE_PARTS = ("core", "analyzers-common", "queryparser", "queries", "sandbox")
LUCENE = ":".join(str(jar) for part in LUCENE_PARTS for jar in pathlib.Path("/usr/share/java").glob(f"lucene-{part}-[0-9]*.jar"))


def judged():
    lines = [line.split("\t") for line in QUERIES.read_text().splitlines() if not line.startswith("#")]
    return [(name, query, set(ids.split(","))) for name, query, ids in lines]


def quality(queries, answers):
    """Recall among the first ten and mean reciprocal rank, over all and by class, as src/judged.rs counts them."""
    sums = {}
    for (name, _, relevant), found in zip(queries, answers):
        found = found[:RANKS]
        recall = len(relevant & set(found)) / len(relevant)
        first = next((1 / (rank + 1) for rank, key in enumerate(found) if key in relevant), 0.0)
        for key in ("all", name):
            count, recalls, ranks = sums.get(key, (0, 0.0, 0.0))
            sums[key] = (count + 1, recalls + recall, ranks + first)
    means = {key: {"queries": n, "recall": r / n, "mrr": m / n} for key, (n, r, m) in sums.items()}
    return means.pop("all"), means


def latency(took, seconds):
    took.sort()
    at = lambda share: 1000 * took[int((len(took) - 1) * share)]
    return {"p50_ms": at(0.5), "p99_ms": at(0.99), "queries_per_second": len(took) / seconds}


def diwan(count):
    done = subprocess.run([SEARCH, "measure", str(count)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def flat(cards):
    """A card as the ten texts that the peers index: five fields, each in Arabic and in English."""
    for line in cards.open():
        card = json.loads(line)
        both = lambda texts: (" ".join(t["ar"] for t in texts), " ".join(t["en"] for t in texts))
        beside = both([it["title"] for it in card["output"]])
        evidence = both([it["title"] for it in card["document"]])
        yield [card["id"], card["name"]["ar"], card["name"]["en"],
               " . ".join(card["keywords"]["ar"]), " . ".join(card["keywords"]["en"]),
               card["summary"]["ar"], card["summary"]["en"], beside[0], beside[1],
               card["description"]["ar"] + " " + evidence[0], card["description"]["en"] + " " + evidence[1]]


def cells(card):
    return "\t".join(text.replace("\t", " ").replace("\n", " ").replace("\\", "/") for text in card)


def lucene(count, file, queries, folder):
    asked = folder / "queries.txt"
    asked.write_text("\n".join(query for _, query, _ in queries) + "\n")
    command = ["java", "-Xmx2g", "-cp", LUCENE, str(ROOT / "bench/search/Lucene.java"), str(file), str(asked), str(ROUNDS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row = json.loads(done.stdout)
    row["quality"], row["classes"] = quality(queries, row.pop("answers"))
    return {"engine": "lucene", "cards": count, **row}


TABLE = """
CREATE TABLE card (id text, name_ar text, name_en text, keywords_ar text, keywords_en text, summary_ar text, summary_en text,
    beside_ar text, beside_en text, text_ar text, text_en text);
"""
INDEX = """
ALTER TABLE card ADD COLUMN words tsvector;
UPDATE card SET words =
    setweight(to_tsvector('arabic', name_ar), 'A') || setweight(to_tsvector('english', name_en), 'A') ||
    setweight(to_tsvector('arabic', keywords_ar), 'B') || setweight(to_tsvector('english', keywords_en), 'B') ||
    setweight(to_tsvector('arabic', summary_ar || ' ' || beside_ar), 'C') ||
    setweight(to_tsvector('english', summary_en || ' ' || beside_en), 'C') ||
    setweight(to_tsvector('arabic', text_ar), 'D') || setweight(to_tsvector('english', text_en), 'D');
CREATE INDEX card_words ON card USING gin (words);
VACUUM ANALYZE card;
"""
# Any of the words, in either language.
ASK = """
PREPARE ask (text) AS
WITH asked AS (SELECT replace((plainto_tsquery('arabic', $1) || plainto_tsquery('english', $1))::text, '&', '|')::tsquery AS q)
SELECT id FROM card, asked WHERE words @@ q ORDER BY ts_rank('{0.08, 0.25, 0.6, 1.0}', words, q, 1) DESC, id LIMIT 10;
"""


def postgres(count, file, queries, server_url, python_psycopg):
    """Asked through psycopg on one connection, so that no process is started for a query."""
    url = fresh_database(server_url, f"diwan_bench_search_{count}")
    started = time.monotonic()
    script = TABLE + f"\\copy card FROM '{file}' WITH (FORMAT text)\n" + INDEX
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", url], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
    built = time.monotonic() - started
    with python_psycopg.connect(url, autocommit=True) as connection:
        connection.execute(ASK)
        ask = lambda query: [row[0] for row in connection.execute("EXECUTE ask (" + quoted(query) + ")").fetchall()]
        answers = [ask(query) for _, query, _ in queries]
        took, begun = [], time.monotonic()
        for _ in range(max(1, ROUNDS // 2)):
            for _, query, _ in queries:
                one = time.monotonic()
                ask(query)
                took.append(time.monotonic() - one)
        speed = latency(took, time.monotonic() - begun)
    total, classes = quality(queries, answers)
    return {"engine": "postgresql", "cards": count, "quality": total, "classes": classes, "build_seconds": built, **speed}


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def main(server_url):
    import psycopg

    queries, rows = judged(), []
    for count in COUNTS:
        with tempfile.TemporaryDirectory(prefix="diwan-bench-search-") as folder:
            folder = pathlib.Path(folder)
            folder.chmod(0o755)
            cards, file = folder / "cards.jsonl", folder / "cards.tsv"
            subprocess.run([SEARCH, "cards", str(count), str(cards)], check=True)
            with file.open("w") as out:
                out.writelines(cells(card) + "\n" for card in flat(cards))
            for row in (diwan(count), postgres(count, file, queries, server_url, psycopg), lucene(count, file, queries, folder)):
                rows.append(row)
                print(f"{count:7} {row['engine']:11} recall {row['quality']['recall']:.3f}  MRR {row['quality']['mrr']:.3f}"
                      f"  p50 {row['p50_ms']:.2f} ms  p99 {row['p99_ms']:.2f} ms  {row['queries_per_second']:.0f}/s", flush=True)
    write(rows, len(queries))


def write(rows, queries):
    lines = ["# bin/bench search", "", f"{datetime.date.today()}, {os.cpu_count()} cores, one query at a time, {queries} judged"
             " queries (bench/search/queries.tsv). Diwan and Lucene answer in their own process, PostgreSQL through a socket.",
             "", "| cards | engine | recall@10 | MRR | p50 ms | p99 ms | queries/s | built in s |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row['cards']} | {row['engine']} | {row['quality']['recall']:.3f} | {row['quality']['mrr']:.3f} | "
                     f"{row['p50_ms']:.2f} | {row['p99_ms']:.2f} | {row['queries_per_second']:.0f} | {row['build_seconds']:.1f} |")
    last = [row for row in rows if row["cards"] == COUNTS[-1]]
    lines += ["", f"Recall@10 by class, at {COUNTS[-1]} cards:", "",
              "| class | queries | " + " | ".join(row["engine"] for row in last) + " |", "|---|---|" + "---|" * len(last)]
    for name in sorted(last[0]["classes"]):
        recalls = " | ".join(f"{row['classes'][name]['recall']:.2f}" for row in last)
        lines.append(f"| {name} | {last[0]['classes'][name]['queries']} | {recalls} |")
    own = next(row for row in last if row["engine"] == "diwan")
    lines += ["", f"Diwan's index of {own['cards']} cards takes {own['index_bytes'] / 1e6:.0f} MB; a card that changed is in it after "
              f"{own['one_card_ms']:.0f} ms.", "",
              "The queries were written by the people who build Diwan, beside the cards of the demo; they favour what its "
              "dictionary knows more than a stranger's queries would. The peers were given no synonyms and no slips, because they "
              "come with none."]
    results = ROOT / "bench/results"
    results.mkdir(exist_ok=True)
    (results / "search.md").write_text("\n".join(lines) + "\n")
    (results / "search.json").write_text(json.dumps(rows, indent=1) + "\n")
    print("written to bench/results/search.md")


if __name__ == "__main__":
    main(sys.argv[1])
