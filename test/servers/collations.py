# SPDX-License-Identifier: MIT
"""Text in a database whose default is an ICU locale, where neither order nor equality are those of bytes."""
import itertools
import json

from harness import connect, psql, run

DATABASE = "icu"
# Column, type, and whether = means equal bytes there, so that it may be sent.
COLUMNS = [
    ("d", "text", True), ("c", 'text COLLATE "C"', True), ("n", "text COLLATE no_case", False), ("a", "text COLLATE no_accent", False),
    ("u", "text COLLATE pg_c_utf8", True), ("v", "varchar(40) COLLATE \"de-x-icu\"", True), ("p", "char(12)", True),
    ("ci", "citext", False), ("cn", "char(12) COLLATE no_case", False), ("dom", "worded", True),
]
BYTE_ORDER = {"c", "u"}  # the collation's own order is that of bytes
WORDS = ["", "a", "A", "ab", "AB", "Ab", "a b", "a-b", "a_b", "a%", "ä", "Ä", "a\u0308", "z", "Z", "B", "b", "résumé", "resume", "RESUME",
         "straße", "strasse", "_", "-", "0", "10", "9", "АБ", "аб", "世界", "x  ", "x", "😀", "\\", "/api/x", "/api0"]
CONSTANTS = ["", "a", "A", "ä", "a\u0308", "resume", "x  ", "/api", "世界"]


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def make_data():
    psql(f"CREATE DATABASE {DATABASE} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'", "postgres")
    values = ", ".join(f"({i}, {', '.join([literal(word)] * len(COLUMNS))})" for i, word in enumerate(WORDS))
    psql(f"""CREATE EXTENSION citext;
        CREATE COLLATION no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE COLLATION no_accent (provider = icu, locale = 'und-u-ks-level1-kc-true', deterministic = false);
        CREATE DOMAIN worded AS text CHECK (length(value) < 100);
        CREATE TABLE t (id int, {', '.join(f'{name} {kind}' for name, kind, _ in COLUMNS)});
        INSERT INTO t VALUES {values}; INSERT INTO t (id) VALUES (1000); ANALYZE t;
        CREATE INDEX ON t (d); CREATE INDEX ON t (n); CREATE INDEX ON t (ci)""", DATABASE)


def attached():
    con = connect()
    con.execute(f"ATTACH 'dbname={DATABASE}' AS pg (TYPE postgres)")
    con.execute("CREATE TABLE here AS FROM pg.t")
    return con


def both(con, query):
    """The same from the server's table and from the copy."""
    there = con.execute(query.replace("@", "pg.t")).fetchall()
    here = con.execute(query.replace("@", "here")).fetchall()
    assert there == here, f"{query}\nserver: {there}\nhere:   {here}\n{sent(con, query)}"


def sent(con, query):
    return con.execute("EXPLAIN " + query.replace("@", "pg.t")).fetchall()[0][1]


def remote_sql(con, condition):
    """What EXPLAIN says is sent for a filter."""
    plan = json.loads(con.execute(f"EXPLAIN (FORMAT json) SELECT id FROM pg.t WHERE {condition}").fetchall()[0][1])
    while plan:
        node = plan.pop()
        if "Remote SQL" in node.get("extra_info", {}):
            return node["extra_info"]["Remote SQL"]
        plan += node.get("children", [])
    raise AssertionError(f"nothing is sent for {condition}")


def the_database_is_what_it_should_be():
    rows = psql("SELECT 'a' < 'B', 'B' < 'a' COLLATE \"C\", 'a' COLLATE no_case = 'A', 'ä' COLLATE no_accent = 'a', 'a'::citext = 'A'", DATABASE)
    assert rows == [["t", "t", "t", "t", "t"]], rows
    con = attached()
    assert con.execute("SELECT count(*), count(DISTINCT d) FROM here").fetchall() == [(len(WORDS) + 1, len(set(WORDS)))]
    con.close()


def equality():
    con = attached()
    for (name, _, _), word in itertools.product(COLUMNS, CONSTANTS):
        for operator in ("=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"):
            both(con, f"SELECT id FROM @ WHERE {name} {operator} {literal(word)} ORDER BY id")
        both(con, f"SELECT id FROM @ WHERE NOT ({name} = {literal(word)}) ORDER BY id")
    con.close()


def lists():
    con = attached()
    for name, _, _ in COLUMNS:
        for words in (CONSTANTS[:3], CONSTANTS[3:8], CONSTANTS):
            listed = ", ".join(literal(word) for word in words)
            both(con, f"SELECT id FROM @ WHERE {name} IN ({listed}) ORDER BY id")
            both(con, f"SELECT id FROM @ WHERE {name} NOT IN ({listed}) ORDER BY id")
    con.close()


def ranges():
    con = attached()
    for (name, _, _), word in itertools.product(COLUMNS, CONSTANTS):
        for operator in ("<", "<=", ">", ">="):
            both(con, f"SELECT id FROM @ WHERE {name} {operator} {literal(word)} ORDER BY id")
        both(con, f"SELECT id FROM @ WHERE {name} BETWEEN {literal(word)} AND 'b' ORDER BY id")
        both(con, f"SELECT id FROM @ WHERE {name} NOT BETWEEN 'B' AND {literal(word)} OR {name} = 'a' ORDER BY id")
    con.close()


def prefixes():
    con = attached()
    for (name, _, _), pattern in itertools.product(COLUMNS, ("a%", "A%", "ä%", "/api%", "%", "_", "a_b", "%b", "a\\%%", "x  %", "res%", "世%")):
        both(con, f"SELECT id FROM @ WHERE {name} LIKE {literal(pattern)} ORDER BY id")
        both(con, f"SELECT id FROM @ WHERE {name} NOT LIKE {literal(pattern)} ORDER BY id")
        both(con, f"SELECT id FROM @ WHERE {name} ILIKE {literal(pattern)} ORDER BY id")
        both(con, f"SELECT id FROM @ WHERE starts_with({name}, {literal(pattern[:2])}) ORDER BY id")
    con.close()


def order_and_aggregates():
    con = attached()
    for name, _, _ in COLUMNS:
        both(con, f"SELECT min({name}), max({name}), count(DISTINCT {name}) FROM @")
        both(con, f"SELECT min({name}), max({name}) FROM @ WHERE {name} > 'a'")
        for order in ("ASC NULLS FIRST", "ASC NULLS LAST", "DESC NULLS FIRST", "DESC NULLS LAST"):
            both(con, f"SELECT {name}, id FROM @ ORDER BY {name} {order}, id LIMIT 9")
            both(con, f"SELECT {name} FROM @ WHERE {name} >= 'A' ORDER BY {name} {order} LIMIT 5 OFFSET 3")
        both(con, f"SELECT {name}, count(*) FROM @ GROUP BY {name} ORDER BY {name}")
        both(con, f"SELECT l.id, r.id FROM @ AS l JOIN @ AS r ON l.{name} = r.{name} ORDER BY ALL")
        both(con, f"SELECT id FROM @ WHERE {name} IN (SELECT d FROM here WHERE id < 12) ORDER BY id")
    con.close()


def what_is_sent():
    con = attached()
    for name, _, bytewise in COLUMNS:
        for condition in (f"{name} = 'a'", f"{name} <> 'a'", f"{name} IN ('a', 'b')"):
            text = remote_sql(con, condition)
            if bytewise:  # as the column's index has it
                assert "WHERE" in text and "COLLATE" not in text, (name, text)
            else:
                assert "WHERE" not in text or 'COLLATE "C"' in text, (name, text)
        for condition in (f"{name} < 'b'", f"{name} BETWEEN 'a' AND 'b'"):
            text = remote_sql(con, condition)
            assert "WHERE" not in text or 'COLLATE "C"' in text or name in BYTE_ORDER, (name, text)
    assert 'COLLATE "C"' in remote_sql(con, "d < 'b'")
    con.close()


make_data()
run([the_database_is_what_it_should_be, equality, lists, ranges, prefixes, order_and_aggregates, what_is_sent])
