/* SPDX-License-Identifier: MIT */
#include "scan/chunk.h"

#include <string.h>

#include "base/alloc.h"
#include "bridge/host.h"

static uint32_t child_count_of(const struct pgs_type *type)
{
    if (type->target == PGS_TARGET_LIST)
        return 1;
    return type->target == PGS_TARGET_STRUCT ? type->field_count : 0;
}

/* The type of child `index`; an array of n dimensions is a list n levels deep,
 * whose levels are told apart by `depth`. */
struct level {
    const struct pgs_type *type;
    uint8_t depth; /* ARRAY: list levels already passed */
};

static struct level child_level(struct level level, uint32_t index)
{
    struct level child = {NULL, 0};

    if (level.type->target == PGS_TARGET_STRUCT) {
        child.type = level.type->fields[index].type;
    } else if (level.depth + 1 < level.type->dimensions) {
        child.type = level.type;
        child.depth = (uint8_t)(level.depth + 1);
    } else {
        child.type = level.type->element;
    }
    return child;
}

static enum pgs_status tree_init(struct pgs_vector *vector, struct level level,
                                 struct pgs_error *err)
{
    memset(vector, 0, sizeof(*vector));
    vector->child_count = child_count_of(level.type);
    if (vector->child_count == 0)
        return PGS_OK;
    vector->children = pgs_alloc_array(vector->child_count, sizeof(*vector->children));
    if (!vector->children) {
        vector->child_count = 0;
        return pgs_error_oom(err);
    }
    for (uint32_t i = 0; i < vector->child_count; i++)
        PGS_TRY(tree_init(&vector->children[i], child_level(level, i), err));
    return PGS_OK;
}

enum pgs_status pgs_vector_tree_init(struct pgs_vector *vector, const struct pgs_type *type,
                                     struct pgs_error *err)
{
    struct level level = {type, 0};
    enum pgs_status status = tree_init(vector, level, err);

    if (status != PGS_OK)
        pgs_vector_tree_release(vector);
    return status;
}

void pgs_vector_tree_release(struct pgs_vector *vector)
{
    for (uint32_t i = 0; i < vector->child_count; i++)
        pgs_vector_tree_release(&vector->children[i]);
    pgs_free(vector->children);
    memset(vector, 0, sizeof(*vector));
}

static bool is_list(const struct pgs_vector *vector, duckdb_vector handle)
{
    duckdb_logical_type type;
    bool list;

    if (vector->child_count != 1)
        return false;
    type = duckdb_vector_get_column_type(handle);
    list = duckdb_get_type_id(type) == DUCKDB_TYPE_LIST;
    duckdb_destroy_logical_type(&type);
    return list;
}

static duckdb_vector child_handle(const struct pgs_vector *vector, bool list, uint32_t index)
{
    duckdb_vector handle = vector->host;

    return list ? duckdb_list_vector_get_child(handle)
                : duckdb_struct_vector_get_child(handle, index);
}

/* Reads the pointers of `handle` and of everything below it. */
static void refresh(struct pgs_vector *vector, duckdb_vector handle, size_t capacity_rows)
{
    bool list = is_list(vector, handle);

    vector->host = handle;
    vector->data = vector->child_count && !list ? NULL : duckdb_vector_get_data(handle);
    vector->validity = duckdb_vector_get_validity(handle);
    vector->capacity_rows = capacity_rows;
    for (uint32_t i = 0; i < vector->child_count; i++) {
        size_t rows = list ? vector->children[i].capacity_rows : capacity_rows;

        refresh(&vector->children[i], child_handle(vector, list, i), rows);
    }
}

static char *string_alloc(struct pgs_vector *vector, size_t size_bytes)
{
    return pgs_host_string_alloc(vector->host, size_bytes);
}

static bool validity_open(struct pgs_vector *vector)
{
    duckdb_vector_ensure_validity_writable(vector->host);
    vector->validity = duckdb_vector_get_validity(vector->host);
    return vector->validity != NULL;
}

static bool list_reserve(struct pgs_vector *vector, size_t rows)
{
    size_t capacity = vector->children[0].capacity_rows;

    if (rows <= capacity)
        return true;
    capacity = rows > capacity * 2 ? rows : capacity * 2;
    if (duckdb_list_vector_reserve(vector->host, capacity) != DuckDBSuccess)
        return false;
    refresh(&vector->children[0], duckdb_list_vector_get_child(vector->host), capacity);
    return true;
}

static const struct pgs_vector_ops duckdb_ops = {string_alloc, validity_open, list_reserve};

/* A fresh list child: nothing in it, the capacity DuckDB starts with. */
static void reset_for_write(struct pgs_vector *vector)
{
    vector->ops = &duckdb_ops;
    vector->child_rows = 0;
    for (uint32_t i = 0; i < vector->child_count; i++) {
        vector->children[i].capacity_rows = duckdb_vector_size();
        reset_for_write(&vector->children[i]);
    }
}

void pgs_vector_bind_write(struct pgs_vector *vector, const struct pgs_type *type,
                           duckdb_vector target, size_t rows_max)
{
    (void)type;
    reset_for_write(vector);
    refresh(vector, target, rows_max);
}

void pgs_vector_bind_read(struct pgs_vector *vector, const struct pgs_type *type,
                          duckdb_vector source)
{
    (void)type;
    refresh(vector, source, 0);
}

void pgs_vector_finish_write(struct pgs_vector *vector, const struct pgs_type *type)
{
    (void)type;
    if (vector->child_count == 0)
        return;
    if (is_list(vector, vector->host))
        (void)duckdb_list_vector_set_size(vector->host, vector->child_rows);
    for (uint32_t i = 0; i < vector->child_count; i++)
        pgs_vector_finish_write(&vector->children[i], type);
}
