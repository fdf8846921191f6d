/* SPDX-License-Identifier: MIT */
#include "sql/literal_time.h"

#include <limits.h>

#include "check.h"

#define DAY    INT64_C(86400000000)
#define SECOND INT64_C(1000000)

static struct pgs_buf sql;

static const char *literal(enum pgs_target target, int64_t value)
{
    pgs_buf_reset(&sql);
    CHECK(pgs_literal_time_exists(target, value));
    pgs_literal_time(&sql, target, value);
    return sql.at;
}

static void test_dates(void)
{
    CHECK_STR(literal(PGS_TARGET_DATE, 0), "'1970-01-01'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -1), "'1969-12-31'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, 18263), "'2020-01-02'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, 11016), "'2000-02-29'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -25509), "'1900-02-28'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -25508), "'1900-03-01'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -719162), "'0001-01-01'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -719163), "'0001-12-31 BC'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -735160), "'0044-03-15 BC'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, 2932897), "'10000-01-01'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -2440588), "'4714-11-24 BC'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, 2145042905), "'5874897-12-31'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, INT32_MAX), "'infinity'::date");
    CHECK_STR(literal(PGS_TARGET_DATE, -INT32_MAX), "'-infinity'::date");
    CHECK(!pgs_literal_time_exists(PGS_TARGET_DATE, -2440589));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_DATE, 2145042906));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_DATE, INT32_MAX - 1));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_DATE, INT32_MIN));
}

static void test_times(void)
{
    CHECK_STR(literal(PGS_TARGET_TIME, 0), "'00:00:00'::time");
    CHECK_STR(literal(PGS_TARGET_TIME, 1), "'00:00:00.000001'::time");
    CHECK_STR(literal(PGS_TARGET_TIME, (3 * 3600 + 4 * 60 + 5) * SECOND + 600000),
              "'03:04:05.6'::time");
    CHECK_STR(literal(PGS_TARGET_TIME, DAY - 1), "'23:59:59.999999'::time");
    CHECK_STR(literal(PGS_TARGET_TIME, DAY), "'24:00:00'::time");
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIME, DAY + 1));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIME, -1));
}

static int64_t timetz(int64_t micros, int32_t offset_seconds)
{
    return (int64_t)((uint64_t)micros << 24 | (uint64_t)(16 * 3600 - 1 - offset_seconds));
}

static void test_timetz(void)
{
    CHECK_STR(literal(PGS_TARGET_TIMETZ, timetz(0, 0)), "'00:00:00+00:00'::timetz");
    CHECK_STR(literal(PGS_TARGET_TIMETZ, timetz(5 * SECOND, -12600)), "'00:00:05-03:30'::timetz");
    CHECK_STR(literal(PGS_TARGET_TIMETZ, timetz(DAY, 57599)), "'24:00:00+15:59:59'::timetz");
    CHECK_STR(literal(PGS_TARGET_TIMETZ, timetz(1, -57599)), "'00:00:00.000001-15:59:59'::timetz");
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIMETZ, timetz(0, -57600)));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIMETZ, timetz(DAY + 1, 0)));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIMETZ, -1));
}

static void test_timestamps(void)
{
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, 0), "'1970-01-01 00:00:00'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, -1), "'1969-12-31 23:59:59.999999'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, 18263 * DAY + 10 * SECOND + 120),
              "'2020-01-02 00:00:10.00012'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, -735160 * DAY + DAY / 2),
              "'0044-03-15 12:00:00 BC'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, -2440588 * DAY), "'4714-11-24 00:00:00 BC'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, INT64_MAX - 1),
              "'294247-01-10 04:00:54.775806'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, INT64_MAX), "'infinity'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMP, -INT64_MAX), "'-infinity'::timestamp");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMPTZ, 0), "'1970-01-01 00:00:00+00'::timestamptz");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMPTZ, -735160 * DAY),
              "'0044-03-15 00:00:00+00 BC'::timestamptz");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMPTZ, -INT64_MAX), "'-infinity'::timestamptz");
    CHECK_STR(literal(PGS_TARGET_TIMESTAMPTZ, INT64_MAX), "'infinity'::timestamptz");
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIMESTAMP, -2440588 * DAY - 1));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIMESTAMP, INT64_MIN));
    CHECK(!pgs_literal_time_exists(PGS_TARGET_TIMESTAMPTZ, -2440588 * DAY - 1));
}

static const char *interval(int32_t months, int32_t days, int64_t micros)
{
    struct pgs_interval value = {months, days, micros};

    pgs_buf_reset(&sql);
    pgs_literal_interval(&sql, value);
    return sql.at;
}

static void test_intervals(void)
{
    CHECK_STR(interval(0, 0, 0), "'P0M0DT0H0M0S'::interval");
    CHECK_STR(interval(1, -1, 3 * 3600 * SECOND), "'P1M-1DT3H0M0S'::interval");
    CHECK_STR(interval(-14, 2, -(61 * SECOND + 500000)), "'P-14M2DT-0H-1M-1.5S'::interval");
    CHECK_STR(interval(0, 0, -1), "'P0M0DT-0H-0M-0.000001S'::interval");
    CHECK_STR(interval(INT32_MIN, INT32_MAX, INT64_MIN),
              "'P-2147483648M2147483647DT-2562047788H-0M-54.775808S'::interval");
}

int main(void)
{
    pgs_buf_init(&sql, 4096);
    test_dates();
    test_times();
    test_timetz();
    test_timestamps();
    test_intervals();
    pgs_buf_release(&sql);
    return pgs_check_report();
}
