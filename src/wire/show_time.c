/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "wire/show.h"

#define MICROS_PER_SECOND INT64_C(1000000)
#define MICROS_PER_DAY    INT64_C(86400000000)
/* 4714-11-24 BC, Julian day 0, in days since 1970-01-01. */
#define DAY_MIN INT64_C(-2440588)
/* 5874897-12-31, DATE_END_JULIAN - 1, in days since 1970-01-01. PostgreSQL's
 * last timestamp, in year 294276, is beyond what 64 bits reach from 1970. */
#define DAY_MAX INT64_C(2145042905)
/* wire/vector.h: TIMETZ keeps offset_max - offset_seconds_east in 24 bits. */
#define OFFSET_MAX_SECONDS (16 * 60 * 60 - 1)
#define OFFSET_BITS        24

struct civil_date {
    int64_t year; /* 0 is 1 BC */
    unsigned month;
    unsigned day;
};

static bool is_infinite(enum pgs_target target, int64_t value)
{
    int64_t infinity = target == PGS_TARGET_DATE ? INT32_MAX : INT64_MAX;

    return value == infinity || value == -infinity;
}

/* TIMETZ: seconds east of Greenwich. */
static int32_t timetz_offset(int64_t value)
{
    return OFFSET_MAX_SECONDS - (int32_t)(value & ((1 << OFFSET_BITS) - 1));
}

bool pgs_time_exists(enum pgs_target target, int64_t value)
{
    int64_t micros = value;

    switch (target) {
    case PGS_TARGET_DATE:
        return is_infinite(target, value) || (value >= DAY_MIN && value <= DAY_MAX);
    case PGS_TARGET_TIMESTAMP:
    case PGS_TARGET_TIMESTAMPTZ:
        return is_infinite(target, value) || value >= DAY_MIN * MICROS_PER_DAY;
    case PGS_TARGET_TIMETZ:
        if (value < 0 || timetz_offset(value) < -OFFSET_MAX_SECONDS)
            return false;
        micros = value >> OFFSET_BITS;
        break;
    default:
        break;
    }
    return micros >= 0 && micros <= MICROS_PER_DAY;
}

/* Proleptic Gregorian date of a day since 1970-01-01. Counts from 1 March of
 * year 0, so that the leap day is the last of its year, in eras of 400 years
 * (146097 days). */
static struct civil_date civil_of(int64_t day)
{
    int64_t shifted = day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    unsigned day_of_era = (unsigned)(shifted - era * 146097);
    unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned month_from_march = (5 * day_of_year + 2) / 153;
    struct civil_date date;

    date.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    date.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    date.year = (int64_t)year_of_era + era * 400 + (date.month <= 2);
    return date;
}

static void add_date(struct pgs_buf *out, struct civil_date date)
{
    int64_t shown = date.year > 0 ? date.year : 1 - date.year;

    pgs_buf_addf(out, "%04" PRId64 "-%02u-%02u", shown, date.month, date.day);
}

/* `.123456` without trailing zeros, or nothing. */
static void add_fraction(struct pgs_buf *out, unsigned micros)
{
    int digits = 6;

    if (micros == 0)
        return;
    while (micros % 10 == 0) {
        micros /= 10;
        digits--;
    }
    pgs_buf_addf(out, ".%0*u", digits, micros);
}

static void add_time(struct pgs_buf *out, int64_t micros)
{
    int64_t seconds = micros / MICROS_PER_SECOND;

    pgs_buf_addf(out, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                 (int)(seconds % 60));
    add_fraction(out, (unsigned)(micros % MICROS_PER_SECOND));
}

static void add_offset(struct pgs_buf *out, int32_t offset_seconds)
{
    int32_t seconds = offset_seconds < 0 ? -offset_seconds : offset_seconds;

    pgs_buf_addf(out, "%c%02d:%02d", offset_seconds < 0 ? '-' : '+', (int)(seconds / 3600),
                 (int)(seconds / 60 % 60));
    if (seconds % 60)
        pgs_buf_addf(out, ":%02d", (int)(seconds % 60));
}

static void add_timestamp(struct pgs_buf *out, int64_t micros, bool with_zone)
{
    int64_t day = micros / MICROS_PER_DAY - (micros % MICROS_PER_DAY < 0);
    struct civil_date date = civil_of(day);

    add_date(out, date);
    pgs_buf_add_char(out, ' ');
    add_time(out, micros - day * MICROS_PER_DAY);
    if (with_zone)
        pgs_buf_add_text(out, "+00");
    if (date.year <= 0)
        pgs_buf_add_text(out, " BC");
}

void pgs_show_time(struct pgs_buf *out, enum pgs_target target, int64_t value)
{
    if (target == PGS_TARGET_TIME) {
        add_time(out, value);
    } else if (target == PGS_TARGET_TIMETZ) {
        add_time(out, value >> OFFSET_BITS);
        add_offset(out, timetz_offset(value));
    } else if (is_infinite(target, value)) {
        pgs_buf_add_text(out, value < 0 ? "-infinity" : "infinity");
    } else if (target == PGS_TARGET_DATE) {
        struct civil_date date = civil_of(value);

        add_date(out, date);
        if (date.year <= 0)
            pgs_buf_add_text(out, " BC");
    } else {
        add_timestamp(out, value, target == PGS_TARGET_TIMESTAMPTZ);
    }
}

void pgs_show_interval(struct pgs_buf *out, struct pgs_interval value)
{
    const char *sign = value.micros < 0 ? "-" : "";
    uint64_t micros = value.micros < 0 ? ~(uint64_t)value.micros + 1 : (uint64_t)value.micros;
    uint64_t seconds = micros / (uint64_t)MICROS_PER_SECOND;

    pgs_buf_addf(out, "P%" PRId32 "M%" PRId32 "DT%s%" PRIu64 "H%s%uM%s%u", value.months, value.days,
                 sign, seconds / 3600, sign, (unsigned)(seconds / 60 % 60), sign,
                 (unsigned)(seconds % 60));
    add_fraction(out, (unsigned)(micros % (uint64_t)MICROS_PER_SECOND));
    pgs_buf_add_char(out, 'S');
}
