/* SPDX-License-Identifier: MIT
 *
 * Source: catalogs.sgml, pg_namespace, 14 to 18; isAnyTempNamespace, namespace.c.
 */
#include "catalog/internal.h"
#include "sql/quote.h"

void pgs_schema_query(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    pgs_buf_add_text(sql, "SELECT n.nspname, has_table_privilege('pg_catalog.pg_stats', 'SELECT')\n"
                          "FROM pg_namespace AS n\n"
                          "WHERE n.nspname !~ '^pg_toast'\n"
                          "  AND (n.nspname !~ '^pg_temp_' OR n.oid = pg_my_temp_schema())\n");
    for (size_t i = 0; i < options->schema_count; i++) {
        pgs_buf_add_text(sql, i ? ", " : "  AND n.nspname IN (");
        pgs_quote_literal(sql, options->schemas[i]);
    }
    pgs_buf_add_text(sql, options->schema_count ? ")\n" : "");
    pgs_buf_add_text(sql, "ORDER BY n.nspname;\n");
}
