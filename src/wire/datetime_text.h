/* SPDX-License-Identifier: MIT
 *
 * Dates and timestamps from the text that PostgreSQL prints under DateStyle
 * ISO. Only these spellings, no other style, no names of zones.
 * Source: EncodeDateOnly, EncodeDateTime, utils/adt/datetime.c, 18.
 */
#ifndef PGS_WIRE_DATETIME_TEXT_H
#define PGS_WIRE_DATETIME_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

/* PostgreSQL's own count: days since 2000-01-01, infinity = INT32_MAX,
 * -infinity = INT32_MIN. False when the text is no date of PostgreSQL's. */
bool pgs_date_read(struct pgs_str text, int32_t *days);

/* Microseconds since 2000-01-01, INT64_MAX, INT64_MIN. The offset from UTC must
 * be there when `with_zone`, and must not when not. */
bool pgs_timestamp_read(struct pgs_str text, bool with_zone, int64_t *micros);

PGS_EXTERN_C_END

#endif
