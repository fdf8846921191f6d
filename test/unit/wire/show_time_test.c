/* SPDX-License-Identifier: MIT */
#include "wire/show.h"

#include <limits.h>

#include "check.h"

#define DAY    INT64_C(86400000000)
#define SECOND INT64_C(1000000)

static struct pgs_buf out;

static const char *show(enum pgs_target target, int64_t value)
{
    pgs_buf_reset(&out);
    CHECK(pgs_time_exists(target, value));
    pgs_show_time(&out, target, value);
    return out.at;
}

static void test_dates(void)
{
    CHECK_STR(show(PGS_TARGET_DATE, 0), "1970-01-01");
    CHECK_STR(show(PGS_TARGET_DATE, -1), "1969-12-31");
    CHECK_STR(show(PGS_TARGET_DATE, 18263), "2020-01-02");
    CHECK_STR(show(PGS_TARGET_DATE, 11016), "2000-02-29");
    CHECK_STR(show(PGS_TARGET_DATE, -25509), "1900-02-28");
    CHECK_STR(show(PGS_TARGET_DATE, -25508), "1900-03-01");
    CHECK_STR(show(PGS_TARGET_DATE, -719162), "0001-01-01");
    CHECK_STR(show(PGS_TARGET_DATE, -719163), "0001-12-31 BC");
    CHECK_STR(show(PGS_TARGET_DATE, -735160), "0044-03-15 BC");
    CHECK_STR(show(PGS_TARGET_DATE, 2932897), "10000-01-01");
    CHECK_STR(show(PGS_TARGET_DATE, -2440588), "4714-11-24 BC");
    CHECK_STR(show(PGS_TARGET_DATE, 2145042905), "5874897-12-31");
    CHECK_STR(show(PGS_TARGET_DATE, INT32_MAX), "infinity");
    CHECK_STR(show(PGS_TARGET_DATE, -INT32_MAX), "-infinity");
    CHECK(!pgs_time_exists(PGS_TARGET_DATE, -2440589));
    CHECK(!pgs_time_exists(PGS_TARGET_DATE, 2145042906));
    CHECK(!pgs_time_exists(PGS_TARGET_DATE, INT32_MAX - 1));
    CHECK(!pgs_time_exists(PGS_TARGET_DATE, INT32_MIN));
}

static void test_times(void)
{
    CHECK_STR(show(PGS_TARGET_TIME, 0), "00:00:00");
    CHECK_STR(show(PGS_TARGET_TIME, 1), "00:00:00.000001");
    CHECK_STR(show(PGS_TARGET_TIME, (3 * 3600 + 4 * 60 + 5) * SECOND + 600000), "03:04:05.6");
    CHECK_STR(show(PGS_TARGET_TIME, DAY - 1), "23:59:59.999999");
    CHECK_STR(show(PGS_TARGET_TIME, DAY), "24:00:00");
    CHECK(!pgs_time_exists(PGS_TARGET_TIME, DAY + 1));
    CHECK(!pgs_time_exists(PGS_TARGET_TIME, -1));
}

static int64_t timetz(int64_t micros, int32_t offset_seconds)
{
    return (int64_t)((uint64_t)micros << 24 | (uint64_t)(16 * 3600 - 1 - offset_seconds));
}

static void test_timetz(void)
{
    CHECK_STR(show(PGS_TARGET_TIMETZ, timetz(0, 0)), "00:00:00+00:00");
    CHECK_STR(show(PGS_TARGET_TIMETZ, timetz(5 * SECOND, -12600)), "00:00:05-03:30");
    CHECK_STR(show(PGS_TARGET_TIMETZ, timetz(DAY, 57599)), "24:00:00+15:59:59");
    CHECK_STR(show(PGS_TARGET_TIMETZ, timetz(1, -57599)), "00:00:00.000001-15:59:59");
    CHECK(!pgs_time_exists(PGS_TARGET_TIMETZ, timetz(0, -57600)));
    CHECK(!pgs_time_exists(PGS_TARGET_TIMETZ, timetz(DAY + 1, 0)));
    CHECK(!pgs_time_exists(PGS_TARGET_TIMETZ, -1));
}

static void test_timestamps(void)
{
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, 0), "1970-01-01 00:00:00");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, -1), "1969-12-31 23:59:59.999999");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, 18263 * DAY + 10 * SECOND + 120),
              "2020-01-02 00:00:10.00012");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, -735160 * DAY + DAY / 2), "0044-03-15 12:00:00 BC");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, -2440588 * DAY), "4714-11-24 00:00:00 BC");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, INT64_MAX - 1), "294247-01-10 04:00:54.775806");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, INT64_MAX), "infinity");
    CHECK_STR(show(PGS_TARGET_TIMESTAMP, -INT64_MAX), "-infinity");
    CHECK_STR(show(PGS_TARGET_TIMESTAMPTZ, 0), "1970-01-01 00:00:00+00");
    CHECK_STR(show(PGS_TARGET_TIMESTAMPTZ, -735160 * DAY), "0044-03-15 00:00:00+00 BC");
    CHECK_STR(show(PGS_TARGET_TIMESTAMPTZ, -INT64_MAX), "-infinity");
    CHECK_STR(show(PGS_TARGET_TIMESTAMPTZ, INT64_MAX), "infinity");
    CHECK(!pgs_time_exists(PGS_TARGET_TIMESTAMP, -2440588 * DAY - 1));
    CHECK(!pgs_time_exists(PGS_TARGET_TIMESTAMP, INT64_MIN));
    CHECK(!pgs_time_exists(PGS_TARGET_TIMESTAMPTZ, -2440588 * DAY - 1));
}

static const char *interval(int32_t months, int32_t days, int64_t micros)
{
    struct pgs_interval value = {months, days, micros};

    pgs_buf_reset(&out);
    pgs_show_interval(&out, value);
    return out.at;
}

static void test_intervals(void)
{
    CHECK_STR(interval(0, 0, 0), "P0M0DT0H0M0S");
    CHECK_STR(interval(1, -1, 3 * 3600 * SECOND), "P1M-1DT3H0M0S");
    CHECK_STR(interval(-14, 2, -(61 * SECOND + 500000)), "P-14M2DT-0H-1M-1.5S");
    CHECK_STR(interval(0, 0, -1), "P0M0DT-0H-0M-0.000001S");
    CHECK_STR(interval(INT32_MIN, INT32_MAX, INT64_MIN),
              "P-2147483648M2147483647DT-2562047788H-0M-54.775808S");
}

int main(void)
{
    pgs_buf_init(&out, 4096);
    test_dates();
    test_times();
    test_timetz();
    test_timestamps();
    test_intervals();
    pgs_buf_release(&out);
    return pgs_check_report();
}
