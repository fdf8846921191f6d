/* SPDX-License-Identifier: MIT
 *
 * The checks every value codec gets, from one line: bytes as a real server sent
 * them, and what they should become.
 *
 * pgs_golden_check() decodes the bytes and compares the text; encodes again and
 * compares the bytes (unless ONE_WAY); decodes every shorter piece, which must
 * not crash and not be taken for whole; sends the value through the COPY
 * decoder whole and in pieces of 64 to 1 bytes; and repeats decoding and
 * encoding with allocation n failing, for every n.
 */
#ifndef PGS_TEST_GOLDEN_H
#define PGS_TEST_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/port.h"
#include "wire/codec.h"
#include "wire/type.h"

PGS_EXTERN_C_BEGIN

enum pgs_golden_flags {
    PGS_GOLDEN_EXACT = 0,
    PGS_GOLDEN_ONE_WAY = 1, /* encoding gives other, equally good bytes, or is impossible */
    PGS_GOLDEN_ANY_SIZE = 2 /* a shorter piece may be a value too (text) */
};

/* `hex` is hexadecimal with blanks anywhere; `text` as pgs_test_vector_print(). */
void pgs_golden_check(const struct pgs_type *type, const char *hex, const char *text,
                      unsigned flags);

/* Decoding the bytes must fail with `code` and a message that contains `part`. */
void pgs_golden_check_error(const struct pgs_type *type, const char *hex, enum pgs_status code,
                            const char *part);

/* Decodes into row 0 of a new vector and appends its text; the status. */
enum pgs_status pgs_golden_decode(const struct pgs_type *type,
                                  const struct pgs_codec_options *options, const uint8_t *at,
                                  size_t size_bytes, struct pgs_buf *text, struct pgs_error *err);

/* Decodes, encodes and appends the bytes. */
enum pgs_status pgs_golden_round_trip(const struct pgs_type *type, const uint8_t *at,
                                      size_t size_bytes, struct pgs_buf *bytes,
                                      struct pgs_error *err);

/* Encoding `text`, a value of a VARCHAR target, must give the bytes `hex`, with
 * every allocation failing once; every shorter piece must not crash. */
void pgs_golden_check_text(const struct pgs_type *type, const char *text, const char *hex);
/* Encoding must fail as a conversion with a message that contains `part`. */
void pgs_golden_check_text_error(const struct pgs_type *type, const char *text, const char *part);

/* Appends the bytes that `hex` names. */
void pgs_golden_bytes(const char *hex, struct pgs_buf *bytes);

/* A built-in type. */
struct pgs_type pgs_golden_type(uint32_t oid, int32_t typmod);
/* numeric(precision, scale). */
struct pgs_type pgs_golden_numeric(int32_t precision, int32_t scale);
/* An array of `element` with the oid of its built-in array type. */
struct pgs_type pgs_golden_array(const struct pgs_type *element, uint8_t dimensions);

PGS_EXTERN_C_END

#endif
