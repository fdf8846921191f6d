/* SPDX-License-Identifier: MIT */
#include "wire/families.h"
#include "wire/show.h"

/* interval_send and interval_recv, utils/adt/timestamp.c, 18: microseconds,
 * days, months. Since 17 all three at their extreme mean infinity, which the
 * host's intervals have no form for. */
static bool is_infinite(const struct pgs_interval *value)
{
    return (value->months == INT32_MAX && value->days == INT32_MAX && value->micros == INT64_MAX) ||
           (value->months == INT32_MIN && value->days == INT32_MIN && value->micros == INT64_MIN);
}

PGS_DECODER(pgs_interval_decode)
{
    struct pgs_interval *value = (struct pgs_interval *)vector->data + row;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 16, "interval", err));
    value->micros = (int64_t)pgs_get_be64(at);
    value->days = (int32_t)pgs_get_be32(at + 8);
    value->months = (int32_t)pgs_get_be32(at + 12);
    if (PGS_UNLIKELY(is_infinite(value)))
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "interval \"%sinfinity\" is out of range for DuckDB's INTERVAL",
                             value->months < 0 ? "-" : "");
    return PGS_OK;
}

static enum pgs_status fail_infinite(struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "interval is out of range: PostgreSQL reads it as infinity");
}

PGS_ENCODER(pgs_interval_encode)
{
    const struct pgs_interval *value = (const struct pgs_interval *)vector->data + row;

    (void)type;
    (void)options;
    if (PGS_UNLIKELY(is_infinite(value)))
        return fail_infinite(err);
    pgs_buf_add_be64(out, (uint64_t)value->micros);
    pgs_buf_add_be32(out, (uint32_t)value->days);
    pgs_buf_add_be32(out, (uint32_t)value->months);
    return PGS_OK;
}

PGS_ENCODER(pgs_interval_print)
{
    const struct pgs_interval *value = (const struct pgs_interval *)vector->data + row;

    (void)type;
    (void)options;
    if (is_infinite(value))
        return fail_infinite(err);
    pgs_show_interval(out, *value);
    return PGS_OK;
}
