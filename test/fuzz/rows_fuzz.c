/* SPDX-License-Identifier: MIT
 *
 * A COPY stream of one to four columns. The first bytes choose their number,
 * their types, and how large the windows are in which the stream arrives; read
 * in windows and read whole, the same rows must come out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/test_vector.h"
#include "values.h"
#include "wire/rows.h"

enum { COLUMNS_MAX = 4, HEAD_BYTES = COLUMNS_MAX + 2, ROWS_MAX = 32, TEXT_MAX = 1 << 26 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    struct pgs_row_column columns[COLUMNS_MAX];
    size_t column_count;
    const uint8_t *stream;
    size_t size;
};

static void encode_rows(const struct input *input, const struct pgs_vector *vectors, size_t rows,
                        enum pgs_row_format format)
{
    struct pgs_rows_encoder *encoder = NULL;
    struct pgs_error err;
    struct pgs_buf bytes;

    pgs_buf_init(&bytes, TEXT_MAX);
    if (pgs_rows_encoder_new(input->columns, input->column_count, format, pgs_str_of("t"), NULL,
                             &encoder, &err) == PGS_OK)
        (void)!pgs_rows_encode(encoder, vectors, 0, rows, &bytes, &err);
    pgs_rows_encoder_free(encoder);
    pgs_buf_release(&bytes);
}

/* Prints and encodes what was read. */
static void print_rows(const struct input *input, const struct pgs_vector *vectors, size_t rows,
                       struct pgs_buf *text)
{
    encode_rows(input, vectors, rows, PGS_ROWS_BINARY);
    encode_rows(input, vectors, rows, PGS_ROWS_TEXT);
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < input->column_count; i++) {
            pgs_test_vector_print(input->columns[i].type, &vectors[i], row, text);
            pgs_buf_add_char(text, '\n');
        }
    }
}

/* Reads the stream `window` bytes at a time; the rows' text, and the status. */
static enum pgs_status read_stream(const struct input *input, size_t window, struct pgs_buf *text)
{
    struct pgs_vector vectors[COLUMNS_MAX];
    struct pgs_rows_decoder *decoder = NULL;
    struct pgs_error err;
    size_t from = 0;
    size_t to = 0;
    size_t row = 0;
    enum pgs_status status;

    for (size_t i = 0; i < input->column_count; i++) {
        if (!pgs_test_vector_open(&vectors[i], input->columns[i].type, ROWS_MAX))
            abort();
    }
    status = pgs_rows_decoder_new(input->columns, input->column_count, pgs_str_of("t"), NULL,
                                  &decoder, &err);
    while (status == PGS_OK && to < input->size && row < ROWS_MAX) {
        size_t rows;
        size_t consumed;
        uint8_t *copy;

        to = input->size - to < window ? input->size : to + window;
        copy = malloc(to - from + 1);
        if (!copy)
            abort();
        memcpy(copy, input->stream + from, to - from);
        status = pgs_rows_decode(decoder, copy, to - from, vectors, row, ROWS_MAX - row, &rows,
                                 &consumed, &err);
        free(copy);
        row += status == PGS_OK ? rows : 0;
        from += consumed;
    }
    if (status == PGS_OK)
        print_rows(input, vectors, row, text);
    pgs_rows_decoder_free(decoder);
    for (size_t i = 0; i < input->column_count; i++)
        pgs_test_vector_release(&vectors[i]);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input;
    struct pgs_buf whole;
    struct pgs_buf pieces;

    if (size < HEAD_BYTES)
        return 0;
    input.column_count = data[0] % (COLUMNS_MAX + 1U);
    for (size_t i = 0; i < COLUMNS_MAX; i++) {
        input.columns[i].name = pgs_str_of("c");
        input.columns[i].type = pgs_fuzz_type(data[i + 1]);
    }
    input.stream = data + HEAD_BYTES;
    input.size = size - HEAD_BYTES;
    pgs_buf_init(&whole, TEXT_MAX);
    pgs_buf_init(&pieces, TEXT_MAX);
    if (read_stream(&input, input.size, &whole) == PGS_OK) {
        if (read_stream(&input, data[HEAD_BYTES - 1] % 64U + 1, &pieces) != PGS_OK)
            abort();
        if (whole.size_bytes != pieces.size_bytes ||
            memcmp(whole.at, pieces.at, whole.size_bytes) != 0)
            abort();
    }
    pgs_buf_release(&whole);
    pgs_buf_release(&pieces);
    return 0;
}
