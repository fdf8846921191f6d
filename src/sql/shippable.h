/* SPDX-License-Identifier: MIT
 *
 * May this predicate be evaluated by the server? Yes only when its meaning is
 * the same there as in DuckDB for every value of its types, and when no value
 * of the constant makes the server raise an error. [INV-1, INV-2]
 *
 * Shippable trees:
 *   column OP constant, constant OP column, column IN (constants)
 *                                   by the type table below
 *   column IS NULL, column IS NOT NULL      any type at all
 *   column of type boolean, TRUE, FALSE     as a predicate of its own
 *   AND, OR, NOT                            of shippable ones
 * An OR with one branch that cannot be sent is not shippable as a whole. The
 * caller splits a top-level AND and keeps locally what is refused.
 *
 * The constant must not be NULL and must have the column's own target; among
 * smallint, integer and bigint any width will do, since PostgreSQL compares
 * them across widths without casting the column.
 *
 *   column type            = <> IN   < <= > >=   and the constant
 *   boolean                yes       yes
 *   smallint int bigint    yes       yes
 *   oid                    yes       yes         0..4294967295
 *   real, double precision yes       yes         (NaN = NaN, NaN greatest, -0 = 0 in both)
 *   numeric as DECIMAL     yes       yes
 *   uuid, bytea            yes       yes         (bytewise in both)
 *   date                   yes       yes         4714-11-24 BC .. 5874897-12-31, infinities
 *   timestamp(tz)          yes       yes         from 4714-11-24 BC, infinities
 *   time                   yes       yes         00:00 .. 24:00
 *   enum, not a domain     yes       yes         one of the labels (declared order in both)
 *   text, varchar, name    1         2           UTF-8 without zero byte; name: <= 63 bytes
 *   char(n)                1         no          no trailing blank
 *   all else               no        no
 * 1: equality is bytewise: collation C or DETERMINISTIC. Written without
 *    COLLATE, so that every index on the column serves it.
 * 2: as 1, and the server's encoding is UTF-8. Written with COLLATE "C" unless
 *    the column's collation is C already.
 * When the server's encoding is not UTF-8, text constants must be ASCII: others
 * might have no form there, which would be an error.
 *
 * IS NULL of a composite means "all fields are NULL" in PostgreSQL, so there
 * sql/statement.h writes IS NOT DISTINCT FROM NULL, which means what DuckDB does.
 *
 * Values that we cannot read (numeric NaN as DECIMAL, a timestamp beyond year
 * 294247) are an error when the scan meets them. Fewer rows fetched can mean
 * that such an error does not happen; never that an answer changes.
 *
 * Thread: pure.
 * Source: float8_cmp_internal, utils/adt/float.c; bttextcmp and varstr_cmp,
 * varlena.c; bpchareq, varchar.c; uuid_internal_cmp, uuid.c; enum_cmp_internal,
 * enum.c; make_nulltest_from_distinct, parser/parse_expr.c; PostgreSQL 18.
 */
#ifndef PGS_SQL_SHIPPABLE_H
#define PGS_SQL_SHIPPABLE_H

#include <stdbool.h>

#include "base/port.h"
#include "sql/expr.h"

PGS_EXTERN_C_BEGIN

/* Facts about the server that decide. */
struct pgs_ship_facts {
    bool encoding_is_utf8; /* server_encoding: C order equals code point order */
    /* The reader turns numeric NaN into NULL instead of failing: then columns read
     * as DECIMAL have NULLs that the server does not see, and stay local. */
    bool numeric_nan_is_null;
};

/* Whether `expr`, a boolean predicate, means the same on the server. When it
 * does not, *reason (if `reason` is not NULL) is a static phrase for EXPLAIN,
 * such as "collation is not deterministic"; else it is left alone. A NULL
 * `expr` is not shippable. Unknown means no, never an error. */
bool pgs_expr_is_shippable(const struct pgs_expr *expr, const struct pgs_ship_facts *facts,
                           const char **reason);

PGS_EXTERN_C_END

#endif
