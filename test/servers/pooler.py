# SPDX-License-Identifier: MIT
"""Through PgBouncer, where each transaction, or each session, may get another server process."""
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

from harness import DATABASE, Skip, connect, fails, one, psql, quoted, run, wait_until

PROGRAM = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
PRIMARY, STANDBY = os.environ["PGPORT"], os.environ["PGS_STANDBY_PORT"]
ROWS = 200000
SUM = ROWS * (ROWS + 1) // 2


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def pooler(mode, ports=PRIMARY, **settings):
    """A pooler in front of the server, or of several in turn; gives its connection string."""
    if not PROGRAM:
        raise Skip("pgbouncer is not installed (apt-get install pgbouncer)")
    folder, port = tempfile.mkdtemp(prefix="pgs_pooler."), free_port()
    os.chmod(folder, 0o755)
    hosts = ",".join("127.0.0.1" for _ in ports.split(","))
    lines = {"listen_addr": "127.0.0.1", "listen_port": port, "unix_socket_dir": "", "auth_type": "trust",
             "auth_file": f"{folder}/users", "pool_mode": mode, "logfile": f"{folder}/log", "query_wait_timeout": 20, **settings}
    with open(f"{folder}/users", "w", encoding="utf-8") as file:
        file.write('"postgres" "postgres"\n')
    with open(f"{folder}/ini", "w", encoding="utf-8") as file:
        file.write(f"[databases]\n{DATABASE} = host={hosts} port={ports} dbname={DATABASE} user=postgres password=postgres\n[pgbouncer]\n")
        file.write("".join(f"{name} = {value}\n" for name, value in lines.items()))
    # Like PostgreSQL it does not run as root.
    user = os.environ.get("PGS_SERVER_USER", "nobody") if os.getuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    process = subprocess.Popen([PROGRAM, "-q", f"{folder}/ini"], user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers():
        assert process.poll() is None, open(f"{folder}/log", encoding="utf-8").read()
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(answers, 10, "pgbouncer starts")
        yield f"host=127.0.0.1 port={port} user=postgres password=postgres dbname={DATABASE}"
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def attached(text, options="", threads=4):
    con = connect({"threads": str(threads)})
    con.execute(f"ATTACH {quoted(text)} AS pg (TYPE postgres{options})")
    con.execute("SET pg_pages_per_task = 50; CALL enable_logging('PostgresQueryLog', storage = 'memory')")
    return con


def make_data():
    psql(f"DROP TABLE IF EXISTS pooled; CREATE TABLE pooled AS SELECT i, repeat('x', 100) AS pad FROM generate_series(1, {ROWS}) AS i;"
         "ANALYZE pooled; DROP TABLE IF EXISTS target; CREATE TABLE target (i bigint, t text)")


def read_all(con):
    assert con.execute("SELECT count(*), sum(i) FROM pg.pooled").fetchall() == [(ROWS, SUM)]
    assert one(con, "SELECT count(*) FROM pg.pooled a JOIN pg.pooled b USING (i) WHERE a.i % 2 = 0") == ROWS // 2


def imports(con):
    return one(con, "SELECT count(*) FROM duckdb_logs_parsed('PostgresQueryLog') WHERE query LIKE '%SET TRANSACTION SNAPSHOT%'")


def use_everything(con):
    """Reads with readers and cursors, writes, transactions, parameters, text of the user."""
    read_all(con)
    con.execute("INSERT INTO pg.target SELECT range, 'row ' || range FROM range(5000)")
    con.execute("BEGIN")
    con.execute("INSERT INTO pg.target SELECT i + 10000, 't' FROM pg.target")
    assert one(con, "SELECT count(*) FROM pg.target a JOIN pg.target b USING (i)") == 10000  # cursors
    con.execute("ROLLBACK")
    assert one(con, "SELECT count(*) FROM pg.target") == 5000
    for number in (3, 4):
        rows = con.execute(f"FROM postgres_query('pg', 'SELECT count(*) FROM target WHERE i < $1', params = row({number}::BIGINT))").fetchall()
        assert rows == [(number,)], rows
    assert one(con, "FROM postgres_query('pg', 'SELECT 42', use_transaction = false)") == 42
    con.execute("CALL postgres_execute('pg', 'VACUUM target', use_transaction = false)")
    con.execute("CREATE TABLE pg.made AS SELECT 1 AS i")
    assert one(con, "SELECT i FROM pg.made") == 1
    con.execute("DROP TABLE pg.made")
    fails(con, "FROM postgres_query('pg', 'SELECT 1/0')", "division by zero")
    read_all(con)
    con.execute("CALL postgres_execute('pg', 'TRUNCATE target')")


def transaction_mode():
    with pooler("transaction") as text:
        con = attached(text)
        use_everything(con)
        assert imports(con) > 1, "no readers although one server is behind the pooler"
        con.close()


def session_mode():
    with pooler("session") as text:
        con = attached(text)
        use_everything(con)
        assert imports(con) > 1, "no readers although one server is behind the pooler"
        con.close()


def read_only():
    with pooler("transaction") as text:
        con = attached(text, ", READ_ONLY")
        read_all(con)
        fails(con, "CALL postgres_execute('pg', 'TRUNCATE target')", "read-only transaction")
        con.close()


def several_clients():
    """Their transactions take turns on the same server processes, and nothing is left in one for the next."""
    with pooler("transaction", default_pool_size=4) as text:
        cons = [attached(text, threads=2) for _ in range(3)]
        for con in cons:
            con.execute("CALL postgres_execute('pg', 'SET search_path = nowhere; SET statement_timeout = 12345')")
        for _ in range(3):
            for con in cons:
                read_all(con)
                assert one(con, "FROM postgres_query('pg', 'SELECT current_setting(''transaction_isolation'')')") == "repeatable read"
        for con in cons:
            con.close()


def few_servers():
    """As many servers as one, two or three: no reader waits for one that this scan holds itself."""
    for size in (1, 2, 3):
        with pooler("transaction", default_pool_size=size) as text:
            con = attached(text)
            for _ in range(3):
                started = time.monotonic()
                read_all(con)
                assert time.monotonic() - started < 8, (size, time.monotonic() - started)
            con.execute("INSERT INTO pg.target SELECT i, 'x' FROM pg.pooled")
            assert one(con, "SELECT count(*) FROM pg.target") == ROWS
            con.execute("CALL postgres_execute('pg', 'TRUNCATE target')")
            con.close()


def few_clients():
    """The pooler takes no more connections: the scan goes on with what it has."""
    with pooler("transaction", max_client_conn=2) as text:
        con = attached(text)
        for _ in range(3):
            read_all(con)
        con.close()


def several_servers():
    """Behind the pooler are a primary and a standby that lags: what is read is of one of them."""
    psql("CREATE TABLE IF NOT EXISTS lag AS SELECT 1 AS i")
    where = psql("SELECT pg_current_wal_insert_lsn()")[0][0]
    wait_until(lambda: psql(f"SELECT bool_and(replay_lsn >= '{where}') FROM pg_stat_replication")[0][0] == "t", 30, "replay")
    with pooler("transaction", f"{PRIMARY},{STANDBY}", server_round_robin=1) as text:
        for _ in range(3):
            con = attached(text)
            for _ in range(3):
                assert con.execute("SELECT count(*), sum(i), count(DISTINCT i) FROM pg.pooled").fetchall() == [(ROWS, SUM, ROWS)]
                con.execute("BEGIN")
                port = one(con, "FROM postgres_query('pg', 'SELECT current_setting(''port'')')")
                assert one(con, "SELECT count(*) FROM pg.pooled a JOIN pg.pooled b USING (i)") == ROWS
                assert one(con, "FROM postgres_query('pg', 'SELECT current_setting(''port'')')") == port
                con.execute("COMMIT")
            con.close()


def startup_parameters():
    """Ours are such as a pooler takes; the user's are refused in its words, or ignored as it is told."""
    with pooler("transaction") as text:
        con = connect()
        fails(con, f"ATTACH {quoted(text + ' options=-cwork_mem=1MB')} AS pg (TYPE postgres)", "startup parameter", "options")
        con.close()
    with pooler("transaction", ignore_startup_parameters="options") as text:
        con = connect()
        con.execute(f"ATTACH {quoted(text + ' options=-cwork_mem=1MB')} AS pg (TYPE postgres)")
        read_all(con)
        con.close()


make_data()
run([transaction_mode, session_mode, read_only, several_clients, few_servers, few_clients, several_servers, startup_parameters])
