/* SPDX-License-Identifier: MIT */
#include "wire/families.h"
#include "wire/show.h"

/* The host sorts UUIDs as signed 128-bit integers: the top bit is flipped. */
static const uint64_t TOP_BIT = (uint64_t)1 << 63;

/* uuid_send and uuid_recv, utils/adt/uuid.c, 18. */
PGS_DECODER(pgs_uuid_decode)
{
    struct pgs_int128 *value = (struct pgs_int128 *)vector->data + row;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 16, "uuid", err));
    value->upper = (int64_t)(pgs_get_be64(at) ^ TOP_BIT);
    value->lower = pgs_get_be64(at + 8);
    return PGS_OK;
}

PGS_ENCODER(pgs_uuid_encode)
{
    const struct pgs_int128 *value = (const struct pgs_int128 *)vector->data + row;

    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_be64(out, (uint64_t)value->upper ^ TOP_BIT);
    pgs_buf_add_be64(out, value->lower);
    return PGS_OK;
}

PGS_ENCODER(pgs_uuid_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_show_uuid(out, ((const struct pgs_int128 *)vector->data)[row]);
    return PGS_OK;
}
