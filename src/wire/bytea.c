/* SPDX-License-Identifier: MIT */
#include "wire/families.h"
#include "wire/show.h"

/* byteasend and bytearecv, utils/adt/bytea.c (varlena.c before 19): as is. */
PGS_DECODER(pgs_bytea_decode)
{
    struct pgs_str bytes = {(const char *)at, size_bytes};

    (void)type;
    (void)options;
    return pgs_vector_set_string(vector, row, bytes, err);
}

PGS_ENCODER(pgs_bytea_encode)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_str(out, pgs_vector_string(vector, row));
    return PGS_OK;
}

/* byteain, utils/adt/bytea.c, 18. */
PGS_ENCODER(pgs_bytea_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_text(out, "\\x");
    pgs_show_hex(out, pgs_vector_string(vector, row));
    return PGS_OK;
}
