# SPDX-License-Identifier: MIT
"""Random queries, each on tables attached from PostgreSQL and on local copies of the same data.

Both run in the same DuckDB, so that only the extension can make a difference: what it sends must mean
the same there as here. A difference is printed with the query and what was sent. The same seed makes
the same queries.
"""
import argparse
import json
import random
import sys

from harness import attach, connect, psql

SCHEMA = "differential"

# Name, type in PostgreSQL, values there as SQL, constants of DuckDB that are near them.
COLUMNS = [
    ("b", "boolean", ["true", "false"], ["true", "false"]),
    ("i2", "smallint", ["-32768", "-1", "0", "1", "32767", "7"], ["-32768", "0", "7", "40000", "1.5"]),
    ("i4", "integer", ["-2147483648", "-1", "0", "1", "2147483647", "3", "4", "5"], ["0", "3", "4", "3000000000", "2.5", "-1"]),
    ("i8", "bigint", ["-9223372036854775808", "0", "1", "9223372036854775807", "5"], ["0", "5", "9223372036854775807", "1e10", "-7"]),
    ("f4", "real", ["'NaN'", "'Infinity'", "'-Infinity'", "0", "'-0'", "1.5", "0.1", "3.4e38"], ["0", "0.1", "1.5", "'nan'::FLOAT", "'inf'::FLOAT", "0.1::FLOAT"]),
    ("f8", "double precision", ["'NaN'", "'Infinity'", "'-Infinity'", "0", "'-0'", "1.5", "0.1", "1e308", "5e-324"], ["0", "0.1", "1.5", "'nan'::DOUBLE", "'-inf'::DOUBLE", "1e308"]),
    ("n", "numeric(12, 3)", ["0", "-1.5", "123456789.123", "0.001", "2", "-999999999.999"], ["0", "2", "0.001", "0.0015", "1e5", "-1.50"]),
    ("t", "text", ["''", "'a'", "'A'", "'ab'", "'b'", "'B'", "'ä'", "'Z'", "'z'", "'a b'", "'a_b'", "'a%'", "'_'", "E'\\\\'", "''''", "'10'", "'9'", "'NULL'", "'/api/x'", "'api0'"], ["''", "'a'", "'A'", "'ab'", "'ä'", "'Z'", "'a%'", "'\\'", "''''", "'9'", "'/api'"]),
    ("c", 'text COLLATE "C"', ["''", "'a'", "'A'", "'ab'", "'B'", "'ä'", "'Z'"], ["'a'", "'B'", "'ä'", "''"]),
    ("v", "varchar(5)", ["'x'", "'xy'", "'x  '", "'  x'", "'Ä'"], ["'x'", "'x  '", "'xy'"]),
    ("p", "char(4)", ["'x'", "'xy'", "''", "'wxyz'"], ["'x'", "'x '", "''", "'y'"]),
    ("d", "date", ["'2020-01-01'", "'1970-01-01'", "'infinity'", "'-infinity'", "'0044-03-15 BC'", "'2000-02-29'"], ["DATE '2020-01-01'", "DATE '0044-03-15 (BC)'", "'infinity'::DATE", "DATE '2000-03-01'", "TIMESTAMP '2020-01-01 12:00:00'"]),
    ("ti", "time", ["'00:00'", "'23:59:59.999999'", "'12:34:56.5'", "'24:00:00'"], ["TIME '12:34:56.5'", "TIME '00:00:00'", "TIME '23:59:59.999999'"]),
    ("ts", "timestamp", ["'2020-01-01 00:00'", "'1970-01-01 00:00'", "'infinity'", "'-infinity'", "'0044-03-15 10:00 BC'", "'2000-02-29 23:59:59.999999'"], ["TIMESTAMP '2020-01-01 00:00:00'", "'infinity'::TIMESTAMP", "TIMESTAMP '2000-02-29 23:59:59.999999'", "DATE '2020-01-01'", "TIMESTAMP '0044-03-15 (BC) 10:00:00'"]),
    ("tz", "timestamptz", ["'2020-01-01 00:00+00'", "'1970-01-01 00:00+00'", "'infinity'", "'2020-01-01 05:45+05:45'", "'2021-07-01 12:00+02'"], ["TIMESTAMPTZ '2020-01-01 00:00:00+00'", "TIMESTAMPTZ '2021-07-01 10:00:00+00'", "'infinity'::TIMESTAMPTZ", "TIMESTAMPTZ '2020-01-01 00:00:00-08'"]),
    ("iv", "interval", ["'1 day'", "'24 hours'", "'1 month'", "'30 days'", "'-1 day'", "'0'"], ["INTERVAL 1 DAY", "INTERVAL 30 DAY", "INTERVAL '0' DAY"]),
    ("u", "uuid", ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'7fffffff-0000-0000-0000-000000000001'", "'80000000-0000-0000-0000-000000000001'"], ["'7fffffff-0000-0000-0000-000000000001'", "'80000000-0000-0000-0000-000000000000'::UUID"]),
    ("x", "bytea", ["'\\x'", "'\\x00'", "'\\xff'", "'\\x61'", "'\\x6162'"], ["''::BLOB", "'a'::BLOB", "'\\xFF'::BLOB", "'\\x00'::BLOB"]),
    ("e", f"{SCHEMA}.mood", ["'sad'", "'ok'", "'happy'"], ["'sad'", "'ok'", "'happy'", "'ok'::ENUM('sad', 'ok', 'happy')"]),
    ("a", "integer[]", ["'{}'", "'{1,2}'", "'{NULL}'", "'{3}'"], ["[1, 2]", "[]::INTEGER[]", "[3]"]),
    ("j", "jsonb", ["'{}'", "'{\"k\": 1}'", "'[1]'", "'null'"], ["'{}'::JSON", "'[1]'"]),
    ("ip", "inet", ["'10.0.0.1'", "'9.0.0.1/8'"], ["'10.0.0.1'", "'9'"]),
    ("tt", "timetz", ["'00:00+00'", "'12:00+02'", "'10:00+00'", "'24:00:00-05'", "'23:59:59.999999+14'"], ["TIMETZ '10:00:00+00'", "TIMETZ '12:00:00+02'", "TIMETZ '23:59:59.999999-14'"]),
    ("nu", "numeric", ["'NaN'", "'Infinity'", "'-Infinity'", "0", "0.1", "0.10", "1e40", "-1e-30", "12345678901234567890.5", "2"], ["0", "0.1", "0.1::DOUBLE", "2", "1e40", "'nan'::DOUBLE", "12345678901234567890.5", "'-inf'::DOUBLE"]),
    ("nw", "numeric(38, 10)", ["0", "1234567890123456789012345678.0123456789", "-9999999999999999999999999999.9999999999", "0.0000000001"], ["0", "1234567890123456789012345678.0123456789", "0.0000000001::DOUBLE", "-1e28"]),
    ("o", "oid", ["0", "1", "4294967295", "2147483648"], ["0", "2147483648", "-1", "4294967295::UINTEGER"]),
    ("ch", '"char"', ["'a'", "'Z'", "''", "'b'"], ["'a'", "''", "'Z'"]),
    ("na", "name", ["'a'", "'B'", "'pg_class'", "''"], ["'a'", "'B'", "'b'"]),
    ("js", "json", ["'{}'", "'{\"k\" : 1}'", "'[1]'", "'null'"], ["'{}'", "'[1]'"]),
    ("bt", "bit(4)", ["'0000'", "'1010'", "'1111'"], ["'1010'", "'2'"]),
    ("vb", "varbit", ["''", "'0'", "'101'"], ["''", "'101'"]),
    ("mo", "money", ["'1.50'", "'-3'", "'0'"], ["'$1.50'", "'1.5'"]),
    ("mc", "macaddr", ["'08:00:2b:01:02:03'", "'ff:ff:ff:ff:ff:ff'"], ["'08:00:2b:01:02:03'", "'08-00-2b-01-02-03'"]),
    ("rg", "int4range", ["'empty'", "'[1,3)'", "'(,5]'", "'(,)'"], ["'[1,3)'", "'[1,2]'", "'empty'"]),
    ("tr", "tstzrange", ["'empty'", "'[2020-01-01 00:00+00,)'"], ["'empty'"]),
    ("co", f"{SCHEMA}.pair", ["'(1,a)'", "'(,)'", "'(2,)'"], ["{'a': 1, 'b': 'a'}", "{'a': NULL, 'b': NULL}"]),
    ("ta", "text[]", ["'{}'", "'{a,NULL}'", "'{b}'", "'{x,y}'"], ["['b']", "['a', NULL]", "[]::VARCHAR[]"]),
    ("ea", f"{SCHEMA}.mood[]", ["'{}'", "'{sad,NULL}'", "'{ok}'"], ["['ok']", "[]::VARCHAR[]"]),
    ("di", f"{SCHEMA}.small", ["1", "5", "99"], ["5", "100", "1.5"]),
    ("dt", f"{SCHEMA}.word", ["'a'", "'B'", "'ä'", "''"], ["'a'", "'B'", "''"]),
    ("de", f"{SCHEMA}.dmood", ["'sad'", "'ok'"], ["'sad'", "'ok'", "'happy'"]),
    ("pt", "point", ["'(1,2)'", "'(0,-1.5)'"], ["{'x': 1.0, 'y': 2.0}"]),
    ("sv", "tsvector", ["''", "'a b'", "'c:1A'"], ["'''a'' ''b'''", "''"]),
    ("ls", "pg_lsn", ["'0/0'", "'16/B374D848'"], ["'0/0'", "'16/B374D848'"]),
]
TEXT = {"t", "c", "v", "p", "na", "dt"}
NUMBERS = {"i2", "i4", "i8", "f4", "f8", "n", "nu", "nw", "o"}
LISTS = {"a", "ta", "ea"}
OPERATORS = ["=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"]


def make_tables(rng):
    psql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA};"
         f"CREATE TYPE {SCHEMA}.mood AS ENUM ('sad', 'ok', 'happy'); CREATE TYPE {SCHEMA}.pair AS (a int, b text);"
         f"CREATE DOMAIN {SCHEMA}.small AS int CHECK (VALUE < 100); CREATE DOMAIN {SCHEMA}.word AS text;"
         f"CREATE DOMAIN {SCHEMA}.dmood AS {SCHEMA}.mood")
    shapes = [("one", 300, ""), ("two", 120, ""), ("parts", 250, " PARTITION BY LIST (b)")]
    for name, rows, tail in shapes:
        columns = ", ".join(f"{column} {kind}" for column, kind, _, _ in COLUMNS)
        values = ", ".join(
            "(" + ", ".join([str(i)] + ["NULL" if rng.random() < 0.15 else rng.choice(values) for _, _, values, _ in COLUMNS]) + ")"
            for i in range(rows))
        psql(f"CREATE TABLE {SCHEMA}.{name} (id int, {columns}){tail}")
        if tail:
            psql(f"CREATE TABLE {SCHEMA}.{name}_t PARTITION OF {SCHEMA}.{name} FOR VALUES IN (true);"
                 f"CREATE TABLE {SCHEMA}.{name}_rest PARTITION OF {SCHEMA}.{name} DEFAULT")
        psql(f"INSERT INTO {SCHEMA}.{name} VALUES {values}")
    psql(f"CREATE VIEW {SCHEMA}.seen AS SELECT * FROM {SCHEMA}.one WHERE id % 2 = 0;"
         + "".join(f"ANALYZE {SCHEMA}.{name};" for name, _, _ in shapes))
    return [name for name, _, _ in shapes] + ["seen"]


class Queries:
    """Makes queries; @0 and @1 stand for the places of tables."""

    def __init__(self, rng):
        self.rng = rng

    def column(self, among=None):
        return self.rng.choice([column for column in COLUMNS if among is None or column[0] in among])

    def comparison(self, alias):
        name, _, _, constants = self.column()
        constant = self.rng.choice(constants)
        if name in ("b",) and self.rng.random() < 0.5:
            return self.rng.choice(["{}", "NOT {}", "{} IS TRUE", "{} IS NOT FALSE"]).format(f"{alias}.{name}")
        operator = self.rng.choice(OPERATORS + ["="])
        sides = [f"{alias}.{name}", constant]
        if self.rng.random() < 0.15:
            sides.reverse()
        return f"{sides[0]} {operator} {sides[1]}"

    def condition(self, alias, depth=0):
        rng = self.rng
        choice = rng.random()
        if depth < 3 and choice < 0.35:
            parts = [self.condition(alias, depth + 1) for _ in range(rng.randint(2, 3))]
            return "(" + rng.choice([" AND ", " OR "]).join(parts) + ")"
        if depth < 3 and choice < 0.42:
            return f"NOT ({self.condition(alias, depth + 1)})"
        if choice < 0.52:
            return f"{alias}.{self.column()[0]} IS {rng.choice(['', 'NOT '])}NULL"
        if choice < 0.64:
            name, _, _, constants = self.column()
            listed = rng.sample(constants, min(len(constants), rng.randint(1, 4))) + (["NULL"] if rng.random() < 0.1 else [])
            return f"{alias}.{name} {rng.choice(['', 'NOT '])}IN ({', '.join(listed)})"
        if choice < 0.72:
            # Lists and structs: DuckDB itself refuses some, depending on what its optimizer drops.
            name, _, _, constants = self.column({column[0] for column in COLUMNS} - LISTS - {"co", "pt"})
            return f"{alias}.{name} BETWEEN {rng.choice(constants)} AND {rng.choice(constants)}"
        if choice < 0.80:
            name = self.column(TEXT)[0]
            pattern = rng.choice(["'a%'", "'%b'", "'_'", "'a\\_%'", "'%'", "'A%'", "''", "'ä%'", "'a$%' ESCAPE '$'", "'%/%'"])
            return f"{alias}.{name} {rng.choice(['LIKE', 'NOT LIKE', 'ILIKE'])} {pattern}"
        if choice < 0.85:
            left, right = self.column(NUMBERS)[0], self.column(NUMBERS)[0]
            return f"{alias}.{left} {rng.choice(['=', '<', '>=', '<>'])} {alias}.{right}"
        if choice < 0.88:
            name = self.column(TEXT)[0]
            return rng.choice([f"length({alias}.{name}) > 1", f"lower({alias}.{name}) = 'a'", f"{alias}.{name} || 'x' = 'ax'", f"starts_with({alias}.{name}, 'a')"])
        return self.comparison(alias)

    def where(self, *aliases):
        return " AND ".join(self.condition(alias) for alias in aliases)

    def query(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.45:
            columns = rng.sample([column[0] for column in COLUMNS], rng.randint(1, 5))
            return f"SELECT x.id, {', '.join('x.' + name for name in columns)} FROM @0 AS x WHERE {self.where('x')}"
        if kind < 0.55:
            return f"SELECT count(*) FROM @0 AS x WHERE {self.where('x')}"
        if kind < 0.70:
            name = self.column()[0]
            order = f"{rng.choice(['', 'x.' + name + rng.choice([' DESC', ' ASC', '']) + rng.choice([' NULLS FIRST', ' NULLS LAST', '']) + ', '])}x.id"
            return (f"SELECT x.id, x.{name} FROM @0 AS x {'WHERE ' + self.where('x') if rng.random() < 0.7 else ''} "
                    f"ORDER BY {order} LIMIT {rng.randint(0, 20)} OFFSET {rng.choice([0, 0, 3, 500])}")
        if kind < 0.75:
            # Which rows is open, how many is not.
            return f"SELECT count(*) FROM (SELECT * FROM @0 AS x WHERE {self.where('x')} LIMIT {rng.randint(0, 50)})"
        if kind < 0.88:
            name = rng.choice([column[0] for column in COLUMNS if column[0] not in LISTS | {"j", "js"}])
            how = rng.choice(["JOIN", "LEFT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN"])
            shown = "x.id" if how in ("SEMI JOIN", "ANTI JOIN") else "x.id, y.id"
            extra = f" WHERE {self.where('x')}" if rng.random() < 0.6 else ""
            return f"SELECT {shown} FROM @0 AS x {how} @1 AS y ON x.{name} = y.{name} AND x.id % 5 = y.id % 7{extra}"
        # Equal intervals may look different (30 days, 1 month): which one stands for a group is open.
        name = self.column({column[0] for column in COLUMNS} - {"iv"})[0]
        number = rng.choice(["i4", "n", "i8"])
        return (f"SELECT x.{name}, count(*), count(x.{number}), min(x.{number}), max(x.t), sum(x.id) FROM @0 AS x "
                f"WHERE {self.where('x')} GROUP BY x.{name} {'HAVING count(*) > 2' if rng.random() < 0.3 else ''}")


def sweep():
    """Every column with every operator and constant, each alone: (column, condition)."""
    for name, _, _, constants in COLUMNS:
        yield name, f"x.{name} IS NULL"
        yield name, f"NOT (x.{name} IS NULL)"
        for constant in constants:
            for operator in OPERATORS:
                yield name, f"x.{name} {operator} {constant}"
            yield name, f"NOT (x.{name} = {constant})"
            yield name, f"{constant} > x.{name}"
            yield name, f"x.{name} IN ({constant}, NULL)"
        yield name, f"x.{name} IN ({', '.join(constants)})"
        yield name, f"x.{name} NOT IN ({', '.join(constants)})"
        yield name, f"x.{name} = {constants[0]} OR x.{name} IS NULL"
        yield name, f"x.{name} >= {constants[0]} AND x.{name} <= {constants[-1]}"


def remote_sql(connection, sql):
    """What EXPLAIN shows to be sent, one line per scan."""
    try:
        plan = json.loads(connection.execute("EXPLAIN (FORMAT json) " + sql).fetchall()[0][1])
    except Exception as error:  # the difference matters, not this
        return [f"(no plan: {error})"]
    found = []

    def walk(node):
        if "Remote SQL" in node.get("extra_info", {}):
            found.append(node["extra_info"]["Remote SQL"])
        for child in node.get("children", []):
            walk(child)

    for node in plan:
        walk(node)
    return found


def answer(connection, sql):
    """Sorted rows as text, or the class of the error: every value of ours has one text."""
    try:
        rows = connection.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql})").fetchall()
        # -0.0 equals 0.0: which of the two stands for a group is open.
        rows = [tuple("0.0" if value == "-0.0" else value for value in row) for row in rows]
        return rows if "ORDER BY" in sql else sorted(rows, key=repr)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"


class Comparison:
    """Runs queries on both sides and counts what came of them."""

    def __init__(self, connection):
        self.connection = connection
        self.passed, self.failed, self.refused = 0, 0, 0

    def check(self, title, query, one, two):
        there = query.replace("@0", f"pg.{SCHEMA}.{one}").replace("@1", f"pg.{SCHEMA}.{two}")
        expected = answer(self.connection, query.replace("@0", f"here.{one}").replace("@1", f"here.{two}"))
        got = answer(self.connection, there)
        if isinstance(expected, str) and isinstance(got, str):
            self.refused += 1  # for example a constant that does not fit
            self.passed += 1
        elif got == expected:
            self.passed += 1
        else:
            self.failed += 1
            self.tell(title, there, expected, got)
        return there

    def tell(self, title, there, expected, got):
        print(f"FAIL {title}: {there}")
        for sql in remote_sql(self.connection, there):
            print(f"  sent: {sql}")
        if isinstance(got, str) or isinstance(expected, str):
            print(f"  attached: {str(got)[:300]}\n  local:    {str(expected)[:300]}")
        else:
            print(f"  only attached: {[row for row in got if row not in expected][:5]}")
            print(f"  only local:    {[row for row in expected if row not in got][:5]} ({len(got)} and {len(expected)} rows)")

    def sends(self, there):
        return any(" WHERE " in sql for sql in remote_sql(self.connection, there))


def compare_swept(comparison, table):
    """Every condition; the columns of which no comparison was sent are told."""
    sent, count = set(), 0
    for column, condition in sweep():
        there = comparison.check("sweep", f"SELECT x.id FROM @0 AS x WHERE {condition}", table, table)
        if column not in sent and "NULL" not in condition and comparison.sends(there):
            sent.add(column)
        count += 1
    local = [column[0] for column in COLUMNS if column[0] not in sent]
    print(f"sweep: {count} conditions on {len(COLUMNS)} columns, {comparison.refused} refused by both; "
          f"comparisons stay local for {', '.join(local)}")


def compare_random(comparison, rng, tables, arguments):
    queries, refused, sent = Queries(rng), comparison.refused, 0
    for number in range(arguments.queries):
        comparison.connection.execute(f"SET pg_pages_per_task = {rng.choice([1, 1000])}")
        query = queries.query()
        there = comparison.check(f"query {number} of seed {arguments.seed}", query, rng.choice(tables), rng.choice(tables))
        sent += comparison.sends(there) if number % 10 == 0 else 0
    print(f"seed {arguments.seed}: {arguments.queries} queries, {comparison.refused - refused} refused by both, "
          f"of every tenth {sent} sent a condition")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--break", dest="broken", action="store_true", help="make some local rows wrong: this must fail")
    parser.add_argument("--no-sweep", action="store_true", help="random queries alone")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    tables = make_tables(rng)
    connection = connect({"threads": "2"})
    attach(connection, "differential")
    connection.execute("CREATE SCHEMA here")
    for table in tables:
        connection.execute(f"CREATE TABLE here.{table} AS FROM pg.{SCHEMA}.{table}")
    if arguments.broken:
        connection.execute("UPDATE here.one SET i2 = 4, i4 = 4, i8 = 4, t = 'wrong', n = 7, b = NOT b, d = '2001-01-01' WHERE id < 10")

    comparison = Comparison(connection)
    if not arguments.no_sweep:
        compare_swept(comparison, tables[0])
    compare_random(comparison, rng, tables, arguments)
    print(f"{comparison.passed} passed, {comparison.failed} failed, 0 skipped")
    sys.exit(1 if comparison.failed or not comparison.passed else 0)


main()
