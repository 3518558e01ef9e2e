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
    year = 26
    check = 98 - (year * 100_000_000 + serial) % 97 * 100 % 97
    return f"{year:02d}-{serial // 10_000:04d}-{serial % 10_000:04d}-{check:02d}"


def id_at(micros, seed):
    """A UUIDv7 of that moment, the same for the same seed."""
    digest = hashlib.blake2b(seed, digest_size=10).hexdigest()
    return uuid.UUID(f"{micros // 1000:012x}7{digest[:3]}8{digest[3:18]}")


class Sqlite:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA synchronous=OFF")
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
    def uuid_in(value):
        return uuid.UUID(bytes=value)

    @staticmethod
    def uuid_out(value):
        return value.bytes

    def finish(self):
        self.db.commit()
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
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
    def uuid_in(value):
        return uuid.UUID(value)

    @staticmethod
    def uuid_out(value):
        return str(value)

    def finish(self):
        self.psql("VACUUM ANALYZE")


class Rows:
    left_out = LEFT_OUT

    def __init__(self, server):
        url = server.environment["DIWAN_DATABASE_URL"]
        self.engine = Postgres(url) if url else Sqlite(next(pathlib.Path(server.folder).glob("*.db")))
        self.chance, self.applicants = random.Random(26), set()

    def grow_to(self, size):
        """Answers how many requests were made."""
        found = self.engine.tables()
        originals = [row for row in self.engine.rows("request") if row["closed_at"] or row["state"] != "returned"][:200]
        self.closed = [row for row in originals if row["closed_at"] is not None]
        self.open = [row for row in originals if row["closed_at"] is None]
        self.person = next(row for row in self.engine.rows("identity_person") if row["kind"] == "citizen")
        self.parts = {name: {} for name, columns in found.items()
                      if "request" in columns and not self.left_out.search(name)}
        known = {row["id"] for row in originals}
        for name, of in self.parts.items():
            for row in self.engine.rows(name):
                if row["request"] in known:
                    of.setdefault(row["request"], []).append(row)
        start = self.engine.count()
        for first in range(start, size, BATCH_REQUESTS):
            self.put(self.batch(range(first, min(size, first + BATCH_REQUESTS))))
        self.engine.finish()
        return max(0, size - start)

    def batch(self, places):
        batch = {name: [] for name in ["identity_person", "request", *self.parts]}
        for at in places:
            source = self.open if self.open and at % OPEN_ONE_IN == 0 else self.closed
            self.copy(self.chance.choice(source), at, batch)
            if at % PER_APPLICANT == 0 or at == places[0]:
                self.applicant(at // PER_APPLICANT, batch)
        return batch

    def put(self, batch):
        for name, rows in batch.items():
            if rows:
                columns = list(rows[0])
                self.engine.put(name, columns, [tuple(row[column] for column in columns) for row in rows])

    def applicant(self, at, batch):
        if at in self.applicants:
            return
        self.applicants.add(at)
        number = f"9{at:011d}"
        batch["identity_person"].append({**self.person, "id": self.applicant_id(at), "identifier": number, "email": ""})

    def applicant_id(self, at):
        return self.engine.uuid_out(id_at(1_600_000_000_000_000, b"applicant %d" % at))

    def copy(self, original, at, batch):
        out, into = self.engine.uuid_out, self.engine.uuid_in
        shift = -DAY_MICROS * self.chance.randrange(1, 700) - self.chance.randrange(DAY_MICROS)
        delivered = int(original["delivered_at"]) + shift
        row = self.moved(original, shift)
        row["id"] = out(id_at(delivered, b"request %d" % at))
        row["number"] = number_of((at * 7919 + 13) % 100_000_000)
        row["applicant"] = self.applicant_id(at // PER_APPLICANT)
        batch["request"].append(row)
        for name, of in self.parts.items():
            for place, part in enumerate(of.get(original["id"], [])):
                moved = self.moved(part, shift)
                moved["request"] = row["id"]
                if "id" not in part:
                    batch[name].append(moved)
                    continue
                seed = into(part["id"]).bytes + b"%d" % at
                moved["id"] = out(id_at(delivered + place * 1_000_000, seed))
                own = {"number": row["number"], "applicant": row["applicant"], "leaf": moved["id"],
                       "code": hashlib.blake2b(seed, digest_size=10).hexdigest()}
                moved.update((column, value) for column, value in own.items() if column in moved)
                batch[name].append(moved)

    @staticmethod
    def moved(row, shift):
        def is_moment(column, value):
            return value is not None and (column == "at" or column.endswith("_at"))

        return {column: int(value) + shift if is_moment(column, value) else value for column, value in row.items()}
