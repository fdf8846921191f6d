/* SPDX-License-Identifier: MIT
 *
 * What one scan reads, before it runs: the relation or query, the columns, the
 * predicates and the LIMIT that are sent. Made when a statement is bound,
 * refined while it is optimised, read-only once it runs.
 *
 * A plan owns copies of everything it is given and retains its table, so that
 * it outlives the transaction that made it.
 * Thread: one thread at a time while it changes; any afterwards.
 */
#ifndef PGS_SCAN_PLAN_H
#define PGS_SCAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "catalog/catalog.h"
#include "link/query.h"
#include "sql/expr.h"
#include "sql/statement.h"

PGS_EXTERN_C_BEGIN

/* A column that is asked for but has no content: count(*) wants rows only. */
#define PGS_SCAN_NO_COLUMN UINT32_MAX

/* One column that a plan can deliver. */
struct pgs_scan_column {
    struct pgs_str name;       /* as SQL names it */
    struct pgs_str shown_name; /* as the host shows it */
    const struct pgs_type *type;
    enum pgs_collation collation;
    bool is_domain;
};

struct pgs_scan_plan {
    struct pgs_arena arena;
    const struct pgs_table *table;       /* retained; NULL for a query text */
    struct pgs_str query;                /* empty for a table */
    const struct pgs_str *query_columns; /* names of all columns of `query`, unique */
    const struct pgs_scan_column *columns;
    size_t column_count;
    /* What is sent. */
    const struct pgs_expr **filters; /* all shippable, joined with AND */
    size_t filter_count;
    int64_t limit; /* -1: none */
    int64_t offset;
    /* The columns delivered, in order: indexes into `columns`, or
     * PGS_SCAN_NO_COLUMN. Until pgs_scan_plan_project(): all of them. */
    const uint32_t *output;
    size_t output_count;
    /* For EXPLAIN: the first predicate that stayed with the host and why. */
    struct pgs_str residual;
    /* How `query` is sent. */
    bool as_is;   /* as it is, not as a subquery: no filter, no LIMIT, all columns */
    bool command; /* it returns nothing: the one column is its count of rows */
    bool writes;  /* it changes the database */
    bool alone;   /* with no transaction block */
    struct pgs_parameters parameters;
    /* Nothing else in the statement uses the same database: the main connection
     * may stream. */
    bool sole;
};

/* Owner of a plan: the caller; free with pgs_scan_plan_free(). */
enum pgs_status pgs_scan_plan_new_table(const struct pgs_table *table, struct pgs_scan_plan **plan,
                                        struct pgs_error *err) PGS_MUST_CHECK;
/* Column names must be unique; `types` may live anywhere, their trees are
 * borrowed from `keep`, an arena that the plan takes over (moved-from: empty). */
enum pgs_status pgs_scan_plan_new_query(struct pgs_str query, const struct pgs_scan_column *columns,
                                        size_t column_count, struct pgs_arena *keep,
                                        struct pgs_scan_plan **plan,
                                        struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_scan_plan_copy(const struct pgs_scan_plan *source, struct pgs_scan_plan **plan,
                                   struct pgs_error *err) PGS_MUST_CHECK;
void pgs_scan_plan_free(struct pgs_scan_plan *plan); /* NULL is legal */

/* Adds a predicate that the server will apply; it is copied. */
enum pgs_status pgs_scan_plan_add_filter(struct pgs_scan_plan *plan, const struct pgs_expr *filter,
                                         struct pgs_error *err) PGS_MUST_CHECK;
/* Notes a predicate that stays local; only the first is kept. */
void pgs_scan_plan_note_residual(struct pgs_scan_plan *plan, struct pgs_str text,
                                 const char *reason);
enum pgs_status pgs_scan_plan_project(struct pgs_scan_plan *plan, const uint32_t *output,
                                      size_t output_count, struct pgs_error *err) PGS_MUST_CHECK;

/* How many rows the relation has, filters left out; -1 = unknown. */
double pgs_scan_plan_rows(const struct pgs_scan_plan *plan);

/* Appends the statement of the whole scan, as EXPLAIN shows it. */
void pgs_scan_plan_sql(const struct pgs_scan_plan *plan, struct pgs_buf *sql);

/* Fills `select` for `relation` (NULL: the plan's own) and `blocks` (NULL: all of
 * it). `columns` is room for output_count entries. Everything is borrowed. */
void pgs_scan_plan_select(const struct pgs_scan_plan *plan, const struct pgs_storage *relation,
                          const struct pgs_block_range *blocks, struct pgs_select_column *columns,
                          struct pgs_select *select);

PGS_EXTERN_C_END

#endif
