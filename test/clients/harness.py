# SPDX-License-Identifier: MIT
"""What the tests in Python share: a server to ask behind DuckDB's back, and the counting of results.

The server is the one of PGHOST, PGPORT, PGUSER and PGPASSWORD, with the database postgresscanner;
PGS_BUILD names the build, for example build/release.
"""
import contextlib
import os
import subprocess
import sys
import time
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("PGS_BUILD", "build/release"))
EXTENSION = os.path.join(BUILD, "extension/postgres_scanner/postgres_scanner.duckdb_extension")
REPOSITORY = os.path.join(BUILD, "repository")
SHELL = os.path.join(BUILD, "duckdb")
DATABASE = "postgresscanner"


def psql(sql, database=DATABASE):
    """The rows of the last statement, each value as text."""
    out = subprocess.run(
        ["psql", "-X", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql],
        check=True, capture_output=True, text=True).stdout
    return [line.split("\t") for line in out.splitlines()]


def ask(sql, database=DATABASE):
    """The one value of a query, as text."""
    return psql(sql, database)[0][0]


def backends(name, state=None):
    """How many server processes work for the client that calls itself `name`."""
    only = f" AND state = '{state}'" if state else ""
    return int(ask(f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'{only}"))


def wait_until(condition, seconds, what):
    """Seconds until the condition holds; an error when it does not."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)
    return time.monotonic() - started


def connect(config=None):
    """A DuckDB with the extension loaded and nothing attached."""
    import duckdb

    connection = duckdb.connect(config={"allow_unsigned_extensions": "true", **(config or {})})
    connection.execute(f"LOAD '{EXTENSION}'")
    return connection


def attach(connection, name, alias="pg", options=""):
    """`name` is what the server knows the connections by."""
    connection.execute(
        f"ATTACH 'dbname={DATABASE} application_name={name}' AS {alias} (TYPE postgres{options})")


def one(connection, sql):
    """The one value. fetchone() would leave the result, and with it the transaction, open."""
    return connection.execute(sql).fetchall()[0][0]


def fails(connection, sql, *texts):
    """The message of the error that the statement must give, with all these texts in it."""
    import duckdb

    try:
        connection.execute(sql).fetchall()
    except duckdb.Error as error:
        message = str(error)
        for text in texts:
            assert text.lower() in message.lower(), f"no {text!r} in: {message}"
        return message
    raise AssertionError(f"no error: {sql}")


@contextlib.contextmanager
def environment(**values):
    """Environment variables for a while, which libpq in this process sees; None removes one."""
    before = {name: os.environ.get(name) for name in values}

    def set_all(names):
        for name, value in names.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    set_all(values)
    try:
        yield
    finally:
        set_all(before)


def quoted(text):
    """As a string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


class Skip(Exception):
    """Raised by a test that this machine cannot run; its text is the reason."""


def run(tests):
    """Runs functions; arguments of the program choose by name. Ends the program."""
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    passed, failed, skipped = 0, 0, 0
    for test in tests:
        if wanted and test.__name__ not in wanted:
            continue
        started = time.monotonic()
        try:
            test()
            passed += 1
            print(f"ok   {test.__name__} ({time.monotonic() - started:.1f} s)", flush=True)
        except Skip as reason:
            skipped += 1
            print(f"skip {test.__name__}: {reason}", flush=True)
        except Exception:
            failed += 1
            traceback.print_exc(file=sys.stdout)
            print(f"FAIL {test.__name__} ({time.monotonic() - started:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    # Not sys.exit: a thread that hangs in a failed test must not hold up the others.
    os._exit(0 if (passed or skipped) and not failed else 1)
