/* SPDX-License-Identifier: MIT
 *
 * Drives the catalog layer against a live server, named by PGHOST, PGPORT,
 * PGUSER, PGPASSWORD and PGDATABASE (a superuser of a server that may be
 * disturbed). Exits non-zero when a check fails.
 */
#include "catalog_test.h"

#include <string.h>

struct pgs_pool *pool;
int statements;

void check_text(struct pgs_str got, const char *wanted, const char *what, const char *file,
                int line)
{
    pgs_check_bytes(got.at, got.size_bytes, wanted, strlen(wanted), what, file, line);
}

static struct pgs_result *run(const char *sql)
{
    struct pgs_conn *conn = NULL;
    struct pgs_result *result = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conn, &err));
    CHECK_OK(pgs_conn_exec(conn, sql, &result, &err));
    pgs_pool_release(pool, conn);
    return result;
}

void prepare(const char *sql)
{
    pgs_result_free(run(sql));
}

long long ask(const char *sql)
{
    struct pgs_result *result = run(sql);
    long long value = result ? pgs_result_int(result, 0, 0, -1) : -1;

    pgs_result_free(result);
    return value;
}

static void count_statement(void *context, const struct pgs_sent *sent)
{
    (void)context;
    (void)sent;
    statements++;
}

struct eye open_eye(const char *schema)
{
    struct pgs_query_log log = {count_statement, NULL};
    struct pgs_session_options options = {.isolation = PGS_ISOLATION_REPEATABLE_READ};
    struct pgs_str only = pgs_str_of(schema);
    struct pgs_catalog_options catalog_options = {.schemas = &only, .schema_count = schema ? 1 : 0};
    struct eye eye = {NULL, NULL, NULL};
    struct pgs_error err;

    CHECK_OK(pgs_session_new(pool, &options, NULL, &log, &eye.session, &err));
    CHECK_OK(pgs_catalog_new(&catalog_options, &eye.catalog, &err));
    CHECK_OK(pgs_view_new(eye.catalog, eye.session, &eye.view, &err));
    return eye;
}

void close_eye(struct eye *eye)
{
    pgs_view_free(eye->view);
    pgs_catalog_free(eye->catalog);
    pgs_session_rollback(eye->session);
    pgs_session_free(eye->session);
}

void eye_run(struct eye *eye, const char *sql)
{
    struct pgs_error err;

    CHECK_OK(pgs_session_begin_write(eye->session, &err));
    CHECK_OK(pgs_session_exec(eye->session, sql, NULL, &err));
    pgs_view_note_ddl(eye->view);
}

const struct pgs_table *find(struct eye *eye, const char *schema, const char *name)
{
    const struct pgs_table *table = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_view_find_table(eye->view, pgs_str_of(schema), pgs_str_of(name), &table, &err));
    return table;
}

const struct pgs_column *column(const struct pgs_table *table, const char *name)
{
    static const struct pgs_column none;
    static const struct pgs_type no_type;
    static struct pgs_column missing;

    for (size_t i = 0; table && i < table->column_count; i++) {
        if (pgs_str_equal(table->columns[i].name, pgs_str_of(name)))
            return &table->columns[i];
    }
    fprintf(stderr, "no column %s\n", name);
    CHECK(false);
    missing = none;
    missing.type = &no_type;
    return &missing;
}

static const char *const target_names[PGS_TARGET_COUNT] = {
    "varchar",     "json",     "blob",    "boolean", "smallint", "integer", "bigint", "uinteger",
    "float",       "double",   "decimal", "uuid",    "date",     "time",    "timetz", "timestamp",
    "timestamptz", "interval", "enum",    "list",    "struct",   "geometry"};

static void add_type(const struct pgs_type *type, char *text, size_t size)
{
    size_t used = strlen(text);

    if (type->target == PGS_TARGET_LIST) {
        add_type(type->element, text, size);
        for (int i = 0; i < type->dimensions; i++)
            strncat(text, "[]", size - strlen(text) - 1);
        return;
    }
    snprintf(text + used, size - used, "%s%s", target_names[type->target],
             pgs_type_cast(type) == PGS_CAST_TEXT ? "*" : "");
    used = strlen(text);
    if (type->target == PGS_TARGET_DECIMAL)
        snprintf(text + used, size - used, "(%d,%d)", type->precision, type->scale);
    for (uint32_t i = 0; i < type->label_count; i++) {
        used = strlen(text);
        snprintf(text + used, size - used, "%s%.*s", i ? "|" : ":", PGS_STR_ARG(type->labels[i]));
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        used = strlen(text);
        snprintf(text + used, size - used, "%s%.*s ", i ? ", " : "(",
                 PGS_STR_ARG(type->fields[i].name));
        add_type(type->fields[i].type, text, size);
    }
    if (type->field_count)
        strncat(text, ")", size - strlen(text) - 1);
}

const char *type_text(const struct pgs_type *type)
{
    static char text[4096];

    text[0] = '\0';
    add_type(type, text, sizeof(text));
    return text;
}

int main(void)
{
    struct pgs_pool_options options = {.connections_max = 8, .wait_timeout_ms = 5000};
    struct pgs_conninfo *conninfo = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_conninfo_new(pgs_str_of(""), NULL, 0, &conninfo, &err));
    CHECK_OK(pgs_pool_new(conninfo, &options, &pool, &err));
    test_tables();
    test_names();
    test_types();
    test_every_type();
    test_storage();
    test_transactions();
    test_sharing();
    test_listing();
    test_hostile();
    pgs_pool_free(pool);
    return pgs_check_report();
}
