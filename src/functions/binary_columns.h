/* SPDX-License-Identifier: MIT
 *
 * DuckDB types as they stand in files in the COPY binary format, where nothing
 * but the reader knows them: BOOLEAN as bool, VARCHAR as text, ENUM as its label,
 * LIST as an array, STRUCT as a composite, GEOMETRY as its WKB in a bytea.
 */
#ifndef PGS_FUNCTIONS_BINARY_COLUMNS_H
#define PGS_FUNCTIONS_BINARY_COLUMNS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "duckdb.h"
#include "wire/rows.h"

/* Fills columns[0..count); everything in `arena`. PGS_ERR_UNSUPPORTED for a type
 * that has no such form (UINTEGER, MAP ...). */
enum pgs_status pgs_binary_columns(struct pgs_arena *arena, const duckdb_logical_type *types,
                                   const struct pgs_str *names, size_t count,
                                   struct pgs_row_column *columns,
                                   struct pgs_error *err) PGS_MUST_CHECK;

#endif
