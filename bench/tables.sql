-- The tables of bench/run besides lineitem, which is there already. :rows is how many rows they get.

CREATE TABLE never_analysed WITH (autovacuum_enabled = off) AS TABLE lineitem;

CREATE TABLE parted (LIKE lineitem) PARTITION BY HASH (l_orderkey);
SELECT format('CREATE TABLE parted_%s PARTITION OF parted FOR VALUES WITH (MODULUS 16, REMAINDER %s)', n, n)
FROM generate_series(0, 15) AS n \gexec
INSERT INTO parted TABLE lineitem;

CREATE VIEW lineitem_view AS SELECT * FROM lineitem;

-- 23 types, a NULL in every seventh value or so.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE mixed AS
SELECT n % 2 = 0 AS c_bool, (n % 30000)::int2 AS c_int2, n::int4 AS c_int4, n::int8 * 1000003 AS c_int8,
       (n / 7.0)::float4 AS c_float4, (n / 3.0)::float8 AS c_float8, (n / 100.0)::numeric(12, 3) AS c_numeric,
       'text number ' || n AS c_text, ('v' || n)::varchar(50) AS c_varchar, ('c' || n % 1000)::char(10) AS c_char,
       decode(md5(n::text), 'hex') AS c_bytea, md5(n::text)::uuid AS c_uuid, date '2000-01-01' + n % 9000 AS c_date,
       time '00:00' + n % 86400 * interval '1 second' AS c_time,
       (time '00:00' + n % 86400 * interval '1 second')::timetz AS c_timetz,
       timestamp '2000-01-01' + n * interval '1 minute' AS c_timestamp,
       timestamptz '2000-01-01Z' + n * interval '1 minute' AS c_timestamptz,
       n % 1000 * interval '1 hour' AS c_interval, json_build_object('n', n) AS c_json,
       jsonb_build_object('n', n) AS c_jsonb, (enum_range(NULL::mood))[1 + n % 3] AS c_enum,
       ARRAY[n, n + 1, n + 2] AS c_int_array, ARRAY['a' || n, 'b'] AS c_text_array
FROM generate_series(1, :rows) AS n;
UPDATE mixed SET c_int4 = NULL, c_text = NULL, c_numeric = NULL, c_timestamp = NULL WHERE c_int8 % 7 = 0;

CREATE TABLE texts AS
SELECT n AS id, md5(n::text) AS a, repeat('lorem ipsum ', 1 + n % 10) AS b, 'short' AS c,
       repeat(chr(228) || 'x', n % 60) AS d, md5((n + 1)::text) || md5(n::text) AS e
FROM generate_series(1, :rows) AS n;

VACUUM (ANALYZE) lineitem, parted, mixed, texts;
-- So that the first reader does not pay for hint bits.
SELECT count(*) FROM never_analysed;
