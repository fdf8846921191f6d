/* SPDX-License-Identifier: MIT
 *
 * pg_clear_cache(): forgets what is known of the catalogs of all attached
 * databases.
 */
#include "catalog/database.h"
#include "functions/functions.h"

static void clear(void *argument, struct pgs_str name, struct pgs_database *database)
{
    (void)name;
    (void)argument;
    pgs_catalog_clear(database->catalog);
}

static enum pgs_status run(const struct pgs_function_call *call, struct pgs_error *err)
{
    (void)err;
    pgs_host_each_database(call->context, clear, NULL);
    return PGS_OK;
}

const struct pgs_table_function pgs_clear_cache = {
    .name = "pg_clear_cache",
    .description = "Forgets the cached catalogs of all attached Postgres databases.",
    .example = "CALL pg_clear_cache()",
    .run = run,
};
