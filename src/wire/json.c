/* SPDX-License-Identifier: MIT */
#include "wire/families.h"

enum { JSONB_VERSION = 1 };

/* jsonb_send and jsonb_recv, utils/adt/jsonb.c, 18: a version byte, then the
 * text. Plain json travels as text. */
PGS_DECODER(pgs_jsonb_decode)
{
    if (size_bytes == 0)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "jsonb value has no version byte");
    if (at[0] != JSONB_VERSION)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "jsonb version is %u, expected %u", at[0],
                             (unsigned)JSONB_VERSION);
    return pgs_text_decode(type, options, at + 1, size_bytes - 1, vector, row, err);
}

PGS_ENCODER(pgs_jsonb_encode)
{
    pgs_buf_add_char(out, JSONB_VERSION);
    return pgs_text_encode(type, options, vector, row, out, err);
}
