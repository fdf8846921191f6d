/* SPDX-License-Identifier: MIT */
#include "wire/type.h"

#include "base/arena.h"
#include "base/limits.h"

/* VARHDRSZ: what a numeric typmod is offset by. */
enum { TYPMOD_OFFSET = 4 };
enum { DECIMAL_PRECISION_MAX = 38 };
/* The only built-in type whose typdelim is no comma. */
enum { BOX_OID = 603 };

struct builtin {
    uint32_t oid;
    uint32_t array_oid;
    enum pgs_kind kind;
    enum pgs_target target;
};

/* Ordered by oid. */
static const struct builtin BUILTINS[] = {
    {16, 1000, PGS_KIND_BOOL, PGS_TARGET_BOOLEAN},
    {17, 1001, PGS_KIND_BYTEA, PGS_TARGET_BLOB},
    {18, 1002, PGS_KIND_CHAR, PGS_TARGET_VARCHAR},
    {19, 1003, PGS_KIND_TEXT, PGS_TARGET_VARCHAR}, /* name */
    {20, 1016, PGS_KIND_INT8, PGS_TARGET_BIGINT},
    {21, 1005, PGS_KIND_INT2, PGS_TARGET_SMALLINT},
    {23, 1007, PGS_KIND_INT4, PGS_TARGET_INTEGER},
    {24, 1008, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* regproc */
    {25, 1009, PGS_KIND_TEXT, PGS_TARGET_VARCHAR},
    {26, 1028, PGS_KIND_OID, PGS_TARGET_UINTEGER},
    {27, 1010, PGS_KIND_TID, PGS_TARGET_VARCHAR},
    {28, 1011, PGS_KIND_XID, PGS_TARGET_VARCHAR},
    {29, 1012, PGS_KIND_XID, PGS_TARGET_VARCHAR}, /* cid */
    {114, 199, PGS_KIND_JSON, PGS_TARGET_JSON},
    {142, 143, PGS_KIND_XML, PGS_TARGET_VARCHAR},
    {600, 1017, PGS_KIND_POINT, PGS_TARGET_STRUCT},
    {601, 1018, PGS_KIND_DOUBLES, PGS_TARGET_LIST}, /* lseg */
    {602, 1019, PGS_KIND_PATH, PGS_TARGET_LIST},
    {603, 1020, PGS_KIND_DOUBLES, PGS_TARGET_LIST}, /* box */
    {604, 1027, PGS_KIND_POLYGON, PGS_TARGET_LIST},
    {628, 629, PGS_KIND_DOUBLES, PGS_TARGET_LIST}, /* line */
    {650, 651, PGS_KIND_INET, PGS_TARGET_VARCHAR}, /* cidr */
    {700, 1021, PGS_KIND_FLOAT4, PGS_TARGET_FLOAT},
    {701, 1022, PGS_KIND_FLOAT8, PGS_TARGET_DOUBLE},
    {718, 719, PGS_KIND_DOUBLES, PGS_TARGET_LIST}, /* circle */
    {774, 775, PGS_KIND_MACADDR8, PGS_TARGET_VARCHAR},
    {790, 791, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* money: its text is the locale's */
    {829, 1040, PGS_KIND_MACADDR, PGS_TARGET_VARCHAR},
    {869, 1041, PGS_KIND_INET, PGS_TARGET_VARCHAR},
    {1042, 1014, PGS_KIND_BPCHAR, PGS_TARGET_VARCHAR},
    {1043, 1015, PGS_KIND_TEXT, PGS_TARGET_VARCHAR}, /* varchar */
    {1082, 1182, PGS_KIND_DATE, PGS_TARGET_DATE},
    {1083, 1183, PGS_KIND_TIME, PGS_TARGET_TIME},
    {1114, 1115, PGS_KIND_TIMESTAMP, PGS_TARGET_TIMESTAMP},
    {1184, 1185, PGS_KIND_TIMESTAMPTZ, PGS_TARGET_TIMESTAMPTZ},
    {1186, 1187, PGS_KIND_INTERVAL, PGS_TARGET_INTERVAL},
    {1266, 1270, PGS_KIND_TIMETZ, PGS_TARGET_TIMETZ},
    {1560, 1561, PGS_KIND_BIT, PGS_TARGET_VARCHAR},
    {1562, 1563, PGS_KIND_BIT, PGS_TARGET_VARCHAR}, /* varbit */
    {1700, 1231, PGS_KIND_NUMERIC, PGS_TARGET_DOUBLE},
    {1790, 2201, PGS_KIND_TEXT, PGS_TARGET_VARCHAR},      /* refcursor */
    {2202, 2207, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* regprocedure */
    {2203, 2208, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* regoper */
    {2204, 2209, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* regoperator */
    {2205, 2210, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* regclass */
    {2206, 2211, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* regtype */
    {2950, 2951, PGS_KIND_UUID, PGS_TARGET_UUID},
    {3220, 3221, PGS_KIND_LSN, PGS_TARGET_VARCHAR},
    {3614, 3643, PGS_KIND_TSVECTOR, PGS_TARGET_VARCHAR},
    {3615, 3645, PGS_KIND_TEXT_CAST, PGS_TARGET_VARCHAR}, /* tsquery */
    {3802, 3807, PGS_KIND_JSONB, PGS_TARGET_JSON},
    {3904, 3905, PGS_KIND_RANGE, PGS_TARGET_VARCHAR},          /* int4range */
    {3906, 3907, PGS_KIND_RANGE, PGS_TARGET_VARCHAR},          /* numrange */
    {3908, 3909, PGS_KIND_RANGE, PGS_TARGET_VARCHAR},          /* tsrange */
    {3910, 3911, PGS_KIND_RANGE, PGS_TARGET_VARCHAR},          /* tstzrange */
    {3912, 3913, PGS_KIND_RANGE, PGS_TARGET_VARCHAR},          /* daterange */
    {3926, 3927, PGS_KIND_RANGE, PGS_TARGET_VARCHAR},          /* int8range */
    {4072, 4073, PGS_KIND_VERSIONED_TEXT, PGS_TARGET_VARCHAR}, /* jsonpath */
    {4451, 6150, PGS_KIND_MULTIRANGE, PGS_TARGET_VARCHAR},     /* int4multirange */
    {4532, 6151, PGS_KIND_MULTIRANGE, PGS_TARGET_VARCHAR},     /* nummultirange */
    {4533, 6152, PGS_KIND_MULTIRANGE, PGS_TARGET_VARCHAR},     /* tsmultirange */
    {4534, 6153, PGS_KIND_MULTIRANGE, PGS_TARGET_VARCHAR},     /* tstzmultirange */
    {4535, 6155, PGS_KIND_MULTIRANGE, PGS_TARGET_VARCHAR},     /* datemultirange */
    {4536, 6157, PGS_KIND_MULTIRANGE, PGS_TARGET_VARCHAR},     /* int8multirange */
    {5069, 271, PGS_KIND_XID8, PGS_TARGET_VARCHAR},
};

enum { BUILTIN_COUNT = sizeof(BUILTINS) / sizeof(BUILTINS[0]) };

#define BOUND(number, its_kind, its_target)                                                        \
    {                                                                                              \
        .oid = (number), .typmod = -1, .kind = (its_kind), .target = (its_target)                  \
    }

/* The types of bounds that a codec reads from their text. */
static const struct pgs_type BOUNDS[] = {
    BOUND(20, PGS_KIND_INT8, PGS_TARGET_BIGINT),
    BOUND(23, PGS_KIND_INT4, PGS_TARGET_INTEGER),
    BOUND(1082, PGS_KIND_DATE, PGS_TARGET_DATE),
    BOUND(1114, PGS_KIND_TIMESTAMP, PGS_TARGET_TIMESTAMP),
    BOUND(1184, PGS_KIND_TIMESTAMPTZ, PGS_TARGET_TIMESTAMPTZ),
    BOUND(1700, PGS_KIND_NUMERIC, PGS_TARGET_VARCHAR),
};

static const struct {
    uint32_t range_oid;
    uint32_t multirange_oid;
    uint32_t bound_oid;
} RANGES[] = {
    {3904, 4451, 23},   {3906, 4532, 1700}, {3908, 4533, 1114},
    {3910, 4534, 1184}, {3912, 4535, 1082}, {3926, 4536, 20},
};

static const struct pgs_type DOUBLE = {
    .oid = 701, .typmod = -1, .kind = PGS_KIND_FLOAT8, .target = PGS_TARGET_DOUBLE};
static const struct pgs_field POINT_FIELDS[2] = {{{"x", 1}, &DOUBLE, 0}, {{"y", 1}, &DOUBLE, 0}};

static const struct builtin *builtin_of(uint32_t oid)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        if (BUILTINS[i].oid == oid)
            return &BUILTINS[i];
    }
    return NULL;
}

/* numeric_typmod_precision and numeric_typmod_scale, utils/adt/numeric.c, 18:
 * the scale is an 11-bit signed number since 15; before, it was 0..1000. */
static void init_numeric(struct pgs_type *type, int32_t typmod)
{
    uint32_t bits = (uint32_t)typmod - TYPMOD_OFFSET;
    int32_t precision = (int32_t)(bits >> 16 & 0xFFFF);
    int32_t scale = (int32_t)((bits & 0x7FF) ^ 0x400) - 0x400;

    type->target = PGS_TARGET_DOUBLE;
    if (typmod < TYPMOD_OFFSET || precision < 1)
        return;
    /* numeric(3,-2) holds 5 digits before the point; numeric(2,5) five after. */
    if (scale < 0) {
        precision -= scale;
        scale = 0;
    }
    if (scale > precision)
        precision = scale;
    if (precision > DECIMAL_PRECISION_MAX)
        return;
    type->target = PGS_TARGET_DECIMAL;
    type->precision = (uint8_t)precision;
    type->scale = (uint8_t)scale;
}

bool pgs_type_set_bound(struct pgs_type *type, uint32_t bound_oid)
{
    type->element = NULL;
    for (size_t i = 0; i < sizeof(BOUNDS) / sizeof(BOUNDS[0]); i++) {
        if (BOUNDS[i].oid == bound_oid)
            type->element = &BOUNDS[i];
    }
    return type->element != NULL;
}

static void init_range(struct pgs_type *type, uint32_t oid)
{
    for (size_t i = 0; i < sizeof(RANGES) / sizeof(RANGES[0]); i++) {
        if (RANGES[i].range_oid == oid || RANGES[i].multirange_oid == oid)
            (void)pgs_type_set_bound(type, RANGES[i].bound_oid);
    }
}

/* What the kind and target alone do not tell. */
static void init_parts(struct pgs_type *type, uint32_t oid)
{
    type->delimiter = oid == BOX_OID ? ';' : ',';
    if (type->kind == PGS_KIND_RANGE || type->kind == PGS_KIND_MULTIRANGE)
        init_range(type, oid);
    if (type->target == PGS_TARGET_LIST) {
        type->element = &DOUBLE;
        type->dimensions = 1;
    }
    if (type->target == PGS_TARGET_STRUCT) {
        type->fields = POINT_FIELDS;
        type->field_count = 2;
    }
}

void pgs_type_init_builtin(struct pgs_type *type, uint32_t oid, int32_t typmod)
{
    const struct builtin *builtin = builtin_of(oid);

    type->oid = oid;
    type->typmod = typmod;
    type->kind = builtin ? builtin->kind : PGS_KIND_TEXT_CAST;
    type->target = builtin ? builtin->target : PGS_TARGET_VARCHAR;
    type->precision = 0;
    type->scale = 0;
    if (type->kind == PGS_KIND_NUMERIC)
        init_numeric(type, typmod);
    init_parts(type, oid);
}

static bool is_read_as_text(enum pgs_kind kind)
{
    return kind == PGS_KIND_TEXT_CAST || kind == PGS_KIND_RANGE || kind == PGS_KIND_MULTIRANGE ||
           kind == PGS_KIND_TSVECTOR || kind == PGS_KIND_HSTORE;
}

enum pgs_cast pgs_type_cast(const struct pgs_type *type)
{
    if (is_read_as_text(type->kind))
        return PGS_CAST_TEXT;
    if (type->kind == PGS_KIND_ARRAY && is_read_as_text(type->element->kind))
        return PGS_CAST_TEXT_ARRAY;
    return PGS_CAST_NONE;
}

uint32_t pgs_type_array_element_oid(uint32_t array_oid)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        if (BUILTINS[i].array_oid == array_oid)
            return BUILTINS[i].oid;
    }
    return 0;
}

uint32_t pgs_type_array_oid(uint32_t element_oid)
{
    const struct builtin *builtin = builtin_of(element_oid);

    return builtin ? builtin->array_oid : 0;
}

static bool is_binary(const struct pgs_type *type, unsigned depth)
{
    if (!type || depth > PGS_TYPE_DEPTH_MAX || type->kind == PGS_KIND_TEXT_CAST ||
        type->kind >= PGS_KIND_COUNT)
        return false;
    if (type->kind == PGS_KIND_ARRAY)
        return type->dimensions >= 1 && type->dimensions <= PGS_ARRAY_DIMENSIONS_MAX &&
               is_binary(type->element, depth + 1);
    if (type->kind == PGS_KIND_RANGE || type->kind == PGS_KIND_MULTIRANGE)
        return type->element != NULL;
    if (type->kind != PGS_KIND_COMPOSITE)
        return true;
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!is_binary(type->fields[i].type, depth + 1))
            return false;
    }
    return true;
}

bool pgs_type_is_binary(const struct pgs_type *type)
{
    return is_binary(type, 0);
}

/* FNV-1a, 32 bits. */
static uint32_t label_hash(struct pgs_str label)
{
    uint32_t hash = UINT32_C(2166136261);

    for (size_t i = 0; i < label.size_bytes; i++)
        hash = (hash ^ (uint8_t)label.at[i]) * UINT32_C(16777619);
    return hash ^ hash >> 15;
}

enum pgs_status pgs_type_index_labels(struct pgs_type *type, struct pgs_arena *arena,
                                      struct pgs_error *err)
{
    uint32_t count = 4;
    uint32_t *slots;

    if (type->label_count > UINT32_MAX / 4)
        return pgs_error_oom(err);
    while (count < type->label_count * 2)
        count *= 2;
    slots = pgs_arena_array(arena, count, sizeof(*slots));
    if (!slots)
        return pgs_error_oom(err);
    for (uint32_t i = 0; i < type->label_count; i++) {
        uint32_t slot = label_hash(type->labels[i]) & (count - 1);

        while (slots[slot])
            slot = (slot + 1) & (count - 1);
        slots[slot] = i + 1;
    }
    type->label_slots = slots;
    type->label_slot_count = count;
    return PGS_OK;
}

uint32_t pgs_type_label_index(const struct pgs_type *type, struct pgs_str label)
{
    uint32_t slot;

    if (!type->label_slots) {
        uint32_t index = 0;

        while (index < type->label_count && !pgs_str_equal(type->labels[index], label))
            index++;
        return index;
    }
    slot = label_hash(label) & (type->label_slot_count - 1);
    while (type->label_slots[slot]) {
        uint32_t index = type->label_slots[slot] - 1;

        if (pgs_str_equal(type->labels[index], label))
            return index;
        slot = (slot + 1) & (type->label_slot_count - 1);
    }
    return type->label_count;
}
