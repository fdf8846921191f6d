/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "wire/datetime.h"
#include "wire/families.h"
#include "wire/show.h"

#define OFFSET_SECONDS_MAX (16 * 60 * 60 - 1)
#define OFFSET_BITS        24

enum { SHOWN_BYTES = 40 };

/* Writes days since 1970 as the host shows a date; proleptic Gregorian. */
static void show_date(char *shown, int64_t days)
{
    int64_t shifted = days + 719468; /* days since 0000-03-01 */
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    int day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    int civil_month = (int)(month < 10 ? month + 3 : month - 9);
    int64_t year = year_of_era + era * 400 + (civil_month <= 2);

    (void)snprintf(shown, SHOWN_BYTES, "%04lld-%02d-%02d%s",
                   (long long)(year > 0 ? year : 1 - year), civil_month, day,
                   year > 0 ? "" : " (BC)");
}

static int64_t floor_days(int64_t micros)
{
    int64_t days = micros / PGS_DAY_MICROS;

    return micros % PGS_DAY_MICROS < 0 ? days - 1 : days;
}

/* date_send and date_recv, utils/adt/date.c, 18. */
PGS_DECODER(pgs_date_decode)
{
    int32_t *target = (int32_t *)vector->data + row;
    int32_t value;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 4, "date", err));
    value = (int32_t)pgs_get_be32(at);
    if (PGS_LIKELY(value >= PGS_DATE_FIRST && value < PGS_DATE_END)) {
        *target = value + PGS_EPOCH_DAYS;
        return PGS_OK;
    }
    if (value != INT32_MAX && value != INT32_MIN)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "date of %d days is out of range", value);
    *target = value == INT32_MAX ? INT32_MAX : -INT32_MAX;
    return PGS_OK;
}

static enum pgs_status fail_date(int32_t value, struct pgs_error *err)
{
    char shown[SHOWN_BYTES];

    show_date(shown, value);
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "DATE \"%s\" is out of range for Postgres' DATE field", shown);
}

PGS_ENCODER(pgs_date_encode)
{
    int32_t value = ((const int32_t *)vector->data)[row];
    int64_t days = (int64_t)value - PGS_EPOCH_DAYS;

    (void)type;
    (void)options;
    if (value == INT32_MAX) {
        days = INT32_MAX;
    } else if (value == -INT32_MAX) {
        days = INT32_MIN;
    } else if (days < PGS_DATE_FIRST || days >= PGS_DATE_END) {
        return fail_date(value, err);
    }
    pgs_buf_add_be32(out, (uint32_t)days);
    return PGS_OK;
}

PGS_ENCODER(pgs_date_print)
{
    int32_t value = ((const int32_t *)vector->data)[row];

    (void)options;
    if (!pgs_time_exists(type->target, value))
        return fail_date(value, err);
    pgs_show_time(out, type->target, value);
    return PGS_OK;
}

/* time_send and time_recv, utils/adt/date.c, 18: 24:00:00 is a time. */
PGS_DECODER(pgs_time_decode)
{
    int64_t value;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "time", err));
    value = (int64_t)pgs_get_be64(at);
    if (PGS_UNLIKELY(value < 0 || value > PGS_DAY_MICROS))
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "time of %lld microseconds is out of range",
                             (long long)value);
    ((int64_t *)vector->data)[row] = value;
    return PGS_OK;
}

static enum pgs_status fail_time(int64_t micros, struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_CONVERSION, "time of %lld microseconds is out of range",
                         (long long)micros);
}

PGS_ENCODER(pgs_time_encode)
{
    int64_t value = ((const int64_t *)vector->data)[row];

    (void)type;
    (void)options;
    if (value < 0 || value > PGS_DAY_MICROS)
        return fail_time(value, err);
    pgs_buf_add_be64(out, (uint64_t)value);
    return PGS_OK;
}

PGS_ENCODER(pgs_time_print)
{
    int64_t value = ((const int64_t *)vector->data)[row];

    (void)options;
    if (!pgs_time_exists(type->target, value))
        return fail_time(value, err);
    pgs_show_time(out, type->target, value);
    return PGS_OK;
}

/* timetz_send and timetz_recv, utils/adt/date.c, 18: time and seconds west. */
PGS_DECODER(pgs_timetz_decode)
{
    int64_t micros;
    int32_t west;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 12, "time with time zone", err));
    micros = (int64_t)pgs_get_be64(at);
    west = (int32_t)pgs_get_be32(at + 8);
    if (micros < 0 || micros > PGS_DAY_MICROS || west < -OFFSET_SECONDS_MAX ||
        west > OFFSET_SECONDS_MAX)
        return pgs_error_set(err, PGS_ERR_PROTOCOL,
                             "time of %lld microseconds, %d seconds west, is out of range",
                             (long long)micros, west);
    ((uint64_t *)vector->data)[row] =
        (uint64_t)micros << OFFSET_BITS | (uint64_t)(OFFSET_SECONDS_MAX + west);
    return PGS_OK;
}

struct timetz {
    int64_t micros;
    int32_t west; /* seconds */
};

static struct timetz timetz_at(const struct pgs_vector *vector, size_t row)
{
    uint64_t value = ((const uint64_t *)vector->data)[row];
    struct timetz time = {(int64_t)(value >> OFFSET_BITS),
                          (int32_t)(value & (((uint64_t)1 << OFFSET_BITS) - 1)) -
                              OFFSET_SECONDS_MAX};

    return time;
}

static enum pgs_status fail_timetz(struct timetz time, struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "time of %lld microseconds, %d seconds west, is out of range",
                         (long long)time.micros, time.west);
}

PGS_ENCODER(pgs_timetz_encode)
{
    struct timetz time = timetz_at(vector, row);

    (void)type;
    (void)options;
    if (time.micros > PGS_DAY_MICROS || time.west > OFFSET_SECONDS_MAX)
        return fail_timetz(time, err);
    pgs_buf_add_be64(out, (uint64_t)time.micros);
    pgs_buf_add_be32(out, (uint32_t)time.west);
    return PGS_OK;
}

PGS_ENCODER(pgs_timetz_print)
{
    int64_t value = ((const int64_t *)vector->data)[row];

    (void)options;
    if (!pgs_time_exists(type->target, value))
        return fail_timetz(timetz_at(vector, row), err);
    pgs_show_time(out, type->target, value);
    return PGS_OK;
}

/* timestamp_send and timestamptz_send, utils/adt/timestamp.c, 18. */
PGS_DECODER(pgs_timestamp_decode)
{
    int64_t *target = (int64_t *)vector->data + row;
    int64_t value;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "timestamp", err));
    value = (int64_t)pgs_get_be64(at);
    if (PGS_LIKELY(value >= PGS_TIMESTAMP_FIRST && value < PGS_TIMESTAMP_END)) {
        *target = value + PGS_EPOCH_MICROS;
        return PGS_OK;
    }
    if (value != INT64_MAX && value != INT64_MIN) {
        char shown[SHOWN_BYTES];

        show_date(shown, floor_days(value) + PGS_EPOCH_DAYS);
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "timestamp out of range: a time on %s is beyond DuckDB's TIMESTAMP",
                             shown);
    }
    *target = value == INT64_MAX ? INT64_MAX : -INT64_MAX;
    return PGS_OK;
}

static enum pgs_status fail_timestamp(int64_t value, struct pgs_error *err)
{
    char shown[SHOWN_BYTES];

    show_date(shown, floor_days(value));
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "TIMESTAMP on \"%s\" is out of range for Postgres' TIMESTAMP field",
                         shown);
}

PGS_ENCODER(pgs_timestamp_encode)
{
    int64_t value = ((const int64_t *)vector->data)[row];
    int64_t micros;

    (void)type;
    (void)options;
    if (value == INT64_MAX) {
        micros = INT64_MAX;
    } else if (value == -INT64_MAX) {
        micros = INT64_MIN;
    } else if (value < PGS_TIMESTAMP_FIRST + PGS_EPOCH_MICROS) {
        return fail_timestamp(value, err);
    } else {
        micros = value - PGS_EPOCH_MICROS;
    }
    pgs_buf_add_be64(out, (uint64_t)micros);
    return PGS_OK;
}

PGS_ENCODER(pgs_timestamp_print)
{
    int64_t value = ((const int64_t *)vector->data)[row];

    (void)options;
    if (!pgs_time_exists(type->target, value))
        return fail_timestamp(value, err);
    pgs_show_time(out, type->target, value);
    return PGS_OK;
}
