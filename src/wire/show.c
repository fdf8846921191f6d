/* SPDX-License-Identifier: MIT */
#include "wire/show.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "wire/uint128.h"

enum {
    FLOAT_DIGITS = 6,     /* FLT_DIG: a float keeps any decimal of so many digits ... */
    FLOAT_DIGITS_MAX = 9, /* ... and so many always suffice to tell two floats apart */
    DOUBLE_DIGITS = 15,
    DOUBLE_DIGITS_MAX = 17
};

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
static void add_in_c_locale(struct pgs_buf *out, const char *number)
{
    bool in_point = false;

    for (const char *at = number; *at; at++) {
        bool plain = (*at >= '0' && *at <= '9') || *at == '-' || *at == '+' || *at == 'e';

        if (plain || !in_point)
            pgs_buf_add_char(out, plain ? *at : '.');
        in_point = !plain;
    }
}

void pgs_show_float(struct pgs_buf *out, double value, bool is_float)
{
    char text[64];

    if (isnan(value)) {
        pgs_buf_add_text(out, "NaN");
    } else if (isinf(value)) {
        pgs_buf_add_text(out, value < 0 ? "-Infinity" : "Infinity");
    } else {
        shortest(text, sizeof(text), value, is_float);
        add_in_c_locale(out, text);
    }
}

void pgs_show_decimal(struct pgs_buf *out, struct pgs_int128 value, unsigned scale)
{
    char digits[PGS_SHOW_SCALE_MAX + 1]; /* of a 128-bit integer, lowest first */
    unsigned count = 0;
    struct pgs_uint128 rest = {value.lower, (uint64_t)value.upper};

    if (value.upper < 0)
        rest = pgs_uint128_negate(rest);
    while (count <= scale || !pgs_uint128_is_zero(rest))
        digits[count++] = (char)('0' + pgs_uint128_divide(&rest, 10));
    if (value.upper < 0)
        pgs_buf_add_char(out, '-');
    while (count--) {
        pgs_buf_add_char(out, digits[count]);
        if (count == scale && scale)
            pgs_buf_add_char(out, '.');
    }
}

void pgs_show_uuid(struct pgs_buf *out, struct pgs_int128 value)
{
    uint64_t upper = (uint64_t)value.upper ^ (uint64_t)1 << 63;

    pgs_buf_addf(out, "%08x-%04x-%04x-%04x-%012" PRIx64, (unsigned)(upper >> 32),
                 (unsigned)(upper >> 16 & 0xffff), (unsigned)(upper & 0xffff),
                 (unsigned)(value.lower >> 48), value.lower & UINT64_C(0xffffffffffff));
}

void pgs_show_hex(struct pgs_buf *out, struct pgs_str bytes)
{
    static const char DIGITS[] = "0123456789abcdef";
    char *target = pgs_buf_reserve(out, bytes.size_bytes * 2);

    if (!target)
        return;
    for (size_t i = 0; i < bytes.size_bytes; i++) {
        uint8_t byte = (uint8_t)bytes.at[i];

        target[2 * i] = DIGITS[byte >> 4];
        target[2 * i + 1] = DIGITS[byte & 15];
    }
    pgs_buf_advance(out, bytes.size_bytes * 2);
}
