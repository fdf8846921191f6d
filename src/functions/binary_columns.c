/* SPDX-License-Identifier: MIT */
#include "functions/binary_columns.h"

#include <string.h>

#include "base/limits.h"

/* pg_type.dat */
enum {
    OID_TEXT = 25,
    OID_JSON = 114,
    OID_NUMERIC = 1700,
    OID_RECORD = 2249,
};

static const struct {
    duckdb_type type;
    uint32_t oid;
} scalars[] = {
    {DUCKDB_TYPE_BOOLEAN, 16},    {DUCKDB_TYPE_SMALLINT, 21},    {DUCKDB_TYPE_INTEGER, 23},
    {DUCKDB_TYPE_BIGINT, 20},     {DUCKDB_TYPE_FLOAT, 700},      {DUCKDB_TYPE_DOUBLE, 701},
    {DUCKDB_TYPE_VARCHAR, 25},    {DUCKDB_TYPE_BLOB, 17},        {DUCKDB_TYPE_GEOMETRY, 17},
    {DUCKDB_TYPE_UUID, 2950},     {DUCKDB_TYPE_DATE, 1082},      {DUCKDB_TYPE_TIME, 1083},
    {DUCKDB_TYPE_TIME_TZ, 1266},  {DUCKDB_TYPE_TIMESTAMP, 1114}, {DUCKDB_TYPE_TIMESTAMP_TZ, 1184},
    {DUCKDB_TYPE_INTERVAL, 1186},
};

static enum pgs_status fill(struct pgs_arena *arena, duckdb_logical_type logical, unsigned depth,
                            struct pgs_type *type, struct pgs_error *err);

static bool has_json_alias(duckdb_logical_type logical)
{
    char *alias = duckdb_logical_type_get_alias(logical);
    bool json = alias && strcmp(alias, "JSON") == 0;

    duckdb_free(alias);
    return json;
}

static void fill_decimal(duckdb_logical_type logical, struct pgs_type *type)
{
    int32_t width = duckdb_decimal_width(logical);
    int32_t scale = duckdb_decimal_scale(logical);

    /* numeric(p,s) in pg_attribute.atttypmod: VARHDRSZ is added. */
    pgs_type_init_builtin(type, OID_NUMERIC, (width << 16 | scale) + 4);
}

static enum pgs_status fill_enum(struct pgs_arena *arena, duckdb_logical_type logical,
                                 struct pgs_type *type, struct pgs_error *err)
{
    uint32_t count = duckdb_enum_dictionary_size(logical);
    struct pgs_str *labels = pgs_arena_array(arena, count, sizeof(*labels));

    if (!labels)
        return pgs_error_oom(err);
    for (uint32_t i = 0; i < count; i++) {
        char *label = duckdb_enum_dictionary_value(logical, i);

        labels[i] = pgs_arena_str(arena, pgs_str_of(label));
        duckdb_free(label);
        if (!labels[i].at)
            return pgs_error_oom(err);
    }
    type->oid = OID_TEXT; /* inside arrays and composites */
    type->kind = PGS_KIND_ENUM;
    type->target = PGS_TARGET_ENUM;
    type->labels = labels;
    type->label_count = count;
    return pgs_type_index_labels(type, arena, err);
}

/* Nested lists are the dimensions of one array. */
static enum pgs_status fill_list(struct pgs_arena *arena, duckdb_logical_type logical,
                                 unsigned depth, struct pgs_type *type, struct pgs_error *err)
{
    struct pgs_type *element = pgs_arena_alloc(arena, sizeof(*element));
    duckdb_logical_type child = duckdb_list_type_child_type(logical);
    enum pgs_status status;

    type->kind = PGS_KIND_ARRAY;
    type->target = PGS_TARGET_LIST;
    type->dimensions = 1;
    while (duckdb_get_type_id(child) == DUCKDB_TYPE_LIST) {
        duckdb_logical_type below = duckdb_list_type_child_type(child);

        duckdb_destroy_logical_type(&child);
        child = below;
        type->dimensions++;
        if (type->dimensions > PGS_ARRAY_DIMENSIONS_MAX)
            break;
    }
    if (!element)
        status = pgs_error_oom(err);
    else if (type->dimensions > PGS_ARRAY_DIMENSIONS_MAX)
        status = pgs_error_set(err, PGS_ERR_UNSUPPORTED, "Postgres arrays have at most %d levels",
                               PGS_ARRAY_DIMENSIONS_MAX);
    else
        status = fill(arena, child, depth + 1, element, err);
    duckdb_destroy_logical_type(&child);
    type->element = element;
    if (status == PGS_OK)
        type->oid = pgs_type_array_oid(element->oid);
    return status;
}

static enum pgs_status fill_struct(struct pgs_arena *arena, duckdb_logical_type logical,
                                   unsigned depth, struct pgs_type *type, struct pgs_error *err)
{
    idx_t count = duckdb_struct_type_child_count(logical);
    struct pgs_field *fields = pgs_arena_array(arena, count, sizeof(*fields));
    enum pgs_status status = fields ? PGS_OK : pgs_error_oom(err);

    for (idx_t i = 0; i < count && status == PGS_OK; i++) {
        struct pgs_type *inner = pgs_arena_alloc(arena, sizeof(*inner));
        duckdb_logical_type child = duckdb_struct_type_child_type(logical, i);
        char *name = duckdb_struct_type_child_name(logical, i);

        fields[i].name = pgs_arena_str(arena, pgs_str_of(name));
        fields[i].type = inner;
        status = inner && fields[i].name.at ? fill(arena, child, depth + 1, inner, err)
                                            : pgs_error_oom(err);
        duckdb_free(name);
        duckdb_destroy_logical_type(&child);
    }
    type->oid = OID_RECORD;
    type->kind = PGS_KIND_COMPOSITE;
    type->target = PGS_TARGET_STRUCT;
    type->fields = fields;
    type->field_count = (uint32_t)count;
    return status;
}

static enum pgs_status fill(struct pgs_arena *arena, duckdb_logical_type logical, unsigned depth,
                            struct pgs_type *type, struct pgs_error *err)
{
    duckdb_type id = duckdb_get_type_id(logical);

    type->typmod = -1;
    if (depth > PGS_TYPE_DEPTH_MAX)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "the type nests too deeply");
    if (id == DUCKDB_TYPE_DECIMAL) {
        fill_decimal(logical, type);
        return PGS_OK;
    }
    if (id == DUCKDB_TYPE_ENUM)
        return fill_enum(arena, logical, type, err);
    if (id == DUCKDB_TYPE_LIST)
        return fill_list(arena, logical, depth, type, err);
    if (id == DUCKDB_TYPE_STRUCT)
        return fill_struct(arena, logical, depth, type, err);
    for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
        if (scalars[i].type != id)
            continue;
        pgs_type_init_builtin(type, has_json_alias(logical) ? OID_JSON : scalars[i].oid, -1);
        return PGS_OK;
    }
    return pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                         "Type is not supported for Postgres binary copy");
}

enum pgs_status pgs_binary_columns(struct pgs_arena *arena, const duckdb_logical_type *types,
                                   const struct pgs_str *names, size_t count,
                                   struct pgs_row_column *columns, struct pgs_error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct pgs_type *type = pgs_arena_alloc(arena, sizeof(*type));
        enum pgs_status status;

        columns[i].name = pgs_arena_str(arena, names[i]);
        columns[i].type = type;
        if (!type || !columns[i].name.at)
            return pgs_error_oom(err);
        status = fill(arena, types[i], 0, type, err);
        if (status != PGS_OK) {
            pgs_error_context(err, "column \"%.*s\"", PGS_STR_ARG(names[i]));
            return status;
        }
    }
    return PGS_OK;
}
