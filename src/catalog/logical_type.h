/* SPDX-License-Identifier: MIT
 *
 * Between DuckDB's types and constants, as its C API shows them, and ours.
 *
 * Nothing here makes DuckDB cast or parse: functions of its C API that may
 * throw are not called with what could make them. Out of memory inside DuckDB
 * still throws; callers are the bridge, or are called by it inside its catch.
 *
 * Thread: any.
 * Source: duckdb.h, 1.5.6; its implementation in src/main/capi for what throws.
 */
#ifndef PGS_CATALOG_LOGICAL_TYPE_H
#define PGS_CATALOG_LOGICAL_TYPE_H

#include <duckdb.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/port.h"
#include "sql/ddl.h"
#include "sql/expr.h"
#include "wire/type.h"

PGS_EXTERN_C_BEGIN

/* The DuckDB type that columns of `type` are shown as. JSON is VARCHAR with the
 * alias JSON; an array is a LIST per dimension. Owner of *logical: the caller,
 * duckdb_destroy_logical_type(). Errors: PGS_ERR_OOM; PGS_ERR_UNSUPPORTED when
 * DuckDB refuses (repeated labels, or too many). */
enum pgs_status pgs_logical_type_of(const struct pgs_type *type, duckdb_logical_type *logical,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* What CREATE TABLE needs to know of a DuckDB type (sql/ddl.h has the rules).
 * A type with an alias is a user type of that name, JSON excepted. `source` and
 * what it points to live in `arena`. Never PGS_ERR_UNSUPPORTED, except for
 * lists nested deeper than PGS_TYPE_DEPTH_MAX: whether the type can be
 * created is for pgs_type_to_sql() to say. */
enum pgs_status pgs_source_type_of(duckdb_logical_type logical, struct pgs_arena *arena,
                                   struct pgs_source_type *source,
                                   struct pgs_error *err) PGS_MUST_CHECK;

/* A DuckDB constant in the form that sql/ writes as a literal; exact, or
 * PGS_ERR_UNSUPPORTED (lists, structs, nanoseconds that are no microseconds,
 * integers beyond 127 bits, bit strings …). Integers get the narrowest target
 * that holds every value of their type; of the types beyond BIGINT, values that
 * fit are BIGINT (an index can serve them), others
 * are DECIMAL with scale 0. Texts are copied into `arena`. `err` may be NULL. */
enum pgs_status pgs_const_of(duckdb_value value, struct pgs_arena *arena,
                             struct pgs_expr_const *constant, struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
