/* SPDX-License-Identifier: MIT */
#include "wire/codec.h"

#include "base/limits.h"
#include "wire/families.h"

struct codec {
    pgs_decode_fn decode;
    pgs_encode_fn encode;
    pgs_encode_fn print;
};

static const struct codec CODECS[PGS_KIND_COUNT] = {
    [PGS_KIND_TEXT_CAST] = {pgs_text_decode, NULL, pgs_text_encode},
    [PGS_KIND_BOOL] = {pgs_bool_decode, pgs_bool_encode, pgs_bool_print},
    [PGS_KIND_INT2] = {pgs_int2_decode, pgs_int2_encode, pgs_int2_print},
    [PGS_KIND_INT4] = {pgs_int4_decode, pgs_int4_encode, pgs_int4_print},
    [PGS_KIND_INT8] = {pgs_int8_decode, pgs_int8_encode, pgs_int8_print},
    [PGS_KIND_OID] = {pgs_int4_decode, pgs_int4_encode, pgs_oid_print},
    [PGS_KIND_FLOAT4] = {pgs_float4_decode, pgs_float4_encode, pgs_float4_print},
    [PGS_KIND_FLOAT8] = {pgs_float8_decode, pgs_float8_encode, pgs_float8_print},
    [PGS_KIND_NUMERIC] = {pgs_numeric_decode_decimal, pgs_numeric_encode_decimal,
                          pgs_numeric_print_decimal},
    [PGS_KIND_TEXT] = {pgs_text_decode, pgs_text_encode, pgs_text_encode},
    [PGS_KIND_BPCHAR] = {pgs_bpchar_decode, pgs_text_encode, pgs_text_encode},
    [PGS_KIND_CHAR] = {pgs_char_decode, pgs_char_encode, pgs_char_print},
    [PGS_KIND_BYTEA] = {pgs_bytea_decode, pgs_bytea_encode, pgs_bytea_print},
    [PGS_KIND_UUID] = {pgs_uuid_decode, pgs_uuid_encode, pgs_uuid_print},
    [PGS_KIND_DATE] = {pgs_date_decode, pgs_date_encode, pgs_date_print},
    [PGS_KIND_TIME] = {pgs_time_decode, pgs_time_encode, pgs_time_print},
    [PGS_KIND_TIMETZ] = {pgs_timetz_decode, pgs_timetz_encode, pgs_timetz_print},
    [PGS_KIND_TIMESTAMP] = {pgs_timestamp_decode, pgs_timestamp_encode, pgs_timestamp_print},
    [PGS_KIND_TIMESTAMPTZ] = {pgs_timestamp_decode, pgs_timestamp_encode, pgs_timestamp_print},
    [PGS_KIND_INTERVAL] = {pgs_interval_decode, pgs_interval_encode, pgs_interval_print},
    [PGS_KIND_JSON] = {pgs_text_decode, pgs_text_encode, pgs_text_encode},
    [PGS_KIND_JSONB] = {pgs_versioned_decode, pgs_versioned_encode, pgs_text_encode},
    [PGS_KIND_ENUM] = {pgs_enum_decode, pgs_enum_encode, pgs_enum_encode},
    [PGS_KIND_ARRAY] = {pgs_array_decode, pgs_array_encode, pgs_array_print},
    [PGS_KIND_COMPOSITE] = {pgs_composite_decode, pgs_composite_encode, pgs_composite_print},
    [PGS_KIND_BIT] = {pgs_bit_decode, pgs_bit_encode, pgs_text_encode},
    [PGS_KIND_INET] = {pgs_inet_decode, pgs_inet_encode, pgs_text_encode},
    [PGS_KIND_MACADDR] = {pgs_macaddr_decode, pgs_macaddr_encode, pgs_text_encode},
    [PGS_KIND_MACADDR8] = {pgs_macaddr8_decode, pgs_macaddr8_encode, pgs_text_encode},
    [PGS_KIND_TID] = {pgs_tid_decode, pgs_tid_encode, pgs_text_encode},
    [PGS_KIND_XID] = {pgs_xid_decode, pgs_xid_encode, pgs_text_encode},
    [PGS_KIND_XID8] = {pgs_xid8_decode, pgs_xid8_encode, pgs_text_encode},
    [PGS_KIND_LSN] = {pgs_lsn_decode, pgs_lsn_encode, pgs_text_encode},
    [PGS_KIND_VERSIONED_TEXT] = {pgs_versioned_decode, pgs_versioned_encode, pgs_text_encode},
    [PGS_KIND_RANGE] = {pgs_text_decode, pgs_range_encode, pgs_text_encode},
    [PGS_KIND_MULTIRANGE] = {pgs_text_decode, pgs_multirange_encode, pgs_text_encode},
    [PGS_KIND_TSVECTOR] = {pgs_text_decode, pgs_tsvector_encode, pgs_text_encode},
    [PGS_KIND_HSTORE] = {pgs_text_decode, pgs_hstore_encode, pgs_text_encode},
    [PGS_KIND_POINT] = {pgs_point_decode, pgs_point_encode, pgs_point_print},
    [PGS_KIND_DOUBLES] = {pgs_doubles_decode, pgs_doubles_encode, pgs_doubles_print},
    [PGS_KIND_PATH] = {pgs_path_decode, pgs_path_encode, pgs_path_print},
    [PGS_KIND_POLYGON] = {pgs_polygon_decode, pgs_polygon_encode, pgs_polygon_print},
    [PGS_KIND_XML] = {pgs_text_decode, pgs_xml_encode, pgs_text_encode},
    [PGS_KIND_GEOMETRY] = {pgs_geometry_decode, pgs_geometry_encode, pgs_geometry_print},
};

static const struct codec NUMERIC_AS_DOUBLE = {pgs_numeric_decode_double, pgs_numeric_encode_double,
                                               pgs_float8_print};
static const struct codec NUMERIC_AS_TEXT = {pgs_numeric_decode_text, pgs_numeric_encode_text,
                                             pgs_text_encode};

static const struct codec *codec_of(const struct pgs_type *type)
{
    if (type->kind == PGS_KIND_NUMERIC && type->target == PGS_TARGET_DOUBLE)
        return &NUMERIC_AS_DOUBLE;
    if (type->kind == PGS_KIND_NUMERIC && type->target == PGS_TARGET_VARCHAR)
        return &NUMERIC_AS_TEXT;
    return &CODECS[type->kind];
}

pgs_decode_fn pgs_decoder_for(const struct pgs_type *type)
{
    return codec_of(type)->decode;
}

pgs_encode_fn pgs_encoder_for(const struct pgs_type *type)
{
    return pgs_type_is_binary(type) ? codec_of(type)->encode : NULL;
}

pgs_encode_fn pgs_printer_for(const struct pgs_type *type)
{
    return codec_of(type)->print;
}

enum pgs_status pgs_decode_field(pgs_decode_fn decode, const struct pgs_type *type,
                                 const struct pgs_codec_options *options, struct pgs_reader *reader,
                                 struct pgs_vector *vector, size_t row, struct pgs_error *err)
{
    uint32_t size_bytes = pgs_reader_be32(reader);
    const uint8_t *at;

    if (size_bytes == UINT32_MAX && !reader->short_of)
        return pgs_vector_set_null(vector, row, err);
    at = pgs_reader_take(reader, size_bytes);
    if (PGS_UNLIKELY(!at))
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "value is cut off");
    return decode(type, options, at, size_bytes, vector, row, err);
}

enum pgs_status pgs_encode_field(pgs_encode_fn encode, const struct pgs_type *type,
                                 const struct pgs_codec_options *options,
                                 const struct pgs_vector *vector, size_t row, struct pgs_buf *out,
                                 struct pgs_error *err)
{
    size_t start;
    size_t size_bytes;

    if (!pgs_vector_is_valid(vector, row)) {
        pgs_buf_add_be32(out, UINT32_MAX);
        return PGS_OK;
    }
    pgs_buf_add_be32(out, 0);
    start = out->size_bytes;
    PGS_TRY(encode(type, options, vector, row, out, err));
    if (PGS_UNLIKELY(out->broken))
        return pgs_buf_status(out, err);
    size_bytes = out->size_bytes - start;
    if (PGS_UNLIKELY(size_bytes > PGS_ROW_BYTES_MAX))
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "value of %zu bytes is larger than PostgreSQL can hold", size_bytes);
    pgs_put_be32((uint8_t *)out->at + start - 4, (uint32_t)size_bytes);
    return PGS_OK;
}
