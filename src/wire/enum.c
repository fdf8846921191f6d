/* SPDX-License-Identifier: MIT */
#include "wire/families.h"

/* enum_send and enum_recv, utils/adt/enum.c, 18: the label. */
PGS_DECODER(pgs_enum_decode)
{
    struct pgs_str label = {(const char *)at, size_bytes};
    uint32_t index = pgs_type_label_index(type, label);

    (void)options;
    if (index >= type->label_count) {
        pgs_error_set(err, PGS_ERR_CONVERSION, "enum label \"%.*s\" is not known",
                      (int)(size_bytes < 64 ? size_bytes : 64), label.at);
        pgs_error_hint(err, "if the type was changed, CALL pg_clear_cache()");
        return PGS_ERR_CONVERSION;
    }
    if (type->label_count <= UINT8_MAX)
        ((uint8_t *)vector->data)[row] = (uint8_t)index;
    else if (type->label_count <= UINT16_MAX)
        ((uint16_t *)vector->data)[row] = (uint16_t)index;
    else
        ((uint32_t *)vector->data)[row] = index;
    return PGS_OK;
}

PGS_ENCODER(pgs_enum_encode)
{
    uint32_t index;

    (void)options;
    if (type->label_count <= UINT8_MAX)
        index = ((const uint8_t *)vector->data)[row];
    else if (type->label_count <= UINT16_MAX)
        index = ((const uint16_t *)vector->data)[row];
    else
        index = ((const uint32_t *)vector->data)[row];
    if (index >= type->label_count)
        return pgs_error_set(err, PGS_ERR_CONVERSION, "enum index %u is out of range", index);
    pgs_buf_add_str(out, type->labels[index]);
    return PGS_OK;
}
