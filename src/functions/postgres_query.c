/* SPDX-License-Identifier: MIT
 *
 * postgres_query(database, sql): the rows of a statement that is sent as it is.
 *
 * SELECT, VALUES, TABLE and WITH are sent as a subquery, so that only needed
 * columns, filters and LIMIT apply on the server. What cannot be a subquery
 * (SHOW, EXPLAIN, INSERT … RETURNING, CALL) is sent by itself, once, when the
 * rows are wanted: EXPLAIN of DuckDB does not run it. A statement without
 * result columns gives one row: `rowcount`, the rows it changed, or -1 when it
 * does not say (CREATE, SET, an empty text).
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/limits.h"
#include "catalog/database.h"
#include "catalog/shown_name.h"
#include "functions/arguments.h"
#include "functions/functions.h"
#include "functions/parameters.h"
#include "scan/plan.h"
#include "sql/quote.h"
#include "sql/verb.h"

static const char *const name = "postgres_query";

enum { OPTION_USE_TRANSACTION, OPTION_PARAMS, OPTION_SUPPRESS_DML_OUTPUT, OPTION_COUNT };

enum { INT8_OID = 20 };

/* A call being bound. */
struct call {
    char *database;
    char *sql;
    enum pgs_verb verb;
    bool alone;
    struct pgs_transaction *transaction;
    struct pgs_arena arena;   /* moves into the plan */
    struct pgs_values values; /* of `params` */
    struct pgs_parameters parameters;
    struct pgs_scan_column *columns;
    size_t column_count; /* 0: a command */
};

/* The types of the columns, then those of the parameters. */
static enum pgs_status resolve_types(struct call *call, const struct pgs_result *described,
                                     const struct pgs_type ***types, struct pgs_error *err)
{
    size_t columns = pgs_result_columns(described);
    size_t count = columns + call->values.count;
    struct pgs_type_wanted *wanted = pgs_arena_array(&call->arena, count, sizeof(*wanted));

    *types = pgs_arena_array(&call->arena, count, sizeof(**types));
    if (!wanted || !*types)
        return pgs_error_oom(err);
    for (size_t i = 0; i < columns; i++) {
        wanted[i].oid = pgs_result_column_oid(described, i);
        wanted[i].typmod = pgs_result_column_typmod(described, i);
    }
    for (size_t i = 0; i < call->values.count; i++) {
        wanted[columns + i].oid = pgs_result_parameter_oid(described, i);
        wanted[columns + i].typmod = -1;
        wanted[columns + i].dimensions = pgs_values_dimensions(&call->values, i);
        wanted[columns + i].is_written = true;
    }
    PGS_TRY(
        pgs_view_resolve_types(call->transaction->view, wanted, count, &call->arena, *types, err));
    /* The look-up may have begun the transaction that this is to be without. */
    return call->alone ? pgs_session_begin_anew(call->transaction->session, err) : PGS_OK;
}

/* The columns of a described query. They are named anew for SQL, since a query
 * may give one name twice. */
static enum pgs_status describe_columns(struct call *call, const struct pgs_result *described,
                                        const struct pgs_type **types, struct pgs_error *err)
{
    struct pgs_arena *arena = &call->arena;
    size_t count = pgs_result_columns(described);
    struct pgs_str *names = pgs_arena_array(arena, count, sizeof(*names));
    struct pgs_scan_column *result = pgs_arena_array(arena, count, sizeof(*result));

    if (!names || !result)
        return pgs_error_oom(err);
    for (size_t i = 0; i < count; i++) {
        names[i] = pgs_arena_str(&call->arena, pgs_result_column_name(described, i));
        if (!names[i].at)
            return pgs_error_oom(err);
    }
    PGS_TRY(pgs_names_make_unique(arena, names, count, err));
    for (size_t i = 0; i < count; i++) {
        result[i].name = names[i];
        result[i].shown_name = names[i];
        result[i].type = types[i];
        result[i].collation = PGS_COLLATION_NONDETERMINISTIC;
        result[i].is_domain = true; /* the description does not tell */
    }
    call->columns = result;
    call->column_count = count;
    return PGS_OK;
}

static enum pgs_status encode_parameters(const struct pgs_function_call *arguments,
                                         struct call *call, const struct pgs_result *described,
                                         const struct pgs_type *const *types, struct pgs_error *err)
{
    uint32_t *oids = pgs_arena_array(&call->arena, call->values.count, sizeof(*oids));

    if (!oids)
        return pgs_error_oom(err);
    for (size_t i = 0; i < call->values.count; i++)
        oids[i] = pgs_result_parameter_oid(described, i);
    return pgs_values_encode(&call->values, arguments->context, oids, types, &call->arena,
                             &call->parameters, err);
}

/* The one column of a statement that returns none. */
static enum pgs_status describe_command(struct call *call, struct pgs_error *err)
{
    struct pgs_type *type = pgs_arena_alloc(&call->arena, sizeof(*type));
    struct pgs_scan_column *column = pgs_arena_alloc(&call->arena, sizeof(*column));

    if (!type || !column)
        return pgs_error_oom(err);
    pgs_type_init_builtin(type, INT8_OID, -1);
    column->name = pgs_str_of("rowcount");
    column->shown_name = column->name;
    column->type = type;
    call->columns = column;
    return PGS_OK;
}

static enum pgs_status ask_server(void *context, const struct pgs_declared *declared,
                                  struct pgs_result **described, struct pgs_error *err)
{
    struct call *call = context;
    struct pgs_session *session = call->transaction->session;

    if (call->alone)
        return pgs_session_describe_alone(session, call->sql, declared, described, err);
    return pgs_session_describe(session, call->sql, declared, described, err);
}

/* What was described becomes columns and parameters. */
static enum pgs_status take_description(const struct pgs_function_call *arguments,
                                        struct call *call, const struct pgs_result *described,
                                        struct pgs_error *err)
{
    const struct pgs_type **types = NULL;
    size_t wanted = pgs_result_parameters(described);

    if (wanted != call->values.count)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "Incorrect number of parameters specified, expected: %zu, actual: "
                             "%zu, query: \"%.200s\"",
                             wanted, call->values.count, call->sql);
    PGS_TRY(resolve_types(call, described, &types, err));
    PGS_TRY(
        encode_parameters(arguments, call, described, types + pgs_result_columns(described), err));
    if (pgs_result_columns(described) == 0)
        return describe_command(call, err);
    return describe_columns(call, described, types, err);
}

static enum pgs_status describe(const struct pgs_function_call *arguments, struct call *call,
                                struct pgs_error *err)
{
    struct pgs_describer describer = {ask_server, call, call->values.count > 0 && !call->alone};
    struct pgs_result *described = NULL;
    enum pgs_status status = pgs_values_describe(&call->values, &describer, &described, err);

    pgs_session_taint(call->transaction->session);
    if (status == PGS_ERR_SERVER)
        pgs_error_context(err, "Failed to prepare query \"%.200s\"", call->sql);
    else if (status == PGS_OK)
        status = take_description(arguments, call, described, err);
    pgs_result_free(described);
    return status;
}

static const struct pgs_scan_column *first_without_binary(const struct call *call)
{
    for (size_t i = 0; i < call->column_count; i++) {
        if (!pgs_type_is_binary(call->columns[i].type))
            return &call->columns[i];
    }
    return NULL;
}

/* WITH q (names) AS (sql) SELECT "a", "b"::text FROM q: how a change returns
 * columns that have no binary form of ours. */
static void add_change(const struct call *call, struct pgs_buf *sql)
{
    pgs_buf_add_text(sql, "WITH pgs_change (");
    for (size_t i = 0; i < call->column_count; i++) {
        pgs_buf_add_text(sql, i ? ", " : "");
        pgs_quote_ident(sql, call->columns[i].name);
    }
    pgs_buf_addf(sql, ") AS (%s\n) SELECT ", call->sql);
    for (size_t i = 0; i < call->column_count; i++) {
        pgs_buf_add_text(sql, i ? ", " : "");
        pgs_quote_ident(sql, call->columns[i].name);
        pgs_buf_add_text(sql, pgs_type_is_binary(call->columns[i].type) ? "" : "::text");
    }
    pgs_buf_add_text(sql, " FROM pgs_change");
}

/* What is sent: the statement, or one around it. */
static enum pgs_status statement(const struct call *call, struct pgs_buf *sql,
                                 struct pgs_error *err)
{
    const struct pgs_scan_column *odd = first_without_binary(call);

    if (call->verb == PGS_VERB_QUERY || !odd)
        pgs_buf_add_text(sql, call->sql);
    else if (call->verb == PGS_VERB_CHANGE)
        add_change(call, sql);
    else
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                             "column \"%.*s\" of this statement has no binary form: cast it to "
                             "text",
                             PGS_STR_ARG(odd->name));
    return pgs_buf_status(sql, err);
}

static enum pgs_status make_plan(struct call *call, struct pgs_scan_plan **plan,
                                 struct pgs_error *err)
{
    bool command = call->column_count == 0;
    struct pgs_buf sql;
    enum pgs_status status;

    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    status = statement(call, &sql, err);
    if (status == PGS_OK)
        status = pgs_scan_plan_new_query(pgs_buf_str(&sql), call->columns,
                                         command ? 1 : call->column_count, &call->arena, plan, err);
    pgs_buf_release(&sql);
    if (status != PGS_OK)
        return status;
    (*plan)->as_is = command || call->verb != PGS_VERB_QUERY;
    (*plan)->command = command;
    (*plan)->alone = call->alone;
    (*plan)->writes = !call->alone && (*plan)->as_is && call->verb != PGS_VERB_LOOK;
    (*plan)->parameters = call->parameters;
    return PGS_OK;
}

static enum pgs_status read_arguments(const struct pgs_function_call *arguments, struct call *call,
                                      struct pgs_error *err)
{
    PGS_TRY(pgs_argument_text(arguments, 0, name, &call->database, err));
    PGS_TRY(pgs_argument_text(arguments, 1, name, &call->sql, err));
    pgs_trim_statement(call->sql);
    call->verb = pgs_verb_of(pgs_str_of(call->sql));
    call->alone = !pgs_option_bool(arguments, OPTION_USE_TRANSACTION, true);
    PGS_TRY(pgs_host_transaction(arguments->context, pgs_str_of(call->database), name,
                                 &call->transaction, err));
    if (arguments->options[OPTION_PARAMS])
        return pgs_values_open(arguments->options[OPTION_PARAMS], &call->values, err);
    return PGS_OK;
}

static enum pgs_status bind_scan(const struct pgs_function_call *arguments,
                                 struct pgs_bound_scan *scan, struct pgs_error *err)
{
    struct call call = {.database = NULL};
    enum pgs_status status;

    pgs_arena_init(&call.arena);
    status = read_arguments(arguments, &call, err);
    if (status == PGS_OK)
        status = describe(arguments, &call, err);
    if (status == PGS_OK)
        status = make_plan(&call, &scan->plan, err);
    scan->transaction = call.transaction;
    pgs_values_release(&call.values);
    pgs_arena_release(&call.arena);
    pgs_free(call.database);
    pgs_free(call.sql);
    return status;
}

static const struct pgs_function_parameter parameters[] = {{"database", DUCKDB_TYPE_VARCHAR},
                                                           {"sql", DUCKDB_TYPE_VARCHAR}};
static const struct pgs_function_parameter named[OPTION_COUNT] = {
    [OPTION_USE_TRANSACTION] = {"use_transaction", DUCKDB_TYPE_BOOLEAN},
    [OPTION_PARAMS] = {"params", DUCKDB_TYPE_ANY},
    [OPTION_SUPPRESS_DML_OUTPUT] = {"suppress_dml_output", DUCKDB_TYPE_BOOLEAN},
};

const struct pgs_table_function pgs_postgres_query = {
    .name = "postgres_query",
    .description = "Returns the rows of a statement that runs in an attached Postgres database; "
                   "params are the values of $1, $2, ...",
    .example = "FROM postgres_query('pg', 'SELECT now() - $1::interval', params = row('1 day'))",
    .parameters = parameters,
    .parameter_count = sizeof(parameters) / sizeof(parameters[0]),
    .named = named,
    .named_count = OPTION_COUNT,
    .bind_scan = bind_scan,
};
