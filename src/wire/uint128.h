/* SPDX-License-Identifier: MIT
 *
 * The little 128-bit arithmetic that decimals need, in portable C.
 */
#ifndef PGS_WIRE_UINT128_H
#define PGS_WIRE_UINT128_H

#include <stdbool.h>
#include <stdint.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

struct pgs_uint128 {
    uint64_t lower;
    uint64_t upper;
};

/* 10^exponent, exponent 0..38. */
extern const struct pgs_uint128 pgs_uint128_powers_of_10[39];

/* value = value * factor + summand; false when it does not fit (then value is
 * unchanged). */
bool pgs_uint128_mul_add(struct pgs_uint128 *value, uint32_t factor, uint32_t summand);

/* value = value / divisor; returns the rest. divisor must not be 0. */
uint32_t pgs_uint128_divide(struct pgs_uint128 *value, uint32_t divisor);

static inline bool pgs_uint128_less(struct pgs_uint128 a, struct pgs_uint128 b)
{
    return a.upper < b.upper || (a.upper == b.upper && a.lower < b.lower);
}

static inline bool pgs_uint128_is_zero(struct pgs_uint128 value)
{
    return value.lower == 0 && value.upper == 0;
}

/* The two's complement, as the host stores negative numbers. */
static inline struct pgs_uint128 pgs_uint128_negate(struct pgs_uint128 value)
{
    struct pgs_uint128 result = {~value.lower + 1, ~value.upper + (value.lower == 0)};

    return result;
}

PGS_EXTERN_C_END

#endif
