/* SPDX-License-Identifier: MIT */
#include "golden.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "check.h"
#include "test_vector.h"
#include "wire/rows.h"

enum { BYTES_MAX = 1 << 24, CHUNK_MAX = 64, FAILURES_MAX = 200 };

void pgs_golden_bytes(const char *hex, struct pgs_buf *bytes)
{
    char pair[3] = {0, 0, 0};

    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        pair[0] = hex[0];
        pair[1] = hex[1];
        pgs_buf_add_char(bytes, (char)strtol(pair, NULL, 16));
        hex++;
    }
}

struct pgs_type pgs_golden_type(uint32_t oid, int32_t typmod)
{
    struct pgs_type type;

    memset(&type, 0, sizeof(type));
    pgs_type_init_builtin(&type, oid, typmod);
    return type;
}

struct pgs_type pgs_golden_numeric(int32_t precision, int32_t scale)
{
    return pgs_golden_type(1700, (int32_t)((uint32_t)precision << 16 | (scale & 0x7FF)) + 4);
}

struct pgs_type pgs_golden_array(const struct pgs_type *element, uint8_t dimensions)
{
    struct pgs_type type;

    memset(&type, 0, sizeof(type));
    type.oid = pgs_type_array_oid(element->oid);
    type.typmod = -1;
    type.kind = PGS_KIND_ARRAY;
    type.target = PGS_TARGET_LIST;
    type.element = element;
    type.dimensions = dimensions;
    return type;
}

/* The bytes stand alone in their own block, so that reading past them shows. */
enum pgs_status pgs_golden_decode(const struct pgs_type *type,
                                  const struct pgs_codec_options *options, const uint8_t *at,
                                  size_t size_bytes, struct pgs_buf *text, struct pgs_error *err)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    uint8_t *copy = malloc(size_bytes ? size_bytes : 1);
    enum pgs_status status = PGS_ERR_OOM;

    if (vector && copy) {
        if (size_bytes)
            memcpy(copy, at, size_bytes);
        status = pgs_decoder_for(type)(type, options, copy, (uint32_t)size_bytes, vector, 0, err);
        if (status == PGS_OK)
            pgs_test_vector_print(type, vector, 0, text);
    }
    free(copy);
    pgs_test_vector_free(vector);
    return status;
}

enum pgs_status pgs_golden_round_trip(const struct pgs_type *type, const uint8_t *at,
                                      size_t size_bytes, struct pgs_buf *bytes,
                                      struct pgs_error *err)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    enum pgs_status status = PGS_ERR_OOM;

    if (vector)
        status = pgs_decoder_for(type)(type, NULL, at, (uint32_t)size_bytes, vector, 0, err);
    if (status == PGS_OK)
        status = pgs_encoder_for(type)(type, NULL, vector, 0, bytes, err);
    if (status == PGS_OK)
        status = pgs_buf_status(bytes, err);
    pgs_test_vector_free(vector);
    return status;
}

static void check_cuts(const struct pgs_type *type, const struct pgs_buf *bytes, unsigned flags)
{
    struct pgs_buf text;

    for (size_t size = 0; size < bytes->size_bytes; size++) {
        enum pgs_status status;

        pgs_buf_init(&text, BYTES_MAX);
        status = pgs_golden_decode(type, NULL, (const uint8_t *)bytes->at, size, &text, NULL);
        if (!(flags & PGS_GOLDEN_ANY_SIZE))
            CHECK(status == PGS_ERR_PROTOCOL || status == PGS_ERR_CONVERSION);
        pgs_buf_release(&text);
    }
}

/* Feeds the stream `chunk` bytes at a time; what is not consumed is kept. */
static void check_chunks(const struct pgs_type *type, const struct pgs_buf *stream, size_t chunk,
                         const char *wanted)
{
    struct pgs_row_column column = {{"c", 1}, type};
    struct pgs_rows_decoder *decoder = NULL;
    struct pgs_vector *vector = pgs_test_vector_new(type, 4);
    struct pgs_error err;
    struct pgs_buf text;
    size_t row = 0;
    size_t from = 0;
    size_t to = 0;

    pgs_buf_init(&text, BYTES_MAX);
    CHECK(pgs_rows_decoder_new(&column, 1, pgs_str_of("t"), NULL, &decoder, &err) == PGS_OK);
    while (vector && decoder && to < stream->size_bytes) {
        size_t rows;
        size_t consumed;
        uint8_t *window;

        to = stream->size_bytes - to < chunk ? stream->size_bytes : to + chunk;
        window = malloc(to - from + 1);
        memcpy(window, stream->at + from, to - from);
        if (!CHECK(pgs_rows_decode(decoder, window, to - from, vector, row, 4 - row, &rows,
                                   &consumed, &err) == PGS_OK))
            to = stream->size_bytes;
        free(window);
        row += rows;
        from += consumed;
    }
    CHECK_INT(from, stream->size_bytes);
    CHECK_INT(row, 3);
    CHECK(decoder && pgs_rows_decoder_ended(decoder));
    for (size_t i = 0; vector && i < row; i++) {
        pgs_buf_reset(&text);
        pgs_test_vector_print(type, vector, i, &text);
        CHECK_STR(text.at, i == 1 ? "NULL" : wanted);
    }
    pgs_buf_release(&text);
    pgs_rows_decoder_free(decoder);
    pgs_test_vector_free(vector);
}

/* Three rows: the value, NULL, the value. */
static void check_stream(const struct pgs_type *type, const struct pgs_buf *bytes, const char *text)
{
    struct pgs_buf stream;

    pgs_buf_init(&stream, BYTES_MAX);
    pgs_rows_encode_header(&stream);
    for (int i = 0; i < 3; i++) {
        pgs_buf_add_be16(&stream, 1);
        pgs_buf_add_be32(&stream, i == 1 ? UINT32_MAX : (uint32_t)bytes->size_bytes);
        if (i != 1)
            pgs_buf_add(&stream, bytes->at, bytes->size_bytes);
    }
    pgs_rows_encode_trailer(&stream);
    check_chunks(type, &stream, stream.size_bytes, text);
    for (size_t chunk = CHUNK_MAX; chunk > 0; chunk--)
        check_chunks(type, &stream, chunk, text);
    pgs_buf_release(&stream);
}

static void check_allocations(const struct pgs_type *type, const struct pgs_buf *bytes,
                              unsigned flags)
{
    for (long n = 0; n < FAILURES_MAX; n++) {
        enum pgs_status status;
        struct pgs_buf out;
        struct pgs_error err;

        pgs_buf_init(&out, BYTES_MAX);
        pgs_alloc_fail_after(n);
        if (flags & PGS_GOLDEN_ONE_WAY)
            status = pgs_golden_decode(type, NULL, (const uint8_t *)bytes->at, bytes->size_bytes,
                                       &out, &err);
        else
            status = pgs_golden_round_trip(type, (const uint8_t *)bytes->at, bytes->size_bytes,
                                           &out, &err);
        pgs_alloc_fail_after(-1);
        pgs_buf_release(&out);
        if (status == PGS_OK)
            return;
        CHECK_INT(status, PGS_ERR_OOM);
    }
    CHECK_STR("still failing", "the allocations come to an end");
}

void pgs_golden_check(const struct pgs_type *type, const char *hex, const char *text,
                      unsigned flags)
{
    struct pgs_buf bytes;
    struct pgs_buf out;
    struct pgs_error err = {0};

    pgs_check_about(hex);
    pgs_buf_init(&bytes, BYTES_MAX);
    pgs_buf_init(&out, BYTES_MAX);
    pgs_golden_bytes(hex, &bytes);
    CHECK_INT(
        pgs_golden_decode(type, NULL, (const uint8_t *)bytes.at, bytes.size_bytes, &out, &err),
        PGS_OK);
    CHECK_STR(err.message, "");
    CHECK_STR(out.at, text);
    if (!(flags & PGS_GOLDEN_ONE_WAY)) {
        pgs_buf_reset(&out);
        CHECK_INT(
            pgs_golden_round_trip(type, (const uint8_t *)bytes.at, bytes.size_bytes, &out, &err),
            PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, bytes.at, bytes.size_bytes);
    }
    check_cuts(type, &bytes, flags);
    check_stream(type, &bytes, text);
    check_allocations(type, &bytes, flags);
    pgs_buf_release(&bytes);
    pgs_buf_release(&out);
    pgs_check_about("");
}

void pgs_golden_check_error(const struct pgs_type *type, const char *hex, enum pgs_status code,
                            const char *part)
{
    struct pgs_buf bytes;
    struct pgs_buf out;
    struct pgs_error err = {0};

    pgs_check_about(hex);
    pgs_buf_init(&bytes, BYTES_MAX);
    pgs_buf_init(&out, BYTES_MAX);
    pgs_golden_bytes(hex, &bytes);
    CHECK_INT(
        pgs_golden_decode(type, NULL, (const uint8_t *)bytes.at, bytes.size_bytes, &out, &err),
        code);
    if (!strstr(err.message, part))
        CHECK_STR(err.message, part);
    pgs_buf_release(&bytes);
    pgs_buf_release(&out);
    pgs_check_about("");
}

/* Writes the text to a vector and encodes it. */
static enum pgs_status encode_text(const struct pgs_type *type, const char *text, size_t size_bytes,
                                   struct pgs_buf *bytes, struct pgs_error *err)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    struct pgs_str str = {text, size_bytes};
    enum pgs_status status = vector ? PGS_OK : PGS_ERR_OOM;

    if (vector)
        status = pgs_vector_set_string(vector, 0, str, err);
    if (status == PGS_OK)
        status = pgs_encoder_for(type)(type, NULL, vector, 0, bytes, err);
    if (status == PGS_OK)
        status = pgs_buf_status(bytes, err);
    pgs_test_vector_free(vector);
    return status;
}

void pgs_golden_check_text(const struct pgs_type *type, const char *text, const char *hex)
{
    struct pgs_buf wanted;
    struct pgs_buf out;
    struct pgs_error err = {0};
    enum pgs_status status = PGS_ERR_OOM;

    pgs_check_about(text);
    pgs_buf_init(&wanted, BYTES_MAX);
    pgs_golden_bytes(hex, &wanted);
    for (long n = 0; n < FAILURES_MAX && status == PGS_ERR_OOM; n++) {
        pgs_buf_init(&out, BYTES_MAX);
        pgs_alloc_fail_after(n);
        status = encode_text(type, text, strlen(text), &out, &err);
        pgs_alloc_fail_after(-1);
        if (status != PGS_ERR_OOM) {
            CHECK_INT(status, PGS_OK);
            CHECK_BYTES(out.at, out.size_bytes, wanted.at, wanted.size_bytes);
        }
        pgs_buf_release(&out);
    }
    CHECK_INT(status, PGS_OK);
    for (size_t size = 0; size < strlen(text); size++) {
        pgs_buf_init(&out, BYTES_MAX);
        status = encode_text(type, text, size, &out, &err);
        CHECK(status == PGS_OK || status == PGS_ERR_CONVERSION);
        pgs_buf_release(&out);
    }
    pgs_buf_release(&wanted);
    pgs_check_about("");
}

void pgs_golden_check_text_error(const struct pgs_type *type, const char *text, const char *part)
{
    struct pgs_buf out;
    struct pgs_error err = {0};

    pgs_check_about(text);
    pgs_buf_init(&out, BYTES_MAX);
    CHECK_INT(encode_text(type, text, strlen(text), &out, &err), PGS_ERR_CONVERSION);
    if (!strstr(err.message, part))
        CHECK_STR(err.message, part);
    pgs_buf_release(&out);
    pgs_check_about("");
}
