# SPDX-License-Identifier: MIT
"""Every way to name a server, and what a refusal says."""
import os
import socket
import tempfile
import time

from harness import connect, environment, fails, one, psql, quoted, run

PORT = os.environ["PGPORT"]
SOCKETS = os.environ["PGS_SERVER_DIR"]
MARKER = "S3cr3tMarker"
ODD_ROLE, ODD_PASSWORD, ODD_DATABASE = "ro le@:/", "p@ss:w/rd%?&=", "my db/1"
HERE = f"host=127.0.0.1 port={PORT}"
# Nothing of the server comes from here: the string has to say it.
BARE = {name: None for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE")}


def make_data():
    psql(f"""CREATE ROLE "{ODD_ROLE}" LOGIN PASSWORD '{ODD_PASSWORD}'; CREATE ROLE plain LOGIN PASSWORD '{MARKER}';
        SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD '{MARKER}'; RESET password_encryption;
        CREATE ROLE full_up LOGIN PASSWORD '{MARKER}' CONNECTION LIMIT 0""")
    psql(f'CREATE DATABASE "{ODD_DATABASE}"')


def attached(text, name="pg", options=", TYPE postgres"):
    con = connect()
    con.execute(f"ATTACH {quoted(text)} AS {name} ({options.lstrip(', ') or 'READ_WRITE'})")
    return con


def who(text, options=", TYPE postgres"):
    """role@database, as the server sees it."""
    con = attached(text, options=options)
    try:
        return one(con, "FROM postgres_query('pg', 'SELECT concat(current_user, ''@'', current_database())')")
    finally:
        con.close()


def setting(text, name):
    con = attached(text)
    try:
        return one(con, f"FROM postgres_query('pg', 'SELECT current_setting(''{name}'')')")
    finally:
        con.close()


def refused(text, *texts):
    """The message of the ATTACH that fails. It names what was tried and shows no password."""
    con = connect()
    message = fails(con, f"ATTACH {quoted(text)} AS pg (TYPE postgres)", *texts)
    assert MARKER not in message, message
    assert one(con, "SELECT count(*) FROM duckdb_databases() WHERE database_name = 'pg'") == 0
    con.close()
    return message


def keywords():
    with environment(**BARE):
        assert who(f"{HERE} user=plain password={MARKER} dbname=postgres") == "plain@postgres"
        # The database is called like the role when nothing says otherwise; here there is none.
        refused(f"{HERE} user=plain password={MARKER}", 'database "plain" does not exist')
        text = f"{HERE} user='{ODD_ROLE}' password='{ODD_PASSWORD}' dbname = '{ODD_DATABASE}'"
        assert who(text) == f"{ODD_ROLE}@{ODD_DATABASE}"
        assert setting(f"{HERE} user=plain password={MARKER} dbname=postgres options='-c work_mem=12345kB'",
                       "work_mem") == "12345kB"


def prefix():
    with environment(**BARE):
        for start in ("postgres:", "postgres_scanner:"):
            assert who(f"{start}{HERE} user=plain password={MARKER} dbname=postgres", "") == "plain@postgres"


def uris():
    odd = "ro%20le%40%3A%2F:p%40ss%3Aw%2Frd%25%3F%26%3D"
    with environment(**BARE):
        for scheme in ("postgresql", "postgres"):
            assert who(f"{scheme}://plain:{MARKER}@127.0.0.1:{PORT}/postgres") == "plain@postgres"
            assert who(f"{scheme}://{odd}@127.0.0.1:{PORT}/my%20db%2F1") == f"{ODD_ROLE}@{ODD_DATABASE}"
            assert who(f"{scheme}://127.0.0.1:{PORT}/postgres?user=plain&password={MARKER}") == "plain@postgres"
        assert who(f"postgresql://plain:{MARKER}@/postgres?host=127.0.0.1&port={PORT}") == "plain@postgres"
        # The first host refuses, the second answers.
        assert who(f"postgresql://plain:{MARKER}@127.0.0.1:1,127.0.0.1:{PORT}/postgres") == "plain@postgres"
        assert setting(f"postgresql://plain:{MARKER}@127.0.0.1:{PORT}/postgres?options=-c%20work_mem%3D12345kB",
                       "work_mem") == "12345kB"
        con = connect()
        con.execute(f"ATTACH 'postgresql://plain:{MARKER}@127.0.0.1:{PORT}/postgres' AS pg (TYPE postgres)")
        path = one(con, "SELECT path FROM duckdb_databases() WHERE database_name = 'pg'")
        assert path == f"postgresql://plain:***@127.0.0.1:{PORT}/postgres", path
        con.close()


def environment_alone():
    with environment(**BARE), environment(PGHOST="127.0.0.1", PGPORT=PORT, PGUSER="plain", PGPASSWORD=MARKER,
                                          PGDATABASE="postgres", PGAPPNAME="from_environment"):
        assert who("") == "plain@postgres"
        assert setting("", "application_name") == "from_environment"
        # The text wins.
        assert setting("application_name=from_text", "application_name") == "from_text"
        assert who(f"user=postgres password=postgres dbname={quoted('postgresscanner')}") == "postgres@postgresscanner"


def password_files():
    with tempfile.TemporaryDirectory() as folder, environment(**BARE):
        path = os.path.join(folder, "pass file")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"127.0.0.1:{PORT}:*:plain:{MARKER}\n*:*:*:postgres:wrong\n")
        os.chmod(path, 0o600)
        assert who(f"{HERE} user=plain dbname=postgres passfile='{path}'") == "plain@postgres"
        with environment(PGPASSFILE=path):
            assert who(f"{HERE} user=plain dbname=postgres") == "plain@postgres"
            assert who(f"postgresql://plain@127.0.0.1:{PORT}/postgres") == "plain@postgres"
            refused(f"{HERE} user=postgres dbname=postgres", "password authentication failed", "28P01")
            # libpq does not read a file that others may read.
            os.chmod(path, 0o644)
            refused(f"{HERE} user=plain dbname=postgres", "no password supplied")
        # The usual place.
        os.chmod(path, 0o600)
        os.rename(path, os.path.join(folder, ".pgpass"))
        with environment(HOME=folder):
            home = os.path.expanduser("~")
            assert home == folder
            assert who(f"{HERE} user=plain dbname=postgres") == "plain@postgres"


def services():
    with tempfile.TemporaryDirectory() as folder, environment(**BARE):
        path = os.path.join(folder, "services")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"[one]\nhost=127.0.0.1\nport={PORT}\nuser=plain\npassword={MARKER}\ndbname=postgres\n"
                       f"[broken]\nhost=127.0.0.1\nport={PORT}\nuser=plain\npassword={MARKER}\ndbname=no_such\n")
        with environment(PGSERVICEFILE=path):
            assert who("service=one") == "plain@postgres"
            assert who("postgresql:///?service=one") == "plain@postgres"
            assert who(f"service=one user='{ODD_ROLE}' password='{ODD_PASSWORD}'") == f"{ODD_ROLE}@postgres"
            with environment(PGSERVICE="one"):
                assert who("") == "plain@postgres"
            refused("service=broken", 'database "no_such" does not exist')
            refused("service=no_such_service", 'definition of service "no_such_service" not found')


def socket_folder():
    with environment(**BARE):
        # tools/server trusts its socket.
        assert who(f"host={SOCKETS} port={PORT} user=plain dbname=postgres") == "plain@postgres"
        assert who(f"postgresql://plain@{SOCKETS.replace('/', '%2F')}:{PORT}/postgres") == "plain@postgres"
        con = attached(f"host={SOCKETS} port={PORT} user=postgres dbname=postgres")
        assert one(con, "FROM postgres_query('pg', 'SELECT inet_server_port() IS NULL')") is True
        con.close()
        refused(f"host={SOCKETS}/no_such port={PORT} user=plain dbname=postgres password={MARKER}", "No such file or directory")


def password_methods():
    with environment(**BARE):
        for method, role in (("scram-sha-256", "plain"), ("md5", "old")):
            text = f"{HERE} user={role} password={MARKER} dbname=postgres"
            assert who(f"{text} require_auth={method}") == f"{role}@postgres"
            refused(f"{text} require_auth=none", "authentication method requirement")
            refused(text.replace(MARKER, MARKER + "x"), f'password authentication failed for user "{role}"', "28P01")


def refusals():
    """Each says why and where, and shows no password."""
    right = f"user=plain password={MARKER}"
    here = f'connect to Postgres at "{HERE} '
    with environment(**BARE):
        refused(f"{HERE} user=plain password={MARKER}x dbname=postgres", here, f'connection to server at "127.0.0.1", port {PORT}',
                'password authentication failed for user "plain"', "28P01")
        refused(f"{HERE} user=nobody_here password={MARKER} dbname=postgres", 'authentication failed for user "nobody_here"')
        refused(f"{HERE} {right} dbname=nothing_here", "IO Error", here, 'database "nothing_here" does not exist', "3D000")
        refused(f"{HERE} user=full_up password={MARKER} dbname=postgres", 'too many connections for role "full_up"', "53300")
        refused(f"host=127.0.0.1 port=1 {right} dbname=postgres", 'server at "127.0.0.1", port 1', "Connection refused")
        refused(f"host=no.such.host.invalid {right}", "no.such.host.invalid")
        # Of several hosts each is named.
        refused(f"postgresql://plain:{MARKER}@127.0.0.1:1,127.0.0.1:2/postgres", "port 1 failed", "port 2 failed")
        refused(f"{HERE} {right} dbname=postgres sslmode=sideways", "invalid sslmode value")
        refused(f"{HERE} {right} no_such_keyword=1", "invalid connection option")


def options():
    con = connect()
    for given in ("no_such_option true", "NO_SUCH_OPTION 1"):
        message = fails(con, f"ATTACH 'dbname=postgres' AS pg (TYPE postgres, {given})", "Binder Error")
        assert "Unrecognized option for Postgres attach: no_such_option" in message, message
    con.close()


def silent(backlog):
    """A socket that listens and says nothing."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(backlog)
    return listener


def timed_refusal(port):
    started = time.monotonic()
    refused(f"host=127.0.0.1 port={port} user=plain password={MARKER} dbname=postgres connect_timeout=1",
            "no answer in time", f"port {port}", "connect_timeout")
    return time.monotonic() - started


def dead_addresses():
    with environment(**BARE):
        # Somebody takes the connection and says nothing.
        listener = silent(5)
        assert timed_refusal(listener.getsockname()[1]) < 4
        listener.close()
        # Nobody takes it: the queue is full, and the system drops what comes.
        listener = silent(0)
        crowd = [socket.socket() for _ in range(4)]
        for one_more in crowd:
            one_more.setblocking(False)
            one_more.connect_ex(listener.getsockname())
        assert timed_refusal(listener.getsockname()[1]) < 4
        for one_more in crowd:
            one_more.close()
        # Of two hosts, the second answers.
        text = f"host=127.0.0.1,127.0.0.1 port={listener.getsockname()[1]},{PORT} user=plain password={MARKER} dbname=postgres connect_timeout=1"
        assert who(text) == "plain@postgres"
        listener.close()


def read_only():
    con = attached(f"{HERE} dbname=postgres", options=", TYPE postgres, READ_ONLY")
    for use in ("", ", use_transaction = false"):
        message = fails(con, f"CALL postgres_execute('pg', 'CREATE TABLE never (i int)'{use})")
        assert "read-only" in message, message
    fails(con, "FROM postgres_query('pg', 'INSERT INTO never VALUES (1) RETURNING 1')", "does not exist")
    con.close()
    assert psql("SELECT count(*) FROM pg_class WHERE relname = 'never'", "postgres") == [["0"]]


make_data()
run([keywords, prefix, uris, environment_alone, password_files, services, socket_folder, password_methods, refusals,
     options, dead_addresses, read_only])
