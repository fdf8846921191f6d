/* SPDX-License-Identifier: MIT
 *
 * What is sent to read rows, as a tree: a SELECT over one relation (later over
 * several). Plain structs that borrow everything they point to.
 */
#ifndef PGS_SQL_STATEMENT_H
#define PGS_SQL_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "sql/expr.h"
#include "wire/rows.h"
#include "wire/type.h"

PGS_EXTERN_C_BEGIN

/* Where rows come from: a named relation, or a query text of the user's. */
struct pgs_relation {
    struct pgs_str schema;
    struct pgs_str name;
    bool only;            /* FROM ONLY: leave inheritance children out */
    struct pgs_str query; /* not empty: FROM (query) AS q, schema and name unused */
    /* What the columns of `query` are called from outside, all of them in order,
     * since a query may use one name twice; none: by their own names. */
    const struct pgs_str *query_columns;
    size_t query_column_count;
};

struct pgs_select_column {
    struct pgs_str name;
    const struct pgs_type *type; /* decides the cast: pgs_type_cast() */
};

/* Heap blocks [first_block, end_block) of the relation; end_block UINT32_MAX+1
 * has no upper bound. */
struct pgs_block_range {
    uint64_t first_block;
    uint64_t end_block;
};

struct pgs_select {
    struct pgs_relation from;
    const struct pgs_select_column *columns; /* none: SELECT FROM …, rows are only counted */
    size_t column_count;
    const struct pgs_expr *const *where; /* joined with AND; all shippable */
    size_t where_count;
    const struct pgs_block_range *blocks; /* NULL: the whole relation */
    int64_t limit;                        /* -1: none */
    int64_t offset;                       /* 0: none */
};

/* Appends the SELECT:
 *   SELECT "a", "b"::text FROM "s"."t" WHERE ctid >= '(10,0)'::tid AND
 *   ctid < '(20,0)'::tid AND ("a" = 1) LIMIT 5 OFFSET 2
 * Without columns it is SELECT FROM …, whose rows have no fields (in COPY too).
 * A query text is written on lines of its own so that a trailing comment in it
 * cannot swallow what follows; blanks and semicolons at its end are left out. */
void pgs_deparse_select(struct pgs_buf *sql, const struct pgs_select *select);

/* Appends one expression, in parentheses of its own unless it is a single word.
 * Comparisons are written with the column first. The column's name is quoted
 * and, for relation > 0, preceded by the alias r1, r2, … of its relation.
 * Trees that pgs_expr_is_shippable() accepts, and single constants and columns,
 * give correct SQL; anything else breaks the buffer. */
void pgs_deparse_expr(struct pgs_buf *sql, const struct pgs_expr *expr);

/* Appends the COPY that streams the select: COPY (…) TO STDOUT (FORMAT binary). */
void pgs_deparse_copy_out(struct pgs_buf *sql, const struct pgs_select *select);

/* COPY "s"."t" ("a", "b") FROM STDIN (FORMAT binary), or text. Without columns
 * there is no list and the server expects all of them. */
void pgs_deparse_copy_in(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name,
                         const struct pgs_str *columns, size_t column_count,
                         enum pgs_row_format format);

PGS_EXTERN_C_END

#endif
