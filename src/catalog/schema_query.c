/* SPDX-License-Identifier: MIT
 *
 * Source: catalogs.sgml, pg_namespace, 14 to 18; isAnyTempNamespace, namespace.c.
 */
#include "catalog/internal.h"

void pgs_schema_query(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    pgs_buf_add_text(sql, "SELECT n.nspname, has_table_privilege('pg_catalog.pg_stats', 'SELECT')\n"
                          "FROM pg_namespace AS n\nWHERE ");
    pgs_load_add_visible(sql, options);
    pgs_buf_add_text(sql, "ORDER BY n.nspname;\n");
}

void pgs_schema_stamp_query(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    pgs_buf_add_text(sql,
                     "SELECT md5(concat(has_table_privilege('pg_catalog.pg_stats', 'SELECT'),\n"
                     "  string_agg(concat_ws(' ', n.oid, n.nspname), ',' ORDER BY n.oid)))\n"
                     "FROM pg_namespace AS n\nWHERE ");
    pgs_load_add_visible(sql, options);
    pgs_buf_add_text(sql, ";\n");
}
