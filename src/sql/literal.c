/* SPDX-License-Identifier: MIT */
#include "sql/literal.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sql/literal_time.h"
#include "sql/quote.h"

enum {
    DECIMAL_DIGITS_MAX = 39, /* of a 128-bit integer */
    FLOAT_DIGITS = 6,        /* FLT_DIG: a float keeps any decimal of so many digits ... */
    FLOAT_DIGITS_MAX = 9,    /* ... and so many always suffice to tell two floats apart */
    DOUBLE_DIGITS = 15,
    DOUBLE_DIGITS_MAX = 17
};

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
        return constant->scale < DECIMAL_DIGITS_MAX;
    case PGS_TARGET_DATE:
    case PGS_TARGET_TIME:
    case PGS_TARGET_TIMETZ:
    case PGS_TARGET_TIMESTAMP:
    case PGS_TARGET_TIMESTAMPTZ:
        return pgs_literal_time_exists(constant->target, constant->value.integer);
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

/* The shortest of the usual precisions that reads back as the same number. */
static void shortest(char *text, size_t size_bytes, double value, bool is_float)
{
    int digits = is_float ? FLOAT_DIGITS : DOUBLE_DIGITS;
    int digits_max = is_float ? FLOAT_DIGITS_MAX : DOUBLE_DIGITS_MAX;

    for (; digits <= digits_max; digits++) {
        (void)snprintf(text, size_bytes, "%.*g", digits, value);
        if (is_float ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value)
            break;
    }
}

/* printf writes the locale's decimal point, whatever bytes that is: the run of
 * anything that cannot be part of a number otherwise becomes one point. */
static void add_in_c_locale(struct pgs_buf *sql, const char *number)
{
    bool in_point = false;

    for (const char *at = number; *at; at++) {
        bool plain = (*at >= '0' && *at <= '9') || *at == '-' || *at == '+' || *at == 'e';

        if (plain || !in_point)
            pgs_buf_add_char(sql, plain ? *at : '.');
        in_point = !plain;
    }
}

static void add_float(struct pgs_buf *sql, double value, bool is_float)
{
    char text[64];

    pgs_buf_add_char(sql, '\'');
    if (isnan(value)) {
        pgs_buf_add_text(sql, "NaN");
    } else if (isinf(value)) {
        pgs_buf_add_text(sql, value < 0 ? "-Infinity" : "Infinity");
    } else {
        shortest(text, sizeof(text), value, is_float);
        add_in_c_locale(sql, text);
    }
    pgs_buf_add_text(sql, is_float ? "'::float4" : "'::float8");
}

/* Divides the 128-bit number in four 32-bit limbs, highest first, by ten and
 * returns the remainder. */
static unsigned divide_by_ten(uint32_t limbs[4])
{
    uint64_t remainder = 0;

    for (int i = 0; i < 4; i++) {
        uint64_t part = remainder << 32 | limbs[i];

        limbs[i] = (uint32_t)(part / 10);
        remainder = part % 10;
    }
    return (unsigned)remainder;
}

static void add_decimal(struct pgs_buf *sql, struct pgs_int128 value, unsigned scale)
{
    char digits[DECIMAL_DIGITS_MAX]; /* lowest first */
    unsigned count = 0;
    bool negative = value.upper < 0;
    uint64_t upper = (uint64_t)value.upper;
    uint64_t lower = value.lower;
    uint32_t limbs[4];

    if (negative) {
        lower = ~lower + 1;
        upper = ~upper + (lower == 0);
    }
    limbs[0] = (uint32_t)(upper >> 32);
    limbs[1] = (uint32_t)upper;
    limbs[2] = (uint32_t)(lower >> 32);
    limbs[3] = (uint32_t)lower;
    while (count <= scale || limbs[0] || limbs[1] || limbs[2] || limbs[3])
        digits[count++] = (char)('0' + divide_by_ten(limbs));
    pgs_buf_add_text(sql, negative ? "'-" : "'");
    while (count--) {
        pgs_buf_add_char(sql, digits[count]);
        if (count == scale && scale)
            pgs_buf_add_char(sql, '.');
    }
    pgs_buf_add_text(sql, "'::numeric");
}

static void add_hex(struct pgs_buf *sql, const unsigned char *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    char *target = pgs_buf_reserve(sql, count * 2);

    if (!target)
        return;
    for (size_t i = 0; i < count; i++) {
        target[2 * i] = digits[bytes[i] >> 4];
        target[2 * i + 1] = digits[bytes[i] & 15];
    }
    pgs_buf_advance(sql, count * 2);
}

static void add_blob(struct pgs_buf *sql, struct pgs_str bytes)
{
    pgs_buf_add_text(sql, "E'\\\\x");
    if (bytes.size_bytes)
        add_hex(sql, (const unsigned char *)bytes.at, bytes.size_bytes);
    pgs_buf_add_text(sql, "'::bytea");
}

static void add_uuid(struct pgs_buf *sql, struct pgs_int128 value)
{
    uint64_t upper = (uint64_t)value.upper ^ (uint64_t)1 << 63;

    pgs_buf_addf(sql, "'%08x-%04x-%04x-%04x-%012" PRIx64 "'::uuid", (unsigned)(upper >> 32),
                 (unsigned)(upper >> 16 & 0xffff), (unsigned)(upper & 0xffff),
                 (unsigned)(value.lower >> 48), value.lower & UINT64_C(0xffffffffffff));
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
        pgs_literal_interval(sql, constant->value.interval);
        return;
    default:
        pgs_literal_time(sql, constant->target, constant->value.integer);
        return;
    }
}
