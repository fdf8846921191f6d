/* SPDX-License-Identifier: MIT
 *
 * One value: PostgreSQL's binary form <-> a row of a vector, and its text form
 * from one. The functions are chosen once per column, then called per row
 * without looking at the type's kind again.
 *
 * Decoders get untrusted bytes: every size is checked; what has no exact form
 * on our side fails with PGS_ERR_CONVERSION (a value: NaN in a DECIMAL column,
 * a date out of DuckDB's range, an array of another dimension count), what makes
 * no sense with PGS_ERR_PROTOCOL. Text is checked to be UTF-8.
 * Encoders read valid rows only (NULL is the caller's, except inside arrays and
 * composites) and append the bytes that xxx_recv wants, without the leading
 * length; a value PostgreSQL cannot hold fails with PGS_ERR_CONVERSION.
 * Printers are encoders of the other form: they append the text that xxx_in
 * reads, unquoted. What has an encoder and a printer is refused by both alike,
 * but text that is already the type's own is the server's to judge.
 * Messages name neither column nor table: the caller adds them with
 * pgs_error_context().
 *
 * Source: xxx_send and xxx_recv, src/backend/utils/adt, PostgreSQL 18.
 */
#ifndef PGS_WIRE_CODEC_H
#define PGS_WIRE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "wire/type.h"
#include "wire/vector.h"

PGS_EXTERN_C_BEGIN

/* What changes how values are read or written: choices of the user, and the server. */
struct pgs_codec_options {
    bool numeric_nan_as_null; /* NaN and infinity in a DECIMAL column become NULL */
    /* What replaces a zero byte in text that is written; at == NULL: refuse. */
    struct pgs_str null_byte_replacement;
    /* The server reads "\377" of type "char" as a backslash: it is older than 16. */
    bool octal_char_unknown;
};

typedef enum pgs_status (*pgs_decode_fn)(const struct pgs_type *type,
                                         const struct pgs_codec_options *options, const uint8_t *at,
                                         uint32_t size_bytes, struct pgs_vector *vector, size_t row,
                                         struct pgs_error *err);

typedef enum pgs_status (*pgs_encode_fn)(const struct pgs_type *type,
                                         const struct pgs_codec_options *options,
                                         const struct pgs_vector *vector, size_t row,
                                         struct pgs_buf *out, struct pgs_error *err);

/* Never NULL. PGS_KIND_TEXT_CAST decodes as text. */
pgs_decode_fn pgs_decoder_for(const struct pgs_type *type);

/* NULL when values of this type cannot be written in binary. */
pgs_encode_fn pgs_encoder_for(const struct pgs_type *type);

/* Never NULL: every type has a text form. */
pgs_encode_fn pgs_printer_for(const struct pgs_type *type);

PGS_EXTERN_C_END

#endif
