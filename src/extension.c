/* SPDX-License-Identifier: MIT
 *
 * The list of what is registered.
 */
#include "bridge/host.h"
#include "functions/functions.h"
#include "settings/settings.h"

static const struct pgs_table_function *const functions[] = {
    &pgs_postgres_query,
    &pgs_postgres_execute,
    &pgs_clear_cache,
    NULL,
};

static const struct pgs_extension extension = {
    .name = "postgres_scanner",
    .description = "Reads and writes PostgreSQL databases as if they were DuckDB's own",
    .functions = functions,
    .settings = pgs_settings,
};

const struct pgs_extension *pgs_extension_describe(void)
{
    return &extension;
}
