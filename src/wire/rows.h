/* SPDX-License-Identifier: MIT
 *
 * Rows in the COPY binary format <-> columns, and rows in the text format from
 * columns.
 *
 * struct pgs_rows_decoder is an incremental parser: it is fed a window of bytes
 * that begins at a row boundary (the file header counts as one) and says how
 * many it consumed, always whole rows (of a header extension, which is skipped,
 * any piece). What is left over belongs at the start of the next window.
 *
 * Invariant: a row is delivered whole or not at all; after PGS_OK the vectors
 * hold exactly the rows reported, LIST children included.
 * Thread: one thread at a time per object.
 * Source: CopyOneRowTo and CopyGetData, commands/copyto.c, copyfromparse.c, 18;
 * CopyReadLineText, copyfromparse.c; "COPY", File Formats, PostgreSQL
 * documentation.
 */
#ifndef PGS_WIRE_ROWS_H
#define PGS_WIRE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "wire/codec.h"
#include "wire/type.h"
#include "wire/vector.h"

PGS_EXTERN_C_BEGIN

/* One column of a row stream. Borrowed strings and types must outlive the
 * decoder or encoder. */
struct pgs_row_column {
    struct pgs_str name; /* for messages */
    const struct pgs_type *type;
};

struct pgs_rows_decoder;

/* `columns` is copied (shallow). `table_name` is for messages and borrowed.
 * Zero columns are legal (SELECT of nothing: rows are only counted).
 * Owner: the caller; free with pgs_rows_decoder_free(). */
enum pgs_status pgs_rows_decoder_new(const struct pgs_row_column *columns, size_t column_count,
                                     struct pgs_str table_name,
                                     const struct pgs_codec_options *options,
                                     struct pgs_rows_decoder **decoder,
                                     struct pgs_error *err) PGS_MUST_CHECK;
void pgs_rows_decoder_free(struct pgs_rows_decoder *decoder); /* NULL is legal */

/* Ready for another stream (another COPY) with the same columns. */
void pgs_rows_decoder_reset(struct pgs_rows_decoder *decoder);

/* Decodes up to `rows_max` rows into vectors[0..column_count), at rows
 * first_row... Sets *rows to how many, *consumed to the bytes used, whole rows
 * only. *rows < rows_max means: more bytes are needed, or the stream has ended
 * (pgs_rows_decoder_ended()). What a row that the window cuts off had changed
 * is taken back. LIST children: appended at vector->child_rows.
 * Errors: PGS_ERR_PROTOCOL, PGS_ERR_CONVERSION (message names table and
 * column), PGS_ERR_OOM; the decoder is then unusable until reset. */
enum pgs_status pgs_rows_decode(struct pgs_rows_decoder *decoder, const uint8_t *at,
                                size_t size_bytes, struct pgs_vector *vectors, size_t first_row,
                                size_t rows_max, size_t *rows, size_t *consumed,
                                struct pgs_error *err) PGS_MUST_CHECK;

/* The trailer was seen. */
bool pgs_rows_decoder_ended(const struct pgs_rows_decoder *decoder);

/* Decodes one field outside a COPY stream (a PGresult cell): NULL when
 * size_bytes < 0. Same errors and messages. */
enum pgs_status pgs_rows_decode_field(struct pgs_rows_decoder *decoder, size_t column,
                                      const uint8_t *at, int64_t size_bytes,
                                      struct pgs_vector *vector, size_t row,
                                      struct pgs_error *err) PGS_MUST_CHECK;

enum pgs_row_format {
    PGS_ROWS_BINARY,
    PGS_ROWS_TEXT /* FORMAT text with its own delimiter and NULL: tab and \N */
};

/* BINARY when every column's type can be written so, else TEXT. */
enum pgs_row_format pgs_rows_format_for(const struct pgs_row_column *columns, size_t column_count);

struct pgs_rows_encoder;

/* As the decoder's. Errors: PGS_ERR_UNSUPPORTED (names the column) when a type
 * has no encoder and the format is BINARY. */
enum pgs_status pgs_rows_encoder_new(const struct pgs_row_column *columns, size_t column_count,
                                     enum pgs_row_format format, struct pgs_str table_name,
                                     const struct pgs_codec_options *options,
                                     struct pgs_rows_encoder **encoder,
                                     struct pgs_error *err) PGS_MUST_CHECK;
void pgs_rows_encoder_free(struct pgs_rows_encoder *encoder); /* NULL is legal */

/* Appends the 19-byte header / rows [first_row, first_row + rows) / the trailer.
 * Header and trailer are the binary format's: text has none. */
void pgs_rows_encode_header(struct pgs_buf *out);
enum pgs_status pgs_rows_encode(struct pgs_rows_encoder *encoder, const struct pgs_vector *vectors,
                                size_t first_row, size_t rows, struct pgs_buf *out,
                                struct pgs_error *err) PGS_MUST_CHECK;
void pgs_rows_encode_trailer(struct pgs_buf *out);

PGS_EXTERN_C_END

#endif
