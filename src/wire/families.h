/* SPDX-License-Identifier: MIT
 *
 * The decoders, encoders and printers of each type family, for codec.c's tables and for
 * the families that contain others (array, composite). Everybody else uses
 * wire/codec.h, whose contract they all keep.
 */
#ifndef PGS_WIRE_FAMILIES_H
#define PGS_WIRE_FAMILIES_H

#include "base/bytes.h"
#include "wire/codec.h"

PGS_EXTERN_C_BEGIN

#define PGS_DECODER(name)                                                                          \
    enum pgs_status name(const struct pgs_type *type, const struct pgs_codec_options *options,     \
                         const uint8_t *at, uint32_t size_bytes, struct pgs_vector *vector,        \
                         size_t row, struct pgs_error *err)
#define PGS_ENCODER(name)                                                                          \
    enum pgs_status name(const struct pgs_type *type, const struct pgs_codec_options *options,     \
                         const struct pgs_vector *vector, size_t row, struct pgs_buf *out,         \
                         struct pgs_error *err)

PGS_DECODER(pgs_bool_decode);
PGS_ENCODER(pgs_bool_encode);
PGS_ENCODER(pgs_bool_print);
PGS_DECODER(pgs_int2_decode);
PGS_ENCODER(pgs_int2_encode);
PGS_ENCODER(pgs_int2_print);
PGS_DECODER(pgs_int4_decode);
PGS_ENCODER(pgs_int4_encode);
PGS_ENCODER(pgs_int4_print);
PGS_ENCODER(pgs_oid_print);
PGS_DECODER(pgs_int8_decode);
PGS_ENCODER(pgs_int8_encode);
PGS_ENCODER(pgs_int8_print);
PGS_DECODER(pgs_float4_decode);
PGS_ENCODER(pgs_float4_encode);
PGS_ENCODER(pgs_float4_print);
PGS_DECODER(pgs_float8_decode);
PGS_ENCODER(pgs_float8_encode);
PGS_ENCODER(pgs_float8_print);
PGS_DECODER(pgs_numeric_decode_decimal);
PGS_ENCODER(pgs_numeric_encode_decimal);
PGS_ENCODER(pgs_numeric_print_decimal);
PGS_DECODER(pgs_numeric_decode_double);
PGS_ENCODER(pgs_numeric_encode_double);
PGS_DECODER(pgs_numeric_decode_text);
PGS_ENCODER(pgs_numeric_encode_text);
PGS_DECODER(pgs_text_decode);
PGS_ENCODER(pgs_text_encode);
PGS_DECODER(pgs_bpchar_decode);
PGS_DECODER(pgs_char_decode);
PGS_ENCODER(pgs_char_encode);
PGS_ENCODER(pgs_char_print);
PGS_DECODER(pgs_bytea_decode);
PGS_ENCODER(pgs_bytea_encode);
PGS_ENCODER(pgs_bytea_print);
PGS_DECODER(pgs_uuid_decode);
PGS_ENCODER(pgs_uuid_encode);
PGS_ENCODER(pgs_uuid_print);
PGS_DECODER(pgs_date_decode);
PGS_ENCODER(pgs_date_encode);
PGS_ENCODER(pgs_date_print);
PGS_DECODER(pgs_time_decode);
PGS_ENCODER(pgs_time_encode);
PGS_ENCODER(pgs_time_print);
PGS_DECODER(pgs_timetz_decode);
PGS_ENCODER(pgs_timetz_encode);
PGS_ENCODER(pgs_timetz_print);
PGS_DECODER(pgs_timestamp_decode);
PGS_ENCODER(pgs_timestamp_encode);
PGS_ENCODER(pgs_timestamp_print);
PGS_DECODER(pgs_interval_decode);
PGS_ENCODER(pgs_interval_encode);
PGS_ENCODER(pgs_interval_print);
PGS_DECODER(pgs_versioned_decode);
PGS_ENCODER(pgs_versioned_encode);
PGS_DECODER(pgs_enum_decode);
PGS_ENCODER(pgs_enum_encode);
PGS_DECODER(pgs_array_decode);
PGS_ENCODER(pgs_array_encode);
PGS_ENCODER(pgs_array_print);
PGS_DECODER(pgs_composite_decode);
PGS_ENCODER(pgs_composite_encode);
PGS_ENCODER(pgs_composite_print);
PGS_DECODER(pgs_bit_decode);
PGS_ENCODER(pgs_bit_encode);
PGS_DECODER(pgs_inet_decode);
PGS_ENCODER(pgs_inet_encode);
PGS_DECODER(pgs_macaddr_decode);
PGS_ENCODER(pgs_macaddr_encode);
PGS_DECODER(pgs_macaddr8_decode);
PGS_ENCODER(pgs_macaddr8_encode);
PGS_DECODER(pgs_tid_decode);
PGS_ENCODER(pgs_tid_encode);
PGS_DECODER(pgs_xid_decode);
PGS_ENCODER(pgs_xid_encode);
PGS_DECODER(pgs_xid8_decode);
PGS_ENCODER(pgs_xid8_encode);
PGS_DECODER(pgs_lsn_decode);
PGS_ENCODER(pgs_lsn_encode);
PGS_DECODER(pgs_point_decode);
PGS_ENCODER(pgs_point_encode);
PGS_ENCODER(pgs_point_print);
PGS_DECODER(pgs_doubles_decode);
PGS_ENCODER(pgs_doubles_encode);
PGS_ENCODER(pgs_doubles_print);
PGS_DECODER(pgs_path_decode);
PGS_ENCODER(pgs_path_encode);
PGS_ENCODER(pgs_path_print);
PGS_DECODER(pgs_polygon_decode);
PGS_ENCODER(pgs_polygon_encode);
PGS_ENCODER(pgs_polygon_print);
PGS_ENCODER(pgs_xml_encode);
PGS_DECODER(pgs_geometry_decode);
PGS_ENCODER(pgs_geometry_encode);
PGS_ENCODER(pgs_geometry_print);
PGS_ENCODER(pgs_range_encode);
PGS_ENCODER(pgs_multirange_encode);
PGS_ENCODER(pgs_tsvector_encode);
PGS_ENCODER(pgs_hstore_encode);

/* The value must have exactly `wanted` bytes; `what` names the type. */
static inline enum pgs_status pgs_size_check(uint32_t size_bytes, uint32_t wanted, const char *what,
                                             struct pgs_error *err)
{
    if (PGS_LIKELY(size_bytes == wanted))
        return PGS_OK;
    return pgs_error_set(err, PGS_ERR_PROTOCOL, "value of type %s has %u bytes, expected %u", what,
                         size_bytes, wanted);
}

/* Appends length and bytes of the value at `row`, or -1 for NULL: how a value
 * travels inside a row, an array or a composite. */
enum pgs_status pgs_encode_field(pgs_encode_fn encode, const struct pgs_type *type,
                                 const struct pgs_codec_options *options,
                                 const struct pgs_vector *vector, size_t row, struct pgs_buf *out,
                                 struct pgs_error *err) PGS_MUST_CHECK;

/* Reads length and value, or marks NULL for -1: the opposite. `reader` stands
 * at the length. Errors: PGS_ERR_PROTOCOL when the value leaves the reader. */
enum pgs_status pgs_decode_field(pgs_decode_fn decode, const struct pgs_type *type,
                                 const struct pgs_codec_options *options, struct pgs_reader *reader,
                                 struct pgs_vector *vector, size_t row,
                                 struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
