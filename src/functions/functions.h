/* SPDX-License-Identifier: MIT
 *
 * The SQL functions and file formats of the extension, one file each; listed in
 * extension.c.
 */
#ifndef PGS_FUNCTIONS_FUNCTIONS_H
#define PGS_FUNCTIONS_FUNCTIONS_H

#include "bridge/host.h"

extern const struct pgs_table_function pgs_postgres_scan;
extern const struct pgs_table_function pgs_postgres_scan_pushdown;
extern const struct pgs_table_function pgs_postgres_attach;
extern const struct pgs_table_function pgs_postgres_query;
extern const struct pgs_table_function pgs_postgres_execute;
extern const struct pgs_table_function pgs_configure_pool;
extern const struct pgs_table_function pgs_clear_cache;
extern const struct pgs_table_function pgs_read_postgres_binary;
extern const struct pgs_table_function pgs_last_queries;

extern const struct pgs_scalar_function pgs_hstore_get;
extern const struct pgs_scalar_function pgs_hstore_to_json;

extern const struct pgs_copy_format pgs_postgres_binary;

#endif
