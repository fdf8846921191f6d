/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/limits.h"
#include "catalog/internal.h"
#include "catalog/logical_type.h"

struct source_row {
    duckdb_type type;
    enum pgs_source_type_id id;
    const char *spelling;
};

static const struct source_row rows[] = {
    {DUCKDB_TYPE_BOOLEAN, PGS_SOURCE_BOOLEAN, "BOOLEAN"},
    {DUCKDB_TYPE_TINYINT, PGS_SOURCE_TINYINT, "TINYINT"},
    {DUCKDB_TYPE_SMALLINT, PGS_SOURCE_SMALLINT, "SMALLINT"},
    {DUCKDB_TYPE_INTEGER, PGS_SOURCE_INTEGER, "INTEGER"},
    {DUCKDB_TYPE_BIGINT, PGS_SOURCE_BIGINT, "BIGINT"},
    {DUCKDB_TYPE_HUGEINT, PGS_SOURCE_HUGEINT, "HUGEINT"},
    {DUCKDB_TYPE_UTINYINT, PGS_SOURCE_UTINYINT, "UTINYINT"},
    {DUCKDB_TYPE_USMALLINT, PGS_SOURCE_USMALLINT, "USMALLINT"},
    {DUCKDB_TYPE_UINTEGER, PGS_SOURCE_UINTEGER, "UINTEGER"},
    {DUCKDB_TYPE_UBIGINT, PGS_SOURCE_UBIGINT, "UBIGINT"},
    {DUCKDB_TYPE_UHUGEINT, PGS_SOURCE_UHUGEINT, "UHUGEINT"},
    {DUCKDB_TYPE_FLOAT, PGS_SOURCE_FLOAT, "FLOAT"},
    {DUCKDB_TYPE_DOUBLE, PGS_SOURCE_DOUBLE, "DOUBLE"},
    {DUCKDB_TYPE_DECIMAL, PGS_SOURCE_DECIMAL, "DECIMAL"},
    {DUCKDB_TYPE_VARCHAR, PGS_SOURCE_VARCHAR, "VARCHAR"},
    {DUCKDB_TYPE_SQLNULL, PGS_SOURCE_VARCHAR, "NULL"},
    {DUCKDB_TYPE_BLOB, PGS_SOURCE_BLOB, "BLOB"},
    {DUCKDB_TYPE_UUID, PGS_SOURCE_UUID, "UUID"},
    {DUCKDB_TYPE_DATE, PGS_SOURCE_DATE, "DATE"},
    {DUCKDB_TYPE_TIME, PGS_SOURCE_TIME, "TIME"},
    {DUCKDB_TYPE_TIME_TZ, PGS_SOURCE_TIMETZ, "TIME WITH TIME ZONE"},
    {DUCKDB_TYPE_TIME_NS, PGS_SOURCE_TIME_NS, "TIME_NS"},
    {DUCKDB_TYPE_TIMESTAMP, PGS_SOURCE_TIMESTAMP, "TIMESTAMP"},
    {DUCKDB_TYPE_TIMESTAMP_S, PGS_SOURCE_TIMESTAMP_S, "TIMESTAMP_S"},
    {DUCKDB_TYPE_TIMESTAMP_MS, PGS_SOURCE_TIMESTAMP_MS, "TIMESTAMP_MS"},
    {DUCKDB_TYPE_TIMESTAMP_NS, PGS_SOURCE_TIMESTAMP_NS, "TIMESTAMP_NS"},
    {DUCKDB_TYPE_TIMESTAMP_TZ, PGS_SOURCE_TIMESTAMPTZ, "TIMESTAMP WITH TIME ZONE"},
    {DUCKDB_TYPE_INTERVAL, PGS_SOURCE_INTERVAL, "INTERVAL"},
    {DUCKDB_TYPE_ENUM, PGS_SOURCE_ENUM, "ENUM"},
    {DUCKDB_TYPE_STRUCT, PGS_SOURCE_STRUCT, "STRUCT"},
    {DUCKDB_TYPE_MAP, PGS_SOURCE_MAP, "MAP"},
    {DUCKDB_TYPE_UNION, PGS_SOURCE_UNION, "UNION"},
    {DUCKDB_TYPE_LIST, PGS_SOURCE_LIST, "LIST"},
    {DUCKDB_TYPE_ARRAY, PGS_SOURCE_ARRAY, "ARRAY"},
    {DUCKDB_TYPE_BIT, PGS_SOURCE_BIT, "BIT"},
    {DUCKDB_TYPE_GEOMETRY, PGS_SOURCE_GEOMETRY, "GEOMETRY"},
    {DUCKDB_TYPE_BIGNUM, PGS_SOURCE_OTHER, "BIGNUM"},
    {DUCKDB_TYPE_VARIANT, PGS_SOURCE_OTHER, "VARIANT"},
};

static void fill_plain(duckdb_logical_type logical, struct pgs_source_type *source)
{
    duckdb_type type = duckdb_get_type_id(logical);

    source->id = PGS_SOURCE_OTHER;
    source->spelling = pgs_str_of("unknown type");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].type == type) {
            source->id = rows[i].id;
            source->spelling = pgs_str_of(rows[i].spelling);
        }
    }
    if (source->id == PGS_SOURCE_DECIMAL) {
        source->precision = duckdb_decimal_width(logical);
        source->scale = duckdb_decimal_scale(logical);
    }
}

/* The alias decides when there is one. */
static enum pgs_status fill_alias(duckdb_logical_type logical, struct pgs_arena *arena,
                                  struct pgs_source_type *source, bool *has_alias,
                                  struct pgs_error *err)
{
    char *alias = duckdb_logical_type_get_alias(logical);

    *has_alias = alias != NULL;
    if (!alias)
        return PGS_OK;
    source->spelling = pgs_arena_str(arena, pgs_str_of(alias));
    duckdb_free(alias);
    source->id = pgs_str_equal_nocase(source->spelling, pgs_str_of("JSON")) ? PGS_SOURCE_JSON
                                                                            : PGS_SOURCE_USER;
    return source->spelling.at ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status source_at_depth(duckdb_logical_type logical, unsigned depth,
                                       struct pgs_arena *arena, struct pgs_source_type *source,
                                       struct pgs_error *err)
{
    struct pgs_source_type *element;
    duckdb_logical_type child;
    enum pgs_status status;
    bool has_alias = false;

    *source = (struct pgs_source_type){.id = PGS_SOURCE_OTHER};
    if (depth > PGS_TYPE_DEPTH_MAX)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "type is nested too deeply");
    PGS_TRY(fill_alias(logical, arena, source, &has_alias, err));
    if (has_alias)
        return PGS_OK;
    fill_plain(logical, source);
    if (source->id != PGS_SOURCE_LIST && source->id != PGS_SOURCE_ARRAY)
        return PGS_OK;
    element = pgs_arena_alloc(arena, sizeof(*element));
    if (!element)
        return pgs_error_oom(err);
    child = source->id == PGS_SOURCE_LIST ? duckdb_list_type_child_type(logical)
                                          : duckdb_array_type_child_type(logical);
    status = source_at_depth(child, depth + 1, arena, element, err);
    duckdb_destroy_logical_type(&child);
    source->element = element;
    return status;
}

enum pgs_status pgs_source_type_of(duckdb_logical_type logical, struct pgs_arena *arena,
                                   struct pgs_source_type *source, struct pgs_error *err)
{
    return source_at_depth(logical, 0, arena, source, err);
}
