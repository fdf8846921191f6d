/* SPDX-License-Identifier: MIT
 *
 * DuckDB values as PostgreSQL's input functions read them: for types without a
 * binary form of ours, and for VARCHAR, which is the server's to interpret.
 */
#ifndef PGS_FUNCTIONS_PARAMETER_TEXT_H
#define PGS_FUNCTIONS_PARAMETER_TEXT_H

#include "base/buf.h"
#include "base/error.h"
#include "bridge/host.h"

/* Appends the text of a value that is not NULL. BLOB becomes bytea, a list an
 * array, a STRUCT a composite, everything else what DuckDB's cast to VARCHAR
 * gives. PGS_ERR_USAGE for MAP, UNION, ARRAY and text with a zero byte. */
enum pgs_status pgs_parameter_text(duckdb_value value, struct pgs_buf *text,
                                   struct pgs_error *err) PGS_MUST_CHECK;

#endif
