# SPDX-License-Identifier: MIT
"""What the programs in bench/ share: a throw-away server, psql, and the DuckDB shell with the extension."""

import contextlib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPS = ROOT / "build/deps"
OUT = ROOT / "build/bench"
PSQL = DEPS / "postgres/bin/psql"
DATABASE = "bench"

# Everything in memory, nothing in the background: what is measured is moving rows.
SETTINGS = [
    "shared_buffers=1GB",
    "max_wal_size=8GB",
    "checkpoint_timeout=1h",
    "autovacuum=off",
    "jit=off",
]


class Failure(Exception):
    """The benchmark cannot go on; the text says why."""


def run(command, **options):
    """Runs a command and returns its output; a failure shows what it said."""
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, **options)
    if done.returncode != 0:
        raise Failure(f"{command[0]} failed ({done.returncode}):\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


@contextlib.contextmanager
def server():
    """A server for the time of the block; libpq's environment variables lead to an empty database."""
    tool = ROOT / "tools/server"
    options = [word for setting in SETTINGS for word in ("--conf", setting)]
    facts = dict(line.split("=", 1) for line in run([tool, "start", *options]).splitlines())
    try:
        os.environ.update(facts)
        os.environ["PGDATABASE"] = "postgres"
        run([PSQL, "-X", "-q", "-c", f"CREATE DATABASE {DATABASE}"])
        os.environ["PGDATABASE"] = DATABASE
        yield
    finally:
        run([tool, "stop", "--dir", facts["PGS_SERVER_DIR"]])


def psql(*arguments):
    return run([PSQL, "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", *arguments])


class Build:
    """One build type's shell and extension."""

    def __init__(self, kind):
        self.folder = ROOT / "build" / kind
        self.program = self.folder / "duckdb"
        self.extension = self.folder / "extension/postgres_scanner/postgres_scanner.duckdb_extension"
        if not self.extension.exists():
            raise Failure(f"{self.extension} is missing: run make first")
        self.prelude = f"LOAD '{self.extension}'; ATTACH 'dbname={DATABASE}' AS pg (TYPE postgres);"
        self.command = [self.program, "-unsigned", "-bail", ":memory:"]

    def shell(self, script, wrapper=()):
        """Runs a script in a new shell with the server attached as pg."""
        return run([*wrapper, *self.command], input=f"{self.prelude}\n{script}\n")

    def timed(self, script, statement):
        """Runs script, then statement with the clock on: (seconds, CPU seconds of the process)."""
        text = self.shell(f"{script}\n.timer on\n{statement}\n.timer off")
        times = re.findall(r"Run Time \(s\): real ([0-9.]+) user ([0-9.]+) sys ([0-9.]+)", text)
        if len(times) != 1:
            raise Failure(f"no time for {statement}:\n{text[-2000:]}")
        real, user, system = map(float, times[0])
        return real, user + system


def compile_drain():
    """bench/drain.c as a program."""
    OUT.mkdir(parents=True, exist_ok=True)
    program = OUT / "drain"
    source = ROOT / "bench/drain.c"
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        run(["cc", "-std=c11", "-O2", "-Wall", "-Wextra", "-D_GNU_SOURCE", f"-I{DEPS}/libpq/include",
             source, "-o", program, DEPS / "libpq/lib/libpq.a", "-lssl", "-lcrypto", "-lm", "-lpthread"])
    return program


def load_lineitem(build, scale):
    """TPC-H's lineitem of that scale as table lineitem, vacuumed; returns its row count."""
    OUT.mkdir(parents=True, exist_ok=True)
    file = OUT / f"lineitem-{scale}.parquet"
    if not file.exists():
        part = file.with_suffix(".part")
        run([build.folder / "test/tpcgen", "-c", f"CALL dbgen(sf = {scale})",
             "-c", f"COPY lineitem TO '{part}' (FORMAT parquet)"])
        part.rename(file)
    build.shell(f"CREATE TABLE pg.lineitem AS FROM '{file}';")
    psql("-c", "VACUUM (ANALYZE) lineitem")
    return int(psql("-c", "SELECT count(*) FROM lineitem"))


def main(function):
    """Runs function(build) for the build type on the command line."""
    try:
        sys.exit(function(Build(sys.argv[1] if len(sys.argv) > 1 else "release")))
    except Failure as failure:
        print(f"{sys.argv[0]}: {failure}", file=sys.stderr)
        sys.exit(1)
