# SPDX-License-Identifier: MIT
"""A primary and its hot standby: which of several hosts is taken, and reading from the standby."""
import os
import shutil

from harness import DATABASE, connect, fails, one, psql, quoted, run, wait_until

PRIMARY, STANDBY = os.environ["PGPORT"], os.environ["PGS_STANDBY_PORT"]
ROWS = 200000
LOGIN = f"user=postgres password=postgres dbname={DATABASE}"


def on(*ports):
    return f"host={','.join('127.0.0.1' for _ in ports)} port={','.join(ports)} {LOGIN}"


def attached(text, options="", config=None):
    con = connect(config)
    con.execute(f"ATTACH {quoted(text)} AS pg (TYPE postgres{options})")
    return con


def reached(text):
    con = attached(text)
    try:
        return str(one(con, "FROM postgres_query('pg', 'SELECT current_setting(''port'')')"))
    finally:
        con.close()


def catch_up():
    """Until the standby has all that the primary has."""
    where = psql("SELECT pg_current_wal_insert_lsn()")[0][0]
    wait_until(lambda: psql(f"SELECT bool_and(replay_lsn >= '{where}') FROM pg_stat_replication")[0][0] == "t", 30, "replay")


def make_data():
    psql(f"CREATE TABLE big AS SELECT i, repeat('x', 100) AS pad FROM generate_series(1, {ROWS}) AS i; CREATE TABLE small (i int);"
         "ANALYZE big")
    catch_up()


def session_attributes():
    both, turned = on(PRIMARY, STANDBY), on(STANDBY, PRIMARY)
    for text in (both, turned):
        for wanted, port in (("read-write", PRIMARY), ("primary", PRIMARY), ("read-only", STANDBY), ("standby", STANDBY),
                             ("prefer-standby", STANDBY)):
            assert reached(f"{text} target_session_attrs={wanted}") == port, (text, wanted)
    assert reached(both) == PRIMARY and reached(turned) == STANDBY
    assert reached(f"{on(PRIMARY)} target_session_attrs=prefer-standby") == PRIMARY
    uri = f"postgresql://postgres:postgres@127.0.0.1:{STANDBY},127.0.0.1:{PRIMARY}/{DATABASE}?target_session_attrs=read-write"
    assert reached(uri) == PRIMARY
    con = connect()
    for text, said in ((f"{on(PRIMARY)} target_session_attrs=standby", "not in hot standby mode"),
                       (f"{on(STANDBY)} target_session_attrs=read-write", "session is read-only"),
                       (f"{on(STANDBY)} target_session_attrs=primary", "in hot standby mode")):
        fails(con, f"ATTACH '{text}' AS pg (TYPE postgres)", said, "unable to connect to Postgres")
    con.close()


def balanced():
    seen = {reached(f"{on(PRIMARY, STANDBY)} load_balance_hosts=random") for _ in range(24)}
    assert seen == {PRIMARY, STANDBY}, seen


def balanced_readers():
    """Connections of one scan that land on different servers must not mix what they see."""
    con = attached(f"{on(PRIMARY, STANDBY)} load_balance_hosts=random application_name=balanced", config={"threads": "4"})
    con.execute("SET pg_pages_per_task = 50")
    for _ in range(10):
        assert con.execute("SELECT count(*), sum(i), count(DISTINCT i) FROM pg.big").fetchall() == [
            (ROWS, ROWS * (ROWS + 1) // 2, ROWS)]
    con.close()


def same_snapshot_name():
    """Each server counts its snapshots by itself: another server's snapshot of the same name must not be read."""
    psql_standby("SELECT pg_wal_replay_pause()")
    psql("INSERT INTO small SELECT generate_series(1, 20)")  # the standby does not have these
    holder = attached(on(STANDBY))
    folder = os.path.join(os.environ["PGS_STANDBY_DIR"], "data/pg_snapshots")
    try:
        # One snapshot of the standby under all the names that the primary may give next.
        holder.execute("BEGIN")
        name = one(holder, "FROM postgres_query('pg', 'SELECT pg_export_snapshot()')")
        for process in range(128):
            for transaction in range(2, 30):
                path = os.path.join(folder, f"{process:08X}-{transaction:08X}-1")
                if not os.path.exists(path):
                    shutil.copy(os.path.join(folder, name), path)
        shared = os.stat(os.path.join(folder, name))
        for path in os.listdir(folder):
            os.chown(os.path.join(folder, path), shared.st_uid, shared.st_gid)
        for _ in range(12):
            con = attached(f"{on(PRIMARY, STANDBY)} load_balance_hosts=random", config={"threads": "4"})
            con.execute("BEGIN")
            main = one(con, "FROM postgres_query('pg', 'SELECT count(*) FROM small')")
            readers = one(con, "SELECT count(*) FROM pg.small WHERE sin(i) < 2")
            con.close()
            assert main == readers, (main, readers)
    finally:
        holder.close()
        psql_standby("SELECT pg_wal_replay_resume()")
        psql("TRUNCATE small")
        catch_up()


def psql_standby(sql):
    os.environ["PGPORT"] = STANDBY
    try:
        return psql(sql)
    finally:
        os.environ["PGPORT"] = PRIMARY


def parallel_reading():
    """A standby exports snapshots like a primary; its readers use them."""
    for options in ("", ", READ_ONLY"):
        con = attached(f"{on(STANDBY)} application_name=on_standby", options, {"threads": "4"})
        con.execute("SET pg_pages_per_task = 50; CALL enable_logging('PostgresQueryLog', storage = 'memory')")
        assert one(con, "SELECT sum(i) FROM pg.big") == ROWS * (ROWS + 1) // 2
        imported = one(con, "SELECT count(*) FROM duckdb_logs_parsed('PostgresQueryLog') WHERE query LIKE '%SET TRANSACTION SNAPSHOT%'")
        assert imported > 1, imported
        con.execute("BEGIN")
        assert one(con, "SELECT count(*) FROM pg.big WHERE i <= 10") == 10
        assert one(con, "SELECT count(*) FROM pg.big a JOIN pg.big b USING (i)") == ROWS
        con.execute("COMMIT")
        assert one(con, "SELECT count(*) FROM postgres_query('pg', 'SELECT i FROM big')") == ROWS
        con.close()


def no_writing():
    con = attached(on(STANDBY))
    for sql in ("INSERT INTO pg.small VALUES (1)", "CREATE TABLE pg.new_one (i int)", "DROP TABLE pg.small",
                "CREATE TABLE pg.new_one AS SELECT 1 AS i", "CREATE SCHEMA pg.new_one",
                "CALL postgres_execute('pg', 'INSERT INTO small VALUES (1)')",
                "CALL postgres_execute('pg', 'VACUUM small', use_transaction = false)"):
        message = fails(con, sql)
        assert "read-only transaction" in message or "during recovery" in message, message
        # The next statement works.
        assert one(con, "SELECT count(*) FROM pg.small") == 0
    con.close()
    con = attached(on(STANDBY), ", READ_ONLY")
    fails(con, "INSERT INTO pg.small VALUES (1)", "attached in read-only mode")
    fails(con, "CALL postgres_execute('pg', 'INSERT INTO small VALUES (1)')", "read-only transaction")
    con.close()


def serializable():
    """A standby cannot be serializable: the server's own words."""
    con = attached(on(STANDBY), ", ISOLATION_LEVEL 'serializable'")
    fails(con, "SELECT count(*) FROM pg.big", "serializable mode in a hot standby")
    con.close()


def follows():
    """What happens on the primary is seen here by the next statement after its replay: tables too."""
    con = attached(on(STANDBY))
    assert one(con, "SELECT count(*) FROM pg.small") == 0
    psql("INSERT INTO small VALUES (1), (2); ALTER TABLE small ADD COLUMN t text DEFAULT 'new'")
    catch_up()
    assert con.execute("SELECT i, t FROM pg.small ORDER BY i").fetchall() == [(1, "new"), (2, "new")]
    psql("TRUNCATE small; ALTER TABLE small DROP COLUMN t")
    catch_up()
    con.close()


make_data()
run([session_attributes, balanced, balanced_readers, same_snapshot_name, parallel_reading, no_writing, serializable, follows])
