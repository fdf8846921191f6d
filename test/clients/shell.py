# SPDX-License-Identifier: MIT
"""The official shell: every way to load the extension, and Ctrl-C."""
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time

from harness import DATABASE, EXTENSION, REPOSITORY, SHELL, ROOT, backends, run, wait_until

COUNT = f"ATTACH 'dbname={DATABASE}' AS pg (TYPE postgres); SELECT count(*) AS n FROM pg.nulltest;"


def shell(sql, home, *arguments):
    """What the shell prints, in a home directory of its own."""
    result = subprocess.run(
        [SHELL, "-unsigned", "-csv", *arguments], input=sql, capture_output=True, text=True, timeout=60,
        env={**os.environ, "HOME": home}, cwd=ROOT)
    return result.stdout + result.stderr


def in_new_home(function):
    with tempfile.TemporaryDirectory() as home:
        return function(home)


def load_file():
    out = in_new_home(lambda home: shell(f"LOAD '{EXTENSION}'; {COUNT}", home))
    assert out == "n\n7\n", out


def load_relative_path_as_documented():
    path = os.path.relpath(EXTENSION, ROOT)
    out = in_new_home(lambda home: shell(f"LOAD '{path}'; {COUNT}", home))
    assert out == "n\n7\n", out


def install_from_repository():
    def use(home):
        out = shell(f"INSTALL postgres_scanner FROM '{REPOSITORY}';\nLOAD postgres_scanner;\n{COUNT}", home)
        assert out == "n\n7\n", out
        installed = glob.glob(f"{home}/.duckdb/extensions/*/*/postgres_scanner.duckdb_extension")
        assert len(installed) == 1, installed
        # Once installed, it loads by itself.
        out = shell(COUNT, home)
        assert out == "n\n7\n", out
        # Also under its short name.
        out = shell(f"LOAD postgres;\n{COUNT}", home)
        assert out == "n\n7\n", out
    in_new_home(use)


def autoload_by_attach():
    out = in_new_home(lambda home: shell(f"SET custom_extension_repository = '{REPOSITORY}';\n{COUNT}", home))
    assert out == "n\n7\n", out


def autoload_by_prefix_setting_and_function():
    for first in (f"ATTACH 'postgres:dbname={DATABASE}' AS other;", "SET pg_pages_per_task = 10;",
                  "CALL pg_clear_cache();"):
        out = in_new_home(lambda home: shell(
            f"SET custom_extension_repository = '{REPOSITORY}';\n.output /dev/null\n{first}\n.output\n{COUNT}", home))
        assert out == "n\n7\n", (first, out)


def symlink_recipe():
    def use(home):
        version = os.listdir(REPOSITORY)[0]
        platform = os.listdir(os.path.join(REPOSITORY, version))[0]
        folder = f"{home}/.duckdb/extensions/{version}/{platform}"
        os.makedirs(folder)
        os.symlink(EXTENSION, f"{folder}/postgres_scanner.duckdb_extension")
        out = shell(COUNT, home)
        assert out == "n\n7\n", out
    in_new_home(use)


def other_version_is_refused():
    """A file made for another DuckDB is refused by DuckDB's own message, not by a crash."""
    with tempfile.TemporaryDirectory() as home:
        path = os.path.join(home, "postgres_scanner.duckdb_extension")
        shutil.copy(EXTENSION, path)
        with open(path, "r+b") as file:
            file.seek(-512, os.SEEK_END)
            footer = file.read()
            assert footer.count(b"v1.5.6\0") == 1
            file.seek(-512, os.SEEK_END)
            file.write(footer.replace(b"v1.5.6\0", b"v1.5.5\0"))
        out = shell(f"LOAD '{path}';", home)
        assert "v1.5.5" in out and "v1.5.6" in out, out


def interrupt(sql, name):
    """Ctrl-C while the shell runs a statement: how long until the server is idle; then the shell goes on."""
    with tempfile.TemporaryDirectory() as home:
        # Otherwise, without a terminal, the shell leaves Ctrl-C to the system, which ends it.
        process = subprocess.Popen(
            [SHELL, "-unsigned", "-csv", "-interactive"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env={**os.environ, "HOME": home})
        try:
            process.stdin.write(
                f"LOAD '{EXTENSION}';\nATTACH 'dbname={DATABASE} application_name={name}' AS pg (TYPE postgres);\n"
                f"{sql}\n")
            process.stdin.flush()
            wait_until(lambda: backends(name, "active") > 0, 20, "the statement runs")
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            wait_until(lambda: backends(name, "active") == 0, 2, "no active backend after Ctrl-C")
            process.stdin.write("SELECT 35 + count(*) AS n FROM pg.nulltest;\n")
            out, _ = process.communicate(timeout=20)
        finally:
            process.kill()
        assert "n\n42\n" in out, out


def interrupt_scan():
    interrupt("SET threads = 4; SET pg_pages_per_task = 10; SELECT count(*) FROM pg.big_generated_table AS a, "
              "pg.big_generated_table AS b WHERE sin(a.generate_series + b.generate_series) > 1.5;", "ctrl_c_scan")


def interrupt_sleep():
    interrupt("FROM postgres_query('pg', 'SELECT 1 AS i, pg_sleep(600)::text AS t');", "ctrl_c_sleep")


def interrupt_slow_rows():
    interrupt("SELECT sum(i) FROM postgres_query('pg', 'SELECT i, pg_sleep(0.01)::text AS t FROM "
              "generate_series(1, 100000) AS i');", "ctrl_c_rows")


def interrupt_execute():
    interrupt("CALL postgres_execute('pg', 'SELECT pg_sleep(600)');", "ctrl_c_execute")


def interrupt_insert():
    interrupt("INSERT INTO pg.ctrl_c SELECT range, repeat('x', 100) FROM range(1000000000);", "ctrl_c_insert")


def prepare_insert():
    from harness import psql
    psql("DROP TABLE IF EXISTS ctrl_c; CREATE TABLE ctrl_c (i bigint, t text)")
    try:
        interrupt_insert()
        assert psql("SELECT count(*) FROM ctrl_c") == [["0"]]
    finally:
        psql("DROP TABLE ctrl_c")


run([load_file, load_relative_path_as_documented, install_from_repository, autoload_by_attach,
     autoload_by_prefix_setting_and_function, symlink_recipe, other_version_is_refused, interrupt_scan,
     interrupt_sleep, interrupt_slow_rows, interrupt_execute, prepare_insert])
