/* SPDX-License-Identifier: MIT */
#include "sql/literal.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "check.h"
#include "fixture.h"

static struct pgs_buf sql;

static const char *literal(struct pgs_expr_const constant)
{
    pgs_buf_reset(&sql);
    CHECK(pgs_literal_exists(&constant));
    pgs_deparse_literal(&sql, &constant);
    CHECK(pgs_buf_status(&sql, NULL) == PGS_OK);
    return sql.at;
}

static void check_refused(struct pgs_expr_const constant)
{
    pgs_buf_reset(&sql);
    CHECK(!pgs_literal_exists(&constant));
    pgs_deparse_literal(&sql, &constant);
    CHECK(pgs_buf_status(&sql, NULL) != PGS_OK);
}

static void test_integers(void)
{
    CHECK_STR(literal(boolean_of(true)), "true");
    CHECK_STR(literal(boolean_of(false)), "false");
    CHECK_STR(literal(integer_of(PGS_TARGET_SMALLINT, -32768)), "-32768");
    CHECK_STR(literal(integer_of(PGS_TARGET_INTEGER, 0)), "0");
    CHECK_STR(literal(integer_of(PGS_TARGET_INTEGER, INT32_MIN)), "-2147483648");
    CHECK_STR(literal(integer_of(PGS_TARGET_BIGINT, INT64_MAX)), "9223372036854775807");
    CHECK_STR(literal(integer_of(PGS_TARGET_BIGINT, INT64_MIN + 1)), "-9223372036854775807");
    CHECK_STR(literal(integer_of(PGS_TARGET_BIGINT, INT64_MIN)), "'-9223372036854775808'::int8");
    CHECK_STR(literal(integer_of(PGS_TARGET_UINTEGER, UINT32_MAX)), "'4294967295'::oid");
    check_refused(integer_of(PGS_TARGET_UINTEGER, -1));
    check_refused(integer_of(PGS_TARGET_UINTEGER, INT64_C(4294967296)));
}

static void test_doubles(void)
{
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, 0.0)), "'0'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, -0.0)), "'-0'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, 0.1)), "'0.1'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, -1.5)), "'-1.5'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, 0.1 + 0.2)), "'0.30000000000000004'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, 1e300)), "'1e+300'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, DBL_MAX)), "'1.7976931348623157e+308'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, 4.9406564584124654e-324)),
              "'4.94065645841247e-324'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, (double)NAN)), "'NaN'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, (double)INFINITY)), "'Infinity'::float8");
    CHECK_STR(literal(number_of(PGS_TARGET_DOUBLE, -(double)INFINITY)), "'-Infinity'::float8");
}

static void test_floats(void)
{
    CHECK_STR(literal(number_of(PGS_TARGET_FLOAT, (double)0.1f)), "'0.1'::float4");
    CHECK_STR(literal(number_of(PGS_TARGET_FLOAT, (double)16777217.0f)), "'16777216'::float4");
    CHECK_STR(literal(number_of(PGS_TARGET_FLOAT, (double)FLT_MAX)), "'3.4028235e+38'::float4");
    CHECK_STR(literal(number_of(PGS_TARGET_FLOAT, (double)1.40129846e-45f)),
              "'1.4013e-45'::float4");
    CHECK_STR(literal(number_of(PGS_TARGET_FLOAT, (double)NAN)), "'NaN'::float4");
    CHECK_STR(literal(number_of(PGS_TARGET_FLOAT, -(double)INFINITY)), "'-Infinity'::float4");
}

static void test_decimals(void)
{
    CHECK_STR(literal(decimal_of(0, 0, 0)), "'0'::numeric");
    CHECK_STR(literal(decimal_of(0, 0, 2)), "'0.00'::numeric");
    CHECK_STR(literal(decimal_of(0, 5, 2)), "'0.05'::numeric");
    CHECK_STR(literal(decimal_of(-1, (uint64_t)-5, 2)), "'-0.05'::numeric");
    CHECK_STR(literal(decimal_of(0, 12345, 2)), "'123.45'::numeric");
    CHECK_STR(literal(decimal_of(0, UINT64_MAX, 0)), "'18446744073709551615'::numeric");
    CHECK_STR(literal(decimal_of(-1, 0, 0)), "'-18446744073709551616'::numeric");
    /* 10^38 - 1, the largest DECIMAL(38). */
    CHECK_STR(literal(decimal_of(INT64_C(0x4b3b4ca85a86c47a), UINT64_C(0x098a223fffffffff), 0)),
              "'99999999999999999999999999999999999999'::numeric");
    CHECK_STR(literal(decimal_of(INT64_C(0x4b3b4ca85a86c47a), UINT64_C(0x098a223fffffffff), 38)),
              "'0.99999999999999999999999999999999999999'::numeric");
    CHECK_STR(literal(decimal_of(INT64_MAX, UINT64_MAX, 0)),
              "'170141183460469231731687303715884105727'::numeric");
    CHECK_STR(literal(decimal_of(INT64_MIN, 0, 0)),
              "'-170141183460469231731687303715884105728'::numeric");
    check_refused(decimal_of(0, 1, 39));
}

static void test_texts(void)
{
    CHECK_STR(literal(text_of(PGS_TARGET_VARCHAR, "it's")), "'it''s'");
    CHECK_STR(literal(text_of(PGS_TARGET_VARCHAR, "")), "''");
    CHECK_STR(literal(text_of(PGS_TARGET_VARCHAR, "a\\b")), "E'a\\\\b'");
    CHECK_STR(literal(text_of(PGS_TARGET_ENUM, "sad")), "'sad'");
    CHECK_STR(literal(text_of(PGS_TARGET_JSON, "{\"a\": \"\\n\"}")), "E'{\"a\": \"\\\\n\"}'");
    check_refused(bytes_of(PGS_TARGET_VARCHAR, "a\0b", 3));
    check_refused(bytes_of(PGS_TARGET_JSON, "\0", 1));
    check_refused(bytes_of(PGS_TARGET_ENUM, "\0", 1));
    CHECK_STR(literal(bytes_of(PGS_TARGET_BLOB, "\xde\xad\0'\\", 5)), "E'\\\\xdead00275c'::bytea");
    CHECK_STR(literal(bytes_of(PGS_TARGET_BLOB, NULL, 0)), "E'\\\\x'::bytea");
}

static void test_others(void)
{
    CHECK_STR(literal(uuid_of(UINT64_C(0x0011223344556677), UINT64_C(0x8899aabbccddeeff))),
              "'00112233-4455-6677-8899-aabbccddeeff'::uuid");
    CHECK_STR(literal(uuid_of(0, 0)), "'00000000-0000-0000-0000-000000000000'::uuid");
    CHECK_STR(literal(uuid_of(UINT64_MAX, UINT64_MAX)),
              "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid");
    CHECK_STR(literal(integer_of(PGS_TARGET_DATE, 0)), "'1970-01-01'::date");
    CHECK_STR(literal(integer_of(PGS_TARGET_TIME, 1)), "'00:00:00.000001'::time");
    CHECK_STR(literal(integer_of(PGS_TARGET_TIMETZ, 16 * 3600 - 1)), "'00:00:00+00:00'::timetz");
    CHECK_STR(literal(integer_of(PGS_TARGET_TIMESTAMP, 0)), "'1970-01-01 00:00:00'::timestamp");
    CHECK_STR(literal(integer_of(PGS_TARGET_TIMESTAMPTZ, 0)),
              "'1970-01-01 00:00:00+00'::timestamptz");
    for (int target = 0; target < PGS_TARGET_COUNT; target++)
        CHECK_STR(literal(null_of((enum pgs_target)target)), "NULL");
    check_refused(integer_of(PGS_TARGET_LIST, 0));
    check_refused(integer_of(PGS_TARGET_STRUCT, 0));
}

/* Each of the buffer's growths fails once. */
static void test_no_memory(void)
{
    char bytes[1000];
    struct pgs_expr_const blob = bytes_of(PGS_TARGET_BLOB, bytes, sizeof(bytes));
    enum pgs_status status = PGS_ERR_OOM;

    memset(bytes, 'x', sizeof(bytes));
    for (long n = 0; status != PGS_OK; n++) {
        struct pgs_buf fresh;

        pgs_buf_init(&fresh, 4096);
        pgs_alloc_fail_after(n);
        pgs_deparse_literal(&fresh, &blob);
        pgs_alloc_fail_after(-1);
        status = pgs_buf_status(&fresh, NULL);
        CHECK(status == PGS_OK || status == PGS_ERR_OOM);
        CHECK(n < 1000);
        pgs_buf_release(&fresh);
    }
}

int main(void)
{
    pgs_buf_init(&sql, 4096);
    test_integers();
    test_doubles();
    test_floats();
    test_decimals();
    test_texts();
    test_others();
    test_no_memory();
    pgs_buf_release(&sql);
    return pgs_check_report();
}
