/* SPDX-License-Identifier: MIT
 *
 * DuckDB values as parameters of a statement: PostgreSQL's text of each, for the
 * type that the server infers.
 */
#ifndef PGS_FUNCTIONS_PARAMETERS_H
#define PGS_FUNCTIONS_PARAMETERS_H

#include "base/arena.h"
#include "base/error.h"
#include "bridge/host.h"
#include "link/query.h"

/* The members of a STRUCT, row or list value as $1, $2, ..., in `arena`.
 * BLOB becomes bytea, a list an array, a STRUCT a composite, everything else
 * what DuckDB's cast to VARCHAR gives. PGS_ERR_USAGE for other values and text
 * with a zero byte. */
enum pgs_status pgs_parameters_of(duckdb_value value, struct pgs_arena *arena,
                                  struct pgs_parameters *parameters,
                                  struct pgs_error *err) PGS_MUST_CHECK;

#endif
