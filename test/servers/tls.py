# SPDX-License-Identifier: MIT
"""TLS as libpq has it: what is encrypted, who is believed, who may come in."""
import os
import socket
import subprocess
import tempfile
import threading

from harness import connect, fails, one, psql, quoted, run

PORT = os.environ["PGPORT"]
FOLDER = os.environ["PGS_SERVER_DIR"]
MARKER = "S3cr3tMarker"
ROOT = f"{FOLDER}/ca.crt"
# The server's certificate is for localhost and 127.0.0.1.
BASE = f"host=localhost hostaddr=127.0.0.1 port={PORT} user=tls password={MARKER} dbname=postgres"


def session(text):
    """(encrypted, version, role) of the connection, as the server sees it."""
    con = connect()
    con.execute(f"ATTACH {quoted(text)} AS pg (TYPE postgres)")
    try:
        return con.execute("FROM postgres_query('pg', 'SELECT ssl, coalesce(version, '''')::text, current_user::text FROM "
                           "pg_stat_ssl WHERE pid = pg_backend_pid()')").fetchall()[0]
    finally:
        con.close()


def refused(text, *texts):
    con = connect()
    message = fails(con, f"ATTACH {quoted(text)} AS pg (TYPE postgres)", "unable to connect to Postgres", *texts)
    assert MARKER not in message, message
    con.close()


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def foreign_authority(folder):
    path = os.path.join(folder, "other.crt")
    openssl("req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=somebody else", "-newkey", "rsa:2048",
            "-keyout", os.path.join(folder, "other.key"), "-out", path)
    return path


def modes():
    assert session(f"{BASE} sslmode=disable")[0] is False
    for mode in ("prefer", "require"):
        encrypted, version, role = session(f"{BASE} sslmode={mode}")
        assert encrypted and version == "TLSv1.3" and role == "tls", (mode, version, role)
    assert session(f"{BASE} sslmode=require ssl_max_protocol_version=TLSv1.2")[1] == "TLSv1.2"
    uri = f"postgresql://tls:{MARKER}@localhost:{PORT}/postgres?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={ROOT}"
    assert session(uri)[0]


def verified():
    with tempfile.TemporaryDirectory() as folder:
        other = foreign_authority(folder)
        for mode in ("verify-ca", "verify-full"):
            assert session(f"{BASE} sslmode={mode} sslrootcert={ROOT}")[0]
            refused(f"{BASE} sslmode={mode} sslrootcert={other}", "certificate verify failed")
            refused(f"{BASE} sslmode={mode} sslrootcert={folder}/none.crt", f'root certificate file "{folder}/none.crt" does not exist')
        # A root certificate makes require as strict as verify-ca.
        refused(f"{BASE} sslmode=require sslrootcert={other}", "certificate verify failed")
        refused(f"{BASE} sslmode=verify-full sslrootcert=system", "certificate verify failed")
        wrong_name = BASE.replace("host=localhost", "host=db.example.com")
        refused(f"{wrong_name} sslmode=verify-full sslrootcert={ROOT}", "db.example.com", "does not match host name")
        assert session(f"{wrong_name} sslmode=verify-ca sslrootcert={ROOT}")[0]


def client_certificates():
    text = f"{BASE.replace('user=tls', 'user=certified')} sslmode=verify-full sslrootcert={ROOT}"
    key = f"sslcert={FOLDER}/client.crt sslkey={FOLDER}/client.key"
    assert session(f"{text} {key}") == (True, "TLSv1.3", "certified")
    refused(text, "requires a valid client certificate")
    # Others' certificate, others' role.
    refused(f"{text.replace('user=certified', 'user=tls_2')} {key}", "authentication failed")
    with tempfile.TemporaryDirectory() as folder:
        other = foreign_authority(folder)
        refused(f"{text} sslcert={other} sslkey={FOLDER}/client.key", "private key")
        refused(f"{text} sslcert={FOLDER}/client.crt sslkey={folder}/none.key", "none.key")
        # A key with a password of its own.
        locked = os.path.join(folder, "locked.key")
        openssl("rsa", "-aes256", "-in", f"{FOLDER}/client.key", "-out", locked, "-passout", f"pass:{MARKER}")
        os.chmod(locked, 0o600)
        key = f"sslcert={FOLDER}/client.crt sslkey={locked}"
        assert session(f"{text} {key} sslpassword={MARKER}")[2] == "certified"
        refused(f"{text} {key} sslpassword={MARKER}x", "could not load private key file")
        con = connect()
        con.execute(f"ATTACH '{text} {key} sslpassword={MARKER}' AS pg (TYPE postgres)")
        shown = str(con.execute("SELECT path FROM duckdb_databases()").fetchall())
        assert "sslpassword=***" in shown and MARKER not in shown, shown
        con.close()


def direct():
    """TLS from the first byte, without asking."""
    assert session(f"{BASE} sslmode=require sslnegotiation=direct")[0]
    assert session(f"{BASE} sslmode=verify-full sslrootcert={ROOT} sslnegotiation=direct")[0]
    refused(f"{BASE} sslmode=prefer sslnegotiation=direct", "sslnegotiation")


def channel_binding():
    assert session(f"{BASE} sslmode=require channel_binding=require")[0]
    refused(f"{BASE} sslmode=disable channel_binding=require", "channel binding")
    # MD5 cannot bind.
    text = BASE.replace("user=tls", "user=old")
    assert session(f"{text} sslmode=require channel_binding=disable")[2] == "old"
    refused(f"{text} sslmode=require channel_binding=require", "channel binding")


class Plain(threading.Thread):
    """A server that knows no TLS; `received` is all that it was sent."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.received = b""

    def run(self):
        client, _ = self.listener.accept()
        client.settimeout(5)
        self.received = client.recv(8)
        client.sendall(b"N")
        while piece := client.recv(1000):
            self.received += piece


def server_without():
    """Nothing is sent in the clear to a server that says no."""
    for mode in ("require", "verify-full"):
        server = Plain()
        server.start()
        refused(f"{BASE.replace(PORT, str(server.port))} sslmode={mode} sslrootcert={ROOT}",
                "server does not support SSL, but SSL was required")
        server.join(5)
        assert server.received == bytes([0, 0, 0, 8, 4, 210, 22, 47]), server.received


def readers():
    """Every connection of a scan is like the first."""
    psql("CREATE TABLE tls_rows AS SELECT i, repeat('x', 100) AS pad FROM generate_series(1, 100000) AS i; GRANT SELECT ON "
         "tls_rows TO PUBLIC; ANALYZE tls_rows", "postgres")
    con = connect({"threads": "4"})
    con.execute(f"ATTACH '{BASE} sslmode=verify-full sslrootcert={ROOT} application_name=tls_readers' AS pg (TYPE postgres)")
    con.execute("SET pg_pages_per_task = 50")
    assert one(con, "SELECT sum(i) FROM pg.tls_rows") == 5000050000
    seen = con.execute("FROM postgres_query('pg', 'SELECT count(*), bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) "
                       "WHERE application_name = ''tls_readers''')").fetchall()[0]
    assert seen[0] > 1 and seen[1] is True, seen
    con.close()
    psql("DROP TABLE tls_rows", "postgres")


psql(f"""CREATE ROLE certified LOGIN PASSWORD '{MARKER}'; CREATE ROLE tls LOGIN PASSWORD '{MARKER}'; CREATE ROLE tls_2 LOGIN;
    DROP ROLE IF EXISTS old; SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD '{MARKER}'""")
run([modes, verified, client_certificates, direct, channel_binding, server_without, readers])
