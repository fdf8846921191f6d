/* SPDX-License-Identifier: MIT */
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/test_vector.h"
#include "wire/codec.h"

enum { TEXT_MAX = 1 << 26 };

static const struct pgs_str MOODS[] = {{"sad", 3}, {"ok", 2}, {"happy", 5}};

#define SCALAR(number, its_kind, its_target)                                                       \
    {                                                                                              \
        .oid = (number), .typmod = -1, .kind = (its_kind), .target = (its_target)                  \
    }
#define DECIMAL(digits, fraction)                                                                  \
    {                                                                                              \
        .oid = 1700, .typmod = -1, .kind = PGS_KIND_NUMERIC, .target = PGS_TARGET_DECIMAL,         \
        .precision = (digits), .scale = (fraction)                                                 \
    }
#define ARRAY(number, of, levels)                                                                  \
    {                                                                                              \
        .oid = (number), .typmod = -1, .kind = PGS_KIND_ARRAY, .target = PGS_TARGET_LIST,          \
        .element = &TYPES[of], .dimensions = (levels)                                              \
    }
#define DOUBLES(number, its_kind)                                                                  \
    {                                                                                              \
        .oid = (number), .typmod = -1, .kind = (its_kind), .target = PGS_TARGET_LIST,              \
        .element = &TYPES[FLOAT8], .dimensions = 1                                                 \
    }
#define COMPOSITE(number, its_fields)                                                              \
    {                                                                                              \
        .oid = (number), .typmod = -1, .kind = PGS_KIND_COMPOSITE, .target = PGS_TARGET_STRUCT,    \
        .fields = (its_fields), .field_count = sizeof(its_fields) / sizeof((its_fields)[0])        \
    }

enum { INT4 = 2, FLOAT8 = 6, TEXT = 8, DECIMAL_18 = 14, PAIR_TYPE = 34, TYPE_COUNT = 57 };

static const struct pgs_type TYPES[TYPE_COUNT];

static const struct pgs_field PAIR[2] = {
    {{"a", 1}, &TYPES[INT4], 0},
    {{"b", 1}, &TYPES[TEXT], 0},
};
static const struct pgs_field POINT[2] = {
    {{"x", 1}, &TYPES[FLOAT8], 0},
    {{"y", 1}, &TYPES[FLOAT8], 0},
};
static const struct pgs_field DEEP[3] = {
    {{"p", 1}, &TYPES[PAIR_TYPE], 0},
    {{"l", 1}, &TYPES[PAIR_TYPE + 1], 0},
    {{"n", 1}, &TYPES[DECIMAL_18], 77},
};

static const struct pgs_type TYPES[TYPE_COUNT] = {
    [0] = SCALAR(16, PGS_KIND_BOOL, PGS_TARGET_BOOLEAN),
    [1] = SCALAR(21, PGS_KIND_INT2, PGS_TARGET_SMALLINT),
    [INT4] = SCALAR(23, PGS_KIND_INT4, PGS_TARGET_INTEGER),
    [3] = SCALAR(20, PGS_KIND_INT8, PGS_TARGET_BIGINT),
    [4] = SCALAR(26, PGS_KIND_OID, PGS_TARGET_UINTEGER),
    [5] = SCALAR(700, PGS_KIND_FLOAT4, PGS_TARGET_FLOAT),
    [FLOAT8] = SCALAR(701, PGS_KIND_FLOAT8, PGS_TARGET_DOUBLE),
    [7] = SCALAR(18, PGS_KIND_CHAR, PGS_TARGET_VARCHAR),
    [TEXT] = SCALAR(25, PGS_KIND_TEXT, PGS_TARGET_VARCHAR),
    [9] = SCALAR(1042, PGS_KIND_BPCHAR, PGS_TARGET_VARCHAR),
    [10] = SCALAR(17, PGS_KIND_BYTEA, PGS_TARGET_BLOB),
    [11] = SCALAR(1700, PGS_KIND_NUMERIC, PGS_TARGET_DOUBLE),
    [12] = SCALAR(1700, PGS_KIND_NUMERIC, PGS_TARGET_VARCHAR),
    [13] = DECIMAL(4, 2),
    [DECIMAL_18] = DECIMAL(18, 5),
    [15] = DECIMAL(38, 0),
    [16] = DECIMAL(38, 38),
    [17] = DECIMAL(15, 2),
    [18] = DECIMAL(9, 9),
    [19] = SCALAR(2950, PGS_KIND_UUID, PGS_TARGET_UUID),
    [20] = SCALAR(1082, PGS_KIND_DATE, PGS_TARGET_DATE),
    [21] = SCALAR(1083, PGS_KIND_TIME, PGS_TARGET_TIME),
    [22] = SCALAR(1266, PGS_KIND_TIMETZ, PGS_TARGET_TIMETZ),
    [23] = SCALAR(1114, PGS_KIND_TIMESTAMP, PGS_TARGET_TIMESTAMP),
    [24] = SCALAR(1186, PGS_KIND_INTERVAL, PGS_TARGET_INTERVAL),
    [25] = SCALAR(114, PGS_KIND_JSON, PGS_TARGET_JSON),
    [26] = SCALAR(3802, PGS_KIND_JSONB, PGS_TARGET_JSON),
    [27] = {.oid = 99,
            .typmod = -1,
            .kind = PGS_KIND_ENUM,
            .target = PGS_TARGET_ENUM,
            .labels = MOODS,
            .label_count = 3},
    [28] = ARRAY(1007, INT4, 1),
    [29] = ARRAY(1007, INT4, 2),
    [30] = ARRAY(1007, INT4, 6),
    [31] = ARRAY(1009, TEXT, 1),
    [32] = ARRAY(1009, TEXT, 3),
    [33] = ARRAY(1231, DECIMAL_18, 1),
    [PAIR_TYPE] = COMPOSITE(50, PAIR),
    [PAIR_TYPE + 1] = ARRAY(51, PAIR_TYPE, 1),
    [36] = COMPOSITE(52, DEEP),
    [37] = ARRAY(53, 36, 1),
    [38] = ARRAY(53, 36, 2),
    [39] = ARRAY(1003, 0, 1),
    [40] = SCALAR(1560, PGS_KIND_BIT, PGS_TARGET_VARCHAR),
    [41] = SCALAR(869, PGS_KIND_INET, PGS_TARGET_VARCHAR),
    [42] = SCALAR(829, PGS_KIND_MACADDR, PGS_TARGET_VARCHAR),
    [43] = SCALAR(774, PGS_KIND_MACADDR8, PGS_TARGET_VARCHAR),
    [44] = SCALAR(27, PGS_KIND_TID, PGS_TARGET_VARCHAR),
    [45] = SCALAR(28, PGS_KIND_XID, PGS_TARGET_VARCHAR),
    [46] = SCALAR(5069, PGS_KIND_XID8, PGS_TARGET_VARCHAR),
    [47] = SCALAR(3220, PGS_KIND_LSN, PGS_TARGET_VARCHAR),
    [48] = SCALAR(4072, PGS_KIND_VERSIONED_TEXT, PGS_TARGET_VARCHAR),
    [49] = {.oid = 600,
            .typmod = -1,
            .kind = PGS_KIND_POINT,
            .target = PGS_TARGET_STRUCT,
            .fields = POINT,
            .field_count = 2},
    [50] = DOUBLES(628, PGS_KIND_DOUBLES),
    [51] = DOUBLES(601, PGS_KIND_DOUBLES),
    [52] = DOUBLES(602, PGS_KIND_PATH),
    [53] = DOUBLES(604, PGS_KIND_POLYGON),
    [54] = ARRAY(1017, 49, 1),
    [55] = ARRAY(1027, 53, 2),
    [56] = SCALAR(70000, PGS_KIND_GEOMETRY, PGS_TARGET_GEOMETRY),
};

const struct pgs_type *pgs_fuzz_type(unsigned choice)
{
    return &TYPES[choice % TYPE_COUNT];
}

struct value {
    struct pgs_vector *vector;
    struct pgs_buf text;
    struct pgs_buf bytes;
};

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    (void)fprintf(stderr, "not so: %s\n", what);
    abort();
}

/* Decodes, prints and encodes again. */
static bool read_value(const struct pgs_type *type, const uint8_t *at, size_t size_bytes,
                       struct value *value)
{
    struct pgs_error err;

    value->vector = pgs_test_vector_new(type, 1);
    pgs_buf_init(&value->text, TEXT_MAX);
    pgs_buf_init(&value->bytes, TEXT_MAX);
    if (pgs_decoder_for(type)(type, NULL, at, (uint32_t)size_bytes, value->vector, 0, &err) !=
        PGS_OK)
        return false;
    pgs_test_vector_print(type, value->vector, 0, &value->text);
    return true;
}

static void release_value(struct value *value)
{
    pgs_test_vector_free(value->vector);
    pgs_buf_release(&value->text);
    pgs_buf_release(&value->bytes);
}

static bool write_value(const struct pgs_type *type, struct value *value)
{
    static const struct pgs_codec_options OPTIONS = {.null_byte_replacement = {"0", 1}};
    struct pgs_error err;

    return pgs_encoder_for(type)(type, &OPTIONS, value->vector, 0, &value->bytes, &err) == PGS_OK;
}

static bool same(const struct pgs_buf *a, const struct pgs_buf *b)
{
    return a->size_bytes == b->size_bytes && memcmp(a->at, b->at, a->size_bytes) == 0;
}

void pgs_fuzz_value(const struct pgs_type *type, const uint8_t *at, size_t size_bytes)
{
    struct value first;
    struct value second;
    struct value third;

    if (read_value(type, at, size_bytes, &first) && write_value(type, &first)) {
        const uint8_t *bytes = (const uint8_t *)first.bytes.at;

        require(read_value(type, bytes, first.bytes.size_bytes, &second), "our bytes are read");
        require(write_value(type, &second), "what we read is written");
        require(same(&first.bytes, &second.bytes), "the bytes stay the same");
        /* Zero bytes, and with them equality of the text, are lost the first time. */
        if (!memchr(first.text.at, 0, first.text.size_bytes))
            require(same(&first.text, &second.text), "the value stays the same");
        require(read_value(type, (const uint8_t *)second.bytes.at, second.bytes.size_bytes, &third),
                "they are read again");
        require(same(&second.text, &third.text), "the value is stable");
        release_value(&second);
        release_value(&third);
    }
    release_value(&first);
}
