/* SPDX-License-Identifier: MIT */
#include "write/ddl.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalog/logical_type.h"
#include "write/enum_type.h"

/* Sends what was built as a change of the catalog. */
static enum pgs_status send(struct pgs_transaction *transaction, const struct pgs_buf *sql,
                            struct pgs_error *err)
{
    enum pgs_status status;

    PGS_TRY(pgs_buf_status(sql, err));
    PGS_TRY(pgs_session_begin_write(transaction->session, err));
    status = pgs_session_exec(transaction->session, sql->at, NULL, err);
    pgs_view_note_ddl(transaction->view);
    return status;
}

/* PostgreSQL's name of a column's type, in the arena. */
static enum pgs_status type_name(struct pgs_transaction *transaction, struct pgs_str schema,
                                 struct pgs_arena *arena, duckdb_logical_type type,
                                 struct pgs_str *name, struct pgs_error *err)
{
    struct pgs_source_type source;
    struct pgs_buf text;
    enum pgs_status status = pgs_source_type_of(type, arena, &source, err);

    if (status == PGS_OK)
        status = pgs_enum_type_find(transaction, schema, type, arena, &source, err);
    if (status != PGS_OK)
        return status;
    pgs_buf_init(&text, PGS_SQL_BYTES_MAX);
    status = pgs_type_to_sql(&text, &source, err);
    if (status == PGS_OK)
        status = pgs_buf_status(&text, err);
    if (status == PGS_OK) {
        *name = pgs_arena_str(arena, pgs_buf_str(&text));
        if (!name->at)
            status = pgs_error_oom(err);
    }
    pgs_buf_release(&text);
    return status;
}

static enum pgs_status define_column(struct pgs_transaction *transaction, struct pgs_str schema,
                                     struct pgs_arena *arena, const struct pgs_new_column *column,
                                     struct pgs_column_def *def, struct pgs_error *err)
{
    struct pgs_expr_const *value;
    enum pgs_status status;

    def->name = column->name;
    def->not_null = column->not_null;
    status = type_name(transaction, schema, arena, column->type, &def->sql_type, err);
    if (status == PGS_OK && column->default_value) {
        value = pgs_arena_alloc(arena, sizeof(*value));
        if (!value)
            return pgs_error_oom(err);
        status = pgs_const_of(column->default_value, arena, value, err);
        def->default_value = value;
    }
    if (status != PGS_OK)
        pgs_error_context(err, "column \"%.*s\"", PGS_STR_ARG(column->name));
    return status;
}

enum pgs_status pgs_create_table(struct pgs_transaction *transaction,
                                 const struct pgs_new_table *table, struct pgs_error *err)
{
    struct pgs_create_table create = {table->schema, table->name,     table->if_not_exists, NULL, 0,
                                      table->keys,   table->key_count};
    struct pgs_column_def *columns;
    struct pgs_arena arena;
    struct pgs_buf sql;
    enum pgs_status status = PGS_OK;

    pgs_arena_init(&arena);
    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    columns = pgs_arena_array(&arena, table->column_count, sizeof(*columns));
    if (!columns)
        status = pgs_error_oom(err);
    for (size_t i = 0; i < table->column_count && status == PGS_OK; i++)
        status =
            define_column(transaction, table->schema, &arena, &table->columns[i], &columns[i], err);
    if (status == PGS_OK) {
        create.columns = columns;
        create.column_count = table->column_count;
        pgs_deparse_create_table(&sql, &create);
        status = send(transaction, &sql, err);
    }
    pgs_buf_release(&sql);
    pgs_arena_release(&arena);
    return status;
}

enum pgs_status pgs_create_schema(struct pgs_transaction *transaction, struct pgs_str name,
                                  bool if_not_exists, struct pgs_error *err)
{
    struct pgs_buf sql;
    enum pgs_status status;

    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    pgs_deparse_create_schema(&sql, name, if_not_exists);
    status = send(transaction, &sql, err);
    pgs_buf_release(&sql);
    return status;
}

enum pgs_status pgs_drop_object(struct pgs_transaction *transaction, enum pgs_object_kind kind,
                                struct pgs_str schema, struct pgs_str name, bool if_exists,
                                bool cascade, struct pgs_error *err)
{
    struct pgs_buf sql;
    enum pgs_status status;

    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    pgs_deparse_drop(&sql, kind, schema, name, if_exists, cascade);
    status = send(transaction, &sql, err);
    pgs_buf_release(&sql);
    return status;
}
