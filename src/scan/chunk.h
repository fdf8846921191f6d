/* SPDX-License-Identifier: MIT
 *
 * DuckDB's chunks as struct pgs_vector, through duckdb.h.
 */
#ifndef PGS_SCAN_CHUNK_H
#define PGS_SCAN_CHUNK_H

#include <stddef.h>

#include "base/error.h"
#include "duckdb.h"
#include "wire/type.h"
#include "wire/vector.h"

/* Room for the vector tree of one column of `type` to be bound again and again:
 * children are allocated, pointers set by pgs_chunk_bind(). Release with
 * pgs_vector_tree_release(). */
enum pgs_status pgs_vector_tree_init(struct pgs_vector *vector, const struct pgs_type *type,
                                     struct pgs_error *err) PGS_MUST_CHECK;
void pgs_vector_tree_release(struct pgs_vector *vector);

/* Points the tree at `source`, a flat vector to be written (rows_max rows,
 * nothing in it yet) or, with `rows` valid, to be read. */
void pgs_vector_bind_write(struct pgs_vector *vector, const struct pgs_type *type,
                           duckdb_vector target, size_t rows_max);
void pgs_vector_bind_read(struct pgs_vector *vector, const struct pgs_type *type,
                          duckdb_vector source);

/* After writing: hands list sizes to the host. */
void pgs_vector_finish_write(struct pgs_vector *vector, const struct pgs_type *type);

#endif
