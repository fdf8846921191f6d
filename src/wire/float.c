/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "wire/families.h"
#include "wire/show.h"

/* float4send, float8send, utils/adt/float.c; pq_sendfloat4, libpq/pqformat.c,
 * 18: IEEE 754 bits as a big-endian integer; NaN and infinity are values. */
PGS_DECODER(pgs_float4_decode)
{
    uint32_t bits;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 4, "real", err));
    bits = pgs_get_be32(at);
    memcpy((float *)vector->data + row, &bits, sizeof(bits));
    return PGS_OK;
}

PGS_ENCODER(pgs_float4_encode)
{
    uint32_t bits;

    (void)type;
    (void)options;
    (void)err;
    memcpy(&bits, (const float *)vector->data + row, sizeof(bits));
    pgs_buf_add_be32(out, bits);
    return PGS_OK;
}

PGS_DECODER(pgs_float8_decode)
{
    uint64_t bits;

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "double precision", err));
    bits = pgs_get_be64(at);
    memcpy((double *)vector->data + row, &bits, sizeof(bits));
    return PGS_OK;
}

PGS_ENCODER(pgs_float8_encode)
{
    uint64_t bits;

    (void)type;
    (void)options;
    (void)err;
    memcpy(&bits, (const double *)vector->data + row, sizeof(bits));
    pgs_buf_add_be64(out, bits);
    return PGS_OK;
}

PGS_ENCODER(pgs_float4_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_show_float(out, (double)((const float *)vector->data)[row], true);
    return PGS_OK;
}

PGS_ENCODER(pgs_float8_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_show_float(out, ((const double *)vector->data)[row], false);
    return PGS_OK;
}
