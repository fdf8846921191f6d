/* SPDX-License-Identifier: MIT
 *
 * numeric as it travels, for numeric.c (DECIMAL) and numeric_text.c (DOUBLE,
 * VARCHAR): groups of four decimal digits, most significant first; the first
 * stands for group * 10000^weight.
 *
 * Source: numeric_send and numeric_recv, utils/adt/numeric.c, PostgreSQL 18.
 */
#ifndef PGS_WIRE_NUMERIC_H
#define PGS_WIRE_NUMERIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/error.h"

PGS_EXTERN_C_BEGIN

#define PGS_NUMERIC_GROUP_MAX 9999

enum pgs_numeric_sign {
    PGS_NUMERIC_POSITIVE = 0x0000,
    PGS_NUMERIC_NEGATIVE = 0x4000,
    PGS_NUMERIC_NAN = 0xC000,
    PGS_NUMERIC_INFINITY = 0xD000,
    PGS_NUMERIC_MINUS_INFINITY = 0xF000
};

/* Borrows the bytes it was read from. */
struct pgs_numeric {
    const uint8_t *groups; /* 2 bytes each */
    uint32_t group_count;  /* 0: the number is zero */
    int32_t weight;
    uint16_t sign; /* enum pgs_numeric_sign */
    uint16_t display_scale;
};

/* Reads the 8-byte head. Checks size and sign, not the groups.
 * Errors: PGS_ERR_PROTOCOL. */
enum pgs_status pgs_numeric_read(const uint8_t *at, uint32_t size_bytes,
                                 struct pgs_numeric *numeric, struct pgs_error *err) PGS_MUST_CHECK;

/* Drops leading zero groups, which no server sends, and checks that every
 * group is at most PGS_NUMERIC_GROUP_MAX. Errors: PGS_ERR_PROTOCOL. */
enum pgs_status pgs_numeric_check(struct pgs_numeric *numeric,
                                  struct pgs_error *err) PGS_MUST_CHECK;

/* Group `index`, or 0 beyond the last. */
static inline uint32_t pgs_numeric_group(const struct pgs_numeric *numeric, uint32_t index)
{
    return index < numeric->group_count ? pgs_get_be16(numeric->groups + 2 * (size_t)index) : 0;
}

static inline bool pgs_numeric_is_special(const struct pgs_numeric *numeric)
{
    return (numeric->sign & PGS_NUMERIC_NAN) == PGS_NUMERIC_NAN;
}

/* "NaN", "Infinity" or "-Infinity" of a special one. */
const char *pgs_numeric_special_name(const struct pgs_numeric *numeric);

/* Appends head and groups. */
void pgs_numeric_write(struct pgs_buf *out, enum pgs_numeric_sign sign, int32_t weight,
                       uint32_t display_scale, const uint16_t *groups, uint32_t group_count);

/* Appends the number that `text` spells as numeric_in reads it, blanks apart.
 * Errors: PGS_ERR_CONVERSION. */
enum pgs_status pgs_numeric_encode_str(struct pgs_str text, struct pgs_buf *out,
                                       struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
