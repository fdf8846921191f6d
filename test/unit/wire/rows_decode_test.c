/* SPDX-License-Identifier: MIT */
#include "wire/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "check.h"
#include "golden.h"
#include "test_vector.h"

enum { ROWS_MAX = 200, COLUMNS = 4, TEXT_MAX = 1 << 20 };

static struct pgs_type int4;
static struct pgs_type text;
static struct pgs_type ints;
static struct pgs_type date;
static struct pgs_type decimal;

/* COPY (SELECT i, nullif('text number '||i, 'text number 2'), array[i,null,-i], date '2000-01-01'+i
 * FROM generate_series(1,3) i) TO STDOUT (FORMAT binary) */
static const char MIXED[] =
    "5047434f 50590aff 0d0a0000 00000000 00000000 04000000 04000000 01000000 0d746578 "
    "74206e75 6d626572 20310000 00280000 00010000 00010000 00170000 00030000 00010000 "
    "00040000 0001ffff ffff0000 0004ffff ffff0000 00040000 00010004 00000004 00000002 "
    "ffffffff 00000028 00000001 00000001 00000017 00000003 00000001 00000004 00000002 "
    "ffffffff 00000004 fffffffe 00000004 00000002 00040000 00040000 00030000 000d7465 "
    "7874206e 756d6265 72203300 00002800 00000100 00000100 00001700 00000300 00000100 "
    "00000400 000003ff ffffff00 000004ff fffffd00 00000400 000003ff ff";

#define MIXED_TEXT                                                                                 \
    "1|text number 1|[1, NULL, -1]|10958\n2|NULL|[2, NULL, -2]|10959\n"                            \
    "3|text number 3|[3, NULL, -3]|10960\n"

/* COPY (SELECT i, date '2000-01-01'+i, case when i<>3 then -i end, case when i<>4 then date
 * '2001-01-01' else 'infinity' end FROM generate_series(1,6) i) TO STDOUT (FORMAT binary) */
static const char FIXED[] =
    "5047434f 50590aff 0d0a0000 00000000 00000000 04000000 04000000 01000000 04000000 "
    "01000000 04ffffff ff000000 04000001 6e000400 00000400 00000200 00000400 00000200 "
    "000004ff fffffe00 00000400 00016e00 04000000 04000000 03000000 04000000 03ffffff "
    "ff000000 04000001 6e000400 00000400 00000400 00000400 00000400 000004ff fffffc00 "
    "0000047f ffffff00 04000000 04000000 05000000 04000000 05000000 04ffffff fb000000 "
    "04000001 6e000400 00000400 00000600 00000400 00000600 000004ff fffffa00 00000400 "
    "00016eff ff";

#define FIXED_TEXT                                                                                 \
    "1|10958|-1|11323\n2|10959|-2|11323\n3|10960|NULL|11323\n4|10961|-4|2147483647\n"              \
    "5|10962|-5|11323\n6|10963|-6|11323\n"

/* COPY (SELECT FROM generate_series(1,3))
 * TO STDOUT (FORMAT binary) */
static const char NONE[] = "5047434f 50590aff 0d0a0000 00000000 00000000 00000000 00ffff";

/* A stream being read: what the tests below vary is how. */
struct scene {
    struct pgs_row_column columns[COLUMNS];
    size_t column_count;
    struct pgs_vector vectors[COLUMNS];
    struct pgs_rows_decoder *decoder;
    struct pgs_error err;
    size_t rows;
};

static enum pgs_status open_scene(struct scene *scene, size_t column_count,
                                  const struct pgs_type *const *types)
{
    static const char *const NAMES[] = {"a", "b", "c", "d"};
    enum pgs_status status = PGS_OK;

    memset(scene, 0, sizeof(*scene));
    scene->column_count = column_count;
    for (size_t i = 0; i < column_count; i++) {
        scene->columns[i].name = pgs_str_of(NAMES[i]);
        scene->columns[i].type = types[i];
        if (!pgs_test_vector_open(&scene->vectors[i], types[i], ROWS_MAX))
            status = PGS_ERR_OOM;
    }
    if (status != PGS_OK)
        return status;
    return pgs_rows_decoder_new(scene->columns, column_count, pgs_str_of("t"), NULL,
                                &scene->decoder, &scene->err);
}

static void close_scene(struct scene *scene)
{
    for (size_t i = 0; i < scene->column_count; i++)
        pgs_test_vector_release(&scene->vectors[i]);
    pgs_rows_decoder_free(scene->decoder);
}

/* Reads the stream, `window` bytes more at a time, at most `rows_max` rows a call. */
static enum pgs_status read_all(struct scene *scene, const struct pgs_buf *stream, size_t window,
                                size_t rows_max)
{
    size_t from = 0;
    size_t to = 0;

    while (from < stream->size_bytes) {
        uint8_t *copy;
        size_t consumed;
        size_t rows;
        enum pgs_status status;

        to = stream->size_bytes - to < window ? stream->size_bytes : to + window;
        copy = malloc(to - from + 1);
        memcpy(copy, stream->at + from, to - from);
        status = pgs_rows_decode(scene->decoder, copy, to - from, scene->vectors, scene->rows,
                                 rows_max, &rows, &consumed, &scene->err);
        free(copy);
        if (status != PGS_OK)
            return status;
        from += consumed;
        scene->rows += rows;
        if (consumed == 0 && to == stream->size_bytes)
            return PGS_OK;
    }
    return PGS_OK;
}

static void print_scene(const struct scene *scene, struct pgs_buf *out)
{
    for (size_t row = 0; row < scene->rows; row++) {
        for (size_t i = 0; i < scene->column_count; i++) {
            if (i)
                pgs_buf_add_char(out, '|');
            pgs_test_vector_print(scene->columns[i].type, &scene->vectors[i], row, out);
        }
        pgs_buf_add_char(out, '\n');
    }
}

/* Whole, and in windows of 64 to 1 bytes, many rows or one a call. */
static void check_stream(const char *hex, size_t column_count, const struct pgs_type *const *types,
                         size_t rows, const char *wanted)
{
    struct pgs_buf stream;

    pgs_buf_init(&stream, TEXT_MAX);
    pgs_golden_bytes(hex, &stream);
    for (size_t window = 0; window <= 64; window++) {
        struct scene scene;
        struct pgs_buf out;

        pgs_buf_init(&out, TEXT_MAX);
        CHECK_INT(open_scene(&scene, column_count, types), PGS_OK);
        CHECK_INT(read_all(&scene, &stream, window ? window : stream.size_bytes,
                           window % 2 ? 1 : ROWS_MAX / 2),
                  PGS_OK);
        CHECK(pgs_rows_decoder_ended(scene.decoder));
        CHECK_INT(scene.rows, rows);
        print_scene(&scene, &out);
        CHECK_STR(out.at, wanted);
        close_scene(&scene);
        pgs_buf_release(&out);
    }
    pgs_buf_release(&stream);
}

/* Cut anywhere, the stream is not an error, gives its whole rows, has not
 * ended, and leaves no trace of the row that was cut. */
static void check_cuts(const char *hex, size_t column_count, const struct pgs_type *const *types,
                       const char *wanted)
{
    struct pgs_buf stream;

    pgs_buf_init(&stream, TEXT_MAX);
    pgs_golden_bytes(hex, &stream);
    for (size_t size = 0; size < stream.size_bytes; size++) {
        struct pgs_buf cut = stream;
        struct scene scene;
        struct pgs_buf out;

        cut.size_bytes = size;
        pgs_buf_init(&out, TEXT_MAX);
        CHECK_INT(open_scene(&scene, column_count, types), PGS_OK);
        CHECK_INT(read_all(&scene, &cut, size + 1, ROWS_MAX), PGS_OK);
        CHECK(!pgs_rows_decoder_ended(scene.decoder));
        print_scene(&scene, &out);
        CHECK(strncmp(out.at, wanted, out.size_bytes) == 0);
        for (size_t i = 0; i < column_count; i++) {
            const struct pgs_vector *vector = &scene.vectors[i];

            CHECK(pgs_vector_is_valid(vector, scene.rows));
            if (types[i]->kind != PGS_KIND_ARRAY)
                continue;
            CHECK_INT(vector->child_rows, 3 * scene.rows);
            for (size_t row = 3 * scene.rows; row < vector->children[0].capacity_rows; row++)
                CHECK(pgs_vector_is_valid(&vector->children[0], row));
        }
        close_scene(&scene);
        pgs_buf_release(&out);
    }
    pgs_buf_release(&stream);
}

static void check_no_memory(const char *hex, size_t column_count,
                            const struct pgs_type *const *types)
{
    struct pgs_buf stream;
    enum pgs_status status = PGS_ERR_OOM;

    pgs_buf_init(&stream, TEXT_MAX);
    pgs_golden_bytes(hex, &stream);
    for (long n = 0; status != PGS_OK && n < 500; n++) {
        struct scene scene;

        pgs_alloc_fail_after(n);
        status = open_scene(&scene, column_count, types);
        if (status == PGS_OK)
            status = read_all(&scene, &stream, 20, ROWS_MAX / 2);
        pgs_alloc_fail_after(-1);
        close_scene(&scene);
        CHECK(status == PGS_OK || status == PGS_ERR_OOM);
    }
    CHECK_INT(status, PGS_OK);
    pgs_buf_release(&stream);
}

#define HEADER "5047434f 50590aff 0d0a00 "

/* Reading int4, int4 must fail with `code`, whatever the windows. */
static void check_refused(const char *hex, enum pgs_status code, const char *part)
{
    const struct pgs_type *types[] = {&int4, &decimal};
    struct pgs_buf stream;

    pgs_check_about(hex);
    pgs_buf_init(&stream, TEXT_MAX);
    pgs_golden_bytes(hex, &stream);
    for (size_t window = 1; window <= 64; window++) {
        struct scene scene;

        CHECK_INT(open_scene(&scene, 2, types), PGS_OK);
        CHECK_INT(read_all(&scene, &stream, window, ROWS_MAX), code);
        if (!strstr(scene.err.message, part))
            CHECK_STR(scene.err.message, part);
        close_scene(&scene);
    }
    pgs_buf_release(&stream);
    pgs_check_about("");
}

static void check_malformed(void)
{
    check_refused("5047434f 50590aff 0d0a01 00000000 00000000", PGS_ERR_PROTOCOL,
                  "table \"t\": COPY data has no binary signature");
    check_refused("00", PGS_ERR_PROTOCOL, "no binary signature");
    check_refused(HEADER "00010000 00000000", PGS_ERR_PROTOCOL, "oids (flags 0x00010000)");
    check_refused(HEADER "80000000 00000000", PGS_ERR_PROTOCOL, "unknown format");
    check_refused(HEADER "00000000 00000000 0003", PGS_ERR_PROTOCOL,
                  "row has 3 columns, expected 2");
    check_refused(HEADER "00000000 00000000 fffe", PGS_ERR_PROTOCOL, "row has 65534 columns");
    check_refused(HEADER "00000000 00000000 ffff 00", PGS_ERR_PROTOCOL, "goes on after its end");
    check_refused(HEADER "00000000 00000000 0002 fffffffe", PGS_ERR_PROTOCOL,
                  "table \"t\", column \"a\": value has a size of 4294967294 bytes");
    check_refused(HEADER "00000000 00000000 0002 00000001 00", PGS_ERR_PROTOCOL,
                  "table \"t\", column \"a\": value of type integer has 1 bytes, expected 4");
    check_refused(HEADER "00000000 00000000 0002 ffffffff 00000008 0000 0000 c000 0000",
                  PGS_ERR_CONVERSION, "column \"b\": numeric \"NaN\"");
}

/* Flags that do not matter, and an extension of six bytes. */
static void check_extension(void)
{
    const struct pgs_type *types[] = {&int4};

    check_stream(HEADER "0000ffff 00000006 0102030405060001 00000004 00000007 ffff", 1, types, 1,
                 "7\n");
}

/* Many rows of fixed size, with NULL and infinity among them, must come out as
 * from the decoder that takes fields one by one (which a text column enforces). */
static void check_batches(void)
{
    const struct pgs_type *fixed[] = {&int4, &date, &int4};
    const struct pgs_type *mixed[] = {&int4, &date, &int4, &text};

    for (unsigned odd = 0; odd < 150; odd += 7) {
        struct pgs_buf streams[2];
        struct pgs_buf out[2];

        for (int with_text = 0; with_text < 2; with_text++) {
            struct scene scene;

            pgs_buf_init(&streams[with_text], TEXT_MAX);
            pgs_buf_init(&out[with_text], TEXT_MAX);
            pgs_rows_encode_header(&streams[with_text]);
            for (unsigned row = 0; row < 150; row++) {
                pgs_buf_add_be16(&streams[with_text], with_text ? 4 : 3);
                pgs_buf_add_be32(&streams[with_text], 4);
                pgs_buf_add_be32(&streams[with_text], row);
                pgs_buf_add_be32(&streams[with_text], 4);
                pgs_buf_add_be32(&streams[with_text], row == odd + 3 ? 0x7FFFFFFF : row);
                pgs_buf_add_be32(&streams[with_text], row == odd ? UINT32_MAX : 4);
                if (row != odd)
                    pgs_buf_add_be32(&streams[with_text], 0 - row);
                if (with_text)
                    pgs_buf_add_be32(&streams[with_text], 0);
            }
            pgs_rows_encode_trailer(&streams[with_text]);
            CHECK_INT(open_scene(&scene, with_text ? 4 : 3, with_text ? mixed : fixed), PGS_OK);
            CHECK_INT(read_all(&scene, &streams[with_text], 1000 + odd, ROWS_MAX), PGS_OK);
            CHECK_INT(scene.rows, 150);
            scene.column_count = 3;
            print_scene(&scene, &out[with_text]);
            scene.column_count = with_text ? 4 : 3;
            close_scene(&scene);
        }
        CHECK_STR(out[0].at, out[1].at);
        for (int i = 0; i < 2; i++) {
            pgs_buf_release(&streams[i]);
            pgs_buf_release(&out[i]);
        }
    }
}

static void check_field(void)
{
    static const uint8_t SEVEN[] = {0, 0, 0, 7};
    const struct pgs_type *types[] = {&int4};
    struct scene scene;

    CHECK_INT(open_scene(&scene, 1, types), PGS_OK);
    CHECK_INT(pgs_rows_decode_field(scene.decoder, 0, SEVEN, 4, &scene.vectors[0], 0, &scene.err),
              PGS_OK);
    CHECK_INT(((int32_t *)scene.vectors[0].data)[0], 7);
    CHECK_INT(pgs_rows_decode_field(scene.decoder, 0, NULL, -1, &scene.vectors[0], 1, &scene.err),
              PGS_OK);
    CHECK(!pgs_vector_is_valid(&scene.vectors[0], 1));
    CHECK_INT(pgs_rows_decode_field(scene.decoder, 0, SEVEN, 3, &scene.vectors[0], 0, &scene.err),
              PGS_ERR_PROTOCOL);
    CHECK(strstr(scene.err.message, "table \"t\", column \"a\": ") == scene.err.message);
    close_scene(&scene);
}

/* The same decoder reads one stream after another. */
static void check_reset(void)
{
    const struct pgs_type *types[] = {&int4, &text, &ints, &date};
    struct pgs_buf stream;
    struct scene scene;

    pgs_buf_init(&stream, TEXT_MAX);
    pgs_golden_bytes(MIXED, &stream);
    CHECK_INT(open_scene(&scene, 4, types), PGS_OK);
    for (size_t i = 1; i <= 3; i++) {
        CHECK_INT(read_all(&scene, &stream, 50, ROWS_MAX / 4), PGS_OK);
        CHECK_INT(scene.rows, 3 * i);
        pgs_rows_decoder_reset(scene.decoder);
    }
    close_scene(&scene);
    pgs_buf_release(&stream);
}

static void check_depth(void)
{
    struct pgs_type flat = pgs_golden_array(&int4, 0);
    struct pgs_row_column column = {{"c", 1}, &flat};
    struct pgs_rows_decoder *decoder;
    struct pgs_error err;

    CHECK_INT(pgs_rows_decoder_new(&column, 1, pgs_str_of("t"), NULL, &decoder, &err),
              PGS_ERR_UNSUPPORTED);
    CHECK(decoder == NULL);
    pgs_rows_decoder_free(NULL);
}

int main(void)
{
    const struct pgs_type *mixed[] = {&int4, &text, &ints, &date};
    const struct pgs_type *fixed[] = {&int4, &date, &int4, &date};

    int4 = pgs_golden_type(23, -1);
    text = pgs_golden_type(25, -1);
    date = pgs_golden_type(1082, -1);
    decimal = pgs_golden_numeric(10, 2);
    ints = pgs_golden_array(&int4, 1);
    check_stream(MIXED, 4, mixed, 3, MIXED_TEXT);
    check_cuts(MIXED, 4, mixed, MIXED_TEXT);
    check_no_memory(MIXED, 4, mixed);
    check_stream(FIXED, 4, fixed, 6, FIXED_TEXT);
    check_cuts(FIXED, 4, fixed, FIXED_TEXT);
    check_no_memory(FIXED, 4, fixed);
    check_stream(NONE, 0, NULL, 3, "\n\n\n");
    check_malformed();
    check_extension();
    check_batches();
    check_field();
    check_reset();
    check_depth();
    return pgs_check_report();
}
