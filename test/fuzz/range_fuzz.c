/* SPDX-License-Identifier: MIT
 *
 * The text of a range or multirange: the first byte chooses the type, the rest
 * is the text. What comes of it must have the shape that range_recv and
 * multirange_recv take, and each bound must be a value of the bound's type.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/test_vector.h"
#include "base/bytes.h"
#include "wire/codec.h"

enum { BYTES_MAX = 1 << 26 };
/* utils/rangetypes.h, 18. */
enum { EMPTY = 0x01, LOWER_INC = 0x02, UPPER_INC = 0x04, LOWER_INF = 0x08, UPPER_INF = 0x10 };

static const uint32_t OIDS[] = {3904, 3906, 3908, 3910, 3912, 3926,
                                4451, 4532, 4533, 4534, 4535, 4536};
enum { OID_COUNT = sizeof(OIDS) / sizeof(OIDS[0]) };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s\n", what);
    abort();
}

/* A bound is read and written again as the same bytes. */
static void check_bound(const struct pgs_type *bound, struct pgs_reader *reader)
{
    uint32_t size = pgs_reader_be32(reader);
    const uint8_t *at = pgs_reader_take(reader, size);
    struct pgs_vector *vector = pgs_test_vector_new(bound, 1);
    struct pgs_buf again;
    struct pgs_error err;

    must(at && vector, "a bound is cut off");
    pgs_buf_init(&again, BYTES_MAX);
    /* What DuckDB cannot hold, the server still may: NaN in a DECIMAL, a far date. */
    if (pgs_decoder_for(bound)(bound, NULL, at, size, vector, 0, &err) == PGS_OK) {
        must(bound->kind == PGS_KIND_NUMERIC ||
                 (pgs_encoder_for(bound)(bound, NULL, vector, 0, &again, &err) == PGS_OK &&
                  again.size_bytes == size && memcmp(again.at, at, size) == 0),
             "a bound is not the same value when it is read");
    } else {
        must(err.code == PGS_ERR_CONVERSION, "a bound is no value of its type");
    }
    pgs_buf_release(&again);
    pgs_test_vector_free(vector);
}

static void check_range(const struct pgs_type *type, struct pgs_reader *reader)
{
    uint8_t flags = pgs_reader_u8(reader);

    must(!(flags & ~(EMPTY | LOWER_INC | UPPER_INC | LOWER_INF | UPPER_INF)), "unknown flags");
    must(!(flags & EMPTY) || flags == EMPTY, "an empty range with bounds");
    must(!(flags & LOWER_INF) || !(flags & LOWER_INC), "no lower bound, but included");
    must(!(flags & UPPER_INF) || !(flags & UPPER_INC), "no upper bound, but included");
    if (!(flags & (EMPTY | LOWER_INF)))
        check_bound(type->element, reader);
    if (!(flags & (EMPTY | UPPER_INF)))
        check_bound(type->element, reader);
}

static void check_multirange(const struct pgs_type *type, struct pgs_reader *reader)
{
    uint32_t count = pgs_reader_be32(reader);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t size = pgs_reader_be32(reader);
        const uint8_t *at = pgs_reader_take(reader, size);
        struct pgs_reader inner = pgs_reader_of(at, at ? size : 0);

        must(at != NULL, "a range is cut off");
        check_range(type, &inner);
        must(!inner.short_of && !inner.left_bytes, "a range has another length");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pgs_type type;
    struct pgs_vector *vector;
    struct pgs_buf bytes;
    struct pgs_error err;

    if (size == 0)
        return 0;
    memset(&type, 0, sizeof(type));
    pgs_type_init_builtin(&type, OIDS[data[0] % OID_COUNT], -1);
    vector = pgs_test_vector_new(&type, 1);
    pgs_buf_init(&bytes, BYTES_MAX);
    if (pgs_vector_set_string(vector, 0, (struct pgs_str){(const char *)data + 1, size - 1},
                              &err) == PGS_OK &&
        pgs_encoder_for(&type)(&type, NULL, vector, 0, &bytes, &err) == PGS_OK) {
        struct pgs_reader reader = pgs_reader_of(bytes.at, bytes.size_bytes);

        (type.kind == PGS_KIND_RANGE ? check_range : check_multirange)(&type, &reader);
        must(!reader.short_of && !reader.left_bytes, "bytes are left or missing");
    }
    pgs_buf_release(&bytes);
    pgs_test_vector_free(vector);
    return 0;
}
