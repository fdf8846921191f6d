/* SPDX-License-Identifier: MIT */
#include "write/enum_type.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "sql/quote.h"

/* ARRAY['a', 'b'] of the labels of an ENUM type. */
static void add_labels(struct pgs_buf *sql, duckdb_logical_type type)
{
    uint32_t count = duckdb_enum_dictionary_size(type);

    pgs_buf_add_text(sql, "ARRAY[");
    for (uint32_t i = 0; i < count; i++) {
        char *label = duckdb_enum_dictionary_value(type, i);

        if (i > 0)
            pgs_buf_add_text(sql, ", ");
        pgs_quote_literal(sql, pgs_str_of(label));
        duckdb_free(label);
    }
    pgs_buf_add_text(sql, "]::pg_catalog.text[]");
}

static void add_query(struct pgs_buf *sql, struct pgs_str schema, duckdb_logical_type type)
{
    pgs_buf_add_text(sql, "SELECT n.nspname, t.typname FROM pg_catalog.pg_type AS t "
                          "JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace "
                          "WHERE t.typtype = 'e' AND ARRAY(SELECT e.enumlabel::pg_catalog.text "
                          "FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid "
                          "ORDER BY e.enumsortorder) = ");
    add_labels(sql, type);
    pgs_buf_add_text(sql, " ORDER BY n.nspname <> ");
    pgs_quote_literal(sql, schema);
    pgs_buf_add_text(sql, ", t.oid LIMIT 1");
}

static enum pgs_status find(struct pgs_transaction *transaction, struct pgs_str schema,
                            duckdb_logical_type type, struct pgs_arena *arena,
                            struct pgs_source_type *source, struct pgs_error *err)
{
    struct pgs_result *answer = NULL;
    struct pgs_buf sql;
    enum pgs_status status;

    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    add_query(&sql, schema, type);
    status = pgs_buf_status(&sql, err);
    if (status == PGS_OK)
        status = pgs_session_exec(transaction->session, sql.at, &answer, err);
    if (status == PGS_OK && pgs_result_rows(answer) == 1) {
        source->id = PGS_SOURCE_USER;
        source->schema = pgs_arena_str(arena, pgs_result_get(answer, 0, 0));
        source->spelling = pgs_arena_str(arena, pgs_result_get(answer, 0, 1));
        if (!source->schema.at || !source->spelling.at)
            status = pgs_error_oom(err);
    }
    pgs_result_free(answer);
    pgs_buf_release(&sql);
    return status;
}

static bool is_list(const struct pgs_source_type *source)
{
    return source->id == PGS_SOURCE_LIST || source->id == PGS_SOURCE_ARRAY;
}

enum pgs_status pgs_enum_type_find(struct pgs_transaction *transaction, struct pgs_str schema,
                                   duckdb_logical_type type, struct pgs_arena *arena,
                                   struct pgs_source_type *source, struct pgs_error *err)
{
    struct pgs_source_type *element;
    duckdb_logical_type child;
    enum pgs_status status;

    if (source->id == PGS_SOURCE_ENUM)
        return find(transaction, schema, type, arena, source, err);
    if (!is_list(source))
        return PGS_OK;
    element = pgs_arena_alloc(arena, sizeof(*element));
    if (!element)
        return pgs_error_oom(err);
    *element = *source->element;
    child = source->id == PGS_SOURCE_LIST ? duckdb_list_type_child_type(type)
                                          : duckdb_array_type_child_type(type);
    status = pgs_enum_type_find(transaction, schema, child, arena, element, err);
    duckdb_destroy_logical_type(&child);
    source->element = element;
    return status;
}
