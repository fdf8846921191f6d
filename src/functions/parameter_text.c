/* SPDX-License-Identifier: MIT */
#include "functions/parameter_text.h"

#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "wire/show.h"
#include "wire/text_quote.h"

static enum pgs_status add_value(struct pgs_buf *text, duckdb_value value, unsigned depth,
                                 struct pgs_error *err);

/* DuckDB's text; years before Christ without the parentheses it has there. */
static enum pgs_status add_cast(struct pgs_buf *text, duckdb_value value, struct pgs_error *err)
{
    char *cast = duckdb_get_varchar(value);
    char *bc = cast ? strstr(cast, " (BC)") : NULL;

    if (!cast)
        return pgs_error_oom(err);
    if (bc) {
        pgs_buf_add(text, cast, (size_t)(bc - cast));
        pgs_buf_add_text(text, bc + strlen(" (BC)"));
        pgs_buf_add_text(text, " BC");
    } else {
        pgs_buf_add_text(text, cast);
    }
    duckdb_free(cast);
    return PGS_OK;
}

static enum pgs_status add_text(struct pgs_buf *text, struct pgs_str bytes, struct pgs_error *err)
{
    if (bytes.size_bytes && memchr(bytes.at, '\0', bytes.size_bytes))
        return pgs_error_set(err, PGS_ERR_USAGE, "a query parameter contains a zero byte");
    pgs_buf_add_str(text, bytes);
    return PGS_OK;
}

/* A member of an array or composite, in quotes where it needs them. A nested array
 * has none. */
static enum pgs_status add_member(struct pgs_buf *text, duckdb_value member, bool quoted,
                                  unsigned depth, struct pgs_error *err)
{
    size_t start = text->size_bytes;

    PGS_TRY(add_value(text, member, depth + 1, err));
    if (quoted)
        pgs_text_quote_part(text, start, ',');
    return PGS_OK;
}

static bool is_list(duckdb_value value)
{
    return duckdb_get_type_id(duckdb_get_value_type(value)) == DUCKDB_TYPE_LIST;
}

static enum pgs_status add_list(struct pgs_buf *text, duckdb_value list, unsigned depth,
                                struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;

    pgs_buf_add_char(text, '{');
    for (idx_t i = 0; i < duckdb_get_list_size(list) && status == PGS_OK; i++) {
        duckdb_value member = duckdb_get_list_child(list, i);

        if (i)
            pgs_buf_add_char(text, ',');
        if (!member || duckdb_is_null_value(member))
            pgs_buf_add_text(text, "NULL");
        else
            status = add_member(text, member, !is_list(member), depth, err);
        duckdb_destroy_value(&member);
    }
    pgs_buf_add_char(text, '}');
    return status;
}

static enum pgs_status add_struct(struct pgs_buf *text, duckdb_value value, unsigned depth,
                                  struct pgs_error *err)
{
    idx_t count = duckdb_struct_type_child_count(duckdb_get_value_type(value));
    enum pgs_status status = PGS_OK;

    pgs_buf_add_char(text, '(');
    for (idx_t i = 0; i < count && status == PGS_OK; i++) {
        duckdb_value member = duckdb_get_struct_child(value, i);

        if (i)
            pgs_buf_add_char(text, ',');
        if (member && !duckdb_is_null_value(member))
            status = add_member(text, member, true, depth, err);
        duckdb_destroy_value(&member);
    }
    pgs_buf_add_char(text, ')');
    return status;
}

static enum pgs_status add_value(struct pgs_buf *text, duckdb_value value, unsigned depth,
                                 struct pgs_error *err)
{
    if (depth > PGS_TYPE_DEPTH_MAX)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "a query parameter nests too deeply");
    switch (duckdb_get_type_id(duckdb_get_value_type(value))) {
    case DUCKDB_TYPE_VARCHAR:
        return add_text(text, pgs_host_text(value), err);
    case DUCKDB_TYPE_BLOB:
        pgs_buf_add_text(text, "\\x");
        pgs_show_hex(text, pgs_host_text(value));
        return PGS_OK;
    case DUCKDB_TYPE_LIST:
        return add_list(text, value, depth, err);
    case DUCKDB_TYPE_STRUCT:
        return add_struct(text, value, depth, err);
    case DUCKDB_TYPE_MAP:
    case DUCKDB_TYPE_UNION:
    case DUCKDB_TYPE_ARRAY:
        return pgs_error_set(
            err, PGS_ERR_USAGE,
            "MAP, UNION and ARRAY of fixed length have no counterpart in Postgres");
    default:
        return add_cast(text, value, err);
    }
}

enum pgs_status pgs_parameter_text(duckdb_value value, struct pgs_buf *text, struct pgs_error *err)
{
    PGS_TRY(add_value(text, value, 0, err));
    return pgs_buf_status(text, err);
}
