/* SPDX-License-Identifier: MIT
 *
 * postgres_execute(database, sql): runs one or several statements in an attached
 * database for their effect.
 *
 * The result is one row: `rowcount`, what the last statement says it changed, or
 * -1 when it does not say (CREATE, VACUUM). DuckDB's own extension returned a
 * column `Success` without rows before its version 2.0, and this one since; a
 * CALL for its effect does not notice the difference.
 */
#include "base/alloc.h"
#include "catalog/database.h"
#include "functions/arguments.h"
#include "functions/functions.h"

static const char *const name = "postgres_execute";

enum { OPTION_USE_TRANSACTION };

struct bound {
    char *database;
    char *sql;
    bool alone; /* outside a transaction block */
};

struct outcome {
    int64_t rowcount;
    bool told;
};

static void release(void *state)
{
    struct bound *bound = state;

    pgs_free(bound->database);
    pgs_free(bound->sql);
    pgs_free(bound);
}

static enum pgs_status bind_rows(const struct pgs_function_call *call,
                                 struct pgs_host_columns *columns, void **state,
                                 struct pgs_error *err)
{
    struct bound *bound = pgs_alloc_array(1, sizeof(*bound));
    struct pgs_transaction *transaction = NULL;
    enum pgs_status status;

    if (!bound)
        return pgs_error_oom(err);
    bound->alone = !pgs_option_bool(call, OPTION_USE_TRANSACTION, true);
    status = pgs_argument_text(call, 0, name, &bound->database, err);
    if (status == PGS_OK)
        status = pgs_argument_text(call, 1, name, &bound->sql, err);
    if (status == PGS_OK)
        status = pgs_host_transaction(call->context, pgs_str_of(bound->database), name,
                                      &transaction, err);
    if (status == PGS_OK)
        status = pgs_host_add_plain_column(columns, "rowcount", DUCKDB_TYPE_BIGINT, err);
    if (status == PGS_OK)
        *state = bound;
    else
        release(bound);
    return status;
}

static enum pgs_status execute(const struct bound *bound, struct pgs_host_context *context,
                               struct pgs_result **result, struct pgs_error *err)
{
    struct pgs_transaction *transaction = NULL;
    struct pgs_session *session;
    enum pgs_status status;

    PGS_TRY(pgs_host_transaction(context, pgs_str_of(bound->database), name, &transaction, err));
    session = transaction->session;
    if (bound->alone) {
        status = pgs_session_exec_alone(session, bound->sql, result, err);
        pgs_session_taint(session);
        return status;
    }
    if (!transaction->database->session_options.read_only) {
        PGS_TRY(pgs_host_begin_write(context, pgs_str_of(bound->database), err));
        PGS_TRY(pgs_session_begin_write(session, err));
    }
    status = pgs_session_exec(session, bound->sql, result, err);
    pgs_session_taint(session);
    pgs_view_note_ddl(transaction->view);
    return status;
}

static enum pgs_status open_rows(void *state, struct pgs_host_context *context, void **rows,
                                 struct pgs_error *err)
{
    struct outcome *outcome = pgs_alloc_array(1, sizeof(*outcome));
    struct pgs_result *result = NULL;
    enum pgs_status status;

    if (!outcome)
        return pgs_error_oom(err);
    status = execute(state, context, &result, err);
    if (status == PGS_OK) {
        outcome->rowcount = pgs_result_affected(result);
        *rows = outcome;
    } else {
        pgs_free(outcome);
    }
    pgs_result_free(result);
    return status;
}

static enum pgs_status next_rows(void *rows, duckdb_data_chunk chunk, size_t *count,
                                 struct pgs_error *err)
{
    struct outcome *outcome = rows;
    int64_t *target = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0));

    (void)err;
    if (outcome->told)
        return PGS_OK;
    outcome->told = true;
    *target = outcome->rowcount;
    *count = 1;
    return PGS_OK;
}

static const struct pgs_row_source source = {open_rows, next_rows, pgs_free, release};

static const struct pgs_function_parameter parameters[] = {{"database", DUCKDB_TYPE_VARCHAR},
                                                           {"sql", DUCKDB_TYPE_VARCHAR}};
static const struct pgs_function_parameter named[] = {
    [OPTION_USE_TRANSACTION] = {"use_transaction", DUCKDB_TYPE_BOOLEAN}};

const struct pgs_table_function pgs_postgres_execute = {
    .name = "postgres_execute",
    .description = "Runs one or several statements in an attached Postgres database. With "
                   "use_transaction = false they run outside a transaction block.",
    .example = "CALL postgres_execute('pg', 'CREATE INDEX ON events (at)')",
    .parameters = parameters,
    .parameter_count = sizeof(parameters) / sizeof(parameters[0]),
    .named = named,
    .named_count = sizeof(named) / sizeof(named[0]),
    .bind_rows = bind_rows,
    .source = &source,
    .runs_statements = true,
};
