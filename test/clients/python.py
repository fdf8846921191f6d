# SPDX-License-Identifier: MIT
"""The Python client: load, attach, fetch, interrupt from another thread, attach and detach for ever."""
import gc
import os
import threading
import time

from harness import DATABASE, attach, ask, backends, connect, fails, one, psql, run, wait_until


def load_attach_fetch():
    con = connect()
    attach(con, "python_fetch")
    assert one(con, "SELECT count(*) FROM pg.nulltest") == 7
    rows = con.execute("SELECT brand, color FROM pg.cars ORDER BY color").fetchall()
    assert rows == [("aston martin", "blue"), ("ferrari", "red"), ("bentley", "gray"), ("ford", "black")], rows
    rows = con.execute("SELECT timestamptz_col IS NULL, uuid_col, bytea_col FROM pg.pg_datetypes, pg.pg_bytetypes "
                       "WHERE uuid_col = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' ORDER BY 1").fetchall()
    assert [row[2] for row in rows] == [b"dpfkg"] * 2, rows
    con.close()


def fetch_piece_by_piece():
    """A result that is not read to its end, while another statement runs."""
    con = connect()
    attach(con, "python_stream")
    cursor = con.cursor()
    cursor.execute("SELECT generate_series FROM pg.big_generated_table")
    assert len(cursor.fetchmany(10)) == 10
    assert one(con, "SELECT count(*) FROM pg.nulltest") == 7
    total = 10
    while rows := cursor.fetchmany(100000):
        total += len(rows)
    assert total == 1000000, total
    cursor.execute("SELECT generate_series FROM pg.big_generated_table")
    cursor.fetchmany(10)
    cursor.close()
    assert one(con, "SELECT count(*) FROM pg.nulltest") == 7
    con.close()
    wait_until(lambda: backends("python_stream") == 0, 2, "close ends the connections")


def interrupted(con, name, sql):
    def when_it_runs():
        try:
            wait_until(lambda: backends(name, "active") > 0, 20, "runs")
            time.sleep(0.2)
        finally:
            con.interrupt()

    wait = threading.Thread(target=when_it_runs)
    wait.start()
    fails(con, sql, "interrupt")
    wait.join()
    wait_until(lambda: backends(name, "active") == 0, 2, "no active backend after interrupt()")
    assert one(con, "SELECT count(*) FROM pg.nulltest") == 7


def interrupt_from_thread():
    con = connect({"threads": "4"})
    attach(con, "python_interrupt")
    con.execute("SET pg_use_ctid_scan = false")  # one statement, longer than what the sockets hold
    started = time.monotonic()
    for sql in ("SELECT count(*) FROM pg.big_generated_table a, pg.big_generated_table b WHERE sin(a.generate_series + b.generate_series) > 1.5",
                "SELECT t FROM postgres_query('pg', 'SELECT pg_sleep(600)::text AS t')",
                "SELECT t FROM postgres_query('pg', 'SELECT pg_sleep($1)::text AS t', params = row(600))",
                "SELECT sum(i) FROM postgres_query('pg', 'SELECT generate_series(1, $1) AS i', params = row(1000000000))",
                "SELECT sum(a.i) FROM postgres_query('pg', 'SELECT generate_series(1, $1) AS i', params = row(1000000000)) a, postgres_query('pg', 'SELECT 1')",
                "SELECT t FROM postgres_query('pg', 'SELECT pg_sleep(600)::text AS t', use_transaction = false)",
                "FROM postgres_query('pg', 'EXPLAIN ANALYZE SELECT pg_sleep(600)')",
                "CALL postgres_execute('pg', 'SELECT pg_sleep(600)')"):
        interrupted(con, "python_interrupt", sql)
    con.close()
    assert time.monotonic() - started < 30


def interrupt_lock_wait():
    """A statement of ours that waits for a lock of somebody else."""
    psql("DROP TABLE IF EXISTS python_lock; CREATE TABLE python_lock (i int)")
    con, other = connect(), connect()
    attach(con, "python_lock")
    attach(other, "python_locker")
    other.execute("BEGIN")
    other.execute("CALL postgres_execute('pg', 'LOCK TABLE python_lock')")
    interrupted(con, "python_lock", "SELECT * FROM pg.python_lock")
    interrupted(con, "python_lock", "INSERT INTO pg.python_lock VALUES (1)")
    other.execute("ROLLBACK")
    assert one(con, "SELECT count(*) FROM pg.python_lock") == 0
    psql("DROP TABLE python_lock")


def many_threads():
    con = connect({"threads": "4"})
    attach(con, "python_threads")
    errors = []

    def work():
        try:
            mine = con.cursor()
            for _ in range(10):
                assert one(mine, "SELECT count(*) FROM pg.nulltest a JOIN pg.cars b ON true") == 28
                assert len(mine.execute("SELECT * FROM pg.tpch.customer").fetchall()) == 1500
        except Exception as error:  # told below, in the main thread
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors
    con.close()


def progress_of(con, sql):
    """What the progress bar would have shown while `sql` ran."""
    shown, ended = [], threading.Event()

    def look():
        while not ended.wait(0.002):
            shown.append(con.query_progress())

    thread = threading.Thread(target=look)
    thread.start()
    con.execute(sql).fetchall()
    ended.set()
    thread.join()
    return [percent for percent in shown if percent >= 0]


def progress():
    """Progress grows from near nothing to near everything, by blocks and, where a scan is one statement, by rows."""
    con = connect({"threads": "2"})
    attach(con, "python_progress")
    for setting in ("enable_progress_bar = true", "enable_progress_bar_print = false", "progress_bar_time = 0", "pg_pages_per_task = 50"):
        con.execute("SET " + setting)
    for split in ("true", "false"):
        con.execute(f"SET pg_use_ctid_scan = {split}")
        shown = progress_of(con, "SELECT max(sin(generate_series) + cos(generate_series)) FROM pg.big_generated_table")
        assert shown == sorted(shown), shown
        assert len({percent for percent in shown if 0 < percent < 100}) >= 3, shown
        assert shown[-1] > 50 and shown[-1] <= 100, shown
    con.close()


def resident_kb():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def attach_and_detach():
    """In a process of its own, so that nothing else moves its memory."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            con = connect({"threads": "2"})
            for i in range(250):
                attach(con, "python_attach")
                assert one(con, "SELECT count(*) FROM pg.nulltest") == 7
                con.execute("DETACH pg")
                if i == 50:
                    gc.collect()
                    before = resident_kb()
            gc.collect()
            assert backends("python_attach") == 0, "connections are left"
            grown = resident_kb() - before
            assert grown < 8000, f"{grown} kB more after 200 times"
            fails(con, "SELECT * FROM pg.nulltest", "does not exist")
            status = 0
        except Exception as error:
            print(repr(error), flush=True)
        os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status == 0


def failed_connects():
    """Connections that fail leave nothing behind."""
    con = connect()
    for i in range(220):
        if i == 20:
            before = resident_kb()
        fails(con, f"ATTACH 'dbname={DATABASE} password=wrong application_name=python_wrong' AS pg (TYPE postgres)", "password")
    assert resident_kb() - before < 4000, f"{resident_kb() - before} kB more"


def random_errors():
    """After any error the next statement works."""
    con = connect({"threads": "4"})
    attach(con, "python_errors")
    psql("DROP TABLE IF EXISTS python_errors; CREATE TABLE python_errors (i int PRIMARY KEY)")
    wrong = ["SELECT * FROM pg.no_such_table", "SELECT no_such_column FROM pg.nulltest", "FROM postgres_query('pg', 'SELECT 1/0')",
             "FROM postgres_query('pg', 'SELEC')", "INSERT INTO pg.python_errors VALUES (1), (1)", "INSERT INTO pg.python_errors SELECT 'x'",
             "INSERT INTO pg.python_errors SELECT CASE WHEN range = 5000 THEN 'x' ELSE range::VARCHAR END::INTEGER FROM range(10000)",
             "SELECT * FROM pg.mixed_arrays", "CALL postgres_execute('pg', 'SELECT 1/0')", "CREATE TABLE pg.nulltest (i INTEGER)",
             "SELECT error('stop') FROM pg.big_generated_table WHERE generate_series = 500000",
             "SELECT CASE WHEN generate_series = 900000 THEN error('stop') ELSE 1 END FROM pg.big_generated_table"]
    for i in range(120):
        fails(con, wrong[i * 7 % len(wrong)])
        assert one(con, "SELECT count(*) FROM pg.nulltest") == 7
        assert one(con, "SELECT count(*) FROM pg.python_errors") == 0
    assert backends("python_errors", "active") == 0
    assert int(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'python_errors' AND state LIKE 'idle in%'")) == 0
    psql("DROP TABLE python_errors")


def query_merge():
    """MERGE … RETURNING, which PostgreSQL has since 17; a notice does not disturb it."""
    if int(ask("SHOW server_version_num")) < 170000:
        return
    con = connect()
    attach(con, "python_merge")
    psql("DROP TABLE IF EXISTS python_merge; CREATE TABLE python_merge (i int PRIMARY KEY, n int); INSERT INTO python_merge VALUES (1, 1)")
    sql = ("MERGE INTO python_merge AS t USING (VALUES (1), (2)) AS s(i) ON t.i = s.i "
           "WHEN MATCHED THEN UPDATE SET n = t.n + $1 WHEN NOT MATCHED THEN INSERT VALUES (s.i, $1) RETURNING merge_action(), t.i, t.n")
    rows = con.execute("SELECT * FROM postgres_query('pg', ?, params = row(?)) ORDER BY i", [sql, 10]).fetchall()
    assert rows == [("UPDATE", 1, 11), ("INSERT", 2, 10)], rows
    assert ask("SELECT sum(n) FROM python_merge") == "21"
    psql("DROP TABLE python_merge")


# The child of a fork must not inherit our threads: it comes first.
run([attach_and_detach, load_attach_fetch, fetch_piece_by_piece, interrupt_from_thread, interrupt_lock_wait,
     many_threads, progress, failed_connects, random_errors, query_merge])
