/* SPDX-License-Identifier: MIT */
#include "wire/uint128.h"

const struct pgs_uint128 pgs_uint128_powers_of_10[39] = {
    {UINT64_C(1), UINT64_C(0)},
    {UINT64_C(10), UINT64_C(0)},
    {UINT64_C(100), UINT64_C(0)},
    {UINT64_C(1000), UINT64_C(0)},
    {UINT64_C(10000), UINT64_C(0)},
    {UINT64_C(100000), UINT64_C(0)},
    {UINT64_C(1000000), UINT64_C(0)},
    {UINT64_C(10000000), UINT64_C(0)},
    {UINT64_C(100000000), UINT64_C(0)},
    {UINT64_C(1000000000), UINT64_C(0)},
    {UINT64_C(10000000000), UINT64_C(0)},
    {UINT64_C(100000000000), UINT64_C(0)},
    {UINT64_C(1000000000000), UINT64_C(0)},
    {UINT64_C(10000000000000), UINT64_C(0)},
    {UINT64_C(100000000000000), UINT64_C(0)},
    {UINT64_C(1000000000000000), UINT64_C(0)},
    {UINT64_C(10000000000000000), UINT64_C(0)},
    {UINT64_C(100000000000000000), UINT64_C(0)},
    {UINT64_C(1000000000000000000), UINT64_C(0)},
    {UINT64_C(10000000000000000000), UINT64_C(0)},
    {UINT64_C(7766279631452241920), UINT64_C(5)},
    {UINT64_C(3875820019684212736), UINT64_C(54)},
    {UINT64_C(1864712049423024128), UINT64_C(542)},
    {UINT64_C(200376420520689664), UINT64_C(5421)},
    {UINT64_C(2003764205206896640), UINT64_C(54210)},
    {UINT64_C(1590897978359414784), UINT64_C(542101)},
    {UINT64_C(15908979783594147840), UINT64_C(5421010)},
    {UINT64_C(11515845246265065472), UINT64_C(54210108)},
    {UINT64_C(4477988020393345024), UINT64_C(542101086)},
    {UINT64_C(7886392056514347008), UINT64_C(5421010862)},
    {UINT64_C(5076944270305263616), UINT64_C(54210108624)},
    {UINT64_C(13875954555633532928), UINT64_C(542101086242)},
    {UINT64_C(9632337040368467968), UINT64_C(5421010862427)},
    {UINT64_C(4089650035136921600), UINT64_C(54210108624275)},
    {UINT64_C(4003012203950112768), UINT64_C(542101086242752)},
    {UINT64_C(3136633892082024448), UINT64_C(5421010862427522)},
    {UINT64_C(12919594847110692864), UINT64_C(54210108624275221)},
    {UINT64_C(68739955140067328), UINT64_C(542101086242752217)},
    {UINT64_C(687399551400673280), UINT64_C(5421010862427522170)},
};

bool pgs_uint128_mul_add(struct pgs_uint128 *value, uint32_t factor, uint32_t summand)
{
    uint64_t low = (value->lower & UINT32_MAX) * factor + summand;
    uint64_t middle = (value->lower >> 32) * factor + (low >> 32);
    uint64_t high = (value->upper & UINT32_MAX) * factor + (middle >> 32);
    uint64_t top = (value->upper >> 32) * factor + (high >> 32);

    if (top >> 32)
        return false;
    value->lower = middle << 32 | (low & UINT32_MAX);
    value->upper = top << 32 | (high & UINT32_MAX);
    return true;
}

/* One step of a long division by 32-bit digits. */
static uint32_t divide_digit(uint64_t *digit, uint32_t rest, uint32_t divisor)
{
    uint64_t part = (uint64_t)rest << 32 | *digit;

    *digit = part / divisor;
    return (uint32_t)(part % divisor);
}

uint32_t pgs_uint128_divide(struct pgs_uint128 *value, uint32_t divisor)
{
    uint64_t digits[4] = {value->upper >> 32, value->upper & UINT32_MAX, value->lower >> 32,
                          value->lower & UINT32_MAX};
    uint32_t rest = 0;

    if (value->upper == 0) {
        rest = (uint32_t)(value->lower % divisor);
        value->lower /= divisor;
        return rest;
    }
    for (int i = 0; i < 4; i++)
        rest = divide_digit(&digits[i], rest, divisor);
    value->upper = digits[0] << 32 | digits[1];
    value->lower = digits[2] << 32 | digits[3];
    return rest;
}
