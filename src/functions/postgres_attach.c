/* SPDX-License-Identifier: MIT
 *
 * postgres_attach(dsn): a view in DuckDB for each ordinary table of a schema,
 * which reads it with postgres_scan. All views are made or none; without
 * `overwrite` those that exist already stay. The views hold the connection
 * string without its secrets, which this process keeps (link/known.h) [INV-8].
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "functions/arguments.h"
#include "functions/functions.h"
#include "functions/own_database.h"
#include "link/known.h"

static const char *const name = "postgres_attach";

enum {
    OPTION_SOURCE_SCHEMA,
    OPTION_SINK_SCHEMA,
    OPTION_OVERWRITE,
    OPTION_FILTER_PUSHDOWN,
    OPTION_SUFFIX,
    OPTION_COUNT
};

static struct pgs_str option_text(const struct pgs_function_call *call, size_t option,
                                  const char *otherwise)
{
    return call->options[option] ? pgs_host_text(call->options[option]) : pgs_str_of(otherwise);
}

/* As DuckDB reads it: no escapes but the doubled quote. */
static void add_quoted(struct pgs_buf *sql, struct pgs_str text, struct pgs_str more, char quote)
{
    pgs_buf_add_char(sql, quote);
    for (size_t i = 0; i < text.size_bytes + more.size_bytes; i++) {
        char c = i < text.size_bytes ? text.at[i] : more.at[i - text.size_bytes];

        if (c == quote)
            pgs_buf_add_char(sql, quote);
        pgs_buf_add_char(sql, c);
    }
    pgs_buf_add_char(sql, quote);
}

static char *view_sql(const struct pgs_function_call *call, struct pgs_str shown,
                      const struct pgs_table *table)
{
    bool overwrite = pgs_option_bool(call, OPTION_OVERWRITE, false);
    bool pushdown = pgs_option_bool(call, OPTION_FILTER_PUSHDOWN, false);
    struct pgs_str none = {NULL, 0};
    struct pgs_buf sql;

    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    pgs_buf_add_text(&sql, overwrite ? "CREATE OR REPLACE VIEW " : "CREATE VIEW IF NOT EXISTS ");
    add_quoted(&sql, option_text(call, OPTION_SINK_SCHEMA, "main"), none, '"');
    pgs_buf_add_char(&sql, '.');
    add_quoted(&sql, table->name, option_text(call, OPTION_SUFFIX, ""), '"');
    pgs_buf_addf(&sql, " AS SELECT * FROM %s(",
                 pushdown ? "postgres_scan_pushdown" : "postgres_scan");
    add_quoted(&sql, shown, none, '\'');
    pgs_buf_add_text(&sql, ", ");
    add_quoted(&sql, table->schema, none, '\'');
    pgs_buf_add_text(&sql, ", ");
    add_quoted(&sql, table->name, none, '\'');
    pgs_buf_add_char(&sql, ')');
    return pgs_buf_detach(&sql);
}

static enum pgs_status create_views(const struct pgs_function_call *call, struct pgs_str shown,
                                    const struct pgs_table *const *tables, size_t count,
                                    struct pgs_error *err)
{
    char **sql = pgs_alloc_array(count, sizeof(*sql));
    size_t made = 0;
    enum pgs_status status = sql ? PGS_OK : pgs_error_oom(err);

    for (size_t i = 0; i < count && status == PGS_OK; i++) {
        if (tables[i]->kind != PGS_REL_TABLE || tables[i]->column_count == 0)
            continue;
        sql[made] = view_sql(call, shown, tables[i]);
        if (!sql[made++])
            status = pgs_error_oom(err);
    }
    if (status == PGS_OK)
        status = pgs_host_execute(call->context, (const char *const *)sql, made, err);
    for (size_t i = 0; i < made; i++)
        pgs_free(sql[i]);
    pgs_free(sql);
    return status;
}

static enum pgs_status check(const struct pgs_function_call *call, struct pgs_error *err)
{
    if (!call->arguments[0])
        return pgs_error_set(err, PGS_ERR_USAGE, "Parameters to %s cannot be NULL", name);
    return PGS_OK;
}

static enum pgs_status list(const struct pgs_function_call *call, struct pgs_str shown,
                            struct pgs_transaction *transaction, struct pgs_error *err)
{
    struct pgs_str schema = option_text(call, OPTION_SOURCE_SCHEMA, "public");
    const struct pgs_table *const *tables = NULL;
    struct pgs_str found = {NULL, 0};
    size_t count = 0;

    PGS_TRY(pgs_view_find_schema(transaction->view, schema, &found, err));
    if (found.size_bytes == 0)
        return pgs_error_set(err, PGS_ERR_USAGE, "schema \"%.*s\" does not exist",
                             PGS_STR_ARG(schema));
    PGS_TRY(pgs_view_list_tables(transaction->view, found, &tables, &count, err));
    return create_views(call, shown, tables, count, err);
}

static enum pgs_status run(const struct pgs_function_call *call, struct pgs_error *err)
{
    struct pgs_database *database = NULL;
    struct pgs_transaction *transaction = NULL;
    struct pgs_str dsn = pgs_host_text(call->arguments[0]);
    struct pgs_buf shown;
    enum pgs_status status;

    pgs_buf_init(&shown, PGS_SQL_BYTES_MAX);
    status = pgs_own_database_open(call, dsn, &database, &transaction, err);
    if (status == PGS_OK)
        status = pgs_known_keep(call->known, dsn, &shown, err);
    if (status == PGS_OK)
        status = list(call, pgs_buf_str(&shown), transaction, err);
    pgs_buf_release(&shown);
    pgs_transaction_free(transaction);
    pgs_database_free(database);
    return status;
}

static const struct pgs_function_parameter parameters[] = {{"dsn", DUCKDB_TYPE_VARCHAR}};
static const struct pgs_function_parameter named[OPTION_COUNT] = {
    [OPTION_SOURCE_SCHEMA] = {"source_schema", DUCKDB_TYPE_VARCHAR},
    [OPTION_SINK_SCHEMA] = {"sink_schema", DUCKDB_TYPE_VARCHAR},
    [OPTION_OVERWRITE] = {"overwrite", DUCKDB_TYPE_BOOLEAN},
    [OPTION_FILTER_PUSHDOWN] = {"filter_pushdown", DUCKDB_TYPE_BOOLEAN},
    [OPTION_SUFFIX] = {"suffix", DUCKDB_TYPE_VARCHAR},
};

const struct pgs_table_function pgs_postgres_attach = {
    .name = "postgres_attach",
    .description = "Creates a view for each table of a Postgres schema; ATTACH does more.",
    .example = "CALL postgres_attach('host=localhost dbname=shop', source_schema = 'public')",
    .parameters = parameters,
    .parameter_count = sizeof(parameters) / sizeof(parameters[0]),
    .named = named,
    .named_count = OPTION_COUNT,
    .check = check,
    .run = run,
    .has_secrets = true,
};
