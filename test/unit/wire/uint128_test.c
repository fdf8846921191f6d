/* SPDX-License-Identifier: MIT */
#include "wire/uint128.h"

#include "check.h"

static void check_powers(void)
{
    struct pgs_uint128 value = {1, 0};

    for (unsigned i = 0; i < 39; i++) {
        CHECK(value.lower == pgs_uint128_powers_of_10[i].lower);
        CHECK(value.upper == pgs_uint128_powers_of_10[i].upper);
        CHECK(pgs_uint128_mul_add(&value, 10, 0) == (i < 38));
    }
}

/* What was multiplied and added comes out again by division. */
static void check_round_trip(void)
{
    uint32_t state = 1;

    for (int i = 0; i < 20000; i++) {
        struct pgs_uint128 value = {0, 0};
        uint32_t rests[4];
        uint32_t factors[4];

        for (int j = 0; j < 4; j++) {
            state = state * 1664525 + 1013904223;
            factors[j] = j % 2 ? UINT32_MAX - state % 7 : state | 1;
            rests[j] = (state >> 7) % factors[j];
            CHECK(pgs_uint128_mul_add(&value, factors[j], rests[j]));
        }
        for (int j = 4; j-- > 0;)
            CHECK_INT(pgs_uint128_divide(&value, factors[j]), rests[j]);
        CHECK(pgs_uint128_is_zero(value));
    }
}

static void check_edges(void)
{
    struct pgs_uint128 largest = {UINT64_MAX, UINT64_MAX};
    struct pgs_uint128 one = {1, 0};
    struct pgs_uint128 wide = {0, 1};

    CHECK(!pgs_uint128_mul_add(&largest, 1, 1));
    CHECK(largest.lower == UINT64_MAX && largest.upper == UINT64_MAX);
    CHECK(!pgs_uint128_mul_add(&largest, 2, 0));
    CHECK(pgs_uint128_less(one, wide) && !pgs_uint128_less(wide, one));
    CHECK(!pgs_uint128_less(one, one));
    CHECK(pgs_uint128_negate(one).lower == UINT64_MAX);
    CHECK(pgs_uint128_negate(one).upper == UINT64_MAX);
    CHECK(pgs_uint128_negate(wide).lower == 0 && pgs_uint128_negate(wide).upper == UINT64_MAX);
}

int main(void)
{
    check_powers();
    check_round_trip();
    check_edges();
    return pgs_check_report();
}
