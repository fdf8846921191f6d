/* SPDX-License-Identifier: MIT
 *
 * The pieces of a relation: itself and everything below it in pg_inherits,
 * partitioned tables (which have no rows of their own) left out.
 *
 * A piece can be read by itself only when that gives the rows that reading
 * through the parent would: the user may read it (privileges on the parent are
 * enough to read through the parent), and no row security is active on either.
 * pg_inherits is read instead of pg_partition_tree(), which would lock every
 * partition until the transaction ends.
 * Source: "Inheritance" and "Row Security Policies", PostgreSQL documentation,
 * 18; find_all_inheritors, pg_inherits.c.
 */
#include "catalog/internal.h"

void pgs_storage_query(struct pgs_buf *sql, uint32_t oid)
{
    pgs_buf_addf(sql,
                 "WITH RECURSIVE member(oid) AS (\n"
                 "  SELECT '%u'::oid\n"
                 "  UNION\n"
                 "  SELECT i.inhrelid FROM member AS m\n"
                 "  JOIN pg_inherits AS i ON i.inhparent = m.oid AND NOT i.inhdetachpending)\n",
                 (unsigned)oid);
    pgs_buf_addf(sql,
                 "SELECT n.nspname, c.relname,\n"
                 "  CASE WHEN c.relkind IN ('r', 'm') AND EXISTS (SELECT FROM pg_am AS a\n"
                 "      WHERE a.oid = c.relam AND a.amhandler = 'heap_tableam_handler'::regproc)\n"
                 "    THEN pg_relation_size(c.oid) / current_setting('block_size')::bigint END,\n"
                 "  has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')\n"
                 "    AND NOT row_security_active(c.oid)"
                 " AND NOT row_security_active('%u'::oid)\n"
                 "FROM member AS m\n"
                 "JOIN pg_class AS c ON c.oid = m.oid\n"
                 "JOIN pg_namespace AS n ON n.oid = c.relnamespace\n"
                 "WHERE c.relkind <> 'p'\n"
                 "ORDER BY n.nspname, c.relname;\n",
                 (unsigned)oid);
}
