"""Grows a database: copies of the demo's requests with everything that points to them.

Which columns a table has is read from the database, so that a new column is copied without a word here. A copy gets its
own id, number and moments; an applicant has some dozens of requests, as people do, and one request in thirty is open.
"""

import csv
import hashlib
import io
import pathlib
import random
import re
import sqlite3
import subprocess
import uuid

DAY_MICROS = 86_400_000_000
PER_APPLICANT = 30
BATCH_REQUESTS = 20_000
OPEN_ONE_IN = 30
# What the clock or a worker would act on is not copied: a million copies would be a million reminders.
LEFT_OUT = re.compile(r"timer|job|store_once|ledger|draft|export|idx|fts")


def number_of(serial):
    """A number of a year in which the product gave out none, so that it meets no number of the demo's."""
    year = 20
    check = 98 - (year * 100_000_000 + serial) % 97 * 100 % 97
    return f"{year:02d}-{serial // 10_000:04d}-{serial % 10_000:04d}-{check:02d}"


def id_at(micros, seed):
    """A UUIDv7 of that moment in 32 digits, the same for the same seed; and 20 digits more of the same chance."""
    digest = hashlib.blake2b(seed, digest_size=20).hexdigest()
    return f"{micros // 1000:012x}7{digest[:3]}8{digest[3:18]}", digest[20:]


class Sqlite:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        # Only for growing: the product sets its own way when it opens the file.
        for setting in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-1000000"):
            self.db.execute(f"PRAGMA {setting}")
        self.db.row_factory = sqlite3.Row

    def tables(self):
        names = [row[0] for row in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [row[1] for row in self.db.execute(f"PRAGMA table_info({name})")] for name in names}

    def rows(self, table):
        return [dict(row) for row in self.db.execute(f"SELECT * FROM {table}")]

    def count(self):
        return self.db.execute("SELECT COUNT(*) FROM request").fetchone()[0]

    def put(self, table, columns, rows):
        places = ", ".join("?" * len(columns))
        words = ", ".join(f'"{column}"' for column in columns)
        self.db.executemany(f"INSERT INTO {table} ({words}) VALUES ({places})", rows)
        self.db.commit()

    @staticmethod
    def seed(value):
        return value

    @staticmethod
    def id(digits):
        return bytes.fromhex(digits)

    def finish(self):
        self.db.commit()
        self.db.close()


class Postgres:
    def __init__(self, url):
        self.url = url

    def psql(self, statement, given=None):
        command = ["psql", "-q", "-v", "ON_ERROR_STOP=1", self.url, "-c", statement]
        return subprocess.run(command, input=given, check=True, capture_output=True, text=True).stdout

    def asked(self, statement):
        text = self.psql(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, HEADER, NULL '\\N')")
        return [{key: None if value == "\\N" else value for key, value in row.items()}
                for row in csv.DictReader(io.StringIO(text))]

    def tables(self):
        found = {}
        for row in self.asked("SELECT table_name, column_name FROM information_schema.columns "
                              "WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"):
            found.setdefault(row["table_name"], []).append(row["column_name"])
        return found

    def rows(self, table):
        return self.asked(f"SELECT * FROM {table}")

    def count(self):
        return int(self.asked("SELECT COUNT(*) AS n FROM request")[0]["n"])

    def put(self, table, columns, rows):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerows([["\\N" if value is None else value for value in row] for row in rows])
        words = ", ".join(f'"{column}"' for column in columns)
        self.psql(f"COPY {table} ({words}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", text.getvalue())

    @staticmethod
    def seed(value):
        return uuid.UUID(value).bytes

    @staticmethod
    def id(digits):
        return digits

    def finish(self):
        self.psql("VACUUM ANALYZE")


class Pattern:
    """A row to copy: its values, and where among them stand the moments and the names that a copy has of its own."""

    OWN = ("id", "request", "number", "applicant", "leaf", "code")

    def __init__(self, row, engine):
        self.columns = list(row)
        self.values = list(row.values())
        self.moments = [place for place, column in enumerate(row)
                        if (column == "at" or column.endswith("_at")) and self.values[place] is not None]
        for place in self.moments:
            self.values[place] = int(self.values[place])
        self.own = {column: place for place, column in enumerate(row) if column in self.OWN}
        self.seed = engine.seed(row["id"]) if "id" in row else None

    def copy(self, shift, **own):
        values = self.values.copy()
        for place in self.moments:
            values[place] += shift
        for column, value in own.items():
            if column in self.own:
                values[self.own[column]] = value
        return values


class Rows:
    left_out = LEFT_OUT

    def __init__(self, server):
        url = server.environment["DIWAN_DATABASE_URL"]
        self.engine = Postgres(url) if url else Sqlite(next(pathlib.Path(server.folder).glob("*.db")))
        self.chance, self.applicants = random.Random(26), set()

    def grow_to(self, size):
        """Answers how many requests were made."""
        originals = [row for row in self.engine.rows("request") if row["closed_at"] or row["state"] != "returned"][:200]
        self.columns = {"request": list(originals[0])}
        parts = self.parts_of({row["id"] for row in originals})
        patterns = [(row, Pattern(row, self.engine), parts.get(row["id"], [])) for row in originals]
        self.closed = [pattern for row, *pattern in patterns if row["closed_at"] is not None]
        self.open = [pattern for row, *pattern in patterns if row["closed_at"] is None]
        person = next(row for row in self.engine.rows("identity_person") if row["kind"] == "citizen")
        self.columns["identity_person"] = list(person)
        self.person = person
        start = self.engine.count()
        for first in range(start, size, BATCH_REQUESTS):
            batch = self.batch(range(first, min(size, first + BATCH_REQUESTS)))
            for name, rows in batch.items():
                self.engine.put(name, self.columns[name], rows)
        self.engine.finish()
        return max(0, size - start)

    def parts_of(self, known):
        """What belongs to each of these requests: table and pattern."""
        parts = {}
        for name, columns in self.engine.tables().items():
            if "request" not in columns or self.left_out.search(name):
                continue
            for row in self.engine.rows(name):
                if row["request"] in known:
                    parts.setdefault(row["request"], []).append((name, Pattern(row, self.engine)))
                    self.columns[name] = list(row)
        return parts

    def batch(self, places):
        # Persons and requests first: what belongs to them points to them.
        batch = {"identity_person": [], "request": [], **{name: [] for name in self.columns}}
        for at in places:
            applicant = self.applicant(at // PER_APPLICANT, batch)
            source = self.open if self.open and at % OPEN_ONE_IN == 0 else self.closed
            self.copy(*self.chance.choice(source), at, applicant, batch)
        return {name: rows for name, rows in batch.items() if rows}

    def applicant(self, at, batch):
        id = self.engine.id(id_at(1_600_000_000_000_000, b"applicant %d" % at)[0])
        if at not in self.applicants:
            self.applicants.add(at)
            row = {**self.person, "id": id, "identifier": f"9{at:011d}", "email": ""}
            batch["identity_person"].append(list(row.values()))
        return id

    def copy(self, request, parts, at, applicant, batch):
        shift = -DAY_MICROS * self.chance.randrange(1, 700) - self.chance.randrange(DAY_MICROS)
        delivered = request.values[request.columns.index("delivered_at")] + shift
        id = self.engine.id(id_at(delivered, b"request %d" % at)[0])
        number = number_of((at * 7919 + 13) % 100_000_000)
        batch["request"].append(request.copy(shift, id=id, number=number, applicant=applicant))
        for place, (name, part) in enumerate(parts):
            own = {"request": id}
            if part.seed is not None:
                digits, code = id_at(delivered + place * 1_000_000, part.seed + b"%d" % at)
                part_id = self.engine.id(digits)
                own = {"request": id, "id": part_id, "leaf": part_id, "number": number, "applicant": applicant, "code": code}
            batch[name].append(part.copy(shift, **own))
