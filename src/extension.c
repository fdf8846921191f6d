/* SPDX-License-Identifier: MIT
 *
 * The list of what is registered.
 */
#include "bridge/host.h"
#include "functions/functions.h"
#include "settings/settings.h"

static const struct pgs_table_function *const functions[] = {
    &pgs_postgres_scan,    &pgs_postgres_scan_pushdown,
    &pgs_postgres_attach,  &pgs_postgres_query,
    &pgs_postgres_execute, &pgs_configure_pool,
    &pgs_clear_cache,      &pgs_read_postgres_binary,
    &pgs_last_queries,     NULL,
};

static const struct pgs_scalar_function *const scalars[] = {
    &pgs_hstore_get,
    &pgs_hstore_to_json,
    NULL,
};

static const struct pgs_copy_format *const formats[] = {
    &pgs_postgres_binary,
    NULL,
};

static const struct pgs_extension extension = {
    .name = "postgres_scanner",
    .description = "Reads and writes PostgreSQL databases as if they were DuckDB's own",
    .functions = functions,
    .scalars = scalars,
    .formats = formats,
    .settings = pgs_settings,
};

const struct pgs_extension *pgs_extension_describe(void)
{
    return &extension;
}
