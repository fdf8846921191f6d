/* SPDX-License-Identifier: MIT
 *
 * Which PostgreSQL enum a column of a DuckDB ENUM type is created with: DuckDB's
 * types have no name by the time they arrive, so the type is found by its
 * labels.
 */
#ifndef PGS_WRITE_ENUM_TYPE_H
#define PGS_WRITE_ENUM_TYPE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "catalog/database.h"
#include "duckdb.h"
#include "sql/ddl.h"

/* When `source`, or what it is a list of, is an enum without a name, makes it the
 * existing type with the same labels in the same order: one in `schema` before
 * others, the oldest first. One round trip then, none otherwise. Leaves `source`
 * as it is when there is no such type. What is added lives in `arena`. */
enum pgs_status pgs_enum_type_find(struct pgs_transaction *transaction, struct pgs_str schema,
                                   duckdb_logical_type type, struct pgs_arena *arena,
                                   struct pgs_source_type *source,
                                   struct pgs_error *err) PGS_MUST_CHECK;

#endif
