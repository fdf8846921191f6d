# SPDX-License-Identifier: MIT
"""Lost servers, killed connections, full pools: one clear error, nothing half done, the next statement works."""
import os
import subprocess
import threading
import time

from harness import DATABASE, ROOT, ask, attach, backends, connect, fails, one, psql, run, wait_until

MARKER = "S3cr3tMarker"


def server(*arguments):
    subprocess.run([f"{ROOT}/tools/server", *arguments, "--dir", os.environ["PGS_SERVER_DIR"]],
                   check=True, stdout=subprocess.DEVNULL)


def make_data():
    psql("CREATE TABLE big AS SELECT i, repeat('x', 100) AS pad FROM generate_series(1, 400000) AS i;"
         "CREATE TABLE small AS SELECT i FROM generate_series(1, 100) AS i;"
         "CREATE TABLE target (i bigint, pad text)")


def client(name, threads=4):
    con = connect({"threads": str(threads)})
    con.execute("SET pg_pages_per_task = 50")
    attach(con, name)
    return con


def in_background(function):
    """Runs it while the main thread does harm; returns (thread, list of its one outcome)."""
    outcome = []

    def work():
        started = time.monotonic()
        try:
            outcome.append((None, function()))
        except Exception as error:
            outcome.append((str(error), None))
        outcome.append(time.monotonic() - started)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread, outcome


SLOW = "SELECT count(*) FROM pg.big AS a, pg.small AS b, range(20000) AS c WHERE sin(a.i + b.i + c.range) > 1.5"


def kill_one_reader():
    """Rows that come slowly, over several connections; one of them dies."""
    con = client("fault_reader")
    psql("CREATE OR REPLACE FUNCTION slow(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.001); RETURN i; END'")
    psql("CREATE OR REPLACE VIEW slow_rows AS SELECT slow(i) AS i FROM big")
    for victim in ("ORDER BY pid", "ORDER BY pid DESC"):
        thread, outcome = in_background(lambda: con.execute(
            "SELECT (SELECT sum(i) FROM pg.slow_rows), (SELECT max(i) FROM pg.slow_rows), (SELECT min(i) FROM pg.slow_rows)").fetchall())
        wait_until(lambda: backends("fault_reader", "active") >= 2, 10, "several readers")
        killed = time.monotonic()
        psql(f"SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = 'fault_reader' AND state = 'active' {victim} LIMIT 1) AS x")
        thread.join(10)
        assert not thread.is_alive(), "hangs"
        assert time.monotonic() - killed < 2, f"{time.monotonic() - killed} s"
        assert outcome[0][0] and "57P01" in outcome[0][0] and "terminating connection" in outcome[0][0], outcome
        wait_until(lambda: backends("fault_reader", "active") == 0, 2, "the others stop too")
        assert one(con, "SELECT count(*) FROM pg.big") == 400000


def kill_while_rows_flow():
    con = client("fault_flow")
    for _ in range(3):
        thread, outcome = in_background(lambda: con.execute(SLOW).fetchall())
        wait_until(lambda: backends("fault_flow") >= 1, 10, "it runs")
        time.sleep(0.3)
        killed = ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'fault_flow'")
        assert int(killed) >= 1
        time.sleep(0.2)
        con.interrupt()
        thread.join(5)
        assert not thread.is_alive(), "hangs"
        assert outcome[0][0], "no error"
        assert one(con, "SELECT count(*) FROM pg.big") == 400000


def restart_between_statements():
    con = client("fault_restart")
    for sql, rows in (("SELECT count(*) FROM pg.big", 400000), ("SELECT count(*) FROM pg.big a JOIN pg.small b USING (i)", 100),
                      ("SELECT count(*) FROM postgres_query('pg', 'SELECT i FROM small')", 100)):
        assert one(con, "SELECT count(*) FROM pg.big") == 400000
        server("restart")
        assert one(con, sql) == rows
    assert one(con, "SELECT count(*) FROM pg.big") == 400000
    server("restart")
    con.execute("INSERT INTO pg.target VALUES (1, 'after')")
    psql("CHECKPOINT")  # the server does not wait for its disk
    server("crash")
    fails(con, "SELECT count(*) FROM pg.big", "connect")
    server("start")
    assert one(con, "SELECT count(*) FROM pg.target WHERE pad = 'after'") == 1
    con.execute("CALL postgres_execute('pg', 'TRUNCATE target')")


def restart_in_transaction():
    con = client("fault_transaction")
    con.execute("BEGIN")
    con.execute("INSERT INTO pg.target VALUES (1, 'lost')")
    assert one(con, "SELECT count(*) FROM pg.target") == 1
    server("restart")
    message = fails(con, "SELECT count(*) FROM pg.target")
    assert "57P01" in message or "connection" in message, message
    con.execute("ROLLBACK")
    assert one(con, "SELECT count(*) FROM pg.target") == 0
    # The same when only COMMIT notices.
    con.execute("BEGIN")
    con.execute("INSERT INTO pg.target VALUES (1, 'lost')")
    server("restart")
    fails(con, "COMMIT")
    assert one(con, "SELECT count(*) FROM pg.target") == 0
    assert backends("fault_transaction", "idle in transaction") == 0


def kill_during_insert():
    con = client("fault_insert")
    for threads in (1, 4):
        con.execute(f"SET threads = {threads}")
        thread, outcome = in_background(lambda: con.execute(
            "INSERT INTO pg.target SELECT range, repeat('y', 200) FROM range(50000000)").fetchall())
        wait_until(lambda: int(ask("SELECT count(*) FROM pg_stat_progress_copy WHERE tuples_processed > 10000")) > 0, 20, "rows arrive")
        killed = time.monotonic()
        psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fault_insert'")
        thread.join(10)
        assert not thread.is_alive() and time.monotonic() - killed < 3, "hangs"
        assert outcome[0][0] and "57P01" in outcome[0][0], outcome
        assert one(con, "SELECT count(*) FROM pg.target") == 0
    # An error of ours in mid-stream leaves nothing either.
    fails(con, "INSERT INTO pg.target SELECT range, CASE WHEN range = 300000 THEN error('stop') ELSE 'x' END FROM range(1000000)", "stop")
    assert one(con, "SELECT count(*) FROM pg.target") == 0
    assert backends("fault_insert", "active") == 0


def two_connections():
    """Three scans on eight threads and two connections; sixteen clients at once."""
    con = connect({"threads": "8"})
    con.execute("SET pg_pool_max_connections = 2; SET pg_pages_per_task = 20")
    attach(con, "fault_pool")
    sql = "SELECT count(*) FROM pg.big AS a JOIN pg.big AS b USING (i) JOIN pg.small AS c USING (i)"
    most = [0]
    thread, outcome = in_background(lambda: [one(con, sql) for _ in range(3)])
    while thread.is_alive():
        most[0] = max(most[0], backends("fault_pool"))
        thread.join(0.05)
        assert len(outcome) or True
    assert outcome[0][1] == [100] * 3, outcome
    started = time.monotonic()
    work = [in_background(lambda: [one(con.cursor(), sql) for _ in range(2)]) for _ in range(16)]
    for thread, outcome in work:
        while thread.is_alive() and time.monotonic() - started < 100:
            most[0] = max(most[0], backends("fault_pool"))
            thread.join(0.1)
        assert not thread.is_alive(), "hangs"
        assert outcome[0][1] == [100] * 2, outcome
    assert 1 <= most[0] <= 2, f"{most[0]} connections"


# How the rows of postgres_query travel: COPY, the extended protocol, cursors, a statement as it is.
QUERIES = ("FROM postgres_query('pg', 'SELECT generate_series(1, 1000000000) AS i')",
           "FROM postgres_query('pg', 'SELECT generate_series(1, $1) AS i', params = row(1000000000))",
           "SELECT a.i FROM postgres_query('pg', 'SELECT generate_series(1, $1) AS i', params = row(1000000000)) AS a, postgres_query('pg', 'SELECT 1')",
           "FROM postgres_query('pg', 'SELECT generate_series(1, 1000000000) AS i', use_transaction = false)",
           "FROM postgres_query('pg', 'INSERT INTO target SELECT generate_series(1, 1000000000) AS i RETURNING i')")


def kill_during_query():
    con = client("fault_query")
    for sql in QUERIES:
        thread, outcome = in_background(lambda: one(con, f"SELECT sum(i) FROM ({sql})"))
        wait_until(lambda: backends("fault_query", "active") >= 1, 10, "it runs")
        time.sleep(0.3)
        killed = time.monotonic()
        psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fault_query'")
        thread.join(10)
        assert not thread.is_alive() and time.monotonic() - killed < 3, f"hangs: {sql}"
        # A backend that is blocked in sending dies without a word: ProcessClientWriteInterrupt, postgres.c.
        assert outcome[0][0] and ("57P01" in outcome[0][0] or "08006" in outcome[0][0]), (sql, outcome)
        assert one(con, "SELECT count(*) FROM postgres_query('pg', 'SELECT 1')") == 1, sql
    assert one(con, "SELECT count(*) FROM pg.target") == 0


def early_end_of_query():
    """A client that reads ten rows and goes, and one that reads ten and goes on."""
    con = client("fault_query_end")
    for sql in QUERIES[:4]:
        cursor = con.cursor()
        cursor.execute(sql)
        assert len(cursor.fetchmany(10)) == 10, sql
        assert cursor.execute("SELECT count(*) FROM pg.small").fetchall() == [(100,)], sql
        cursor.execute(sql)
        cursor.fetchmany(10)
        cursor.close()
        wait_until(lambda: backends("fault_query_end", "active") == 0, 2, f"the server stops: {sql}")
    assert backends("fault_query_end", "idle in transaction") == 0


def early_end():
    """A LIMIT that stays here ends the scan: the server does not go on."""
    con = client("fault_early")
    for sql in ("SELECT count(*) FROM (SELECT i FROM pg.big WHERE sin(i) > 0 LIMIT 5)",
                "SELECT EXISTS (SELECT 1 FROM pg.big WHERE sin(i) > 0.5)",
                "SELECT count(*) FROM (SELECT a.i FROM pg.big a, pg.big b WHERE sin(a.i + b.i) > 0 LIMIT 5)"):
        started = time.monotonic()
        one(con, sql)
        assert time.monotonic() - started < 10, sql
        wait_until(lambda: backends("fault_early", "active") == 0, 1, "nobody works any more")
    assert backends("fault_early", "idle in transaction") == 0
    # A client that reads ten rows and closes.
    cursor = con.cursor()
    cursor.execute("SELECT i, pad FROM pg.big")
    cursor.fetchmany(10)
    cursor.close()
    con.close()
    wait_until(lambda: backends("fault_early") == 0, 2, "no connection is left")


def idle_in_transaction_timeout():
    """The server's own reason is told, not only that the connection is gone."""
    con = client("fault_idle")
    con.execute("CALL postgres_execute('pg', 'ALTER ROLE postgres SET idle_in_transaction_session_timeout = 300')")
    try:
        other = client("fault_idle_2")
        other.execute("BEGIN")
        other.execute("INSERT INTO pg.target VALUES (1, 'x')")
        time.sleep(0.8)
        fails(other, "SELECT count(*) FROM pg.target", "idle-in-transaction", "25P03")
        other.execute("ROLLBACK")
        assert one(other, "SELECT count(*) FROM pg.target") == 0
    finally:
        psql("ALTER ROLE postgres RESET idle_in_transaction_session_timeout")


def idle_connections_close():
    con = connect()
    con.execute("SET pg_pool_idle_timeout_millis = 500")
    attach(con, "fault_pool_idle")
    assert one(con, "SELECT count(*) FROM pg.small") == 100
    wait_until(lambda: backends("fault_pool_idle") == 0, 10, "idle connections are closed")
    assert one(con, "SELECT count(*) FROM pg.small") == 100


def nowhere(con, text, where):
    assert MARKER not in text, f"the password is shown by {where}: {text[:500]}"


def password_is_never_shown():
    psql(f"DROP ROLE IF EXISTS marker; CREATE ROLE marker LOGIN SUPERUSER PASSWORD '{MARKER}'")
    host, port = os.environ["PGHOST"], os.environ["PGPORT"]
    spellings = [
        f"host={host} port={port} user=marker password={MARKER} dbname={DATABASE}",
        f"host={host} port={port} user=marker password = {MARKER} dbname={DATABASE}",
        f"host={host} port={port} user=marker password=''{MARKER}'' dbname={DATABASE}",
        f"password={MARKER} host={host} port={port} user=marker password={MARKER} dbname={DATABASE}",
        f"postgres://marker:{MARKER}@{host}:{port}/{DATABASE}",
        f"postgresql://marker@{host}:{port}/{DATABASE}?password={MARKER}",
        f"postgresql://{host}:{port}/{DATABASE}?user=marker&password={MARKER}",
        f"postgresql://marker:S3cr3t%4Darker@{host}:{port}/{DATABASE}",
    ]
    for spelling in spellings:
        con = connect()
        con.execute("SET enable_logging = true; SET logging_level = 'TRACE'; CALL enable_logging('PostgresQueryLog')")
        con.execute(f"ATTACH '{spelling}' AS pg (TYPE postgres)")
        assert one(con, "SELECT count(*) FROM pg.small") == 100
        assert one(con, "FROM postgres_query('pg', 'SELECT current_user::text')") == "marker"
        look(con, spelling)
        for sql in ("FROM postgres_query('pg', 'SELEC')", "SELECT * FROM pg.no_such", "INSERT INTO pg.small VALUES ('x')",
                    "CALL postgres_execute('pg', 'SELECT 1/0')"):
            nowhere(con, fails(con, sql), sql)
        wrong = spelling.replace(f"/{DATABASE}", "/no_such_database").replace(f"dbname={DATABASE}", "dbname=no_such_database")
        nowhere(con, fails(con, f"ATTACH '{wrong}' AS wrong (TYPE postgres)"), "a failed ATTACH")
        wrong = spelling.replace(port, "1")
        nowhere(con, fails(con, f"ATTACH '{wrong}' AS wrong (TYPE postgres)"), "a refused ATTACH")
        wrong = spelling.replace("marker", "postgres")
        nowhere(con, fails(con, f"ATTACH '{wrong}' AS wrong (TYPE postgres)"), "a wrong password")
        con.execute("BEGIN")
        one(con, "SELECT count(*) FROM pg.small")
        psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'marker'")
        nowhere(con, fails(con, "SELECT count(*) FROM pg.small"), "a lost connection")
        con.execute("ROLLBACK")
        con.close()
    for broken in (f"password={MARKER} dbname", f"password=''{MARKER}", f"postgres://marker:{MARKER}@{host}:no_port/x",
                   f"postgres://marker:{MARKER}@[::1/x", f"password={MARKER} no_such_option=1", f"passwort={MARKER}",
                   f"postgres://marker:{MARKER}@{host}/x?no_such_option=1"):
        con = connect()
        nowhere(con, fails(con, f"ATTACH '{broken}' AS wrong (TYPE postgres)"), f"a connection string that is broken ({broken})")
    psql("DROP ROLE marker")


def look(con, spelling):
    places = ["FROM duckdb_databases()", "PRAGMA database_list", "FROM duckdb_schemas()", "FROM duckdb_tables()",
              "FROM duckdb_settings()", "FROM duckdb_secrets()", "SHOW DATABASES", "EXPLAIN SELECT * FROM pg.small",
              "EXPLAIN (FORMAT json) SELECT * FROM pg.small WHERE i = 1", "EXPLAIN ANALYZE SELECT * FROM pg.small",
              "SELECT COLUMNS(*)::VARCHAR FROM postgres_query('pg', 'SELECT * FROM pg_stat_activity')"]
    for sql in places:
        nowhere(con, str(con.execute(sql).fetchall()), f"{sql} after {spelling.replace(MARKER, '***')}")
    # DuckDB itself logs the text of an ATTACH statement as a query; what we log must not hold it.
    logs = con.execute("SELECT COLUMNS(*)::VARCHAR FROM duckdb_logs WHERE type <> 'QueryLog'").fetchall()
    nowhere(con, str(logs), "duckdb_logs")
    assert one(con, "SELECT count(*) FROM duckdb_logs WHERE type = 'PostgresQueryLog'") > 0


make_data()
run([kill_one_reader, kill_while_rows_flow, restart_between_statements, restart_in_transaction, kill_during_insert, kill_during_query, early_end_of_query,
     two_connections, early_end, idle_in_transaction_timeout, idle_connections_close, password_is_never_shown])
