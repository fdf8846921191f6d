/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "wire/families.h"
#include "wire/numeric.h"
#include "wire/text_scan.h"

/* More digits than decide how a double is rounded (at most 767 matter): the
 * rest only says whether there is something beyond. */
enum { DECISIVE_GROUPS = 200 };
/* A double holds every integer up to 2^53 and every power of ten up to 22, so
 * one multiplication or division of them is rounded correctly. */
#define EXACT_INTEGER_MAX (UINT64_C(1) << 53)
enum { EXACT_POWER_MAX = 22 };
enum { DOUBLE_DIGITS_MAX = 17, DOUBLE_DIGITS_SURE = 15 };
enum { DISPLAY_SCALE_MAX = 0x3FFF, EXPONENT_MAX = 200000 };

static const double EXACT_POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool to_double_quick(const struct pgs_numeric *numeric, double *value)
{
    int32_t exponent = 4 * (numeric->weight - (int32_t)numeric->group_count + 1);
    uint64_t sum = 0;

    if (numeric->group_count > 4 || exponent > EXACT_POWER_MAX || exponent < -EXACT_POWER_MAX)
        return false;
    for (uint32_t i = 0; i < numeric->group_count; i++)
        sum = sum * (PGS_NUMERIC_GROUP_MAX + 1) + pgs_numeric_group(numeric, i);
    if (sum > EXACT_INTEGER_MAX)
        return false;
    if (exponent < 0)
        *value = (double)sum / EXACT_POWERS[-exponent];
    else
        *value = (double)sum * EXACT_POWERS[exponent];
    return true;
}

static void put_group(char *at, uint32_t group)
{
    at[0] = (char)('0' + group / 1000);
    at[1] = (char)('0' + group / 100 % 10);
    at[2] = (char)('0' + group / 10 % 10);
    at[3] = (char)('0' + group % 10);
}

/* Written as an integer with an exponent, so that no locale has a say. */
static double to_double(const struct pgs_numeric *numeric)
{
    char text[DECISIVE_GROUPS * 4 + 32];
    uint32_t used = numeric->group_count < DECISIVE_GROUPS ? numeric->group_count : DECISIVE_GROUPS;
    int32_t exponent = 4 * (numeric->weight - (int32_t)used + 1);
    size_t size = 4 * (size_t)used;

    for (uint32_t i = 0; i < used; i++)
        put_group(text + 4 * (size_t)i, pgs_numeric_group(numeric, i));
    for (uint32_t i = used; i < numeric->group_count; i++) {
        if (pgs_numeric_group(numeric, i)) {
            text[size++] = '1';
            exponent--;
            break;
        }
    }
    (void)snprintf(text + size, sizeof(text) - size, "e%d", exponent);
    return strtod(text, NULL);
}

PGS_DECODER(pgs_numeric_decode_double)
{
    struct pgs_numeric numeric;
    double value;

    (void)type;
    (void)options;
    PGS_TRY(pgs_numeric_read(at, size_bytes, &numeric, err));
    PGS_TRY(pgs_numeric_check(&numeric, err));
    if (PGS_UNLIKELY(pgs_numeric_is_special(&numeric))) {
        value = numeric.sign == PGS_NUMERIC_NAN ? (double)NAN : (double)INFINITY;
        if (numeric.sign == PGS_NUMERIC_MINUS_INFINITY)
            value = -value;
        ((double *)vector->data)[row] = value;
        return PGS_OK;
    }
    if (!to_double_quick(&numeric, &value))
        value = to_double(&numeric);
    if (PGS_UNLIKELY(isinf(value)))
        return pgs_error_set(err, PGS_ERR_CONVERSION, "numeric value is out of range for DOUBLE");
    if (numeric.sign == PGS_NUMERIC_NEGATIVE && value > 0)
        value = -value; /* numeric has no negative zero */
    ((double *)vector->data)[row] = value;
    return PGS_OK;
}

/* Digits of one integer group without leading zeros. */
static uint32_t digit_count(uint32_t group)
{
    return group >= 1000 ? 4 : group >= 100 ? 3 : group >= 10 ? 2 : 1;
}

static void put_integer_part(char *at, const struct pgs_numeric *numeric, uint32_t first_digits)
{
    char shown[4];

    put_group(shown, pgs_numeric_group(numeric, 0));
    memcpy(at, shown + 4 - first_digits, first_digits);
    at += first_digits;
    for (int32_t i = 1; i <= numeric->weight; i++, at += 4)
        put_group(at, pgs_numeric_group(numeric, (uint32_t)i));
}

static void put_fraction(char *at, const struct pgs_numeric *numeric)
{
    char shown[4];

    for (uint32_t i = 0; i < numeric->display_scale; i++) {
        int32_t index = numeric->weight + 1 + (int32_t)(i / 4);

        if (i % 4 == 0)
            put_group(shown, index < 0 ? 0 : pgs_numeric_group(numeric, (uint32_t)index));
        at[i] = shown[i % 4];
    }
}

/* Whether there are digits behind those that display_scale lets show: no server
 * sends them, and text without them would be another number. */
static bool hides_digits(const struct pgs_numeric *numeric)
{
    static const uint32_t UNITS[] = {10000, 1000, 100, 10};
    int64_t last = (int64_t)numeric->weight + 1 + numeric->display_scale / 4;

    if (last >= 0 && pgs_numeric_group(numeric, (uint32_t)last) % UNITS[numeric->display_scale % 4])
        return true;
    for (int64_t i = last < 0 ? 0 : last + 1; i < numeric->group_count; i++) {
        if (pgs_numeric_group(numeric, (uint32_t)i))
            return true;
    }
    return false;
}

/* numeric_out, utils/adt/numeric.c, 18. */
PGS_DECODER(pgs_numeric_decode_text)
{
    struct pgs_numeric numeric;
    bool negative;
    bool whole;
    size_t first_digits;
    size_t integer_size;
    size_t fraction_size;
    char *text;

    (void)type;
    (void)options;
    PGS_TRY(pgs_numeric_read(at, size_bytes, &numeric, err));
    PGS_TRY(pgs_numeric_check(&numeric, err));
    if (pgs_numeric_is_special(&numeric))
        return pgs_vector_set_string(vector, row, pgs_str_of(pgs_numeric_special_name(&numeric)),
                                     err);
    if (hides_digits(&numeric))
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "numeric value has more than its %u digits",
                             numeric.display_scale);
    negative = numeric.sign == PGS_NUMERIC_NEGATIVE && numeric.group_count;
    whole = numeric.group_count && numeric.weight >= 0;
    first_digits = whole ? digit_count(pgs_numeric_group(&numeric, 0)) : 1;
    integer_size = first_digits + (whole ? 4 * (size_t)numeric.weight : 0);
    fraction_size = numeric.display_scale ? 1 + (size_t)numeric.display_scale : 0;
    text = pgs_vector_string_open(vector, row, negative + integer_size + fraction_size);
    if (!text)
        return pgs_error_oom(err);
    if (negative)
        *text++ = '-';
    if (whole)
        put_integer_part(text, &numeric, (uint32_t)first_digits);
    else
        *text = '0';
    if (fraction_size) {
        text[integer_size] = '.';
        put_fraction(text + integer_size + 1, &numeric);
    }
    pgs_vector_string_close(vector, row);
    return PGS_OK;
}

/* A decimal number in text: digits, of which the first `integer_digits` stand
 * before a point of `point_bytes` (0 or 1) bytes, times 10^exponent. */
struct decimal_text {
    const char *at;
    int64_t digits;
    int64_t integer_digits;
    int64_t point_bytes;
    int64_t exponent;
    bool negative;
};

static uint32_t digit_at(const struct decimal_text *number, int64_t index)
{
    if (index < 0 || index >= number->digits)
        return 0;
    if (index >= number->integer_digits)
        index += number->point_bytes;
    return (uint32_t)(number->at[index] - '0');
}

/* The group that holds the digit of 10^exponent. */
static int64_t group_of(int64_t exponent)
{
    return exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4);
}

static void write_groups(const struct decimal_text *number, int64_t weight, int64_t group_count,
                         uint32_t display_scale, struct pgs_buf *out)
{
    int64_t point = number->integer_digits + number->exponent;

    pgs_buf_add_be16(out, (uint16_t)group_count);
    pgs_buf_add_be16(out, (uint16_t)weight);
    pgs_buf_add_be16(out, number->negative ? PGS_NUMERIC_NEGATIVE : PGS_NUMERIC_POSITIVE);
    pgs_buf_add_be16(out, (uint16_t)display_scale);
    for (int64_t i = 0; i < group_count; i++) {
        int64_t index = point - 4 * (weight - i) - 4; /* of the group's first digit */
        uint32_t group = 0;

        for (int64_t j = 0; j < 4; j++)
            group = group * 10 + digit_at(number, index + j);
        pgs_buf_add_be16(out, (uint16_t)group);
    }
}

static enum pgs_status write_number(const struct decimal_text *number, struct pgs_buf *out,
                                    struct pgs_error *err)
{
    int64_t point = number->integer_digits + number->exponent;
    int64_t scale = number->digits - point;
    int64_t first = 0;
    int64_t last = number->digits - 1;
    int64_t weight;

    if (scale < 0)
        scale = 0;
    while (first <= last && digit_at(number, first) == 0)
        first++;
    while (last > first && digit_at(number, last) == 0)
        last--;
    weight = group_of(point - 1 - first);
    if (scale > DISPLAY_SCALE_MAX || (first <= last && weight > INT16_MAX))
        return pgs_error_set(err, PGS_ERR_CONVERSION, "value overflows numeric format");
    if (first > last)
        pgs_numeric_write(out, PGS_NUMERIC_POSITIVE, 0, (uint32_t)scale, NULL, 0);
    else
        write_groups(number, weight, weight - group_of(point - 1 - last) + 1, (uint32_t)scale, out);
    return PGS_OK;
}

static bool write_special(struct pgs_str name, struct pgs_buf *out)
{
    static const struct {
        const char *name;
        enum pgs_numeric_sign sign;
    } names[] = {
        {"NaN", PGS_NUMERIC_NAN},
        {"Infinity", PGS_NUMERIC_INFINITY},
        {"inf", PGS_NUMERIC_INFINITY},
        {"-Infinity", PGS_NUMERIC_MINUS_INFINITY},
        {"-inf", PGS_NUMERIC_MINUS_INFINITY},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strlen(names[i].name) == name.size_bytes &&
            strncasecmp(names[i].name, name.at, name.size_bytes) == 0) {
            pgs_numeric_write(out, names[i].sign, 0, 0, NULL, 0);
            return true;
        }
    }
    return false;
}

/* Gives the number of `digits` digits next to `value`, kept in `text`; whatever
 * the locale puts between the first two digits is left out. True when it reads
 * back as `value`. */
static bool double_digits(double value, int digits, char *text, struct decimal_text *number)
{
    char printed[64];
    const char *at = printed;
    size_t size = 0;

    (void)snprintf(printed, sizeof(printed), "%.*e", digits - 1, value);
    for (; *at && *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9')
            text[size++] = *at;
    }
    number->exponent = *at ? strtol(at + 1, NULL, 10) - (int64_t)size + 1 : 0;
    while (size > 1 && text[size - 1] == '0') {
        size--;
        number->exponent++;
    }
    number->at = text;
    number->digits = (int64_t)size;
    number->integer_digits = (int64_t)size;
    number->point_bytes = 0;
    (void)snprintf(text + size, 24, "e%lld", (long long)number->exponent);
    return memcmp(&value, &(double){strtod(text, NULL)}, sizeof(value)) == 0;
}

/* The fewest digits that read back as the same double, as float8out shows it. */
PGS_ENCODER(pgs_numeric_encode_double)
{
    double value = ((const double *)vector->data)[row];
    struct decimal_text number = {NULL, 0, 0, 0, 0, signbit(value) != 0};
    double magnitude = fabs(value);
    char text[64];
    int digits = DOUBLE_DIGITS_SURE;

    (void)type;
    (void)options;
    if (isnan(value) || isinf(value)) {
        (void)write_special(pgs_str_of(isnan(value) ? "NaN"
                                       : value > 0  ? "Infinity"
                                                    : "-Infinity"),
                            out);
        return PGS_OK;
    }
    /* A subnormal number has fewer digits than 15 that mean something. */
    if (magnitude < 2.2250738585072014e-308)
        digits = 1;
    while (!double_digits(magnitude, digits, text, &number) && digits < DOUBLE_DIGITS_MAX)
        digits++;
    return write_number(&number, out, err);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* [digits][.digits]; false when there is no digit. Moves *at behind it. */
static bool parse_digits(const char **at, const char *end, struct decimal_text *number)
{
    const char *from = *at;

    number->at = from;
    while (*at < end && is_digit(**at))
        (*at)++;
    number->integer_digits = *at - from;
    number->digits = number->integer_digits;
    number->point_bytes = 0;
    if (*at < end && **at == '.') {
        number->point_bytes = 1;
        (*at)++;
        while (*at < end && is_digit(**at))
            (*at)++;
        number->digits = *at - from - 1;
    }
    return number->digits > 0;
}

/* e[+-]digits; false when it is malformed or beyond any number. */
static bool parse_exponent(const char **at, const char *end, struct decimal_text *number)
{
    bool negative;
    int64_t exponent = 0;

    number->exponent = 0;
    if (*at == end || (**at != 'e' && **at != 'E'))
        return true;
    (*at)++;
    negative = *at < end && **at == '-';
    if (*at < end && (**at == '-' || **at == '+'))
        (*at)++;
    if (*at == end)
        return false;
    for (; *at < end && is_digit(**at); (*at)++) {
        exponent = exponent * 10 + (**at - '0');
        if (exponent > EXPONENT_MAX)
            return false;
    }
    number->exponent = negative ? -exponent : exponent;
    return true;
}

/* numeric_in, utils/adt/numeric.c, 18, of decimal forms. */
enum pgs_status pgs_numeric_encode_str(struct pgs_str text, struct pgs_buf *out,
                                       struct pgs_error *err)
{
    const char *at = text.at;
    const char *end = text.at + text.size_bytes;
    struct decimal_text number = {NULL, 0, 0, 0, 0, false};

    if (write_special(text, out))
        return PGS_OK;
    number.negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (!parse_digits(&at, end, &number) || !parse_exponent(&at, end, &number) || at != end)
        return pgs_text_refuse(text, "numeric", err);
    return write_number(&number, out, err);
}

PGS_ENCODER(pgs_numeric_encode_text)
{
    (void)type;
    (void)options;
    return pgs_numeric_encode_str(pgs_vector_string(vector, row), out, err);
}
