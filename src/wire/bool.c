/* SPDX-License-Identifier: MIT */
#include "wire/families.h"

/* boolsend, boolrecv, utils/adt/bool.c, 18: any byte but zero is true. */
PGS_DECODER(pgs_bool_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 1, "boolean", err));
    ((uint8_t *)vector->data)[row] = at[0] != 0;
    return PGS_OK;
}

PGS_ENCODER(pgs_bool_encode)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_char(out, ((const uint8_t *)vector->data)[row] ? 1 : 0);
    return PGS_OK;
}

PGS_ENCODER(pgs_bool_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_char(out, ((const uint8_t *)vector->data)[row] ? 't' : 'f');
    return PGS_OK;
}
