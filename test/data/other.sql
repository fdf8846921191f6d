-- Tables about names, schemas, NULLs, domains, constraints, partitions and other properties of tables.

-- Ten columns in which NULLs make different patterns.
CREATE TABLE nulltest (
    c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int);
INSERT INTO nulltest VALUES
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    (NULL, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    (1, NULL, 3, NULL, 5, NULL, 7, NULL, 9, NULL),
    (NULL, 2, NULL, 4, NULL, 6, NULL, 8, NULL, 10),
    (1, 2, 3, 4, 5, NULL, NULL, NULL, NULL, NULL),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 10),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TYPE color_t AS ENUM ('blue', 'red', 'gray', 'black');
CREATE TABLE cars (brand text, model text, color color_t);
INSERT INTO cars VALUES
    ('ferrari', 'testarossa', 'red'), ('aston martin', 'db2', 'blue'), ('bentley', 'mulsanne', 'gray'),
    ('ford', 'T', 'black');

CREATE TABLE intervals (i interval);
INSERT INTO intervals VALUES
    ('1 year'), ('14 months'), ('-3 days'), ('02:03:04.567891'), ('1 year 2 months 3 days 04:05:06'),
    ('-1 year 2 days -00:00:00.000001'), ('00:00:00'), (NULL);

CREATE TABLE duckdb_arr_test (id int, a int[]);
INSERT INTO duckdb_arr_test VALUES (1, '{}'), (2, '{1,2,3}'), (3, '{NULL}'), (4, NULL);

CREATE TABLE oids (i oid);
INSERT INTO oids VALUES (42), (43), (4294967295), (NULL);

CREATE TABLE daterange (room int, during tsrange);
INSERT INTO daterange VALUES (1108, '[2010-01-01 14:30, 2010-01-01 15:30)'), (1109, 'empty'), (NULL, NULL);

CREATE TABLE daterange_array (room int, during tsrange[]);
INSERT INTO daterange_array VALUES
    (1108, ARRAY['[2010-01-01 14:30, 2010-01-01 15:30)', NULL, '(,2010-01-03 00:00]']::tsrange[]),
    (NULL, NULL);

CREATE DOMAIN my_type_v30 AS varchar(30) NOT NULL;
CREATE DOMAIN my_id AS int4;
CREATE TABLE my_table (table_id my_id PRIMARY KEY, table_var_name varchar(10), table_v30 my_type_v30);
INSERT INTO my_table VALUES (1, 'v1', 'value1'), (2, NULL, '');

-- An enum that belongs to another schema than public.
CREATE SCHEMA some_schema;
CREATE TYPE some_schema.some_enum AS ENUM ('one', 'two');
CREATE TABLE some_schema.some_table (some_field some_schema.some_enum);
INSERT INTO some_schema.some_table VALUES ('one'), ('two'), (NULL);

CREATE TABLE fail (n numeric(12, 7));
INSERT INTO fail VALUES (42), (4.2), (-12345.1234567), (0.0000001), (NULL);

-- Without columns: one row and none.
CREATE TABLE dee ();
INSERT INTO dee DEFAULT VALUES;
CREATE TABLE dum ();

-- Names that differ in case only.
CREATE TABLE tbl_with_case_sensitive_columns ("MyColumn" int, "mycolumn" int);
INSERT INTO tbl_with_case_sensitive_columns VALUES (1, 2);
CREATE TABLE "SameCaseName" (i int);
INSERT INTO "SameCaseName" VALUES (1), (2), (3);
CREATE TABLE samecasename (s varchar);
INSERT INTO samecasename VALUES ('hello'), ('world');

CREATE TABLE chars (fixed_len char(10));
INSERT INTO chars VALUES ('foo'), ('  bar  '), (''), (NULL);
CREATE TABLE chars_array (fixed_len char(10)[]);
INSERT INTO chars_array VALUES (ARRAY['foo', '  bar  ', NULL, '']), ('{}'), (NULL);
CREATE TABLE varchars_fixed_len (fixed_len varchar(10));
INSERT INTO varchars_fixed_len VALUES ('foo'), ('  bar  '), (''), (NULL);

CREATE TABLE tbl_with_constraints (
    pk int PRIMARY KEY, c1 int NOT NULL, c2 text NOT NULL DEFAULT 'none', c3 int CHECK (c3 > 0));
INSERT INTO tbl_with_constraints VALUES (1, 1, 'a', 1), (2, 2, 'b', NULL);
CREATE TABLE tbl_with_more_constraints (
    pk1 int, pk2 int, fk int REFERENCES tbl_with_constraints (pk), PRIMARY KEY (pk1, pk2));
INSERT INTO tbl_with_more_constraints VALUES (1, 1, 1), (1, 2, NULL);
CREATE TABLE tbl_with_unique_constraints (a int UNIQUE, b int, c int NOT NULL, UNIQUE (b, c));
INSERT INTO tbl_with_unique_constraints VALUES (1, 1, 1), (NULL, NULL, 2);

-- A schema with the name that DuckDB gives to its default schema.
CREATE SCHEMA main;
CREATE TABLE main.main_tbl (i int);
INSERT INTO main.main_tbl VALUES (42), (NULL);

-- Analyzed, so that its relpages is -1: a partitioned table has no pages of its own.
CREATE TABLE part_tbl (i bigint) PARTITION BY RANGE (i);
CREATE TABLE part_tbl_1 PARTITION OF part_tbl FOR VALUES FROM (0) TO (10000);
CREATE TABLE part_tbl_2 PARTITION OF part_tbl FOR VALUES FROM (10000) TO (20000);
INSERT INTO part_tbl SELECT generate_series(9000, 10999);
ANALYZE part_tbl;

-- The table of the first example in the documentation.
CREATE TABLE uuids (u uuid);
INSERT INTO uuids VALUES ('6d3d2541-710b-4bde-b3af-4711738636bf'), (NULL),
    ('00000000-0000-0000-0000-000000000001'), ('ffffffff-ffff-ffff-ffff-ffffffffffff');
