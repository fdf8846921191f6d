/* SPDX-License-Identifier: MIT
 *
 * Relations as one row each, what there is several of packed into arrays of
 * short texts: 50,000 tables are 50,000 rows, not a million.
 *
 * The relation that a name means is looked up once and kept in a setting of the
 * transaction for the queries behind it in the same message.
 * Source: catalogs.sgml, pg_class, pg_attribute, pg_attrdef, pg_index,
 * pg_description, pg_constraint, pg_stats, pg_collation, pg_database, 14 to 18.
 */
#include "catalog/internal.h"
#include "sql/quote.h"

#define RELKINDS        "('r', 'v', 'm', 'f', 'p')"
#define RELATION        "current_setting('postgres_scanner.relation')::oid"
#define VISIBLE_COLUMNS "a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"

/* The collation of a column as one letter: n none, c C order, d deterministic,
 * x neither. Before 15, pg_database has no datlocprovider: then the name in the
 * inner query means that of `old`, which stands in for it. "b" is the builtin
 * provider (17), which knows only code point order. */
static const char collation_sql[] =
    "CASE a.attcollation WHEN 0 THEN 'n' WHEN 950 THEN 'c' WHEN 100 THEN (\n"
    "      SELECT CASE WHEN d.provider = 'b' OR (d.provider = 'c'\n"
    "        AND d.locale IN ('C', 'POSIX')) THEN 'c' ELSE 'd' END\n"
    "      FROM (SELECT 'c'::\"char\" AS datlocprovider) AS old, LATERAL (\n"
    "        SELECT datlocprovider AS provider, datcollate AS locale\n"
    "        FROM pg_database WHERE datname = current_database()) AS d)\n"
    "    ELSE (SELECT CASE WHEN NOT l.collisdeterministic THEN 'x'\n"
    "      WHEN l.collprovider = 'b' OR (l.collprovider = 'c'\n"
    "        AND l.collcollate IN ('C', 'POSIX')) THEN 'c' ELSE 'd' END\n"
    "      FROM pg_collation AS l WHERE l.oid = a.attcollation) END";

static void add_columns(struct pgs_buf *sql)
{
    pgs_buf_addf(sql,
                 "SELECT c.oid, c.relkind, n.nspname, c.relname, c.relhassubclass,\n"
                 "  EXISTS (SELECT FROM pg_am AS m WHERE m.oid = c.relam\n"
                 "    AND m.amhandler = 'heap_tableam_handler'::regproc),\n"
                 "  ARRAY(SELECT concat_ws(' ', a.attnum, a.atttypid, a.atttypmod, a.attndims,\n"
                 "    concat(a.attnotnull, a.atthasdef OR a.attidentity <> '',\n"
                 "      a.attgenerated <> '', coalesce(nullif(a.attidentity, ''), 'n')),\n"
                 "    coalesce(%s, 'x'),\n"
                 "    a.attname)\n"
                 "    FROM pg_attribute AS a WHERE " VISIBLE_COLUMNS " ORDER BY a.attnum),\n",
                 collation_sql);
}

/* What a foreign key refers to is an array within the text: schema, table,
 * columns. */
static void add_constraints(struct pgs_buf *sql)
{
    pgs_buf_add_text(
        sql,
        "  ARRAY(SELECT concat_ws(' ', k.contype,\n"
        "      coalesce(array_to_string(k.conkey, ','), '-'),\n"
        "      CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid) WHEN 'f' THEN (\n"
        "        SELECT (ARRAY[s.nspname::text, r.relname::text]\n"
        "          || ARRAY(SELECT b.attname::text\n"
        "          FROM unnest(k.confkey) WITH ORDINALITY AS u(attnum, place)\n"
        "          JOIN pg_attribute AS b ON b.attrelid = r.oid AND b.attnum = u.attnum\n"
        "          ORDER BY u.place))::text\n"
        "        FROM pg_class AS r JOIN pg_namespace AS s ON s.oid = r.relnamespace\n"
        "        WHERE r.oid = k.confrelid) END)\n"
        "    FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c')\n"
        "    ORDER BY position(k.contype::text IN 'pufc'), k.conname),\n");
}

/* What is the same for one relation and for many. */
static void add_details(struct pgs_buf *sql)
{
    pgs_buf_add_text(
        sql, "  ARRAY(SELECT concat_ws(' ', i.indisprimary,\n"
             "      array_to_string(i.indkey[0:i.indnkeyatts - 1], ' '))\n"
             "    FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid\n"
             "      AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL\n"
             "    ORDER BY i.indisprimary DESC, i.indexrelid),\n"
             "  ARRAY(SELECT concat_ws(' ', d.adnum, pg_get_expr(d.adbin, d.adrelid))\n"
             "    FROM pg_attrdef AS d WHERE d.adrelid = c.oid),\n"
             "  ARRAY(SELECT concat_ws(' ', d.objsubid, d.description) FROM pg_description AS d\n"
             "    WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass),\n");
    add_constraints(sql);
}

/* 18: a not-null constraint may be NOT VALID, or not hold for children. */
static void add_unproven(struct pgs_buf *sql)
{
    pgs_buf_add_text(sql,
                     "  ARRAY(SELECT k.conkey[1] FROM pg_constraint AS k\n"
                     "    WHERE k.conrelid = c.oid AND k.contype = 'n'\n"
                     "      AND (NOT k.convalidated OR (k.connoinherit AND c.relhassubclass))),\n"
                     "  CASE WHEN c.relhasindex THEN\n"
                     "    (SELECT count(*) FROM pg_index AS i WHERE i.indrelid = c.oid) END,\n");
}

/* Rows are scaled by the present size; pieces without statistics are counted
 * apart, in blocks, for an estimate from the width of a row. */
static void add_live_size(struct pgs_buf *sql)
{
    pgs_buf_add_text(
        sql,
        "LEFT JOIN LATERAL (\n"
        "  WITH RECURSIVE member(oid) AS (\n"
        "    SELECT c.oid\n"
        "    UNION SELECT i.inhrelid FROM member AS m\n"
        "    JOIN pg_inherits AS i ON i.inhparent = m.oid AND NOT i.inhdetachpending)\n"
        "  SELECT max(p.blocks) FILTER (WHERE p.oid = c.oid) AS blocks,\n"
        "    sum(CASE WHEN p.relkind = 'f' THEN nullif(p.reltuples, -1)\n"
        "      WHEN p.reltuples >= 0 AND p.relpages > 0\n"
        "      THEN p.reltuples::float8 / p.relpages * p.blocks END) AS known,\n"
        "    sum(CASE WHEN NOT (p.reltuples >= 0 AND p.relpages > 0) THEN p.blocks END) AS blank\n"
        "  FROM (SELECT k.oid, k.relkind, k.reltuples, k.relpages,\n"
        "      CASE WHEN k.relkind IN ('r', 'm') THEN pg_relation_size(k.oid)\n"
        "        / current_setting('block_size')::bigint END AS blocks\n"
        "    FROM member AS m JOIN pg_class AS k ON k.oid = m.oid) AS p) AS size ON true\n");
}

/* Of the exact spelling if there is one, else of the first of its like. */
static void add_lookup(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name)
{
    pgs_buf_add_text(sql, "WITH schema AS (SELECT n.oid FROM pg_namespace AS n WHERE ");
    pgs_load_add_schema(sql, "n", schema);
    pgs_buf_add_text(sql, "),\nexact AS (SELECT c.oid FROM pg_class AS c JOIN schema\n"
                          "  ON c.relnamespace = schema.oid WHERE c.relname = ");
    pgs_quote_literal(sql, name);
    pgs_buf_add_text(sql, " AND c.relkind IN " RELKINDS "),\n"
                          "alike AS (SELECT c.oid FROM pg_class AS c\n"
                          "  WHERE NOT EXISTS (SELECT FROM exact)\n"
                          "    AND c.relnamespace = (SELECT schema.oid FROM schema)\n"
                          "    AND lower(c.relname COLLATE \"C\") = lower(");
    pgs_quote_literal(sql, name);
    pgs_buf_add_text(sql, " COLLATE \"C\")\n"
                          "    AND c.relkind IN " RELKINDS "\n"
                          "  ORDER BY c.relname LIMIT 1)\n"
                          "SELECT set_config('postgres_scanner.relation', coalesce(\n"
                          "  (SELECT oid FROM exact), (SELECT oid FROM alike), 0)::text, true);\n");
}

void pgs_table_stamp(struct pgs_buf *sql)
{
    pgs_buf_add_text(
        sql,
        "md5(concat_ws('/', c.oid, c.xmin, n.nspname, n.xmin, c.relhassubclass, c.relpages,\n"
        "    c.reltuples, floor(ln(1 + greatest(pg_stat_get_live_tuples(c.oid), 0)) / ln(2)),\n"
        "    ARRAY(SELECT concat_ws(' ', a.attnum, a.xmin) FROM pg_attribute AS a\n"
        "      WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum),\n"
        "    ARRAY(SELECT d.xmin::text FROM pg_attrdef AS d\n"
        "      WHERE d.adrelid = c.oid ORDER BY d.adnum),\n"
        "    ARRAY(SELECT concat_ws(' ', i.indexrelid, i.xmin) FROM pg_index AS i\n"
        "      WHERE i.indrelid = c.oid ORDER BY i.indexrelid),\n"
        "    ARRAY(SELECT concat_ws(' ', k.oid, k.xmin) FROM pg_constraint AS k\n"
        "      WHERE k.conrelid = c.oid ORDER BY k.oid),\n"
        "    ARRAY(SELECT concat_ws(' ', d.objsubid, d.xmin) FROM pg_description AS d\n"
        "      WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass\n"
        "      ORDER BY d.objsubid)))");
}

void pgs_table_query_one(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name,
                         bool with_distinct)
{
    add_lookup(sql, schema, name);
    add_columns(sql);
    pgs_buf_add_text(sql,
                     "  ARRAY(SELECT format_type(a.atttypid, a.atttypmod)\n"
                     "    FROM pg_attribute AS a WHERE " VISIBLE_COLUMNS " ORDER BY a.attnum),\n");
    add_details(sql);
    pgs_buf_add_text(sql, with_distinct
                              ? "  ARRAY(SELECT concat_ws(' ', a.attnum, s.n_distinct)\n"
                                "    FROM pg_stats AS s JOIN pg_attribute AS a\n"
                                "      ON a.attrelid = c.oid AND a.attname = s.attname\n"
                                "    WHERE s.schemaname = n.nspname AND s.tablename = c.relname\n"
                                "    ORDER BY s.inherited),\n"
                              : "  NULL::text[],\n");
    add_unproven(sql);
    pgs_buf_add_text(sql, "  size.blocks, size.known, size.blank, current_setting('block_size'), ");
    pgs_table_stamp(sql);
    pgs_buf_add_text(sql,
                     "\nFROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace\n");
    add_live_size(sql);
    pgs_buf_add_text(sql, "WHERE c.oid = " RELATION ";\n");
    pgs_type_query(sql, "SELECT a.atttypid FROM pg_attribute AS a WHERE a.attrelid = " RELATION
                        " AND a.attnum > 0 AND NOT a.attisdropped");
}

void pgs_table_query_all(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    add_columns(sql);
    pgs_buf_add_text(sql, "  NULL::text[],\n");
    add_details(sql);
    pgs_buf_add_text(sql, "  NULL::text[],\n");
    add_unproven(sql);
    pgs_buf_add_text(
        sql, "  CASE WHEN c.relkind IN ('r', 'm') THEN c.relpages END,\n"
             "  CASE WHEN c.relkind = 'p' OR (c.relkind = 'r' AND c.relhassubclass) THEN (\n"
             "    WITH RECURSIVE member(oid) AS (\n"
             "      SELECT c.oid\n"
             "      UNION SELECT i.inhrelid FROM member AS m\n"
             "      JOIN pg_inherits AS i ON i.inhparent = m.oid AND NOT i.inhdetachpending)\n"
             "    SELECT sum(k.reltuples) FROM member AS m JOIN pg_class AS k ON k.oid = m.oid\n"
             "    WHERE k.relkind IN ('r', 'm', 'f') AND k.reltuples >= 0)\n"
             "  ELSE nullif(c.reltuples, -1) END,\n"
             "  CASE WHEN c.relkind IN ('r', 'm') AND c.reltuples < 0 AND c.relpages > 0\n"
             "    THEN c.relpages END,\n"
             "  current_setting('block_size'), NULL\n"
             "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace\n"
             "WHERE c.relkind IN " RELKINDS " AND ");
    pgs_load_add_visible(sql, options);
    pgs_buf_add_text(sql, "ORDER BY n.nspname, c.relname;\n");
}
