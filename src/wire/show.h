/* SPDX-License-Identifier: MIT
 *
 * Values as the text that PostgreSQL reads: the one place where numbers, dates
 * and times are spelled, for literals in SQL and for rows in the COPY text
 * format alike.
 *
 * Every text means the same under any TimeZone, DateStyle, IntervalStyle,
 * extra_float_digits and locale, here as on the server, and gives back exactly
 * the value it was made of. Nothing is quoted or escaped.
 *
 * Thread: pure.
 * Source: date_in, date.c; timestamp_in, timestamp.c; DecodeDateTime and
 * DecodeISO8601Interval, datetime.c; float8in, float.c; byteain, varlena.c;
 * numeric_in, numeric.c; uuid_in, uuid.c; IS_VALID_JULIAN, IS_VALID_TIMESTAMP,
 * datatype/timestamp.h; PostgreSQL 18.
 */
#ifndef PGS_WIRE_SHOW_H
#define PGS_WIRE_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/port.h"
#include "base/str.h"
#include "wire/type.h"
#include "wire/vector.h"

PGS_EXTERN_C_BEGIN

/* The largest scale that pgs_show_decimal() takes. */
#define PGS_SHOW_SCALE_MAX 38

/* 0.1, 1e+300, -0, NaN, Infinity, -Infinity: with as many digits as it takes to
 * read back the same double, or the same float if `is_float`. */
void pgs_show_float(struct pgs_buf *out, double value, bool is_float);

/* -0.05: an unscaled value and how many of its digits are fractional. */
void pgs_show_decimal(struct pgs_buf *out, struct pgs_int128 value, unsigned scale);

/* 00112233-4455-6677-8899-aabbccddeeff, of the layout in wire/vector.h. */
void pgs_show_uuid(struct pgs_buf *out, struct pgs_int128 value);

/* dead, two lower-case digits for each byte. */
void pgs_show_hex(struct pgs_buf *out, struct pgs_str bytes);

/* Whether PostgreSQL has the value. `target` is DATE, TIME, TIMETZ, TIMESTAMP
 * or TIMESTAMPTZ, `value` as in wire/vector.h. */
bool pgs_time_exists(enum pgs_target target, int64_t value);

/* Appends an existing value: 0044-03-15 BC, 03:04:05.6, 03:04:05+05:30,
 * 2020-01-02 03:04:05, 2020-01-02 03:04:05+00, infinity. */
void pgs_show_time(struct pgs_buf *out, enum pgs_target target, int64_t value);

/* P1M-2DT3H4M5.6S: ISO 8601, each field with a sign of its own: the only form
 * that IntervalStyle cannot change. */
void pgs_show_interval(struct pgs_buf *out, struct pgs_interval value);

PGS_EXTERN_C_END

#endif
