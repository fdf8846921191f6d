/* SPDX-License-Identifier: MIT */
#include "catalog/logical_type.h"

#include "base/alloc.h"
#include "base/limits.h"

static const duckdb_type plain_types[PGS_TARGET_COUNT] = {
    [PGS_TARGET_VARCHAR] = DUCKDB_TYPE_VARCHAR,
    [PGS_TARGET_BLOB] = DUCKDB_TYPE_BLOB,
    [PGS_TARGET_BOOLEAN] = DUCKDB_TYPE_BOOLEAN,
    [PGS_TARGET_SMALLINT] = DUCKDB_TYPE_SMALLINT,
    [PGS_TARGET_INTEGER] = DUCKDB_TYPE_INTEGER,
    [PGS_TARGET_BIGINT] = DUCKDB_TYPE_BIGINT,
    [PGS_TARGET_UINTEGER] = DUCKDB_TYPE_UINTEGER,
    [PGS_TARGET_FLOAT] = DUCKDB_TYPE_FLOAT,
    [PGS_TARGET_DOUBLE] = DUCKDB_TYPE_DOUBLE,
    [PGS_TARGET_UUID] = DUCKDB_TYPE_UUID,
    [PGS_TARGET_DATE] = DUCKDB_TYPE_DATE,
    [PGS_TARGET_TIME] = DUCKDB_TYPE_TIME,
    [PGS_TARGET_TIMETZ] = DUCKDB_TYPE_TIME_TZ,
    [PGS_TARGET_TIMESTAMP] = DUCKDB_TYPE_TIMESTAMP,
    [PGS_TARGET_TIMESTAMPTZ] = DUCKDB_TYPE_TIMESTAMP_TZ,
    [PGS_TARGET_INTERVAL] = DUCKDB_TYPE_INTERVAL,
    [PGS_TARGET_GEOMETRY] = DUCKDB_TYPE_GEOMETRY,
};

static enum pgs_status refused(const struct pgs_type *type, struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "type \"%.*s\" has no form in DuckDB",
                         PGS_STR_ARG(type->sql_name));
}

static enum pgs_status make_at_depth(const struct pgs_type *type, unsigned depth,
                                     duckdb_logical_type *logical, struct pgs_error *err);

static enum pgs_status make_json(duckdb_logical_type *logical, struct pgs_error *err)
{
    duckdb_logical_type made = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);

    if (!made)
        return pgs_error_oom(err);
    duckdb_logical_type_set_alias(made, "JSON");
    *logical = made;
    return PGS_OK;
}

static enum pgs_status make_enum(const struct pgs_type *type, duckdb_logical_type *logical,
                                 struct pgs_error *err)
{
    struct pgs_arena arena;
    const char **labels;
    enum pgs_status status = PGS_OK;

    pgs_arena_init(&arena);
    labels = pgs_arena_array(&arena, type->label_count, sizeof(*labels));
    if (!labels)
        status = pgs_error_oom(err);
    for (uint32_t i = 0; i < type->label_count && status == PGS_OK; i++) {
        labels[i] = pgs_arena_str(&arena, type->labels[i]).at;
        if (!labels[i])
            status = pgs_error_oom(err);
    }
    if (status == PGS_OK) {
        *logical = duckdb_create_enum_type(labels, type->label_count);
        if (!*logical)
            status = refused(type, err);
    }
    pgs_arena_release(&arena);
    return status;
}

static enum pgs_status make_list(const struct pgs_type *type, unsigned depth,
                                 duckdb_logical_type *logical, struct pgs_error *err)
{
    duckdb_logical_type inner = NULL;

    PGS_TRY(make_at_depth(type->element, depth + 1, &inner, err));
    for (unsigned i = 0; i < type->dimensions; i++) {
        duckdb_logical_type outer = duckdb_create_list_type(inner);

        duckdb_destroy_logical_type(&inner);
        if (!outer)
            return pgs_error_oom(err);
        inner = outer;
    }
    *logical = inner;
    return PGS_OK;
}

static enum pgs_status make_struct(const struct pgs_type *type, unsigned depth,
                                   duckdb_logical_type *logical, struct pgs_error *err)
{
    duckdb_logical_type *members = pgs_alloc_array(type->field_count, sizeof(*members));
    struct pgs_arena arena;
    enum pgs_status status = PGS_OK;
    const char **names;

    pgs_arena_init(&arena);
    names = pgs_arena_array(&arena, type->field_count, sizeof(*names));
    if (!members || !names) {
        status = pgs_error_oom(err);
        goto done;
    }
    for (uint32_t i = 0; i < type->field_count && status == PGS_OK; i++) {
        names[i] = pgs_arena_str(&arena, type->fields[i].name).at;
        status = names[i] ? make_at_depth(type->fields[i].type, depth + 1, &members[i], err)
                          : pgs_error_oom(err);
    }
    if (status == PGS_OK) {
        *logical = duckdb_create_struct_type(members, names, type->field_count);
        if (!*logical)
            status = refused(type, err);
    }
done:
    for (uint32_t i = 0; members && i < type->field_count; i++)
        duckdb_destroy_logical_type(&members[i]);
    pgs_free(members);
    pgs_arena_release(&arena);
    return status;
}

static enum pgs_status make_plain(const struct pgs_type *type, duckdb_logical_type *logical,
                                  struct pgs_error *err)
{
    if (type->target >= PGS_TARGET_COUNT || plain_types[type->target] == DUCKDB_TYPE_INVALID)
        return refused(type, err);
    *logical = duckdb_create_logical_type(plain_types[type->target]);
    return *logical ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status make_at_depth(const struct pgs_type *type, unsigned depth,
                                     duckdb_logical_type *logical, struct pgs_error *err)
{
    if (depth > PGS_TYPE_DEPTH_MAX)
        return refused(type, err);
    switch (type->target) {
    case PGS_TARGET_JSON:
        return make_json(logical, err);
    case PGS_TARGET_DECIMAL:
        *logical = duckdb_create_decimal_type(type->precision, type->scale);
        return *logical ? PGS_OK : pgs_error_oom(err);
    case PGS_TARGET_ENUM:
        return make_enum(type, logical, err);
    case PGS_TARGET_LIST:
        return make_list(type, depth, logical, err);
    case PGS_TARGET_STRUCT:
        return make_struct(type, depth, logical, err);
    default:
        return make_plain(type, logical, err);
    }
}

enum pgs_status pgs_logical_type_of(const struct pgs_type *type, duckdb_logical_type *logical,
                                    struct pgs_error *err)
{
    *logical = NULL;
    return make_at_depth(type, 0, logical, err);
}
