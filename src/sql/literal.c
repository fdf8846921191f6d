/* SPDX-License-Identifier: MIT */
#include "sql/literal.h"

#include <inttypes.h>

#include "sql/quote.h"
#include "wire/show.h"

bool pgs_literal_exists(const struct pgs_expr_const *constant)
{
    if (constant->is_null)
        return true;
    switch (constant->target) {
    case PGS_TARGET_VARCHAR:
    case PGS_TARGET_JSON:
    case PGS_TARGET_ENUM:
        return pgs_sql_text_is_safe(constant->value.text);
    case PGS_TARGET_UINTEGER:
        return constant->value.integer >= 0 && constant->value.integer <= UINT32_MAX;
    case PGS_TARGET_DECIMAL:
        return constant->scale <= PGS_SHOW_SCALE_MAX;
    case PGS_TARGET_DATE:
    case PGS_TARGET_TIME:
    case PGS_TARGET_TIMETZ:
    case PGS_TARGET_TIMESTAMP:
    case PGS_TARGET_TIMESTAMPTZ:
        return pgs_time_exists(constant->target, constant->value.integer);
    case PGS_TARGET_LIST:
    case PGS_TARGET_STRUCT:
    case PGS_TARGET_COUNT:
        return false;
    default:
        return true;
    }
}

static void add_integer(struct pgs_buf *sql, int64_t value)
{
    /* Without quotes it would be the numeric 9223372036854775808, negated. */
    if (value == INT64_MIN)
        pgs_buf_add_text(sql, "'-9223372036854775808'::int8");
    else
        pgs_buf_addf(sql, "%" PRId64, value);
}

static void add_float(struct pgs_buf *sql, double value, bool is_float)
{
    pgs_buf_add_char(sql, '\'');
    pgs_show_float(sql, value, is_float);
    pgs_buf_add_text(sql, is_float ? "'::float4" : "'::float8");
}

static void add_decimal(struct pgs_buf *sql, struct pgs_int128 value, unsigned scale)
{
    pgs_buf_add_char(sql, '\'');
    pgs_show_decimal(sql, value, scale);
    pgs_buf_add_text(sql, "'::numeric");
}

static void add_blob(struct pgs_buf *sql, struct pgs_str bytes)
{
    pgs_buf_add_text(sql, "E'\\\\x");
    pgs_show_hex(sql, bytes);
    pgs_buf_add_text(sql, "'::bytea");
}

static void add_uuid(struct pgs_buf *sql, struct pgs_int128 value)
{
    pgs_buf_add_char(sql, '\'');
    pgs_show_uuid(sql, value);
    pgs_buf_add_text(sql, "'::uuid");
}

static void add_interval(struct pgs_buf *sql, struct pgs_interval value)
{
    pgs_buf_add_char(sql, '\'');
    pgs_show_interval(sql, value);
    pgs_buf_add_text(sql, "'::interval");
}

static const char *cast_of(enum pgs_target target)
{
    switch (target) {
    case PGS_TARGET_DATE:
        return "'::date";
    case PGS_TARGET_TIME:
        return "'::time";
    case PGS_TARGET_TIMETZ:
        return "'::timetz";
    case PGS_TARGET_TIMESTAMP:
        return "'::timestamp";
    default:
        return "'::timestamptz";
    }
}

static void add_time(struct pgs_buf *sql, enum pgs_target target, int64_t value)
{
    pgs_buf_add_char(sql, '\'');
    pgs_show_time(sql, target, value);
    pgs_buf_add_text(sql, cast_of(target));
}

void pgs_deparse_literal(struct pgs_buf *sql, const struct pgs_expr_const *constant)
{
    if (!pgs_literal_exists(constant)) {
        sql->broken = true;
        return;
    }
    if (constant->is_null) {
        pgs_buf_add_text(sql, "NULL");
        return;
    }
    switch (constant->target) {
    case PGS_TARGET_BOOLEAN:
        pgs_buf_add_text(sql, constant->value.boolean ? "true" : "false");
        return;
    case PGS_TARGET_SMALLINT:
    case PGS_TARGET_INTEGER:
    case PGS_TARGET_BIGINT:
        add_integer(sql, constant->value.integer);
        return;
    case PGS_TARGET_UINTEGER:
        pgs_buf_addf(sql, "'%" PRId64 "'::oid", constant->value.integer);
        return;
    case PGS_TARGET_FLOAT:
    case PGS_TARGET_DOUBLE:
        add_float(sql, constant->value.number, constant->target == PGS_TARGET_FLOAT);
        return;
    case PGS_TARGET_DECIMAL:
        add_decimal(sql, constant->value.wide, constant->scale);
        return;
    case PGS_TARGET_VARCHAR:
    case PGS_TARGET_JSON:
    case PGS_TARGET_ENUM:
        pgs_quote_literal(sql, constant->value.text);
        return;
    case PGS_TARGET_BLOB:
        add_blob(sql, constant->value.text);
        return;
    case PGS_TARGET_UUID:
        add_uuid(sql, constant->value.wide);
        return;
    case PGS_TARGET_INTERVAL:
        add_interval(sql, constant->value.interval);
        return;
    default:
        add_time(sql, constant->target, constant->value.integer);
        return;
    }
}
