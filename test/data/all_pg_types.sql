-- Tables that hold every PostgreSQL type the extension maps, each with NULLs. All in schema public.

-- Scalars: zeros, negatives, positives, NULLs.
CREATE TABLE pg_numtypes (
    bool_col bool, int2_col int2, int4_col int4, int8_col int8, float4_col float4, float8_col float8,
    decimal_col decimal(4, 1), udecimal_col decimal);
INSERT INTO pg_numtypes VALUES
    (false, 0, 0, 0, 0, 0, 0, 0),
    (false, -42, -42, -42, -42.01, -42.01, -42.01, -42.01),
    (true, 42, 42, 42, 42.01, 42.01, 42.01, 42.01),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE pg_bytetypes (
    char_col "char", bpchar1_col char(1), bpchar9_col char(9), varchar1_col varchar(1),
    varchar9_col varchar(9), text_col text, bytea_col bytea, json_col json, uuid_col uuid);
INSERT INTO pg_bytetypes VALUES
    ('a', 'a', '', 'a', '', '', '', '42', '00000000-0000-0000-0000-000000000000'),
    ('a', 'a', 'aaaaaaaaa', 'a', 'aaaaaaaaa', 'dpfkg', 'dpfkg', '{"a": 42}',
     'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
    ('Z', 'Z', 'zz  ', 'Z', 'zz  ', 'Привет, 世界', '\x00ff0041', '[1, null, "x"]',
     'ffffffff-ffff-ffff-ffff-ffffffffffff'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- The time zone of the session shows in what timetz and timestamptz store: +05:45.
SET timezone = 'Asia/Kathmandu';
CREATE TABLE pg_datetypes (
    date_col date, time_col time, timetz_col timetz, timestamp_col timestamp,
    timestamptz_col timestamptz);
INSERT INTO pg_datetypes VALUES
    ('2021-03-01', '12:45:01', '12:45:01', '2021-03-01 12:45:01', '2021-03-01 12:45:01'),
    (NULL, NULL, NULL, NULL, NULL);

-- Arrays: values, elements that are NULL, no elements, NULL.
CREATE TYPE enum_type AS ENUM ('foo', 'bar', 'baz');

CREATE TABLE pg_numarraytypes (
    bool_col bool[], int2_col int2[], int4_col int4[], int8_col int8[], float4_col float4[],
    float8_col float8[], numeric_col numeric(4, 1)[]);
INSERT INTO pg_numarraytypes VALUES
    ('{true,false,NULL}', '{-42,NULL,42}', '{-4200,NULL,4200}', '{-420000,NULL,420000}',
     '{-42.01,NULL,42.01}', '{-4200.01,NULL,4200.01}', '{-42.1,NULL,42.1}'),
    ('{}', '{}', '{}', '{}', '{}', '{}', '{}'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE pg_bytearraytypes (
    char_col "char"[], bpchar_col bpchar[], bpchar1_col char(1)[], varchar_col varchar(10)[],
    text_col text[], bytea_col bytea[], json_col json[], uuid_col uuid[]);
INSERT INTO pg_bytearraytypes VALUES
    ('{a,NULL,Z}', '{a,NULL,bb}', '{a,NULL,Z}', '{aaaa,NULL,ZZZZ}', '{a b,"",NULL,"NULL"}',
     ARRAY['\x00'::bytea, NULL, '\xff41'::bytea], ARRAY['{"a": 42}'::json, NULL, '[]'::json],
     '{00000000-0000-0000-0000-000000000000,NULL,a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'),
    ('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE pg_datearraytypes (
    date_col date[], time_col time[], timetz_col timetz[], timestamp_col timestamp[],
    timestamptz_col timestamptz[]);
INSERT INTO pg_datearraytypes VALUES
    ('{2019-11-26,NULL,2021-03-01}', '{14:42:43,NULL,12:45:01}', '{14:42:43,NULL,12:45:01}',
     '{2019-11-26 12:45:01,NULL,2021-03-01 12:45:01}',
     '{2019-11-26 12:45:01,NULL,2021-03-01 12:45:01}'),
    ('{}', '{}', '{}', '{}', '{}'),
    (NULL, NULL, NULL, NULL, NULL);
RESET timezone;

CREATE TABLE pg_enumarraytypes (enum_col enum_type[]);
INSERT INTO pg_enumarraytypes VALUES ('{}'), ('{foo,bar,baz,NULL}'), (NULL);

-- Types that arrive as text, alone and among others.
CREATE TABLE pg_macaddr (macaddr_col macaddr);
INSERT INTO pg_macaddr VALUES ('08:00:2b:01:02:03'), (NULL);

CREATE TABLE pg_complex_types_mix (id int, macs macaddr[], str varchar, strs varchar[], bin bytea);

-- Numbers too large for DECIMAL(38).
CREATE TABLE pg_giant_numeric (n numeric, wide numeric(80, 60));
INSERT INTO pg_giant_numeric VALUES
    (99999999999999999999999999999999.99999999999999999999999999999999,
     12345678901234567.890123456789012345678901234567890123456789012345678901234567),
    (-0.00000000000000000000000000000000000000000001, -0.1), (NULL, NULL);

CREATE TABLE pg_giant_numeric_array (n numeric[]);
INSERT INTO pg_giant_numeric_array VALUES
    (ARRAY[0, 99999999999999999999999999999999.99999999999999999999999999999999, NULL]::numeric[]), (NULL);

CREATE TABLE pg_numeric_empty (n numeric);
CREATE TABLE pg_numeric_array_empty (n numeric[]);
CREATE TABLE pg_json (j json);
INSERT INTO pg_json VALUES ('{"a": 42, "b": "string"}'), ('[1,  2]'), ('null'), (NULL);

-- Composites: with arrays, with enums, in arrays, in composites.
CREATE TYPE inventory_item AS (name text, supplier_id int, price numeric);
CREATE TABLE on_hand (item inventory_item, count int);
INSERT INTO on_hand VALUES
    (ROW('fuzzy dice', 42, 1.99), 1000), (ROW(NULL, NULL, NULL), 0), (NULL, NULL);

CREATE TYPE composite_with_arrays AS (names text[], ids int[]);
CREATE TABLE composite_with_arrays_tbl (item composite_with_arrays, count int);
INSERT INTO composite_with_arrays_tbl VALUES
    (ROW(ARRAY['name1', 'name2'], ARRAY[1, 2]), 1000), (ROW('{}'::text[], NULL), 0), (NULL, NULL);

CREATE TYPE pg_mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE composite_with_enums AS (current_mood pg_mood, past_moods pg_mood[]);
CREATE TABLE composite_with_enums_tbl (item composite_with_enums, count int);
INSERT INTO composite_with_enums_tbl VALUES
    (ROW('ok', ARRAY['ok', 'happy', 'sad']::pg_mood[]), 1000), (NULL, NULL);

CREATE TABLE array_of_composites_tbl (items inventory_item[]);
INSERT INTO array_of_composites_tbl VALUES
    (ARRAY[ROW('fuzzy dice', 42, 1.99), ROW('fuzzy mice', 84, 0.5)]::inventory_item[]),
    ('{}'), (NULL);

CREATE TYPE composite_a AS (a int, b text);
CREATE TYPE composite_b AS (inside composite_a, many composite_a[]);
CREATE TABLE composites_of_composites (item composite_b);
INSERT INTO composites_of_composites VALUES
    (ROW(ROW(1, 'x'), ARRAY[ROW(2, 'y'), NULL]::composite_a[])), (ROW(NULL, NULL)), (NULL);

-- Dimensions: PostgreSQL declares them and does not check them.
CREATE TABLE many_multidimensional_arrays (i int[][][], s varchar[][]);
INSERT INTO many_multidimensional_arrays VALUES
    ('{{{1},{2},{3}}}', '{{hello,world},{abc,def}}'),
    ('{{{4},{5},{NULL}},{{6},{7},{8}}}', '{{x},{NULL}}'),
    ('{}', '{}'),
    (NULL, NULL);

CREATE TABLE mixed_arrays (i int[]);
INSERT INTO mixed_arrays VALUES ('{{{1},{2},{3}}}'), ('{1}'), (NULL), ('{}');

-- Unbounded numerics of growing scale.
CREATE TABLE public_amounts (id bigint, amount numeric);
INSERT INTO public_amounts VALUES
    (1, 0.67), (2, 0.7), (3, 1), (4, 4.3), (5, 0.0042), (6, 12.500), (7, -0.33333333333333333333),
    (8, 0.00000000000000000001), (9, 1234567890.12345678901234567890), (10, NULL);

CREATE TABLE big_generated_table AS SELECT * FROM generate_series(0, 999999);

CREATE TABLE geometry (p point);
INSERT INTO geometry VALUES ('(1,2)'), ('(-1.5,2.5)'), (NULL);
