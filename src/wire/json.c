/* SPDX-License-Identifier: MIT */
#include "wire/families.h"

enum { VERSION = 1 };

static const char *name_of(const struct pgs_type *type)
{
    return type->kind == PGS_KIND_JSONB ? "jsonb" : "versioned text";
}

/* jsonb_send and jsonb_recv, utils/adt/jsonb.c; jsonpath_send, jsonpath.c;
 * ltree_send, contrib/ltree/ltree_io.c, 18: a version byte, then the text.
 * Plain json travels as text. */
PGS_DECODER(pgs_versioned_decode)
{
    if (size_bytes == 0)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "%s value has no version byte", name_of(type));
    if (at[0] != VERSION)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "%s version is %u, expected %u", name_of(type),
                             at[0], (unsigned)VERSION);
    return pgs_text_decode(type, options, at + 1, size_bytes - 1, vector, row, err);
}

PGS_ENCODER(pgs_versioned_encode)
{
    pgs_buf_add_char(out, VERSION);
    return pgs_text_encode(type, options, vector, row, out, err);
}
