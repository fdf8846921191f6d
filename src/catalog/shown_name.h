/* SPDX-License-Identifier: MIT
 *
 * Names that PostgreSQL tells apart by case and DuckDB does not.
 */
#ifndef PGS_CATALOG_SHOWN_NAME_H
#define PGS_CATALOG_SHOWN_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

/* Makes `names[0..count)` unique without regard to ASCII case: a repeated name
 * gets _1, _2, … Changed names are allocated in `arena`; the others stay as
 * they are. */
enum pgs_status pgs_names_make_unique(struct pgs_arena *arena, struct pgs_str *names, size_t count,
                                      struct pgs_error *err) PGS_MUST_CHECK;
/* Equal when ASCII letters are folded. */
bool pgs_str_equal_nocase(struct pgs_str a, struct pgs_str b);

PGS_EXTERN_C_END

#endif
