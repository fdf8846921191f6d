/* SPDX-License-Identifier: MIT
 *
 * read_postgres_binary(file, columns = {name: 'TYPE', ...}): the rows of a file
 * that COPY … (FORMAT binary) wrote.
 */
#include "base/alloc.h"
#include "functions/arguments.h"
#include "functions/binary_file.h"
#include "functions/functions.h"

static const char *const name = "read_postgres_binary";

enum { OPTION_COLUMNS, OPTION_BUFFER_SIZE, OPTION_COUNT };

/* What `columns` says. */
struct declared {
    duckdb_logical_type *types;
    struct pgs_str *names;
    size_t count;
    struct pgs_arena arena;
};

static void declared_release(struct declared *declared)
{
    for (size_t i = 0; declared->types && i < declared->count; i++)
        duckdb_destroy_logical_type(&declared->types[i]);
    pgs_arena_release(&declared->arena);
}

static enum pgs_status read_column(const struct pgs_function_call *call, struct declared *declared,
                                   size_t index, struct pgs_error *err)
{
    duckdb_value columns = call->options[OPTION_COLUMNS];
    char *column = duckdb_struct_type_child_name(duckdb_get_value_type(columns), index);
    duckdb_value type = duckdb_get_struct_child(columns, index);
    struct pgs_str text = type ? pgs_host_text(type) : pgs_str_of(NULL);
    enum pgs_status status;

    declared->names[index] = pgs_arena_str(&declared->arena, pgs_str_of(column));
    if (!declared->names[index].at)
        status = pgs_error_oom(err);
    else if (!text.at)
        status =
            pgs_error_set(err, PGS_ERR_USAGE,
                          "%s: the type of column \"%s\" must be given as a string", name, column);
    else
        status = pgs_host_parse_type(call->context, pgs_arena_str(&declared->arena, text).at,
                                     &declared->types[index], err);
    duckdb_destroy_value(&type);
    duckdb_free(column);
    return status;
}

static enum pgs_status read_columns(const struct pgs_function_call *call, struct declared *declared,
                                    struct pgs_error *err)
{
    duckdb_value columns = call->options[OPTION_COLUMNS];

    if (!columns || duckdb_get_type_id(duckdb_get_value_type(columns)) != DUCKDB_TYPE_STRUCT)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "read_postgres_binary requires a 'columns' parameter, e.g. "
                             "columns={col1: 'INTEGER', col2: 'VARCHAR'}");
    declared->count = duckdb_struct_type_child_count(duckdb_get_value_type(columns));
    declared->types = pgs_arena_array(&declared->arena, declared->count, sizeof(*declared->types));
    declared->names = pgs_arena_array(&declared->arena, declared->count, sizeof(*declared->names));
    if (!declared->types || !declared->names)
        return pgs_error_oom(err);
    for (size_t i = 0; i < declared->count; i++)
        PGS_TRY(read_column(call, declared, i, err));
    return PGS_OK;
}

static enum pgs_status bind_file(const struct pgs_function_call *call,
                                 const struct declared *declared, struct pgs_host_columns *columns,
                                 struct pgs_binary_file **file, struct pgs_error *err)
{
    char *path = NULL;
    enum pgs_status status = pgs_argument_text(call, 0, name, &path, err);

    if (status == PGS_OK)
        status =
            pgs_binary_file_new(path, declared->types, declared->names, declared->count, file, err);
    pgs_free(path);
    if (status == PGS_OK && call->options[OPTION_BUFFER_SIZE])
        (*file)->buffer_bytes = duckdb_get_uint64(call->options[OPTION_BUFFER_SIZE]);
    for (size_t i = 0; i < declared->count && status == PGS_OK; i++)
        status = pgs_host_add_column(columns, declared->names[i], declared->types[i], err);
    return status;
}

static enum pgs_status bind_rows(const struct pgs_function_call *call,
                                 struct pgs_host_columns *columns, void **bound,
                                 struct pgs_error *err)
{
    struct declared declared = {.types = NULL};
    struct pgs_binary_file *file = NULL;
    enum pgs_status status;

    pgs_arena_init(&declared.arena);
    status = read_columns(call, &declared, err);
    if (status == PGS_OK)
        status = bind_file(call, &declared, columns, &file, err);
    if (status == PGS_OK)
        *bound = file;
    else
        pgs_binary_file_free(file);
    declared_release(&declared);
    return status;
}

static const struct pgs_function_parameter parameters[] = {{"file", DUCKDB_TYPE_VARCHAR}};
static const struct pgs_function_parameter named[OPTION_COUNT] = {
    [OPTION_COLUMNS] = {"columns", DUCKDB_TYPE_ANY},
    [OPTION_BUFFER_SIZE] = {"buffer_size", DUCKDB_TYPE_UBIGINT},
};

const struct pgs_table_function pgs_read_postgres_binary = {
    .name = "read_postgres_binary",
    .description = "Returns the rows of a file in the binary format of Postgres's COPY; a row must "
                   "fit in buffer_size bytes.",
    .example = "FROM read_postgres_binary('t.bin', columns = {i: 'INTEGER', t: 'VARCHAR'})",
    .parameters = parameters,
    .parameter_count = sizeof(parameters) / sizeof(parameters[0]),
    .named = named,
    .named_count = OPTION_COUNT,
    .bind_rows = bind_rows,
    .source = &pgs_binary_file_source,
};
