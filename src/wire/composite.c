/* SPDX-License-Identifier: MIT */
#include "wire/families.h"
#include "wire/text_quote.h"

static uint32_t field_oid(const struct pgs_field *field)
{
    return field->declared_oid ? field->declared_oid : field->type->oid;
}

static enum pgs_status fail_changed(struct pgs_error *err)
{
    pgs_error_hint(err, "if the type was changed, CALL pg_clear_cache()");
    return PGS_ERR_PROTOCOL;
}

/* record_send, utils/adt/rowtypes.c, 18: field count, then oid, length and
 * bytes of each field; dropped attributes are left out. */
PGS_DECODER(pgs_composite_decode)
{
    struct pgs_reader reader = pgs_reader_of(at, size_bytes);
    uint32_t count = pgs_reader_be32(&reader);

    if (reader.short_of || count != type->field_count) {
        pgs_error_set(err, PGS_ERR_PROTOCOL, "composite value has %u fields, expected %u", count,
                      type->field_count);
        return fail_changed(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct pgs_field *field = &type->fields[i];
        uint32_t oid = pgs_reader_be32(&reader);

        if (reader.short_of || oid != field_oid(field)) {
            pgs_error_set(err, PGS_ERR_PROTOCOL, "field \"%.*s\" has type %u, expected %u",
                          PGS_STR_ARG(field->name), oid, field_oid(field));
            return fail_changed(err);
        }
        PGS_TRY(pgs_decode_field(pgs_decoder_for(field->type), field->type, options, &reader,
                                 &vector->children[i], row, err));
    }
    if (reader.left_bytes)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "composite value has %zu bytes too many",
                             reader.left_bytes);
    return PGS_OK;
}

/* record_recv, utils/adt/rowtypes.c, 18. */
PGS_ENCODER(pgs_composite_encode)
{
    pgs_buf_add_be32(out, type->field_count);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct pgs_field *field = &type->fields[i];
        pgs_encode_fn encode = pgs_encoder_for(field->type);

        if (!encode)
            return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "field \"%.*s\" has no binary form",
                                 PGS_STR_ARG(field->name));
        pgs_buf_add_be32(out, field_oid(field));
        PGS_TRY(
            pgs_encode_field(encode, field->type, options, &vector->children[i], row, out, err));
    }
    return PGS_OK;
}

/* record_in, utils/adt/rowtypes.c, 18: nothing between the commas is NULL. */
PGS_ENCODER(pgs_composite_print)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct pgs_type *field = type->fields[i].type;
        size_t start;

        pgs_buf_add_char(out, i == 0 ? '(' : ',');
        if (!pgs_vector_is_valid(&vector->children[i], row))
            continue;
        start = out->size_bytes;
        PGS_TRY(pgs_printer_for(field)(field, options, &vector->children[i], row, out, err));
        pgs_text_quote_part(out, start, ',');
    }
    pgs_buf_add_char(out, ')');
    return PGS_OK;
}
