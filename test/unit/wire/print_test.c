/* SPDX-License-Identifier: MIT
 *
 * Printers of all families: what PostgreSQL sends in binary, decoded and printed,
 * must be what it shows as text.
 */
#include <string.h>

#include "base/alloc.h"
#include "check.h"
#include "golden.h"
#include "test_vector.h"

enum { BYTES_MAX = 1 << 16 };

/* SELECT xxx_send(value), value::text, under IntervalStyle iso_8601. */
static const struct {
    uint32_t oid;
    int32_t precision; /* of a numeric with one, else 0 */
    int32_t scale;
    uint8_t dimensions; /* of an array of that type, else 0 */
    const char *hex;
    const char *text;
} GOLDEN[] = {
    /* boolout(true) */
    {16, 0, 0, 0, "01", "t"},
    /* '-32768'::int2 */
    {21, 0, 0, 0, "8000", "-32768"},
    /* '2147483647'::int4 */
    {23, 0, 0, 0, "7fffffff", "2147483647"},
    /* '-9223372036854775808'::int8 */
    {20, 0, 0, 0, "80000000 00000000", "-9223372036854775808"},
    /* '4294967295'::oid */
    {26, 0, 0, 0, "ffffffff", "4294967295"},
    /* '0.1'::float4 */
    {700, 0, 0, 0, "3dcccccd", "0.1"},
    /* '-0'::float4 */
    {700, 0, 0, 0, "80000000", "-0"},
    /* '0.30000000000000004'::float8 */
    {701, 0, 0, 0, "3fd33333 33333334", "0.30000000000000004"},
    /* '1.7976931348623157e308'::float8 */
    {701, 0, 0, 0, "7fefffff ffffffff", "1.7976931348623157e+308"},
    /* 'NaN'::float8 */
    {701, 0, 0, 0, "7ff80000 00000000", "NaN"},
    /* '-Infinity'::float8 */
    {701, 0, 0, 0, "fff00000 00000000", "-Infinity"},
    /* '-0.1'::numeric(4,1) */
    {1700, 4, 1, 0, "0001ffff 40000001 03e8", "-0.1"},
    /* '-0.99999999999999999999999999999999999999'::numeric(38,38) */
    {1700, 38, 38, 0, "000affff 40000026 270f270f 270f270f 270f270f 270f270f 270f26ac",
     "-0.99999999999999999999999999999999999999"},
    /* '99999999999999999999999999999999999999'::numeric(38,0) */
    {1700, 38, 0, 0, "000a0009 00000000 0063270f 270f270f 270f270f 270f270f 270f270f",
     "99999999999999999999999999999999999999"},
    /* '1234567.000001'::numeric(18,6) */
    {1700, 18, 6, 0, "00040001 00000006 007b11d7 00000064", "1234567.000001"},
    /* '0.25'::numeric */
    {1700, 0, 0, 0, "0001ffff 00000002 09c4", "0.25"},
    /* 'a	b\c'::text */
    {25, 0, 0, 0, "6109625c 63", "a\tb\\c"},
    /* '\377'::"char" */
    {18, 0, 0, 0, "ff", "\\377"},
    /* 'x'::"char" */
    {18, 0, 0, 0, "78", "x"},
    /* ''::"char" */
    {18, 0, 0, 0, "00", ""},
    /* '\x00ff5c'::bytea */
    {17, 0, 0, 0, "00ff5c", "\\x00ff5c"},
    /* '00112233-4455-6677-8899-aabbccddeeff'::uuid */
    {2950, 0, 0, 0, "00112233 44556677 8899aabb ccddeeff", "00112233-4455-6677-8899-aabbccddeeff"},
    /* '0044-03-15 BC'::date */
    {1082, 0, 0, 0, "fff49d7b", "0044-03-15 BC"},
    /* '5874897-12-31'::date */
    {1082, 0, 0, 0, "7fda970c", "5874897-12-31"},
    /* 'infinity'::date */
    {1082, 0, 0, 0, "7fffffff", "infinity"},
    /* '24:00:00'::time */
    {1083, 0, 0, 0, "00000014 1dd76000", "24:00:00"},
    /* '03:04:05.6'::time */
    {1083, 0, 0, 0, "00000002 925e7b00", "03:04:05.6"},
    /* '24:00:00-15:59'::timetz */
    {1266, 0, 0, 0, "00000014 1dd76000 0000e0c4", "24:00:00-15:59"},
    /* '12:00:00.5+05:45'::timetz */
    {1266, 0, 0, 0, "0000000a 0ef35120 ffffaf24", "12:00:00.5+05:45"},
    /* '0044-03-15 23:59:59.999999 BC'::timestamp */
    {1114, 0, 0, 0, "ff1af9f3 0a327fff", "0044-03-15 23:59:59.999999 BC"},
    /* '-infinity'::timestamp */
    {1114, 0, 0, 0, "80000000 00000000", "-infinity"},
    /* '0001-01-01 00:00:00+00 BC'::timestamptz */
    {1184, 0, 0, 0, "ff1fc63d 1bb12000", "0001-01-01 00:00:00+00 BC"},
    /* '1 mon -2 days 03:04:05.6'::interval */
    {1186, 0, 0, 0, "00000002 925e7b00 fffffffe 00000001", "P1M-2DT3H4M5.6S"},
    /* '-1 mon 2 days -03:04:05'::interval */
    {1186, 0, 0, 0, "fffffffd 6daaacc0 00000002 ffffffff", "P-1M2DT-3H-4M-5S"},
    /* '{"a": "\n"}'::jsonb */
    {3802, 0, 0, 0, "017b2261 223a2022 5c6e227d", "{\"a\": \"\\n\"}"},
    /* '(1.5,-0)'::point */
    {600, 0, 0, 0, "3ff80000 00000000 80000000 00000000", "(1.5,-0)"},
    /* '{1,2,3}'::line */
    {628, 0, 0, 0, "3ff00000 00000000 40000000 00000000 40080000 00000000", "{1,2,3}"},
    /* '[(1,2),(3,4)]'::lseg */
    {601, 0, 0, 0, "3ff00000 00000000 40000000 00000000 40080000 00000000 40100000 00000000",
     "[(1,2),(3,4)]"},
    /* '(3,4),(1,2)'::box */
    {603, 0, 0, 0, "40080000 00000000 40100000 00000000 3ff00000 00000000 40000000 00000000",
     "(3,4),(1,2)"},
    /* '[(1,2),(3,4)]'::path */
    {602, 0, 0, 0,
     "00000000 023ff000 00000000 00400000 00000000 00400800 00000000 00401000 00000000 00",
     "[(1,2),(3,4)]"},
    /* '((1,2),(3,4),(5,6))'::polygon */
    {604, 0, 0, 0,
     "00000003 3ff00000 00000000 40000000 00000000 40080000 00000000 40100000 00000000 40140000 00000000 40180000 00000000",
     "((1,2),(3,4),(5,6))"},
    /* '<(1,2),3>'::circle */
    {718, 0, 0, 0, "3ff00000 00000000 40000000 00000000 40080000 00000000", "<(1,2),3>"},
    /* '{}'::int4[] */
    {23, 0, 0, 1, "00000000 00000000 00000017", "{}"},
    /* '{1,NULL,3}'::int4[] */
    {23, 0, 0, 1,
     "00000001 00000001 00000017 00000003 00000001 00000004 00000001 ffffffff 00000004 00000003",
     "{1,NULL,3}"},
    /* '{{1,2},{3,4}}'::int4[][] */
    {23, 0, 0, 2,
     "00000002 00000000 00000017 00000002 00000001 00000002 00000001 00000004 00000001 00000004 00000002 00000004 00000003 00000004 00000004",
     "{{1,2},{3,4}}"},
    /* '{a,"","NULL",NULL,"b c","d\"e\\f","g,h","{i}","j:k"}'::text[] */
    {25, 0, 0, 1,
     "00000001 00000001 00000019 00000009 00000001 00000001 61000000 00000000 044e554c 4cffffff ff000000 03622063 00000005 6422655c 66000000 03672c68 00000003 7b697d00 0000036a 3a6b",
     "{a,\"\",\"NULL\",NULL,\"b c\",\"d\\\"e\\\\f\",\"g,h\",\"{i}\",j:k}"},
    /* '{(3,4),(1,2);(1,1),(0,0)}'::box[], where we quote more */
    {603, 0, 0, 1,
     "00000001 00000000 0000025b 00000002 00000001 00000020 40080000 00000000 40100000 00000000 3ff00000 00000000 40000000 00000000 00000020 3ff00000 00000000 3ff00000 00000000 00000000 00000000 00000000 00000000",
     "{\"(3,4),(1,2)\";\"(1,1),(0,0)\"}"},
    /* '{"\\x00"}'::bytea[] */
    {17, 0, 0, 1, "00000001 00000000 00000011 00000001 00000001 00000001 00", "{\"\\\\x00\"}"},
    /* '{"2020-01-01 00:00:00",infinity}'::timestamp[] */
    {1114, 0, 0, 1,
     "00000001 00000000 0000045a 00000002 00000001 00000008 00023e07 86c26000 00000008 7fffffff ffffffff",
     "{\"2020-01-01 00:00:00\",infinity}"},
};

/* Decodes the bytes and prints the value. */
static enum pgs_status print(const struct pgs_type *type, const char *hex, struct pgs_buf *out,
                             struct pgs_error *err)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    struct pgs_buf bytes;
    enum pgs_status status = PGS_ERR_OOM;

    pgs_buf_init(&bytes, BYTES_MAX);
    pgs_golden_bytes(hex, &bytes);
    if (vector && !bytes.broken)
        status = pgs_decoder_for(type)(type, NULL, (const uint8_t *)bytes.at,
                                       (uint32_t)bytes.size_bytes, vector, 0, err);
    if (status == PGS_OK)
        status = pgs_printer_for(type)(type, NULL, vector, 0, out, err);
    if (status == PGS_OK)
        status = pgs_buf_status(out, err);
    pgs_buf_release(&bytes);
    pgs_test_vector_free(vector);
    return status;
}

static void check(const struct pgs_type *type, const char *hex, const char *text)
{
    enum pgs_status status = PGS_ERR_OOM;
    struct pgs_error err = {0};
    struct pgs_buf out;

    pgs_check_about(text);
    pgs_buf_init(&out, BYTES_MAX);
    CHECK_INT(print(type, hex, &out, &err), PGS_OK);
    CHECK_STR(out.at, text);
    for (long n = 0; status != PGS_OK && n < 100; n++) {
        pgs_buf_release(&out);
        pgs_alloc_fail_after(n);
        status = print(type, hex, &out, &err);
        pgs_alloc_fail_after(-1);
        CHECK(status == PGS_OK || status == PGS_ERR_OOM);
    }
    CHECK_INT(status, PGS_OK);
    pgs_buf_release(&out);
}

static void check_golden(void)
{
    for (size_t i = 0; i < sizeof(GOLDEN) / sizeof(GOLDEN[0]); i++) {
        struct pgs_type type = GOLDEN[i].precision
                                   ? pgs_golden_numeric(GOLDEN[i].precision, GOLDEN[i].scale)
                                   : pgs_golden_type(GOLDEN[i].oid, -1);
        struct pgs_type array;

        if (GOLDEN[i].dimensions) {
            array = pgs_golden_array(&type, GOLDEN[i].dimensions);
            check(&array, GOLDEN[i].hex, GOLDEN[i].text);
        } else {
            check(&type, GOLDEN[i].hex, GOLDEN[i].text);
        }
    }
}

/* What the host can hold and PostgreSQL cannot is refused as in binary. */
static void check_refused(uint32_t oid, const void *value, size_t value_bytes, const char *part)
{
    struct pgs_type type = pgs_golden_type(oid, -1);
    struct pgs_vector *vector = pgs_test_vector_new(&type, 1);
    struct pgs_error err = {0};
    struct pgs_error same = {0};
    struct pgs_buf out;

    pgs_check_about(part);
    pgs_buf_init(&out, BYTES_MAX);
    memcpy(vector->data, value, value_bytes);
    CHECK_INT(pgs_printer_for(&type)(&type, NULL, vector, 0, &out, &err), PGS_ERR_CONVERSION);
    CHECK(strstr(err.message, part) != NULL);
    CHECK_INT(pgs_encoder_for(&type)(&type, NULL, vector, 0, &out, &same), PGS_ERR_CONVERSION);
    CHECK_STR(err.message, same.message);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

/* Text that holds a byte above ASCII as PostgreSQL shows it. */
static void check_char(void)
{
    struct pgs_codec_options options = {.octal_char_unknown = true};
    struct pgs_type type = pgs_golden_type(18, -1);
    struct pgs_vector *vector = pgs_test_vector_new(&type, 1);
    struct pgs_error err = {0};
    struct pgs_buf out;

    pgs_check_about("char");
    pgs_buf_init(&out, BYTES_MAX);
    CHECK_INT(pgs_vector_set_string(vector, 0, pgs_str_of("\\377"), NULL), PGS_OK);
    CHECK_INT(pgs_printer_for(&type)(&type, &options, vector, 0, &out, &err), PGS_ERR_CONVERSION);
    CHECK(strstr(err.message, "before PostgreSQL 15") != NULL);
    CHECK_INT(pgs_vector_set_string(vector, 0, pgs_str_of("xy"), NULL), PGS_OK);
    CHECK_INT(pgs_printer_for(&type)(&type, NULL, vector, 0, &out, &err), PGS_ERR_CONVERSION);
    CHECK(strstr(err.message, "holds one byte") != NULL);
    CHECK_INT(out.size_bytes, 0);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

/* (1,"a ""b""",,{}) as we write it. */
static void check_composite(void)
{
    struct pgs_type int4 = pgs_golden_type(23, -1);
    struct pgs_type text = pgs_golden_type(25, -1);
    struct pgs_type texts = pgs_golden_array(&text, 1);
    struct pgs_field fields[] = {
        {{"n", 1}, &int4, 0}, {{"t", 1}, &text, 0}, {{"e", 1}, &text, 0}, {{"l", 1}, &texts, 0}};
    struct pgs_type row = {.oid = 16384,
                           .typmod = -1,
                           .kind = PGS_KIND_COMPOSITE,
                           .target = PGS_TARGET_STRUCT,
                           .fields = fields,
                           .field_count = 4};
    struct pgs_type rows = {.oid = 16385,
                            .typmod = -1,
                            .kind = PGS_KIND_ARRAY,
                            .target = PGS_TARGET_LIST,
                            .element = &row,
                            .dimensions = 1};

    /* SELECT record_send(ROW(1, 'a "b"', NULL, ARRAY['x y'])) */
    check(&row,
          "00000004 00000017 00000004 00000001 00000019 00000005 61202262 22000000 19ffffff ff"
          "000003 f1000000 1b000000 01000000 00000000 19000000 01000000 01000000 03782079",
          "(1,\"a \\\"b\\\"\",,\"{\\\"x y\\\"}\")");
    /* SELECT array_send(ARRAY[NULL, ROW(NULL, '', NULL, '{}')]) */
    check(&rows,
          "00000001 00000001 00004000 00000002 00000001 ffffffff 00000030 00000004 00000017 "
          "ffffffff 00000019 00000000 00000019 ffffffff 000003f1 0000000c 00000000 00000000 "
          "00000019",
          "{NULL,\"(,\\\"\\\",,\\\"{}\\\")\"}");
}

int main(void)
{
    check_golden();
    check_composite();
    check_char();
    check_refused(1082, &(int32_t){-2440589}, 4, "4714-11-23 (BC)\" is out of range");
    check_refused(1083, &(int64_t){-1}, 8, "time of -1 microseconds");
    check_refused(1266, &(uint64_t){0xFFFFFF}, 8, "seconds west, is out of range");
    check_refused(1114, &(int64_t){INT64_MIN}, 8, "is out of range for Postgres' TIMESTAMP");
    check_refused(1184, &(int64_t){INT64_MIN}, 8, "is out of range for Postgres' TIMESTAMP");
    check_refused(1186, &(struct pgs_interval){INT32_MAX, INT32_MAX, INT64_MAX},
                  sizeof(struct pgs_interval), "reads it as infinity");
    return pgs_check_report();
}
