/* SPDX-License-Identifier: MIT */
#include "wire/datetime_text.h"

#include "wire/datetime.h"
#include "wire/text_scan.h"

enum { YEAR_MAX = 9999999, SECOND_MICROS = 1000000 };
/* END_TIMESTAMP, datatype/timestamp.h, 18: the first that is too late. */
#define TIMESTAMP_END INT64_C(9223371331200000000)

struct date {
    int64_t year; /* as written, 1 or more */
    int64_t month;
    int64_t day;
};

static bool read_number(struct pgs_text_scan *scan, uint64_t max, int64_t *value)
{
    uint64_t number;

    if (!pgs_text_scan_decimal(scan, max, &number))
        return false;
    *value = (int64_t)number;
    return true;
}

static bool read_date(struct pgs_text_scan *scan, struct date *date)
{
    return read_number(scan, YEAR_MAX, &date->year) && pgs_text_scan_char(scan, '-') &&
           read_number(scan, 12, &date->month) && pgs_text_scan_char(scan, '-') &&
           read_number(scan, 31, &date->day) && date->year && date->month && date->day;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days since 2000-01-01, proleptic Gregorian; false for a day the month lacks. */
static bool count_days(const struct date *date, bool is_bc, int64_t *days)
{
    static const int64_t DAYS_IN[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year = is_bc ? 1 - date->year : date->year;
    int64_t shifted = date->month > 2 ? year : year - 1; /* years begin in March */
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t month = date->month > 2 ? date->month - 3 : date->month + 9;
    int64_t day_of_year = (153 * month + 2) / 5 + date->day - 1;

    if (date->day > DAYS_IN[date->month - 1] + (date->month == 2 && is_leap(year)))
        return false;
    *days = era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
            719468 - PGS_EPOCH_DAYS;
    return true;
}

static bool is_word(struct pgs_str text, const char *word)
{
    return pgs_str_equal(text, pgs_str_of(word));
}

bool pgs_date_read(struct pgs_str text, int32_t *days)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    struct date date;
    int64_t count;
    bool is_bc;

    if (is_word(text, "infinity") || is_word(text, "-infinity")) {
        *days = text.at[0] == '-' ? INT32_MIN : INT32_MAX;
        return true;
    }
    if (!read_date(&scan, &date))
        return false;
    is_bc = pgs_text_scan_word(&scan, " BC");
    if (!pgs_text_scan_ended(&scan) || !count_days(&date, is_bc, &count) ||
        count < PGS_DATE_FIRST || count >= PGS_DATE_END)
        return false;
    *days = (int32_t)count;
    return true;
}

/* hh:mm[:ss[.ffffff]], up to 24:00:00. */
static bool read_time(struct pgs_text_scan *scan, int64_t *micros)
{
    int64_t hour;
    int64_t minute;
    int64_t second = 0;
    int64_t fraction = 0;

    if (!read_number(scan, 24, &hour) || !pgs_text_scan_char(scan, ':') ||
        !read_number(scan, 59, &minute))
        return false;
    if (pgs_text_scan_char(scan, ':') && !read_number(scan, 59, &second))
        return false;
    if (pgs_text_scan_char(scan, '.')) {
        const char *start = scan->at;

        if (!read_number(scan, SECOND_MICROS - 1, &fraction) || scan->at - start > 6)
            return false;
        for (int64_t digits = scan->at - start; digits < 6; digits++)
            fraction *= 10;
    }
    *micros = ((hour * 60 + minute) * 60 + second) * SECOND_MICROS + fraction;
    return *micros <= PGS_DAY_MICROS;
}

/* +hh[:mm[:ss]], seconds east. */
static bool read_offset(struct pgs_text_scan *scan, int64_t *seconds)
{
    int64_t sign = pgs_text_scan_char(scan, '-') ? -1 : 1;
    int64_t hour;
    int64_t minute = 0;
    int64_t second = 0;

    if ((sign > 0 && !pgs_text_scan_char(scan, '+')) || !read_number(scan, 15, &hour))
        return false;
    if (pgs_text_scan_char(scan, ':') && !read_number(scan, 59, &minute))
        return false;
    if (pgs_text_scan_char(scan, ':') && !read_number(scan, 59, &second))
        return false;
    *seconds = sign * ((hour * 60 + minute) * 60 + second);
    return true;
}

bool pgs_timestamp_read(struct pgs_str text, bool with_zone, int64_t *micros)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    struct date date;
    int64_t days;
    int64_t time = 0;
    int64_t east_seconds = 0;
    bool is_bc;

    if (is_word(text, "infinity") || is_word(text, "-infinity")) {
        *micros = text.at[0] == '-' ? INT64_MIN : INT64_MAX;
        return true;
    }
    if (!read_date(&scan, &date))
        return false;
    if ((pgs_text_scan_char(&scan, ' ') || pgs_text_scan_char(&scan, 'T')) &&
        !read_time(&scan, &time))
        return false;
    if (with_zone && !read_offset(&scan, &east_seconds))
        return false;
    is_bc = pgs_text_scan_word(&scan, " BC");
    /* The year bounds the product well within 64 bits. */
    if (!pgs_text_scan_ended(&scan) || date.year > 300000 || !count_days(&date, is_bc, &days) ||
        days > INT64_MAX / PGS_DAY_MICROS - 2 || days < -(INT64_MAX / PGS_DAY_MICROS - 2))
        return false;
    *micros = days * PGS_DAY_MICROS + time - east_seconds * SECOND_MICROS;
    return *micros >= PGS_TIMESTAMP_FIRST && *micros < TIMESTAMP_END;
}
