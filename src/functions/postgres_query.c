/* SPDX-License-Identifier: MIT
 *
 * postgres_query(database, sql): the rows of a query that is sent as it is.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/limits.h"
#include "catalog/database.h"
#include "catalog/shown_name.h"
#include "functions/arguments.h"
#include "functions/functions.h"
#include "scan/plan.h"

static const char *const name = "postgres_query";

enum { OPTION_USE_TRANSACTION };

/* The columns of a described query. They are named anew for SQL, since a query
 * may give one name twice. */
static enum pgs_status describe_columns(struct pgs_transaction *transaction,
                                        const struct pgs_result *described, struct pgs_arena *arena,
                                        struct pgs_scan_column **columns, struct pgs_error *err)
{
    size_t count = pgs_result_columns(described);
    const struct pgs_type **types = pgs_arena_array(arena, count, sizeof(*types));
    struct pgs_str *names = pgs_arena_array(arena, count, sizeof(*names));
    struct pgs_scan_column *result = pgs_arena_array(arena, count, sizeof(*result));

    if (!types || !names || !result)
        return pgs_error_oom(err);
    PGS_TRY(pgs_view_resolve_types(transaction->view, described, arena, types, err));
    for (size_t i = 0; i < count; i++)
        names[i] = pgs_result_column_name(described, i);
    PGS_TRY(pgs_names_make_unique(arena, names, count, err));
    for (size_t i = 0; i < count; i++) {
        result[i].name = names[i];
        result[i].shown_name = names[i];
        result[i].type = types[i];
        result[i].collation = PGS_COLLATION_NONDETERMINISTIC;
        result[i].is_domain = true; /* the description does not tell */
    }
    *columns = result;
    return PGS_OK;
}

static enum pgs_status plan_query(struct pgs_transaction *transaction, const char *sql,
                                  struct pgs_scan_plan **plan, struct pgs_error *err)
{
    struct pgs_result *described = NULL;
    struct pgs_scan_column *columns = NULL;
    struct pgs_arena arena;
    size_t parameters = 0;
    enum pgs_status status;

    pgs_arena_init(&arena);
    status = pgs_session_describe(transaction->session, sql, &described, &parameters, err);
    pgs_session_taint(transaction->session);
    if (status != PGS_OK)
        pgs_error_context(err, "Failed to prepare query \"%.200s\"", sql);
    else if (parameters > 0)
        status = pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                               "query parameters are not supported yet by %s", name);
    else if (pgs_result_columns(described) == 0)
        status = pgs_error_set(err, PGS_ERR_USAGE,
                               "No fields returned by query \"%.200s\" - the query must be a "
                               "SELECT statement that returns at least one column",
                               sql);
    if (status == PGS_OK)
        status = describe_columns(transaction, described, &arena, &columns, err);
    if (status == PGS_OK)
        status = pgs_scan_plan_new_query(pgs_str_of(sql), columns, pgs_result_columns(described),
                                         &arena, plan, err);
    pgs_result_free(described);
    pgs_arena_release(&arena);
    return status;
}

static enum pgs_status bind_scan(const struct pgs_function_call *call, struct pgs_scan_plan **plan,
                                 struct pgs_transaction **transaction, struct pgs_error *err)
{
    char *database = NULL;
    char *sql = NULL;
    enum pgs_status status = pgs_argument_text(call, 0, name, &database, err);

    if (status == PGS_OK)
        status = pgs_argument_text(call, 1, name, &sql, err);
    if (status == PGS_OK)
        status = pgs_host_transaction(call->context, pgs_str_of(database), name, transaction, err);
    if (status == PGS_OK && !pgs_option_bool(call, OPTION_USE_TRANSACTION, true))
        status = pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                               "use_transaction = false is not supported yet by %s", name);
    if (status == PGS_OK) {
        pgs_trim_statement(sql);
        status = plan_query(*transaction, sql, plan, err);
    }
    pgs_free(database);
    pgs_free(sql);
    return status;
}

static const struct pgs_function_parameter parameters[] = {{"database", DUCKDB_TYPE_VARCHAR},
                                                           {"sql", DUCKDB_TYPE_VARCHAR}};
static const struct pgs_function_parameter named[] = {
    [OPTION_USE_TRANSACTION] = {"use_transaction", DUCKDB_TYPE_BOOLEAN}};

const struct pgs_table_function pgs_postgres_query = {
    .name = "postgres_query",
    .description = "Returns the rows of a query that runs in an attached Postgres database.",
    .example = "FROM postgres_query('pg', 'SELECT now()')",
    .parameters = parameters,
    .parameter_count = sizeof(parameters) / sizeof(parameters[0]),
    .named = named,
    .named_count = sizeof(named) / sizeof(named[0]),
    .bind_scan = bind_scan,
};
