/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "wire/families.h"

/* int2send and int2recv, utils/adt/int.c, 18. */
PGS_DECODER(pgs_int2_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 2, "smallint", err));
    ((uint16_t *)vector->data)[row] = pgs_get_be16(at);
    return PGS_OK;
}

PGS_ENCODER(pgs_int2_encode)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_be16(out, ((const uint16_t *)vector->data)[row]);
    return PGS_OK;
}

/* int4send, utils/adt/int.c; oidsend, utils/adt/oid.c, 18: sign is the reader's. */
PGS_DECODER(pgs_int4_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 4, "integer", err));
    ((uint32_t *)vector->data)[row] = pgs_get_be32(at);
    return PGS_OK;
}

PGS_ENCODER(pgs_int4_encode)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_be32(out, ((const uint32_t *)vector->data)[row]);
    return PGS_OK;
}

/* int8send and int8recv, utils/adt/int8.c, 18. */
PGS_DECODER(pgs_int8_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "bigint", err));
    ((uint64_t *)vector->data)[row] = pgs_get_be64(at);
    return PGS_OK;
}

PGS_ENCODER(pgs_int8_encode)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_be64(out, ((const uint64_t *)vector->data)[row]);
    return PGS_OK;
}

PGS_ENCODER(pgs_int2_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_addf(out, "%" PRId16, ((const int16_t *)vector->data)[row]);
    return PGS_OK;
}

PGS_ENCODER(pgs_int4_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_addf(out, "%" PRId32, ((const int32_t *)vector->data)[row]);
    return PGS_OK;
}

PGS_ENCODER(pgs_oid_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_addf(out, "%" PRIu32, ((const uint32_t *)vector->data)[row]);
    return PGS_OK;
}

PGS_ENCODER(pgs_int8_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_addf(out, "%" PRId64, ((const int64_t *)vector->data)[row]);
    return PGS_OK;
}
