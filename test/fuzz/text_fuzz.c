/* SPDX-License-Identifier: MIT
 *
 * The encoders that read a type's text: the first byte chooses the type, the
 * rest is the text. What they make of it must be read back, if its type is read
 * in binary, and then be written as the same bytes. Not so xml: here its text
 * need not be UTF-8, and of two declared encodings only one is left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/test_vector.h"
#include "wire/codec.h"

enum { BYTES_MAX = 1 << 26 };

static const uint32_t OIDS[] = {1560, 869,  650,  829,  774,  27,   28,   5069, 3220, 3904, 3926,
                                3906, 3912, 3908, 3910, 4451, 4532, 4533, 4534, 3614, 142};
enum { OID_COUNT = sizeof(OIDS) / sizeof(OIDS[0]) };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void init_type(struct pgs_type *type, unsigned choice)
{
    memset(type, 0, sizeof(*type));
    pgs_type_init_builtin(type, OIDS[choice % OID_COUNT], -1);
    if (choice == UINT8_MAX)
        type->kind = PGS_KIND_HSTORE;
}

static void check_back(const struct pgs_type *type, const struct pgs_buf *bytes)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    struct pgs_error err;
    struct pgs_buf again;

    pgs_buf_init(&again, BYTES_MAX);
    if (pgs_decoder_for(type)(type, NULL, (const uint8_t *)bytes->at, (uint32_t)bytes->size_bytes,
                              vector, 0, &err) != PGS_OK ||
        pgs_encoder_for(type)(type, NULL, vector, 0, &again, &err) != PGS_OK ||
        again.size_bytes != bytes->size_bytes ||
        memcmp(again.at, bytes->at, bytes->size_bytes) != 0) {
        (void)fprintf(stderr, "not the same value: %s\n", err.message);
        abort();
    }
    pgs_buf_release(&again);
    pgs_test_vector_free(vector);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pgs_type type;
    struct pgs_vector *vector;
    struct pgs_buf bytes;
    struct pgs_error err;

    if (size == 0)
        return 0;
    init_type(&type, data[0]);
    vector = pgs_test_vector_new(&type, 1);
    pgs_buf_init(&bytes, BYTES_MAX);
    if (pgs_vector_set_string(vector, 0, (struct pgs_str){(const char *)data + 1, size - 1},
                              &err) == PGS_OK &&
        pgs_encoder_for(&type)(&type, NULL, vector, 0, &bytes, &err) == PGS_OK &&
        pgs_type_cast(&type) == PGS_CAST_NONE && type.kind != PGS_KIND_XML)
        check_back(&type, &bytes);
    pgs_buf_release(&bytes);
    pgs_test_vector_free(vector);
    return 0;
}
