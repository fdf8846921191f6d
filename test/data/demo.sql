-- A small shop, the same rows every time: what tools/demo reads, and a place it writes to.

CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped', 'returned');

CREATE TABLE customers (
    id integer PRIMARY KEY, name text NOT NULL, country char(2) NOT NULL, tags text[], profile jsonb);
INSERT INTO customers
SELECT n, 'Customer ' || n, (ARRAY['DE', 'FR', 'NL', 'PL', 'US'])[1 + n % 5],
       CASE WHEN n % 7 = 0 THEN ARRAY['vip', 'newsletter'] END, jsonb_build_object('age', 18 + n % 60)
FROM generate_series(1, 10000) AS n;

CREATE TABLE orders (
    id bigint PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, status order_status NOT NULL,
    amount numeric(12, 2) NOT NULL, ordered_at timestamptz NOT NULL, note text);
INSERT INTO orders
SELECT n, 1 + n * 7919 % 10000, (enum_range(NULL::order_status))[1 + n % 4], n % 50000 / 100.0 + 1,
       timestamptz '2025-01-01 00:00:00+00' + n * interval '2 minutes',
       CASE WHEN n % 10 = 0 THEN 'gift wrap, order ' || n END
FROM generate_series(1, 200000) AS n;
CREATE INDEX ON orders (customer_id);

CREATE TABLE events (happened_at timestamp NOT NULL, customer_id integer, kind text, duration interval)
    PARTITION BY RANGE (happened_at);
CREATE TABLE events_h1 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
CREATE TABLE events_h2 PARTITION OF events FOR VALUES FROM ('2025-07-01') TO ('2026-01-01');
INSERT INTO events
SELECT timestamp '2025-01-01' + n * interval '5 minutes', 1 + n * 31 % 10000,
       (ARRAY['view', 'click', 'buy'])[1 + n % 3], n % 3600 * interval '1 second'
FROM generate_series(1, 100000) AS n;

CREATE VIEW big_orders AS
    SELECT o.id, c.name, c.country, o.amount
    FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE o.amount > 400;

CREATE TABLE uuids (u uuid);
INSERT INTO uuids VALUES
    ('6d3d2541-710b-4bde-b3af-4711738636bf'), (NULL), ('00000000-0000-0000-0000-000000000001'),
    ('ffffffff-ffff-ffff-ffff-ffffffffffff');

ANALYZE;
