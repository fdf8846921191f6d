/* SPDX-License-Identifier: MIT
 *
 * Texts and bytes are read through a vector, not with duckdb_get_varchar():
 * that ends at a zero byte, and a filter on a shorter text has another answer.
 */
#include <stdint.h>

#include "base/limits.h"
#include "catalog/internal.h"
#include "catalog/logical_type.h"

static enum pgs_status unsupported(struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "constant has no exact form in PostgreSQL");
}

static void set_integer(struct pgs_expr_const *constant, enum pgs_target target, int64_t value)
{
    constant->target = target;
    constant->value.integer = value;
}

static void set_wide(struct pgs_expr_const *constant, uint8_t precision, uint8_t scale,
                     struct pgs_int128 value)
{
    constant->target = PGS_TARGET_DECIMAL;
    constant->precision = precision;
    constant->scale = scale;
    constant->value.wide = value;
}

/* ---- numbers ---- */

static enum pgs_status read_wide(duckdb_type type, duckdb_value value,
                                 struct pgs_expr_const *constant, struct pgs_error *err)
{
    struct pgs_int128 wide = {0, 0};

    if (type == DUCKDB_TYPE_UBIGINT) {
        wide.lower = duckdb_get_uint64(value);
    } else if (type == DUCKDB_TYPE_HUGEINT) {
        duckdb_hugeint number = duckdb_get_hugeint(value);

        wide = (struct pgs_int128){number.lower, number.upper};
    } else {
        duckdb_uhugeint number = duckdb_get_uhugeint(value);

        if (number.upper > INT64_MAX)
            return unsupported(err);
        wide = (struct pgs_int128){number.lower, (int64_t)number.upper};
    }
    /* What fits is better compared as an integer: an index serves it. */
    if ((wide.upper == 0 && wide.lower <= INT64_MAX) ||
        (wide.upper == -1 && wide.lower > INT64_MAX))
        set_integer(constant, PGS_TARGET_BIGINT, (int64_t)wide.lower);
    else
        set_wide(constant, type == DUCKDB_TYPE_UBIGINT ? 20 : 38, 0, wide);
    return PGS_OK;
}

static enum pgs_status read_number(duckdb_type type, duckdb_value value,
                                   struct pgs_expr_const *constant, struct pgs_error *err)
{
    duckdb_decimal decimal;

    switch (type) {
    case DUCKDB_TYPE_TINYINT:
        set_integer(constant, PGS_TARGET_SMALLINT, duckdb_get_int8(value));
        return PGS_OK;
    case DUCKDB_TYPE_UTINYINT:
        set_integer(constant, PGS_TARGET_SMALLINT, duckdb_get_uint8(value));
        return PGS_OK;
    case DUCKDB_TYPE_SMALLINT:
        set_integer(constant, PGS_TARGET_SMALLINT, duckdb_get_int16(value));
        return PGS_OK;
    case DUCKDB_TYPE_USMALLINT:
        set_integer(constant, PGS_TARGET_INTEGER, duckdb_get_uint16(value));
        return PGS_OK;
    case DUCKDB_TYPE_INTEGER:
        set_integer(constant, PGS_TARGET_INTEGER, duckdb_get_int32(value));
        return PGS_OK;
    case DUCKDB_TYPE_UINTEGER:
        set_integer(constant, PGS_TARGET_UINTEGER, duckdb_get_uint32(value));
        return PGS_OK;
    case DUCKDB_TYPE_BIGINT:
        set_integer(constant, PGS_TARGET_BIGINT, duckdb_get_int64(value));
        return PGS_OK;
    case DUCKDB_TYPE_FLOAT:
        constant->target = PGS_TARGET_FLOAT;
        constant->value.number = (double)duckdb_get_float(value);
        return PGS_OK;
    case DUCKDB_TYPE_DOUBLE:
        constant->target = PGS_TARGET_DOUBLE;
        constant->value.number = duckdb_get_double(value);
        return PGS_OK;
    case DUCKDB_TYPE_DECIMAL:
        decimal = duckdb_get_decimal(value);
        set_wide(constant, decimal.width, decimal.scale,
                 (struct pgs_int128){decimal.value.lower, decimal.value.upper});
        return PGS_OK;
    default:
        return read_wide(type, value, constant, err);
    }
}

/* ---- times ---- */

/* Microseconds from another unit; infinities stay what they are. */
static bool to_micros(int64_t value, int64_t factor, int64_t *micros)
{
    *micros = value;
    if (value == INT64_MAX || value == -INT64_MAX)
        return true;
    if (value > INT64_MAX / factor || value < -(INT64_MAX / factor))
        return false;
    *micros = value * factor;
    return true;
}

static enum pgs_status read_scaled(duckdb_type type, duckdb_value value,
                                   struct pgs_expr_const *constant, struct pgs_error *err)
{
    int64_t micros = 0;
    bool exact;

    if (type == DUCKDB_TYPE_TIMESTAMP_S) {
        exact = to_micros(duckdb_get_timestamp_s(value).seconds, 1000000, &micros);
    } else if (type == DUCKDB_TYPE_TIMESTAMP_MS) {
        exact = to_micros(duckdb_get_timestamp_ms(value).millis, 1000, &micros);
    } else {
        int64_t nanos = type == DUCKDB_TYPE_TIME_NS ? duckdb_get_time_ns(value).nanos
                                                    : duckdb_get_timestamp_ns(value).nanos;
        bool infinite = nanos == INT64_MAX || nanos == -INT64_MAX;

        exact = infinite || nanos % 1000 == 0;
        micros = infinite ? nanos : nanos / 1000;
    }
    if (!exact)
        return unsupported(err);
    set_integer(constant, type == DUCKDB_TYPE_TIME_NS ? PGS_TARGET_TIME : PGS_TARGET_TIMESTAMP,
                micros);
    return PGS_OK;
}

static enum pgs_status read_time(duckdb_type type, duckdb_value value,
                                 struct pgs_expr_const *constant, struct pgs_error *err)
{
    duckdb_interval interval;

    switch (type) {
    case DUCKDB_TYPE_DATE:
        set_integer(constant, PGS_TARGET_DATE, duckdb_get_date(value).days);
        return PGS_OK;
    case DUCKDB_TYPE_TIME:
        set_integer(constant, PGS_TARGET_TIME, duckdb_get_time(value).micros);
        return PGS_OK;
    case DUCKDB_TYPE_TIME_TZ:
        set_integer(constant, PGS_TARGET_TIMETZ, (int64_t)duckdb_get_time_tz(value).bits);
        return PGS_OK;
    case DUCKDB_TYPE_TIMESTAMP:
        set_integer(constant, PGS_TARGET_TIMESTAMP, duckdb_get_timestamp(value).micros);
        return PGS_OK;
    case DUCKDB_TYPE_TIMESTAMP_TZ:
        set_integer(constant, PGS_TARGET_TIMESTAMPTZ, duckdb_get_timestamp_tz(value).micros);
        return PGS_OK;
    case DUCKDB_TYPE_INTERVAL:
        interval = duckdb_get_interval(value);
        constant->target = PGS_TARGET_INTERVAL;
        constant->value.interval =
            (struct pgs_interval){interval.months, interval.days, interval.micros};
        return PGS_OK;
    default:
        return read_scaled(type, value, constant, err);
    }
}

/* ---- texts ---- */

static enum pgs_status read_bytes(duckdb_value value, struct pgs_arena *arena, struct pgs_str *text,
                                  struct pgs_error *err)
{
    duckdb_vector vector = duckdb_create_vector(duckdb_get_value_type(value), 1);
    duckdb_string_t *string;

    if (!vector)
        return pgs_error_oom(err);
    duckdb_vector_reference_value(vector, value);
    string = duckdb_vector_get_data(vector);
    *text = (struct pgs_str){duckdb_string_t_data(string), duckdb_string_t_length(*string)};
    *text = pgs_arena_str(arena, *text);
    duckdb_destroy_vector(&vector);
    return text->at ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status read_label(duckdb_value value, struct pgs_arena *arena, struct pgs_str *text,
                                  struct pgs_error *err)
{
    duckdb_logical_type type = duckdb_get_value_type(value); /* borrowed from the value */
    uint64_t index = duckdb_get_enum_value(value);
    char *label;

    if (index >= duckdb_enum_dictionary_size(type))
        return unsupported(err);
    label = duckdb_enum_dictionary_value(type, index);
    *text = pgs_arena_str(arena, pgs_str_of(label));
    duckdb_free(label);
    return text->at ? PGS_OK : pgs_error_oom(err);
}

static bool is_json(duckdb_logical_type type)
{
    char *alias = duckdb_logical_type_get_alias(type);
    bool json = alias && pgs_str_equal_nocase(pgs_str_of(alias), pgs_str_of("JSON"));

    duckdb_free(alias);
    return json;
}

static enum pgs_status read_text(duckdb_type type, duckdb_value value, struct pgs_arena *arena,
                                 struct pgs_expr_const *constant, struct pgs_error *err)
{
    switch (type) {
    case DUCKDB_TYPE_ENUM:
        constant->target = PGS_TARGET_ENUM;
        return read_label(value, arena, &constant->value.text, err);
    case DUCKDB_TYPE_BLOB:
        constant->target = PGS_TARGET_BLOB;
        return read_bytes(value, arena, &constant->value.text, err);
    default:
        constant->target =
            is_json(duckdb_get_value_type(value)) ? PGS_TARGET_JSON : PGS_TARGET_VARCHAR;
        return read_bytes(value, arena, &constant->value.text, err);
    }
}

/* ---- all ---- */

static void read_uuid(duckdb_value value, struct pgs_expr_const *constant)
{
    duckdb_uhugeint uuid = duckdb_get_uuid(value);

    constant->target = PGS_TARGET_UUID;
    constant->value.wide.lower = uuid.lower;
    constant->value.wide.upper = (int64_t)(uuid.upper ^ UINT64_C(0x8000000000000000));
}

enum pgs_status pgs_const_of(duckdb_value value, struct pgs_arena *arena,
                             struct pgs_expr_const *constant, struct pgs_error *err)
{
    duckdb_type type = duckdb_get_type_id(duckdb_get_value_type(value));

    *constant = (struct pgs_expr_const){.target = PGS_TARGET_VARCHAR};
    if (duckdb_is_null_value(value)) {
        constant->is_null = true;
        return PGS_OK;
    }
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
        constant->target = PGS_TARGET_BOOLEAN;
        constant->value.boolean = duckdb_get_bool(value);
        return PGS_OK;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
        return read_number(type, value, constant, err);
    case DUCKDB_TYPE_DATE:
    case DUCKDB_TYPE_TIME:
    case DUCKDB_TYPE_TIME_NS:
    case DUCKDB_TYPE_TIME_TZ:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
    case DUCKDB_TYPE_INTERVAL:
        return read_time(type, value, constant, err);
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_BLOB:
    case DUCKDB_TYPE_ENUM:
        return read_text(type, value, arena, constant, err);
    case DUCKDB_TYPE_UUID:
        read_uuid(value, constant);
        return PGS_OK;
    default:
        return unsupported(err);
    }
}
