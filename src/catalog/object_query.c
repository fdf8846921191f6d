/* SPDX-License-Identifier: MIT
 *
 * What is only listed, of all schemas at once.
 * Source: catalogs.sgml, pg_index, pg_type, pg_class, 14 to 18;
 * pg_get_indexdef() opens no relation, ruleutils.c, 18.
 */
#include "base/limits.h"
#include "catalog/internal.h"
#include "sql/quote.h"

void pgs_index_query(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    pgs_buf_add_text(sql,
                     "SELECT n.nspname, c.relname, t.relname, i.indisunique, i.indisprimary,\n"
                     "  pg_get_indexdef(c.oid),\n"
                     "  ARRAY(SELECT CASE i.indkey[k.place - 1] WHEN 0\n"
                     "      THEN concat('e ', pg_get_indexdef(c.oid, k.place, true))\n"
                     "      ELSE (SELECT concat('c ', a.attname) FROM pg_attribute AS a\n"
                     "        WHERE a.attrelid = t.oid AND a.attnum = i.indkey[k.place - 1]) END\n"
                     "    FROM generate_series(1, i.indnkeyatts::int) AS k(place)),\n"
                     "  (SELECT d.description FROM pg_description AS d WHERE d.objoid = c.oid\n"
                     "    AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0)\n"
                     "FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid\n"
                     "JOIN pg_class AS t ON t.oid = i.indrelid\n"
                     "JOIN pg_namespace AS n ON n.oid = c.relnamespace\nWHERE ");
    pgs_load_add_visible(sql, options);
    pgs_buf_add_text(sql, "ORDER BY n.nspname, c.relname;\n");
}

/* Of composite types, those that are not the rows of a relation. */
#define NAMED_TYPES                                                                                \
    "FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace\n"                         \
    "WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND (SELECT k.relkind = 'c'\n"             \
    "    FROM pg_class AS k WHERE k.oid = t.typrelid))) AND "

void pgs_named_type_query(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    struct pgs_buf seed;

    pgs_buf_add_text(
        sql, "SELECT n.nspname, t.typname, t.oid,\n"
             "  (SELECT d.description FROM pg_description AS d\n"
             "    WHERE d.objoid = t.oid AND d.classoid = 'pg_type'::regclass)\n" NAMED_TYPES);
    pgs_load_add_visible(sql, options);
    pgs_buf_add_text(sql, "ORDER BY n.nspname, t.typname;\n");
    pgs_buf_init(&seed, PGS_SQL_BYTES_MAX);
    pgs_buf_add_text(&seed, "SELECT t.oid " NAMED_TYPES);
    pgs_load_add_visible(&seed, options);
    pgs_type_query(sql, seed.at);
    sql->broken = sql->broken || seed.broken;
    pgs_buf_release(&seed);
}

/* Near in length and alike at one end: enough for a slip of the pen. */
void pgs_similar_query(struct pgs_buf *sql, const struct pgs_catalog_options *options,
                       struct pgs_str name)
{
    pgs_buf_add_text(sql, "SELECT n.nspname, c.relname\n"
                          "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace,\n"
                          "  (SELECT lower(");
    pgs_quote_literal(sql, name);
    pgs_buf_add_text(sql, ") AS name) AS asked\n"
                          "WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')\n"
                          "  AND abs(length(c.relname) - length(asked.name)) <= 2\n"
                          "  AND n.nspname NOT IN ('pg_catalog', 'information_schema')\n"
                          "  AND (left(lower(c.relname), 1) = left(asked.name, 1)\n"
                          "    OR right(lower(c.relname), 2) = right(asked.name, 2))\n  AND ");
    pgs_load_add_visible(sql, options);
    pgs_buf_add_text(sql, "ORDER BY abs(length(c.relname) - length(asked.name)),\n"
                          "  n.nspname, c.relname LIMIT 50;\n");
}
