/* SPDX-License-Identifier: MIT */
#include "wire/type.h"

#include "base/arena.h"
#include "base/limits.h"

/* VARHDRSZ: what a numeric typmod is offset by. */
enum { TYPMOD_OFFSET = 4 };
enum { DECIMAL_PRECISION_MAX = 38 };

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
    {25, 1009, PGS_KIND_TEXT, PGS_TARGET_VARCHAR},
    {26, 1028, PGS_KIND_OID, PGS_TARGET_UINTEGER},
    {114, 199, PGS_KIND_JSON, PGS_TARGET_JSON},
    {142, 143, PGS_KIND_TEXT, PGS_TARGET_VARCHAR}, /* xml */
    {700, 1021, PGS_KIND_FLOAT4, PGS_TARGET_FLOAT},
    {701, 1022, PGS_KIND_FLOAT8, PGS_TARGET_DOUBLE},
    {1042, 1014, PGS_KIND_BPCHAR, PGS_TARGET_VARCHAR},
    {1043, 1015, PGS_KIND_TEXT, PGS_TARGET_VARCHAR}, /* varchar */
    {1082, 1182, PGS_KIND_DATE, PGS_TARGET_DATE},
    {1083, 1183, PGS_KIND_TIME, PGS_TARGET_TIME},
    {1114, 1115, PGS_KIND_TIMESTAMP, PGS_TARGET_TIMESTAMP},
    {1184, 1185, PGS_KIND_TIMESTAMPTZ, PGS_TARGET_TIMESTAMPTZ},
    {1186, 1187, PGS_KIND_INTERVAL, PGS_TARGET_INTERVAL},
    {1266, 1270, PGS_KIND_TIMETZ, PGS_TARGET_TIMETZ},
    {1700, 1231, PGS_KIND_NUMERIC, PGS_TARGET_DOUBLE},
    {2950, 2951, PGS_KIND_UUID, PGS_TARGET_UUID},
    {3802, 3807, PGS_KIND_JSONB, PGS_TARGET_JSON},
};

enum { BUILTIN_COUNT = sizeof(BUILTINS) / sizeof(BUILTINS[0]) };

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
