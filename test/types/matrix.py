# SPDX-License-Identifier: MIT
"""The types and their edge values: what `test/types/run` checks, and to be read as the support matrix.

Each entry: the type as PostgreSQL writes it, the type DuckDB shows, and the values. A value is PostgreSQL's
text of it, alone where DuckDB shows the same, or with DuckDB's spelling where that differs.
"""

class Entry:
    def __init__(self, sql, duckdb, *rows, unread="", refused="", copied="", settings="", since=14):
        self.sql = sql
        self.duckdb = duckdb
        self.rows = [row if isinstance(row, tuple) else (row,) for row in rows] + [(None, None)]
        self.unread = unread  # part of the message with which reading, and so copying, fails
        self.refused = refused  # part of the message with which writing fails
        self.copied = copied  # what the server says differs in the copy, documented as such
        self.settings = settings
        self.since = since  # the first major version of PostgreSQL that has it

    def values(self):
        return [row[0] for row in self.rows]

    def shown(self, index, server_text):
        return self.rows[index][1] if len(self.rows[index]) > 1 else server_text


def as_text(sql, *rows, **options):
    return Entry(sql, "VARCHAR", *rows, **options)


PREPARE = """
CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION citext; CREATE EXTENSION cube;
CREATE TYPE t.mood AS ENUM ('sad', 'o''k', 'very happy', ''); CREATE DOMAIN t.dmood AS t.mood;
CREATE DOMAIN t.dint AS int CHECK (value > 0); CREATE DOMAIN t.dtext AS t.dint;
CREATE DOMAIN t.dnum AS numeric(6, 2); CREATE DOMAIN t.dints AS int[]; CREATE DOMAIN t.drange AS tsrange;
CREATE TYPE t.pair AS (a int, b text); CREATE TYPE t.nest AS (p t.pair, ps t.pair[], m t.mood, d t.dnum, i inet);
CREATE DOMAIN t.dpair AS t.pair; CREATE TYPE t.odd AS (a int, r tsrange);
CREATE TYPE t.floatrange AS RANGE (subtype = float8);
CREATE TYPE t.textrange AS RANGE (subtype = text);
CREATE TYPE t.daysrange AS RANGE (subtype = date);
CREATE TYPE t.spanrange AS RANGE (subtype = interval);
CREATE EXTENSION seg; CREATE EXTENSION isn; CREATE DOMAIN t.price AS money; CREATE DOMAIN t.search AS tsquery;
CREATE TYPE t.bill AS (n int, sum money, note text, at timestamptz, parts money[]);
CREATE TYPE t.deep AS (b t.bill, bs t.bill[]); CREATE DOMAIN t.dbill AS t.bill;
CREATE TYPE t.shape AS (p point, b box[], c circle, f real, raw bytea, s interval, j jsonb, ts timestamp, u uuid);
CREATE TYPE t.bar; CREATE FUNCTION t.bar_in(cstring) RETURNS t.bar STRICT IMMUTABLE LANGUAGE internal AS 'textin';
CREATE FUNCTION t.bar_out(t.bar) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'textout';
CREATE TYPE t.bar (INPUT = t.bar_in, OUTPUT = t.bar_out, DELIMITER = '|', LIKE = text); CREATE DOMAIN t.dbar AS t.bar;
CREATE TABLE t.mood_table (m t.mood);
CREATE ROLE odd SUPERUSER LOGIN PASSWORD 'postgres';
ALTER ROLE odd SET DateStyle = 'SQL, DMY'; ALTER ROLE odd SET IntervalStyle = 'sql_standard';
ALTER ROLE odd SET extra_float_digits = 0; ALTER ROLE odd SET bytea_output = 'escape';
"""

ENTRIES = [
    Entry("boolean", "BOOLEAN", "true", "false"),
    Entry("smallint", "SMALLINT", "-32768", "32767", "0"),
    Entry("integer", "INTEGER", "-2147483648", "2147483647"),
    Entry("bigint", "BIGINT", "-9223372036854775808", "9223372036854775807"),
    Entry("oid", "UINTEGER", "0", "4294967295"),
    Entry("real", "FLOAT", "1.5", ("-0", "-0.0"), ("NaN", "nan"), ("Infinity", "inf"), ("-Infinity", "-inf"),
          ("1e-45", "1e-45"), ("3.4028235e38", "3.4028235e+38")),
    Entry("double precision", "DOUBLE", "0.1", ("-0", "-0.0"), ("NaN", "nan"), ("Infinity", "inf"),
          ("5e-324", "5e-324"), ("1.7976931348623157e308", "1.7976931348623157e+308")),
    Entry("numeric(4,1)", "DECIMAL(4,1)", "-999.9", "0.0", "0.1"),
    Entry("numeric(38,0)", "DECIMAL(38,0)", "9" * 38, "-" + "9" * 38, "0"),
    Entry("numeric(38,38)", "DECIMAL(38,38)", ("0." + "9" * 38, "." + "9" * 38), ("-0." + "0" * 37 + "1", "-." + "0" * 37 + "1")),
    Entry("numeric(5,-2)", "DECIMAL(7,0)", "1234500", "-100", "0", since=15),
    Entry("numeric(3,5)", "DECIMAL(5,5)", ("0.00123", ".00123"), ("-0.00999", "-.00999"), since=15),
    Entry("numeric(5,2)", "DECIMAL(5,2)", "NaN", unread="pg_numeric_nan_as_null"),
    Entry("numeric(5,2)", "DECIMAL(5,2)", ("NaN", None), "1.50", settings="SET pg_numeric_nan_as_null=true;",
          copied="-|0|NaN\n+|0|"),
    Entry("numeric", "DOUBLE", ("0.000067", "6.7e-05"), ("1e-20", "1e-20"), ("1e30", "1e+30"), ("NaN", "nan"),
          ("Infinity", "inf"), ("-Infinity", "-inf"), ("0.1", "0.1"), ("123456789012345", "123456789012345.0")),
    Entry("numeric(39,0)", "DOUBLE", ("1" + "0" * 38, "1e+38")),
    Entry("numeric", "VARCHAR", "0.000067", "0.00000000000000000001", "1" + "0" * 30, "9" * 39 + ".5", "NaN",
          "Infinity", "-Infinity", "-0.10", settings="SET pg_numeric_as_varchar=true;"),
    as_text("text", "", "a", "twelve bytes", "thirteen byte", "Привет, 世界", "\n\t\\\"'"),
    as_text("varchar(3)", "", "abc", "a  "),
    as_text("char(3)", "a", "abc", ""),
    as_text('"char"', "a", "", "\\377"),
    as_text("name", "a", "n" * 63),
    Entry("bytea", "BLOB", ("\\x", ""), ("\\x00ff41", "\\x00\\xFFA")),
    Entry("uuid", "UUID", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    Entry("json", "JSON", '{"a" : [1, null]}', "null", '"x\\\\y"'),
    Entry("jsonb", "JSON", '{"a": [1, null]}', "null"),
    Entry("date", "DATE", "2020-02-29", "infinity", "-infinity", ("0044-03-15 BC", "0044-03-15 (BC)"),
          ("4714-11-24 BC", "4714-11-24 (BC)"), "5874897-12-31"),
    Entry("time", "TIME", "00:00:00", "24:00:00", "23:59:59.999999"),
    Entry("timetz", "TIME WITH TIME ZONE", "00:00:00+15:59", "24:00:00-15:59", "12:00:00.5+05:45",
          "01:02:03+00"),
    Entry("timestamp", "TIMESTAMP", "2020-01-01 01:02:03.5", "infinity", "-infinity",
          ("4714-11-24 00:00:00 BC", "4714-11-24 (BC) 00:00:00"), ("0001-01-01 00:00:00 BC", "0001-01-01 (BC) 00:00:00"),
          "294247-01-10 04:00:54.775805"),
    Entry("timestamp", "TIMESTAMP", "294276-12-31 23:59:59", unread="timestamp out of range"),
    Entry("timestamptz", "TIMESTAMP WITH TIME ZONE", "2020-01-01 01:02:03.5+00", "infinity", "-infinity"),
    Entry("interval", "INTERVAL", ("1 year 2 mons -3 days 04:05:06.7", "1 year 2 months -3 days 04:05:06.7"),
          "00:00:00", ("-1 mons", "-1 month")),
    # Networks, bits and bookkeeping: in binary, spelled as PostgreSQL casts them to text.
    as_text("inet", "1.2.3.4/32", "10.0.0.0/8", "::1/128", "2001:db8::1/64", "::ffff:1.2.3.4/96", "::/0"),
    as_text("cidr", "10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"),
    as_text("macaddr", "08:00:2b:01:02:03"),
    as_text("macaddr8", "08:00:2b:01:02:03:04:05"),
    as_text("bit(3)", "101", "000"),
    as_text("bit varying", "", "1", "101010101010"),
    as_text("tid", "(0,1)", "(4294967295,65535)"),
    as_text("xid", "4294967295"),
    as_text("cid", "0"),
    as_text("xid8", "18446744073709551615"),
    as_text("pg_lsn", "16/B374D848", "0/0"),
    as_text("jsonpath", '$."a"[*]', "strict $"),
    as_text("refcursor", "c"),
    # Read as text, written in binary.
    as_text("int4range", "empty", "[1,10)", "(,)", "[-2147483648,)"),
    as_text("int8range", "[-9223372036854775808,9223372036854775807)"),
    as_text("numrange", "[1.50,1000000000000000000000000000000]", "(,NaN)", "(-Infinity,Infinity)"),
    as_text("daterange", "[2020-01-01,infinity]", "[0044-03-15 BC,12345-01-01)"),
    as_text("tsrange", "[2020-01-01 01:02:03.456,2020-02-01)", "[0044-03-15 23:59:59.999999 BC,)", "[-infinity,infinity]"),
    as_text("tstzrange", "[2020-01-01 01:02:03.456+00,2020-02-01 00:00:00+05:30)"),
    as_text("int4multirange", "{}", "{[1,2),[5,7)}", "{(,)}"),
    as_text("nummultirange", "{[1.5,2]}"),
    as_text("tstzmultirange", "{[2020-01-01 00:00:00+00,infinity]}"),
    as_text("t.daysrange", "[2020-01-01,2020-02-01)"),
    as_text("tsvector", "", "'a':1A,2B,3 'it''s' 'x\\\\y'"),
    as_text("hstore", "", '"a"=>"1", "b"=>NULL, "q\\"x\\\\"=>"NULL"'),
    as_text("ltree", "a.b_c", ""),
    as_text("lquery", "*.a"),
    as_text("citext", "AbC", ""),
    # Geometry.
    Entry("point", "STRUCT(x DOUBLE, y DOUBLE)", ("(1,2)", "{'x': 1.0, 'y': 2.0}"), ("(-0,NaN)", "{'x': -0.0, 'y': nan}")),
    Entry("line", "DOUBLE[]", ("{1,2,3}", "[1.0, 2.0, 3.0]")),
    Entry("lseg", "DOUBLE[]", ("[(1,2),(3,4)]", "[1.0, 2.0, 3.0, 4.0]")),
    Entry("box", "DOUBLE[]", ("(3,4),(1,2)", "[3.0, 4.0, 1.0, 2.0]")),
    # Whether a path is closed is lost: all are written open.
    Entry("path", "DOUBLE[]", ("[(1,2),(3,4)]", "[1.0, 2.0, 3.0, 4.0]"), ("((1,2),(3,4))", "[1.0, 2.0, 3.0, 4.0]"),
          copied="-|1|((1,2),(3,4))\n+|1|[(1,2),(3,4)]"),
    Entry("polygon", "DOUBLE[]", ("((1,2),(3,4))", "[1.0, 2.0, 3.0, 4.0]")),
    Entry("circle", "DOUBLE[]", ("<(1,2),3>", "[1.0, 2.0, 3.0]")),
    # User-defined types.
    Entry("t.mood", "ENUM('sad', 'o''k', 'very happy', '')", "sad", "o'k", ""),
    Entry("t.dmood", "ENUM('sad', 'o''k', 'very happy', '')", "very happy"),
    Entry("t.dint", "INTEGER", "1"),
    Entry("t.dtext", "INTEGER", "7"),
    Entry("t.dnum", "DECIMAL(6,2)", "-1.50"),
    Entry("t.dints", "INTEGER[]", ("{1,NULL}", "[1, NULL]")),
    as_text("t.drange", "[2020-01-01,)"),
    Entry("t.pair", "STRUCT(a INTEGER, b VARCHAR)", ("(1,x)", "{'a': 1, 'b': x}"), ("(,)", "{'a': NULL, 'b': NULL}")),
    Entry("t.dpair", "STRUCT(a INTEGER, b VARCHAR)", ('(1,"a, b")', "{'a': 1, 'b': 'a, b'}")),
    Entry("t.nest", "STRUCT(p STRUCT(a INTEGER, b VARCHAR), ps STRUCT(a INTEGER, b VARCHAR)[], m ENUM('sad', 'o''k', 'very happy', ''), d DECIMAL(6,2), i VARCHAR)",
          ('("(1,x)","{""(2,y)"",NULL}",sad,1.50,10.0.0.0/8)',
           "{'p': {'a': 1, 'b': x}, 'ps': [{'a': 2, 'b': y}, NULL], 'm': sad, 'd': 1.50, 'i': 10.0.0.0/8}"),
          ("(,{},,,)", "{'p': NULL, 'ps': [], 'm': NULL, 'd': NULL, 'i': NULL}")),
    # Arrays: no lower bounds, and one number of dimensions per column.
    Entry("int[]", "INTEGER[]", ("{}", "[]"), ("{1,NULL,3}", "[1, NULL, 3]"), ("[5:6]={1,2}", "[1, 2]"),
          copied="-|2|[5:6]={1,2}\n+|2|{1,2}"),
    Entry("int[]", "INTEGER[]", "{{1,2}}", unread="expected an array with 1 dimensions, but this array has 2"),
    as_text("int[]", "{{1,2}}", "{1}", "[5:6]={1,NULL}", settings="SET pg_array_as_varchar=true;"),
    Entry("int[][]", "INTEGER[][]", ("{}", "[]"), ("{{1,NULL},{3,4}}", "[[1, NULL], [3, 4]]")),
    Entry("int[][][][][][]", "INTEGER[][][][][][]", ("{{{{{{1}}}}}}", "[[[[[[1]]]]]]")),
    Entry("text[]", "VARCHAR[]", ('{"","NULL",NULL,"a,b"}', "['', 'NULL', NULL, 'a,b']")),
    Entry("numeric(10,2)[]", "DECIMAL(10,2)[]", ("{1.50,NULL}", "[1.50, NULL]")),
    Entry("timestamptz[]", "TIMESTAMP WITH TIME ZONE[]", ("{infinity,2020-01-01 00:00:00+00}", "[infinity, '2020-01-01 00:00:00+00']")),
    Entry("t.mood[]", "ENUM('sad', 'o''k', 'very happy', '')[]", ('{sad,NULL}', "[sad, NULL]")),
    Entry("t.dnum[]", "DECIMAL(6,2)[]", ("{1.50}", "[1.50]")),
    Entry("t.pair[]", "STRUCT(a INTEGER, b VARCHAR)[]", ('{"(1,x)",NULL}', "[{'a': 1, 'b': x}, NULL]")),
    Entry("inet[]", "VARCHAR[]", ("{1.2.3.4,NULL}", "[1.2.3.4/32, NULL]")),
    Entry("macaddr[][]", "VARCHAR[][]", ("{{08:00:2b:01:02:03,NULL}}", "[['08:00:2b:01:02:03', NULL]]")),
    Entry("tsrange[]", "VARCHAR[]", ('{"[2020-01-01,)",empty,NULL}', "['[\"2020-01-01 00:00:00\",)', empty, NULL]")),
    Entry("t.drange[]", "VARCHAR[]", ('{"[2020-01-01,)"}', "['[\"2020-01-01 00:00:00\",)']")),
    Entry("hstore[]", "VARCHAR[]", ('{"a=>1",NULL}', "['\"a\"=>\"1\"', NULL]")),
    Entry("point[]", "STRUCT(x DOUBLE, y DOUBLE)[]", ('{"(1,2)"}', "[{'x': 1.0, 'y': 2.0}]")),
    Entry("box[]", "DOUBLE[][]", ("{(3,4),(1,2)}", "[[3.0, 4.0, 1.0, 2.0]]")),
    Entry("polygon[]", "DOUBLE[][]", ('{"((1,2))"}', "[[1.0, 2.0]]")),
    # Without a binary form of ours: read and written as text.
    as_text("xml"),  # NULL alone: the server of the tests has no libxml
    as_text("money", "$12.50", "-$0.01", "$92,233,720,368,547,758.07"),
    as_text("t.price", "$12.50"),
    as_text("tsquery", "'a' & 'b'", "'it''s' <-> !'x\\\\y':*AB", ""),
    as_text("t.search", "'a'"),
    as_text("regclass", "pg_class", "t.mood_table", "-", "4294967295"),
    as_text("regtype", "integer", "timestamp without time zone", "money[]", "t.mood"),
    as_text("regproc", "now", "4294967295"),
    as_text("regprocedure", "sum(integer)"),
    as_text("regoper", "||/"),
    as_text("regoperator", "+(integer,integer)"),
    as_text("regnamespace", "pg_catalog"),
    as_text("regrole", "postgres"),
    as_text("regconfig", "english"),
    as_text("regcollation", '"C"'),
    as_text("int2vector", "1 2", "", "-32768"),
    as_text("oidvector", "1 4294967295"),
    as_text("aclitem", "postgres=r/postgres"),
    as_text("txid_snapshot", "10:20:10,14"),
    as_text("cube", "(1, 2)", "(0.1),(0.30000000000000004)"),
    as_text("seg", "1.5 .. 2.50", "~3.0"),
    as_text("isbn13", "978-0-11-000533-1"),
    as_text("t.floatrange", "[1.5,2)", "[0.30000000000000004,)"),
    as_text("t.textrange", "[a,b)", r'["",","]'),
    as_text("t.spanrange", "[-1 days +02:03:04,1 mon)"),
    as_text("t.odd", '(1,"[""2020-01-01 00:00:00"",)")'),
    as_text("t.bill", r'(1,$12.50,"a, ""c"" \\",2020-01-01 00:00:00+00,"{$1.00,NULL}")', '(,,"x\ty\nz\r",,)'),
    as_text("t.dbill", "(1,,,,)"),
    as_text("t.deep", r"""("(1,$2.00,""a,b"",,{})","{""(2,,\\""c d\\"",,)"",NULL}")"""),
    Entry("t.shape", "STRUCT(p STRUCT(x DOUBLE, y DOUBLE), b DOUBLE[][], c DOUBLE[], f FLOAT, raw BLOB, s INTERVAL, j JSON, ts TIMESTAMP, u UUID)",
          ('("(1,2)","{(3,4),(1,2);(1,1),(0,0)}","<(1,2),3>",0.1,"\\\\x00ff","-1 days +02:03:04","[""a\\\\""b""]","0044-03-15 23:59:59.5 BC",00112233-4455-6677-8899-aabbccddeeff)',
           "{'p': {'x': 1.0, 'y': 2.0}, 'b': [[3.0, 4.0, 1.0, 2.0], [1.0, 1.0, 0.0, 0.0]], 'c': [1.0, 2.0, 3.0], 'f': 0.1, 'raw': \\x00\\xFF, 's': '-1 day 02:03:04', 'j': '[\"a\\\\\"b\"]', 'ts': '0044-03-15 (BC) 23:59:59.5', 'u': 00112233-4455-6677-8899-aabbccddeeff}")),
    Entry("money[]", "VARCHAR[]", ("{$12.50}", "[$12.50]"), ('{"$1,234.00",NULL}', "['$1,234.00', NULL]"), ("{}", "[]")),
    Entry("tsquery[]", "VARCHAR[]", (r"""{'a',"'b c' & 'd'",NULL}""", r"['\'a\'', '\'b c\' & \'d\'', NULL]")),
    Entry("tsquery[][]", "VARCHAR[][]", ("{{'a'},{NULL}}", r"[['\'a\''], [NULL]]")),
    Entry("regclass[]", "VARCHAR[]", ("{pg_class,NULL}", "[pg_class, NULL]")),
    Entry("t.bar[]", "VARCHAR[]", ('{a|"b|c"|"d,e"|NULL}', "[a, b|c, 'd,e', NULL]")),  # another delimiter
    Entry("t.dbar[]", "VARCHAR[]", ("{a|b}", "[a, b]")),
    Entry("t.odd[]", "VARCHAR[]", ('{"(1,empty)"}', "['(1,empty)']")),
    Entry("t.bill[]", "VARCHAR[]", (r'{"(1,$12.50,\"a b\",,)",NULL}', r"""['(1,$12.50,"a b",,)', NULL]""")),
]
