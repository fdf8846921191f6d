/* SPDX-License-Identifier: MIT
 *
 * The two calendars' origins and ends, for datetime.c and stride.c.
 */
#ifndef PGS_WIRE_DATETIME_H
#define PGS_WIRE_DATETIME_H

#include <stdint.h>

/* PostgreSQL counts from 2000-01-01, the host from 1970-01-01. */
#define PGS_EPOCH_DAYS   10957
#define PGS_DAY_MICROS   INT64_C(86400000000)
#define PGS_EPOCH_MICROS (PGS_EPOCH_DAYS * PGS_DAY_MICROS)

/* What a date holds, in PostgreSQL's days: IS_VALID_DATE, datatype/timestamp.h. */
#define PGS_DATE_FIRST (-2451545)
#define PGS_DATE_END   INT32_C(2145031949)
/* What a timestamp holds, in PostgreSQL's microseconds: MIN_TIMESTAMP, same file.
 * Its end, in 294277, lies beyond what the host's clock reaches. */
#define PGS_TIMESTAMP_FIRST (-INT64_C(211813488000000000))
/* The first microsecond, in PostgreSQL's count, that the host cannot hold. */
#define PGS_TIMESTAMP_END (INT64_MAX - PGS_EPOCH_MICROS)

#endif
