/* SPDX-License-Identifier: MIT */
#include "wire/codec.h"

#include <string.h>

#include "check.h"
#include "golden.h"
#include "test_vector.h"
#include "wire/families.h"

/* Every kind decodes; all but what is cast to text can be written. */
static void check_tables(void)
{
    struct pgs_type type = pgs_golden_type(23, -1);

    CHECK(pgs_type_set_bound(&type, 23));
    for (int kind = 0; kind < PGS_KIND_COUNT; kind++) {
        type.kind = (enum pgs_kind)kind;
        CHECK(pgs_decoder_for(&type) != NULL);
        if (kind == PGS_KIND_TEXT_CAST)
            CHECK(pgs_encoder_for(&type) == NULL);
        else if (kind != PGS_KIND_ARRAY)
            CHECK(pgs_encoder_for(&type) != NULL);
    }
    type.kind = PGS_KIND_NUMERIC;
    type.target = PGS_TARGET_DOUBLE;
    CHECK(pgs_decoder_for(&type) == pgs_numeric_decode_double);
    type.target = PGS_TARGET_VARCHAR;
    CHECK(pgs_decoder_for(&type) == pgs_numeric_decode_text);
    type.target = PGS_TARGET_DECIMAL;
    CHECK(pgs_decoder_for(&type) == pgs_numeric_decode_decimal);
    CHECK(pgs_encoder_for(&type) == pgs_numeric_encode_decimal);
}

static enum pgs_status decode_field(const void *at, size_t size, struct pgs_vector *vector,
                                    struct pgs_reader *reader)
{
    struct pgs_type type = pgs_golden_type(23, -1);

    *reader = pgs_reader_of(at, size);
    return pgs_decode_field(pgs_int4_decode, &type, NULL, reader, vector, 0, NULL);
}

static void check_fields(void)
{
    static const uint8_t FIELD[] = {0, 0, 0, 4, 0, 0, 1, 2, 9};
    static const uint8_t NULL_FIELD[] = {0xFF, 0xFF, 0xFF, 0xFF};
    static const uint8_t NEGATIVE[] = {0xFF, 0xFF, 0xFF, 0xFE};
    struct pgs_type type = pgs_golden_type(23, -1);
    struct pgs_vector *vector = pgs_test_vector_new(&type, 1);
    struct pgs_reader reader;
    struct pgs_buf out;

    pgs_buf_init(&out, 100);
    CHECK_INT(decode_field(FIELD, 9, vector, &reader), PGS_OK);
    CHECK_INT(reader.left_bytes, 1);
    CHECK_INT(((int32_t *)vector->data)[0], 258);
    CHECK_INT(pgs_encode_field(pgs_int4_encode, &type, NULL, vector, 0, &out, NULL), PGS_OK);
    CHECK_BYTES(out.at, out.size_bytes, FIELD, 8);
    for (size_t size = 0; size < 8; size++)
        CHECK_INT(decode_field(FIELD, size, vector, &reader), PGS_ERR_PROTOCOL);
    CHECK_INT(decode_field(NEGATIVE, 4, vector, &reader), PGS_ERR_PROTOCOL);
    CHECK_INT(decode_field(NULL_FIELD, 4, vector, &reader), PGS_OK);
    CHECK(!pgs_vector_is_valid(vector, 0));
    pgs_buf_reset(&out);
    CHECK_INT(pgs_encode_field(pgs_int4_encode, &type, NULL, vector, 0, &out, NULL), PGS_OK);
    CHECK_BYTES(out.at, out.size_bytes, NULL_FIELD, 4);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

int main(void)
{
    check_tables();
    check_fields();
    return pgs_check_report();
}
