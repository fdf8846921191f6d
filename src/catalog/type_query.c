/* SPDX-License-Identifier: MIT
 *
 * Facts about types that are not fixed by PostgreSQL itself, closed over what
 * they consist of: the base of a domain, the element of an array, the fields
 * of a composite type.
 *
 * A true array type is one that its element names as its array: typelem alone
 * is also set for vectors (int2vector) and geometric types.
 *
 * Base types of extensions have no fixed oid, and their name may be anybody's:
 * how they travel is told by the C function that sends them.
 * Source: catalogs.sgml, pg_type, pg_enum, pg_attribute, pg_range, pg_proc, 14 to 18.
 */
#include "catalog/internal.h"

void pgs_type_stamp(struct pgs_buf *sql)
{
    pgs_buf_add_text(sql,
                     "md5(concat_ws('/', t.xmin, ARRAY(SELECT concat_ws(' ', l.oid, l.xmin)\n"
                     "      FROM pg_enum AS l WHERE l.enumtypid = t.oid ORDER BY l.oid),\n"
                     "    ARRAY(SELECT concat_ws(' ', a.attnum, a.xmin) FROM pg_attribute AS a\n"
                     "      WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND t.typtype = 'c'\n"
                     "      ORDER BY a.attnum)))");
}

static void add_query(struct pgs_buf *sql)
{
    pgs_buf_addf(sql,
                 "  UNION\n"
                 "  SELECT x.oid FROM needed AS d JOIN pg_type AS t ON t.oid = d.oid,\n"
                 "  LATERAL (SELECT t.typbasetype WHERE t.typtype = 'd'\n"
                 "    UNION ALL SELECT t.typelem\n"
                 "    UNION ALL SELECT a.atttypid FROM pg_attribute AS a\n"
                 "      WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0\n"
                 "        AND NOT a.attisdropped) AS x(oid)\n"
                 "  WHERE x.oid >= '%d'::oid)\n",
                 PGS_FIRST_CATALOG_OID);
    pgs_buf_add_text(
        sql, "SELECT t.oid, t.typtype, t.typbasetype, t.typtypmod, t.typndims,\n"
             "  coalesce((SELECT e.oid FROM pg_type AS e\n"
             "      WHERE e.oid = t.typelem AND e.typarray = t.oid),\n"
             "    (SELECT r.rngsubtype FROM pg_range AS r\n"
             "      WHERE r.rngtypid = t.oid OR r.rngmultitypid = t.oid)),\n"
             "  CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT l.enumlabel::text FROM pg_enum AS l\n"
             "    WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) END,\n"
             "  CASE WHEN t.typtype = 'c' THEN ARRAY(\n"
             "    SELECT concat_ws(' ', a.atttypid, a.atttypmod, a.attndims, a.attname)\n"
             "    FROM pg_attribute AS a\n"
             "    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped\n"
             "    ORDER BY a.attnum) END,\n"
             "  format_type(t.oid, NULL),\n"
             "  CASE WHEN t.typtype = 'b' THEN\n"
             "    (SELECT p.prosrc FROM pg_proc AS p WHERE p.oid = t.typsend) END, t.typdelim, ");
    pgs_type_stamp(sql);
    pgs_buf_add_text(sql, "\n"
                          "FROM needed AS d JOIN pg_type AS t ON t.oid = d.oid;\n");
}

void pgs_type_query(struct pgs_buf *sql, const char *seed)
{
    pgs_buf_addf(sql,
                 "WITH RECURSIVE needed(oid) AS (\n"
                 "  SELECT s.oid FROM (%s) AS s(oid) WHERE s.oid >= '%d'::oid\n",
                 seed, PGS_FIRST_CATALOG_OID);
    add_query(sql);
}

void pgs_type_query_oids(struct pgs_buf *sql, const uint32_t *oids, size_t count)
{
    pgs_buf_add_text(sql, "WITH RECURSIVE needed(oid) AS (\n  SELECT unnest('{");
    for (size_t i = 0; i < count; i++)
        pgs_buf_addf(sql, "%s%u", i ? "," : "", (unsigned)oids[i]);
    pgs_buf_add_text(sql, "}'::oid[])\n");
    add_query(sql);
}
