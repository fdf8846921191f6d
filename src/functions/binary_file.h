/* SPDX-License-Identifier: MIT
 *
 * Reading a file in the COPY binary format, for read_postgres_binary and COPY
 * FROM: in pieces of a buffer, whole rows at a time.
 */
#ifndef PGS_FUNCTIONS_BINARY_FILE_H
#define PGS_FUNCTIONS_BINARY_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "bridge/host.h"
#include "wire/rows.h"

#define PGS_BINARY_BUFFER_BYTES ((uint64_t)32 * 1024 * 1024)

/* What is read. Opened by pgs_binary_file_source. */
struct pgs_binary_file {
    char *path;
    struct pgs_arena arena;
    struct pgs_row_column *columns;
    size_t column_count;
    uint64_t buffer_bytes; /* a row must fit */
};

/* Owner: the caller, pgs_binary_file_free(), or who takes it as `bound`. */
enum pgs_status pgs_binary_file_new(const char *path, const duckdb_logical_type *types,
                                    const struct pgs_str *names, size_t count,
                                    struct pgs_binary_file **file,
                                    struct pgs_error *err) PGS_MUST_CHECK;
void pgs_binary_file_free(struct pgs_binary_file *file); /* NULL is legal */

extern const struct pgs_row_source pgs_binary_file_source;

#endif
