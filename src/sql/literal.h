/* SPDX-License-Identifier: MIT
 *
 * Constants as SQL literals.
 *
 * Every literal means the same under any TimeZone, DateStyle, IntervalStyle,
 * bytea_output, extra_float_digits, standard_conforming_strings and locale, and
 * gives back exactly the value it was made of:
 *
 *   BOOLEAN             true, false
 *   SMALLINT..BIGINT    42, -5, '-9223372036854775808'::int8
 *   UINTEGER            '42'::oid
 *   FLOAT, DOUBLE       '0.1'::float4, '1e+300'::float8, 'NaN', 'Infinity'
 *   DECIMAL             '-0.05'::numeric
 *   VARCHAR, JSON, ENUM 'untyped': takes the type of the column beside it
 *   BLOB                E'\\xdead'::bytea
 *   UUID                '00112233-4455-6677-8899-aabbccddeeff'::uuid
 *   DATE                '0044-03-15 BC'::date, 'infinity'::date
 *   TIME, TIMETZ        '03:04:05.6'::time, '03:04:05+05:30'::timetz
 *   TIMESTAMP           '2020-01-02 03:04:05'::timestamp
 *   TIMESTAMPTZ         '2020-01-02 03:04:05+00'::timestamptz
 *   INTERVAL            'P1M-2DT3H4M5.6S'::interval
 *   NULL of any target  NULL
 * LIST and STRUCT have no literal.
 *
 * Thread: pure.
 * Source: make_const, parser/parse_node.c, 18; wire/show.h for the values.
 */
#ifndef PGS_SQL_LITERAL_H
#define PGS_SQL_LITERAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/port.h"
#include "sql/expr.h"

PGS_EXTERN_C_BEGIN

/* Whether PostgreSQL can hold the constant: a literal exists, its date or time
 * is in PostgreSQL's range, its text has no zero byte. */
bool pgs_literal_exists(const struct pgs_expr_const *constant);

/* Appends the literal; breaks the buffer when there is none. */
void pgs_deparse_literal(struct pgs_buf *sql, const struct pgs_expr_const *constant);

PGS_EXTERN_C_END

#endif
