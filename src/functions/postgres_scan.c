/* SPDX-License-Identifier: MIT
 *
 * postgres_scan(dsn, schema, table): the rows of one table, without ATTACH.
 *
 * The call has a pool of its own, freed with the statement: as many connections
 * as a scan of an attached table would have, one snapshot. Filters and LIMIT are
 * sent when that cannot change the answer; postgres_scan_pushdown is the same
 * under another name.
 */
#include <string.h>

#include "base/alloc.h"
#include "catalog/database.h"
#include "functions/arguments.h"
#include "functions/functions.h"
#include "functions/own_database.h"
#include "scan/plan.h"

enum { PARAMETER_DSN, PARAMETER_SCHEMA, PARAMETER_TABLE, PARAMETER_COUNT };

static enum pgs_status plan_table(struct pgs_transaction *transaction, char *const *arguments,
                                  struct pgs_scan_plan **plan, struct pgs_error *err)
{
    const struct pgs_table *table = NULL;

    PGS_TRY(pgs_view_find_table(transaction->view, pgs_str_of(arguments[PARAMETER_SCHEMA]),
                                pgs_str_of(arguments[PARAMETER_TABLE]), &table, err));
    if (!table || table->column_count == 0)
        return pgs_error_set(err, PGS_ERR_USAGE, "Table %s does not contain any columns.",
                             arguments[PARAMETER_TABLE]);
    return pgs_scan_plan_new_table(table, plan, err);
}

static enum pgs_status bind_scan(const struct pgs_function_call *call, struct pgs_bound_scan *scan,
                                 struct pgs_error *err)
{
    char *arguments[PARAMETER_COUNT] = {NULL};
    struct pgs_transaction *transaction = NULL;
    enum pgs_status status = PGS_OK;

    for (size_t i = 0; i < PARAMETER_COUNT && status == PGS_OK; i++)
        status = pgs_argument_text(call, i, "postgres_scan", &arguments[i], err);
    if (status == PGS_OK)
        status = pgs_own_database_open(call, pgs_str_of(arguments[PARAMETER_DSN]), &scan->database,
                                       &transaction, err);
    if (status == PGS_OK)
        status = plan_table(transaction, arguments, &scan->plan, err);
    pgs_transaction_free(transaction);
    if (status != PGS_OK) {
        pgs_database_free(scan->database);
        scan->database = NULL;
    }
    pgs_free_secret(arguments[PARAMETER_DSN],
                    arguments[PARAMETER_DSN] ? strlen(arguments[PARAMETER_DSN]) : 0);
    pgs_free(arguments[PARAMETER_SCHEMA]);
    pgs_free(arguments[PARAMETER_TABLE]);
    return status;
}

static const struct pgs_function_parameter parameters[PARAMETER_COUNT] = {
    [PARAMETER_DSN] = {"dsn", DUCKDB_TYPE_VARCHAR},
    [PARAMETER_SCHEMA] = {"schema", DUCKDB_TYPE_VARCHAR},
    [PARAMETER_TABLE] = {"table", DUCKDB_TYPE_VARCHAR},
};

const struct pgs_table_function pgs_postgres_scan = {
    .name = "postgres_scan",
    .description = "Returns the rows of one table of a Postgres database that is not attached.",
    .example = "FROM postgres_scan('host=localhost dbname=shop', 'public', 'orders')",
    .parameters = parameters,
    .parameter_count = PARAMETER_COUNT,
    .bind_scan = bind_scan,
    .has_secrets = true,
};

const struct pgs_table_function pgs_postgres_scan_pushdown = {
    .name = "postgres_scan_pushdown",
    .description = "Returns the rows of one table of a Postgres database that is not attached; "
                   "the same as postgres_scan.",
    .example = "FROM postgres_scan_pushdown('host=localhost dbname=shop', 'public', 'orders')",
    .parameters = parameters,
    .parameter_count = PARAMETER_COUNT,
    .bind_scan = bind_scan,
    .has_secrets = true,
};
