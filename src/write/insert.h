/* SPDX-License-Identifier: MIT
 *
 * Rows into a table by COPY on the transaction's main connection: in binary, or
 * as text when a column's type has no binary form of ours.
 *
 * Chunks are encoded by any number of threads, each into a buffer of its own
 * (struct pgs_insert_part); the buffers go to the server one after the other.
 * A shared insert (other parts of the statement use the main connection too:
 * a cursor reads from it) sends each buffer as a COPY of its own and lets the
 * connection go in between; otherwise one COPY carries everything.
 *
 * Rows are visible to the transaction when pgs_insert_finish() has returned,
 * and gone with its rollback. When anything fails the transaction is failed:
 * there is no partial insert.
 * Thread: a part belongs to one thread; the insert is safe for all parts.
 */
#ifndef PGS_WRITE_INSERT_H
#define PGS_WRITE_INSERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "catalog/database.h"
#include "duckdb.h"
#include "wire/codec.h"

PGS_EXTERN_C_BEGIN

struct pgs_insert_options {
    bool shared;  /* see above */
    bool as_text; /* all columns, whatever their types */
    struct pgs_codec_options codec;
};

struct pgs_insert;
struct pgs_insert_part;

/* `columns` are indexes into table->columns, in the order of the chunks'
 * columns; the others get the server's default. Nothing is sent yet.
 * Errors: PGS_ERR_UNSUPPORTED (a generated column, named with the remedy),
 * PGS_ERR_USAGE (read-only). `transaction` must outlive it; the table is
 * retained. */
enum pgs_status pgs_insert_open(struct pgs_transaction *transaction, const struct pgs_table *table,
                                const uint32_t *columns, size_t column_count,
                                const struct pgs_insert_options *options,
                                struct pgs_insert **insert, struct pgs_error *err) PGS_MUST_CHECK;
/* Ends the data; *rows is the server's count of all of it. */
enum pgs_status pgs_insert_finish(struct pgs_insert *insert, int64_t *rows,
                                  struct pgs_error *err) PGS_MUST_CHECK;
/* Aborts what is under way. NULL is legal. */
void pgs_insert_free(struct pgs_insert *insert);

enum pgs_status pgs_insert_part_new(struct pgs_insert *insert, struct pgs_insert_part **part,
                                    struct pgs_error *err) PGS_MUST_CHECK;
/* Encodes the flat vectors of `chunk`; sends when enough is gathered. */
enum pgs_status pgs_insert_part_append(struct pgs_insert_part *part, duckdb_data_chunk chunk,
                                       struct pgs_error *err) PGS_MUST_CHECK;
/* Sends the rest. */
enum pgs_status pgs_insert_part_flush(struct pgs_insert_part *part,
                                      struct pgs_error *err) PGS_MUST_CHECK;
void pgs_insert_part_free(struct pgs_insert_part *part); /* NULL is legal */

PGS_EXTERN_C_END

#endif
