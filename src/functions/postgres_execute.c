/* SPDX-License-Identifier: MIT
 *
 * postgres_execute(database, sql): runs statements in an attached database for
 * their effect.
 */
#include "base/alloc.h"
#include "catalog/database.h"
#include "functions/arguments.h"
#include "functions/functions.h"

static const char *const name = "postgres_execute";

enum { OPTION_USE_TRANSACTION };

/* The transaction of the call's database. */
static enum pgs_status find(const struct pgs_function_call *call,
                            struct pgs_transaction **transaction, char **database,
                            struct pgs_error *err)
{
    PGS_TRY(pgs_argument_text(call, 0, name, database, err));
    return pgs_host_transaction(call->context, pgs_str_of(*database), name, transaction, err);
}

static enum pgs_status check(const struct pgs_function_call *call, struct pgs_error *err)
{
    struct pgs_transaction *transaction;
    char *database = NULL;
    char *sql = NULL;
    enum pgs_status status = find(call, &transaction, &database, err);

    if (status == PGS_OK)
        status = pgs_argument_text(call, 1, name, &sql, err);
    pgs_free(database);
    pgs_free(sql);
    return status;
}

static enum pgs_status execute(const struct pgs_function_call *call, const char *database,
                               struct pgs_transaction *transaction, const char *sql,
                               struct pgs_error *err)
{
    struct pgs_session *session = transaction->session;
    enum pgs_status status;

    if (!pgs_option_bool(call, OPTION_USE_TRANSACTION, true)) {
        status = pgs_session_exec_alone(session, sql, NULL, err);
        pgs_session_taint(session);
        return status;
    }
    if (!transaction->database->session_options.read_only) {
        PGS_TRY(pgs_host_begin_write(call->context, pgs_str_of(database), err));
        PGS_TRY(pgs_session_begin_write(session, err));
    }
    status = pgs_session_exec(session, sql, NULL, err);
    pgs_session_taint(session);
    pgs_view_note_ddl(transaction->view);
    return status;
}

static enum pgs_status run(const struct pgs_function_call *call, struct pgs_error *err)
{
    struct pgs_transaction *transaction = NULL;
    char *database = NULL;
    char *sql = NULL;
    enum pgs_status status = find(call, &transaction, &database, err);

    if (status == PGS_OK)
        status = pgs_argument_text(call, 1, name, &sql, err);
    if (status == PGS_OK)
        status = execute(call, database, transaction, sql, err);
    pgs_free(database);
    pgs_free(sql);
    return status;
}

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
    .check = check,
    .run = run,
};
