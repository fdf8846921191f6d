/* SPDX-License-Identifier: MIT
 *
 * The date and time half of sql/literal.h. Private to it.
 */
#ifndef PGS_SQL_LITERAL_TIME_H
#define PGS_SQL_LITERAL_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/port.h"
#include "wire/type.h"
#include "wire/vector.h"

PGS_EXTERN_C_BEGIN

/* Whether PostgreSQL has the value. `target` is DATE, TIME, TIMETZ, TIMESTAMP
 * or TIMESTAMPTZ, `value` as in wire/vector.h. */
bool pgs_literal_time_exists(enum pgs_target target, int64_t value);

/* Appends the literal of an existing value. */
void pgs_literal_time(struct pgs_buf *sql, enum pgs_target target, int64_t value);

/* Appends an interval in ISO 8601 form, each field with a sign of its own: the
 * only form that IntervalStyle cannot change. */
void pgs_literal_interval(struct pgs_buf *sql, struct pgs_interval value);

PGS_EXTERN_C_END

#endif
