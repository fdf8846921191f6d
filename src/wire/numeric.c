/* SPDX-License-Identifier: MIT */
#include "wire/numeric.h"

#include "wire/families.h"
#include "wire/show.h"
#include "wire/uint128.h"

enum { HEAD_BYTES = 8, DISPLAY_SCALE_MAX = 0x3FFF, GROUP_BASE = 10000 };
/* 39 digits and a split last group. */
enum { DECIMAL_GROUPS_MAX = 12 };
/* What fits 64 bits, whatever the groups are. */
enum { QUICK_GROUPS_MAX = 4, QUICK_DIGITS_MAX = 19 };

static const uint32_t SMALL_POWERS[] = {1, 10, 100, 1000, 10000};

enum pgs_status pgs_numeric_read(const uint8_t *at, uint32_t size_bytes,
                                 struct pgs_numeric *numeric, struct pgs_error *err)
{
    if (PGS_UNLIKELY(size_bytes < HEAD_BYTES))
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "numeric value has only %u bytes", size_bytes);
    numeric->groups = at + HEAD_BYTES;
    numeric->group_count = pgs_get_be16(at);
    numeric->weight = (int16_t)pgs_get_be16(at + 2);
    numeric->sign = pgs_get_be16(at + 4);
    numeric->display_scale = pgs_get_be16(at + 6);
    if (PGS_UNLIKELY(size_bytes != HEAD_BYTES + 2 * numeric->group_count))
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "numeric value of %u groups has %u bytes",
                             numeric->group_count, size_bytes);
    if (PGS_LIKELY(numeric->sign == PGS_NUMERIC_POSITIVE || numeric->sign == PGS_NUMERIC_NEGATIVE))
        return PGS_OK;
    if (numeric->sign != PGS_NUMERIC_NAN && numeric->sign != PGS_NUMERIC_INFINITY &&
        numeric->sign != PGS_NUMERIC_MINUS_INFINITY)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "numeric value has sign 0x%04x", numeric->sign);
    return PGS_OK;
}

enum pgs_status pgs_numeric_check(struct pgs_numeric *numeric, struct pgs_error *err)
{
    while (numeric->group_count && pgs_get_be16(numeric->groups) == 0) {
        numeric->groups += 2;
        numeric->group_count--;
        numeric->weight--;
    }
    for (uint32_t i = 0; i < numeric->group_count; i++) {
        uint32_t group = pgs_numeric_group(numeric, i);

        if (group > PGS_NUMERIC_GROUP_MAX)
            return pgs_error_set(err, PGS_ERR_PROTOCOL, "numeric value has a group of %u", group);
    }
    if (numeric->display_scale > DISPLAY_SCALE_MAX)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "numeric value has %u fractional digits",
                             numeric->display_scale);
    return PGS_OK;
}

const char *pgs_numeric_special_name(const struct pgs_numeric *numeric)
{
    if (numeric->sign == PGS_NUMERIC_INFINITY)
        return "Infinity";
    return numeric->sign == PGS_NUMERIC_NAN ? "NaN" : "-Infinity";
}

static enum pgs_status decode_special(const struct pgs_numeric *numeric,
                                      const struct pgs_codec_options *options,
                                      struct pgs_vector *vector, size_t row, struct pgs_error *err)
{
    if (options && options->numeric_nan_as_null)
        return pgs_vector_set_null(vector, row, err);
    pgs_error_set(err, PGS_ERR_CONVERSION, "numeric \"%s\" has no DECIMAL form",
                  pgs_numeric_special_name(numeric));
    pgs_error_hint(err, "SET pg_numeric_nan_as_null=true reads NaN and infinity as NULL");
    return PGS_ERR_CONVERSION;
}

/* How the groups of a number fall on a DECIMAL's digits: `whole` groups count
 * fully, then `partial` digits (0..3) of the next one. */
struct cut {
    int32_t whole;
    uint32_t partial;
};

static inline struct cut cut_of(int32_t weight, uint32_t scale)
{
    struct cut cut = {weight + 1 + (int32_t)(scale / 4), scale % 4};

    return cut;
}

/* The usual number, straight from its bytes: few groups, 64 bits, nothing to round.
 * False: take the long way, which also finds what is wrong with it. */
static inline bool read_quick(const struct pgs_type *type, const uint8_t *at, uint32_t size_bytes,
                              uint64_t *magnitude, bool *negative)
{
    /* 2^24 divided by 10^index and rounded up: exact quotients of a group. */
    static const uint32_t RECIPROCALS[] = {1 << 24, 1677722, 167773, 16778};
    uint64_t head = size_bytes < HEAD_BYTES ? UINT64_MAX : pgs_get_be64(at);
    uint32_t count = (uint32_t)(head >> 48);
    uint32_t sign = (uint16_t)(head >> 16);
    /* The last group counts units of 10^shift of the DECIMAL's last digit. */
    int32_t shift = 4 * ((int16_t)(head >> 32) + 1 - (int32_t)count) + type->scale;
    uint32_t cut = shift < 0 ? (uint32_t)-shift : 0;
    uint32_t worst = 0;
    uint32_t group = 0;
    uint64_t sum = 0;

    if (count > QUICK_GROUPS_MAX || size_bytes != HEAD_BYTES + 2 * count ||
        (sign & ~(uint32_t)PGS_NUMERIC_NEGATIVE) || shift < -3 ||
        4 * (int32_t)count + shift > QUICK_DIGITS_MAX)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        sum = sum * GROUP_BASE + group;
        group = pgs_get_be16(at + HEAD_BYTES + 2 * (size_t)i);
        worst = group > worst ? group : worst;
    }
    if (cut) {
        uint32_t kept = (uint32_t)((uint64_t)group * RECIPROCALS[cut] >> 24);

        if (kept * SMALL_POWERS[cut] != group)
            return false;
        sum = sum * SMALL_POWERS[4 - cut] + kept;
    } else {
        sum = (sum * GROUP_BASE + group) * pgs_uint128_powers_of_10[shift].lower;
    }
    *magnitude = sum;
    *negative = sign == PGS_NUMERIC_NEGATIVE;
    return worst <= PGS_NUMERIC_GROUP_MAX &&
           (type->precision > QUICK_DIGITS_MAX ||
            sum < pgs_uint128_powers_of_10[type->precision].lower);
}

/* Any number: rounds half away from zero, as numeric_round() would. False when
 * it does not fit 128 bits. The groups were checked. */
static bool gather(const struct pgs_numeric *numeric, struct cut cut, struct pgs_uint128 *value)
{
    uint32_t unit = SMALL_POWERS[4 - cut.partial];
    uint32_t group;

    value->lower = 0;
    value->upper = 0;
    if (cut.whole < 0 || numeric->group_count == 0)
        return true;
    for (uint32_t i = 0; i < (uint32_t)cut.whole; i++) {
        if (!pgs_uint128_mul_add(value, GROUP_BASE, pgs_numeric_group(numeric, i)))
            return false;
    }
    group = pgs_numeric_group(numeric, (uint32_t)cut.whole);
    if (!pgs_uint128_mul_add(value, SMALL_POWERS[cut.partial], group / unit))
        return false;
    if (group % unit * 2 < unit)
        return true;
    return pgs_uint128_mul_add(value, 1, 1);
}

static inline void store(const struct pgs_type *type, struct pgs_uint128 magnitude, bool negative,
                         void *data, size_t row)
{
    uint64_t low = negative ? ~magnitude.lower + 1 : magnitude.lower;

    if (type->precision <= 4) {
        ((uint16_t *)data)[row] = (uint16_t)low;
    } else if (type->precision <= 9) {
        ((uint32_t *)data)[row] = (uint32_t)low;
    } else if (type->precision <= 18) {
        ((uint64_t *)data)[row] = low;
    } else {
        struct pgs_int128 *target = (struct pgs_int128 *)data + row;
        struct pgs_uint128 value = negative ? pgs_uint128_negate(magnitude) : magnitude;

        target->lower = value.lower;
        target->upper = (int64_t)value.upper;
    }
}

/* Any number, and what is none. */
static enum pgs_status decode_slowly(const struct pgs_type *type,
                                     const struct pgs_codec_options *options, const uint8_t *at,
                                     uint32_t size_bytes, struct pgs_vector *vector, size_t row,
                                     struct pgs_error *err)
{
    struct pgs_numeric numeric;
    struct pgs_uint128 value = {0, 0};

    PGS_TRY(pgs_numeric_read(at, size_bytes, &numeric, err));
    if (pgs_numeric_is_special(&numeric))
        return decode_special(&numeric, options, vector, row, err);
    PGS_TRY(pgs_numeric_check(&numeric, err));
    if (!gather(&numeric, cut_of(numeric.weight, type->scale), &value) ||
        !pgs_uint128_less(value, pgs_uint128_powers_of_10[type->precision]))
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "numeric value is out of range for DECIMAL(%u,%u)", type->precision,
                             type->scale);
    store(type, value, numeric.sign == PGS_NUMERIC_NEGATIVE, vector->data, row);
    return PGS_OK;
}

PGS_DECODER(pgs_numeric_decode_decimal)
{
    struct pgs_uint128 value = {0, 0};
    bool negative;

    if (PGS_UNLIKELY(!read_quick(type, at, size_bytes, &value.lower, &negative)))
        return decode_slowly(type, options, at, size_bytes, vector, row, err);
    store(type, value, negative, vector->data, row);
    return PGS_OK;
}

void pgs_numeric_write(struct pgs_buf *out, enum pgs_numeric_sign sign, int32_t weight,
                       uint32_t display_scale, const uint16_t *groups, uint32_t group_count)
{
    uint8_t *at = (uint8_t *)pgs_buf_reserve(out, HEAD_BYTES + 2 * (size_t)group_count);

    if (!at)
        return;
    pgs_put_be16(at, (uint16_t)group_count);
    pgs_put_be16(at + 2, (uint16_t)weight);
    pgs_put_be16(at + 4, (uint16_t)sign);
    pgs_put_be16(at + 6, (uint16_t)display_scale);
    for (uint32_t i = 0; i < group_count; i++)
        pgs_put_be16(at + HEAD_BYTES + 2 * (size_t)i, groups[i]);
    pgs_buf_advance(out, HEAD_BYTES + 2 * (size_t)group_count);
}

/* The unscaled value at `row`, negative ones as their two's complement. */
static inline struct pgs_uint128 unscaled(const struct pgs_type *type, const void *data, size_t row)
{
    struct pgs_uint128 value;

    if (type->precision > 18) {
        const struct pgs_int128 *source = (const struct pgs_int128 *)data + row;

        value.lower = source->lower;
        value.upper = (uint64_t)source->upper;
    } else {
        int64_t source = type->precision <= 4   ? ((const int16_t *)data)[row]
                         : type->precision <= 9 ? ((const int32_t *)data)[row]
                                                : ((const int64_t *)data)[row];

        value.lower = (uint64_t)source;
        value.upper = source < 0 ? UINT64_MAX : 0;
    }
    return value;
}

/* Its magnitude, and whether it is negative. */
static struct pgs_uint128 load(const struct pgs_type *type, const void *data, size_t row,
                               bool *negative)
{
    struct pgs_uint128 value = unscaled(type, data, row);

    *negative = value.upper >> 63;
    return *negative ? pgs_uint128_negate(value) : value;
}

/* Bytes as numeric_send writes the same number: no zero groups at either end. */
PGS_ENCODER(pgs_numeric_encode_decimal)
{
    uint16_t groups[DECIMAL_GROUPS_MAX];
    uint32_t first = DECIMAL_GROUPS_MAX;
    uint32_t last = DECIMAL_GROUPS_MAX;
    uint32_t partial = type->scale % 4;
    int32_t weight = -(int32_t)((type->scale + 3) / 4);
    bool negative;
    struct pgs_uint128 value = load(type, vector->data, row, &negative);

    (void)options;
    (void)err;
    if (partial) {
        uint32_t rest = pgs_uint128_divide(&value, SMALL_POWERS[partial]);

        groups[--first] = (uint16_t)(rest * SMALL_POWERS[4 - partial]);
    }
    while (!pgs_uint128_is_zero(value))
        groups[--first] = (uint16_t)pgs_uint128_divide(&value, GROUP_BASE);
    weight += (int32_t)(last - first) - 1;
    while (first < last && groups[last - 1] == 0)
        last--;
    while (first < last && groups[first] == 0) {
        first++;
        weight--;
    }
    if (first == last) {
        weight = 0;
        negative = false;
    }
    pgs_numeric_write(out, negative ? PGS_NUMERIC_NEGATIVE : PGS_NUMERIC_POSITIVE, weight,
                      type->scale, groups + first, last - first);
    return PGS_OK;
}

PGS_ENCODER(pgs_numeric_print_decimal)
{
    struct pgs_uint128 value = unscaled(type, vector->data, row);

    (void)options;
    (void)err;
    pgs_show_decimal(out, (struct pgs_int128){value.lower, (int64_t)value.upper}, type->scale);
    return PGS_OK;
}
