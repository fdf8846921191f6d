/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/alloc.h"
#include "check.h"
#include "golden.h"
#include "test_vector.h"
#include "wire/rows.h"

enum { ROWS = 3, BYTES_MAX = 1 << 20 };

/* COPY (SELECT i, nullif('text number '||i, 'text number 2'), (i*1.5)::numeric(10,2) FROM
 * generate_series(1,3) i) TO STDOUT (FORMAT binary) */
static const char STREAM[] =
    "5047434f 50590aff 0d0a0000 00000000 00000000 03000000 04000000 01000000 0d746578 "
    "74206e75 6d626572 20310000 000c0002 00000000 00020001 13880003 00000004 00000002 "
    "ffffffff 0000000a 00010000 00000002 00030003 00000004 00000003 0000000d 74657874 "
    "206e756d 62657220 33000000 0c000200 00000000 02000413 88ffff";

/* The same, FORMAT text */
static const char LINES[] = "1\ttext number 1\t1.50\n"
                            "2\t\\N\t3.00\n"
                            "3\ttext number 3\t4.50\n";

/* The rows of STREAM in vectors of our own making. */
static bool fill(struct pgs_vector *vectors, const struct pgs_row_column *columns)
{
    static const char *const TEXTS[ROWS] = {"text number 1", NULL, "text number 3"};

    for (size_t i = 0; i < 3; i++) {
        if (!pgs_test_vector_open(&vectors[i], columns[i].type, ROWS))
            return false;
    }
    for (size_t row = 0; row < ROWS; row++) {
        ((int32_t *)vectors[0].data)[row] = (int32_t)row + 1;
        ((int64_t *)vectors[2].data)[row] = ((int64_t)row + 1) * 150;
        if ((TEXTS[row] ? pgs_vector_set_string(&vectors[1], row, pgs_str_of(TEXTS[row]), NULL)
                        : pgs_vector_set_null(&vectors[1], row, NULL)) != PGS_OK)
            return false;
    }
    return true;
}

/* Encodes `step` rows a call. */
static enum pgs_status encode(const struct pgs_row_column *columns, enum pgs_row_format format,
                              size_t step, struct pgs_buf *out, struct pgs_error *err)
{
    struct pgs_vector vectors[3] = {{0}};
    struct pgs_rows_encoder *encoder = NULL;
    enum pgs_status status = PGS_ERR_OOM;

    if (fill(vectors, columns))
        status = pgs_rows_encoder_new(columns, 3, format, pgs_str_of("t"), NULL, &encoder, err);
    if (format == PGS_ROWS_BINARY)
        pgs_rows_encode_header(out);
    for (size_t row = 0; row < ROWS && status == PGS_OK; row += step)
        status =
            pgs_rows_encode(encoder, vectors, row, row + step > ROWS ? ROWS - row : step, out, err);
    if (format == PGS_ROWS_BINARY)
        pgs_rows_encode_trailer(out);
    if (status == PGS_OK)
        status = pgs_buf_status(out, err);
    pgs_rows_encoder_free(encoder);
    for (size_t i = 0; i < 3; i++)
        pgs_test_vector_release(&vectors[i]);
    return status;
}

static void check_golden(const struct pgs_row_column *columns)
{
    struct pgs_buf wanted;

    pgs_buf_init(&wanted, BYTES_MAX);
    pgs_golden_bytes(STREAM, &wanted);
    for (size_t step = 1; step <= ROWS; step++) {
        struct pgs_error err = {0};
        struct pgs_buf out;

        pgs_buf_init(&out, BYTES_MAX);
        CHECK_INT(encode(columns, PGS_ROWS_BINARY, step, &out, &err), PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, wanted.at, wanted.size_bytes);
        pgs_buf_reset(&out);
        CHECK_INT(encode(columns, PGS_ROWS_TEXT, step, &out, &err), PGS_OK);
        CHECK_STR(out.at, LINES);
        pgs_buf_release(&out);
    }
    pgs_buf_release(&wanted);
}

static void check_no_memory(const struct pgs_row_column *columns, enum pgs_row_format format)
{
    enum pgs_status status = PGS_ERR_OOM;

    for (long n = 0; status != PGS_OK && n < 100; n++) {
        struct pgs_error err;
        struct pgs_buf out;

        pgs_buf_init(&out, BYTES_MAX);
        pgs_alloc_fail_after(n);
        status = encode(columns, format, ROWS, &out, &err);
        pgs_alloc_fail_after(-1);
        CHECK(status == PGS_OK || status == PGS_ERR_OOM);
        pgs_buf_release(&out);
    }
    CHECK_INT(status, PGS_OK);
}

/* One type without a binary form makes all text. */
static void check_format(const struct pgs_row_column *columns)
{
    struct pgs_type money = pgs_golden_type(790, -1);
    const struct pgs_row_column mixed[] = {columns[0], {{"m", 1}, &money}};

    CHECK_INT(pgs_rows_format_for(columns, 3), PGS_ROWS_BINARY);
    CHECK_INT(pgs_rows_format_for(mixed, 2), PGS_ROWS_TEXT);
}

static void check_errors(const struct pgs_row_column *columns)
{
    struct pgs_type cast = pgs_golden_type(790, -1);
    struct pgs_row_column bad = {{"address", 7}, &cast};
    struct pgs_rows_encoder *encoder;
    struct pgs_error err = {0};
    struct pgs_vector vector;
    struct pgs_buf out;

    cast.sql_name = pgs_str_of("money");
    CHECK_INT(pgs_rows_encoder_new(&bad, 1, PGS_ROWS_BINARY, pgs_str_of("t"), NULL, &encoder, &err),
              PGS_ERR_UNSUPPORTED);
    CHECK_STR(
        err.message,
        "table \"t\", column \"address\": type money can be read but not written: its binary form is not known");
    CHECK(encoder == NULL);
    pgs_rows_encoder_free(NULL);

    pgs_buf_init(&out, 1000);
    CHECK_INT(pgs_rows_encoder_new(&columns[1], 1, PGS_ROWS_BINARY, pgs_str_of("t"), NULL, &encoder,
                                   &err),
              PGS_OK);
    CHECK(pgs_test_vector_open(&vector, columns[1].type, 1));
    CHECK_INT(pgs_vector_set_string(&vector, 0, (struct pgs_str){"a\0b", 3}, NULL), PGS_OK);
    CHECK_INT(pgs_rows_encode(encoder, &vector, 0, 1, &out, &err), PGS_ERR_CONVERSION);
    CHECK(strstr(err.message, "table \"t\", column \"b\": text contains a zero byte") ==
          err.message);
    pgs_buf_release(&out);
    pgs_buf_init(&out, 10); /* too small for the row */
    CHECK_INT(pgs_vector_set_string(&vector, 0, pgs_str_of("abcdefgh"), NULL), PGS_OK);
    CHECK(pgs_rows_encode(encoder, &vector, 0, 1, &out, &err) != PGS_OK);
    pgs_buf_release(&out);
    pgs_test_vector_release(&vector);
    pgs_rows_encoder_free(encoder);
}

int main(void)
{
    struct pgs_type int4 = pgs_golden_type(23, -1);
    struct pgs_type text = pgs_golden_type(25, -1);
    struct pgs_type decimal = pgs_golden_numeric(10, 2);
    const struct pgs_row_column columns[] = {
        {{"a", 1}, &int4},
        {{"b", 1}, &text},
        {{"c", 1}, &decimal},
    };

    check_golden(columns);
    check_no_memory(columns, PGS_ROWS_BINARY);
    check_no_memory(columns, PGS_ROWS_TEXT);
    check_format(columns);
    check_errors(columns);
    return pgs_check_report();
}
