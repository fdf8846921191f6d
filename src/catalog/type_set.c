/* SPDX-License-Identifier: MIT
 *
 * From facts about types to struct pgs_type. Each (oid, typmod, dimensions) is
 * built once per set, so that the columns of a listing share their types.
 *
 * What the server says is not trusted: types that contain themselves, nest too
 * deeply or fan out too widely become PGS_KIND_TEXT_CAST, as does everything
 * that has a part without a binary form of ours.
 * Source: getBaseTypeAndTypmod, lsyscache.c; array_send, arrayfuncs.c and
 * record_send, rowtypes.c (which oids travel with nested values), 18.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "catalog/internal.h"

/* The tree that a type stands for. */
struct shape {
    uint32_t nodes;
    uint32_t height;
};

struct pgs_type_memo {
    uint32_t oid;
    int32_t typmod;
    int32_t ndims;
    bool used;
    struct shape shape;
    struct pgs_type *type;
};

/* How deep building may recurse: what is allowed, and a margin for types that
 * turn out too high only when their parts are known. */
enum { DEPTH_MAX = 8 * PGS_TYPE_DEPTH_MAX };

struct build {
    struct pgs_type_set *set;
    unsigned depth;
    bool out_of_memory;
};

void pgs_type_set_init(struct pgs_type_set *set, struct pgs_arena *arena,
                       const struct pgs_type_choice *choice)
{
    *set = (struct pgs_type_set){
        .arena = arena,
        .choice = *choice,
    };
}

void pgs_type_set_release(struct pgs_type_set *set)
{
    pgs_free(set->memos);
    set->memos = NULL;
    set->memo_count = 0;
    set->memo_slots = 0;
}

static int compare_facts(const void *a, const void *b)
{
    uint32_t left = ((const struct pgs_type_fact *)a)->oid;
    uint32_t right = ((const struct pgs_type_fact *)b)->oid;
    return (left > right) - (left < right);
}

static const struct pgs_type_fact *fact_of(const struct pgs_type_set *set, uint32_t oid)
{
    struct pgs_type_fact key = {.oid = oid};

    if (set->fact_count == 0)
        return NULL;
    return bsearch(&key, set->facts, set->fact_count, sizeof(key), compare_facts);
}

/* ---- reading the answer ---- */

static enum pgs_status read_labels(struct pgs_arena *arena, struct pgs_str text,
                                   struct pgs_type_fact *fact, struct pgs_error *err)
{
    struct pgs_array_text array;
    struct pgs_str *labels = NULL;
    struct pgs_str label = {NULL, 0};
    enum pgs_status status = PGS_OK;
    bool more = true;

    PGS_TRY(pgs_array_text_count(text, &fact->label_count, err));
    labels = pgs_arena_array(arena, fact->label_count, sizeof(*labels));
    if (!labels)
        return pgs_error_oom(err);
    pgs_array_text_init(&array, text);
    for (size_t i = 0; i < fact->label_count && status == PGS_OK; i++) {
        status = pgs_array_text_next(&array, &label, &more, err);
        if (status == PGS_OK)
            labels[i] = pgs_arena_str(arena, label);
        if (status == PGS_OK && !labels[i].at)
            status = pgs_error_oom(err);
    }
    pgs_array_text_release(&array);
    fact->labels = labels;
    return status;
}

/* "oid typmod ndims name" */
static enum pgs_status read_part(struct pgs_arena *arena, struct pgs_str text,
                                 struct pgs_type_part *part, struct pgs_error *err)
{
    int64_t oid, typmod, ndims;

    if (!pgs_take_int(&text, &oid) || !pgs_take_int(&text, &typmod) ||
        !pgs_take_int(&text, &ndims) || oid < 0 || oid > UINT32_MAX || typmod < -1 ||
        typmod > INT32_MAX || ndims < 0 || ndims > INT16_MAX)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "malformed field in an answer of the catalog");
    part->oid = (uint32_t)oid;
    part->typmod = (int32_t)typmod;
    part->ndims = (int32_t)ndims;
    part->name = pgs_arena_str(arena, text);
    return part->name.at ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status read_fields(struct pgs_arena *arena, struct pgs_str text,
                                   struct pgs_type_fact *fact, struct pgs_error *err)
{
    struct pgs_array_text array;
    struct pgs_type_part *fields = NULL;
    struct pgs_str field = {NULL, 0};
    enum pgs_status status = PGS_OK;
    bool more = true;

    PGS_TRY(pgs_array_text_count(text, &fact->field_count, err));
    fields = pgs_arena_array(arena, fact->field_count, sizeof(*fields));
    if (!fields)
        return pgs_error_oom(err);
    pgs_array_text_init(&array, text);
    for (size_t i = 0; i < fact->field_count && status == PGS_OK; i++) {
        status = pgs_array_text_next(&array, &field, &more, err);
        if (status == PGS_OK)
            status = read_part(arena, field, &fields[i], err);
    }
    pgs_array_text_release(&array);
    fact->fields = fields;
    return status;
}

/* textsend serves types of extensions too: citext. */
static enum pgs_kind kind_of_sender(struct pgs_str sender)
{
    static const struct {
        const char *sender;
        enum pgs_kind kind;
    } SENDERS[] = {
        {"textsend", PGS_KIND_TEXT},
        {"hstore_send", PGS_KIND_HSTORE},
        {"ltree_send", PGS_KIND_VERSIONED_TEXT},
        {"lquery_send", PGS_KIND_VERSIONED_TEXT},
        {"ltxtq_send", PGS_KIND_VERSIONED_TEXT},
        {"LWGEOM_send", PGS_KIND_GEOMETRY},
    };

    for (size_t i = 0; i < sizeof(SENDERS) / sizeof(SENDERS[0]); i++) {
        if (pgs_str_equal(sender, pgs_str_of(SENDERS[i].sender)))
            return SENDERS[i].kind;
    }
    return PGS_KIND_TEXT_CAST;
}

static enum pgs_status read_fact(struct pgs_arena *arena, const struct pgs_result *answer,
                                 size_t row, struct pgs_type_fact *fact, struct pgs_error *err)
{
    struct pgs_str type_class = pgs_result_get(answer, row, PGS_TYPE_CLASS);
    struct pgs_str delimiter = pgs_result_get(answer, row, PGS_TYPE_DELIMITER);

    fact->oid = (uint32_t)pgs_result_int(answer, row, PGS_TYPE_OID, 0);
    fact->type_class = type_class.size_bytes ? type_class.at[0] : '\0';
    fact->delimiter = delimiter.size_bytes ? delimiter.at[0] : ',';
    fact->element_oid = (uint32_t)pgs_result_int(answer, row, PGS_TYPE_ELEMENT, 0);
    fact->base.oid = (uint32_t)pgs_result_int(answer, row, PGS_TYPE_BASE, 0);
    fact->base.typmod = (int32_t)pgs_result_int(answer, row, PGS_TYPE_BASE_TYPMOD, -1);
    fact->base.ndims = (int32_t)pgs_result_int(answer, row, PGS_TYPE_BASE_NDIMS, 0);
    fact->sql_name = pgs_arena_str(arena, pgs_result_get(answer, row, PGS_TYPE_SQL_NAME));
    if (!fact->sql_name.at)
        return pgs_error_oom(err);
    fact->kind = kind_of_sender(pgs_result_get(answer, row, PGS_TYPE_SENDER));
    if (!pgs_result_is_null(answer, row, PGS_TYPE_LABELS))
        PGS_TRY(read_labels(arena, pgs_result_get(answer, row, PGS_TYPE_LABELS), fact, err));
    if (!pgs_result_is_null(answer, row, PGS_TYPE_FIELDS))
        PGS_TRY(read_fields(arena, pgs_result_get(answer, row, PGS_TYPE_FIELDS), fact, err));
    return PGS_OK;
}

enum pgs_status pgs_type_set_load(struct pgs_type_set *set, const struct pgs_result *answer,
                                  struct pgs_error *err)
{
    size_t rows = pgs_result_rows(answer);

    set->facts = pgs_arena_array(set->arena, rows, sizeof(*set->facts));
    if (!set->facts)
        return pgs_error_oom(err);
    for (size_t i = 0; i < rows; i++)
        PGS_TRY(read_fact(set->arena, answer, i, &set->facts[i], err));
    set->fact_count = rows;
    if (rows)
        qsort(set->facts, rows, sizeof(*set->facts), compare_facts);
    return PGS_OK;
}

/* ---- building ---- */

static size_t memo_slot(const struct pgs_type_memo *memos, size_t slots,
                        const struct pgs_type_memo *key)
{
    uint64_t hash =
        ((uint64_t)key->oid << 32 | (uint32_t)key->typmod) + (uint64_t)(uint32_t)key->ndims;
    size_t i;

    hash *= UINT64_C(0x9E3779B97F4A7C15);
    i = (size_t)(hash >> 32) & (slots - 1);
    while (memos[i].used && (memos[i].oid != key->oid || memos[i].typmod != key->typmod ||
                             memos[i].ndims != key->ndims))
        i = (i + 1) & (slots - 1);
    return i;
}

static bool memos_grow(struct pgs_type_set *set)
{
    size_t slots = set->memo_slots ? set->memo_slots * 2 : 64;
    struct pgs_type_memo *memos;

    if (set->memo_slots && set->memo_count * 2 < set->memo_slots)
        return true;
    memos = pgs_alloc_array(slots, sizeof(*memos));
    if (!memos)
        return false;
    for (size_t i = 0; i < set->memo_slots; i++) {
        if (set->memos[i].used)
            memos[memo_slot(memos, slots, &set->memos[i])] = set->memos[i];
    }
    pgs_free(set->memos);
    set->memos = memos;
    set->memo_slots = slots;
    return true;
}

static const struct shape leaf = {1, 1};

/* The shape of what was built; what was built is NULL when out of memory. */
static struct shape build_type(struct build *build, const struct pgs_type_part *part,
                               const struct pgs_type **type);

static void become_text(struct pgs_type *type)
{
    type->kind = PGS_KIND_TEXT_CAST;
    type->target = PGS_TARGET_VARCHAR;
    type->element = NULL;
    type->fields = NULL;
    type->field_count = 0;
}

static struct shape build_array(struct build *build, struct pgs_type *type, uint32_t element_oid,
                                int32_t ndims)
{
    struct pgs_type_part part = {.oid = element_oid, .typmod = type->typmod};
    const struct pgs_type *element = NULL;
    struct shape shape;

    if (build->set->choice.array_as_varchar || ndims > PGS_ARRAY_DIMENSIONS_MAX)
        return leaf;
    shape = build_type(build, &part, &element);
    /* Elements may be read as text, but not elements of elements. */
    if (build->out_of_memory || pgs_type_cast(element) == PGS_CAST_TEXT_ARRAY)
        return leaf;
    type->kind = PGS_KIND_ARRAY;
    type->target = PGS_TARGET_LIST;
    type->element = element;
    type->element_declared_oid = element_oid; /* a column travels as its base, a part as itself */
    type->dimensions = (uint8_t)(ndims > 0 ? ndims : 1);
    shape.nodes++;
    shape.height++;
    return shape;
}

static bool name_fields(struct pgs_arena *arena, const struct pgs_type_fact *fact,
                        struct pgs_field *fields)
{
    struct pgs_str *names = pgs_alloc_array(fact->field_count, sizeof(*names));
    bool done = false;

    if (!names)
        return false;
    for (size_t i = 0; i < fact->field_count; i++)
        names[i] = fact->fields[i].name;
    if (pgs_names_make_unique(arena, names, fact->field_count, NULL) == PGS_OK) {
        for (size_t i = 0; i < fact->field_count; i++)
            fields[i].name = names[i];
        done = true;
    }
    pgs_free(names);
    return done;
}

static struct shape build_composite(struct build *build, struct pgs_type *type,
                                    const struct pgs_type_fact *fact)
{
    struct pgs_field *fields;
    struct shape whole = leaf;

    if (fact->field_count == 0 || fact->field_count > PGS_COLUMNS_MAX)
        return leaf;
    fields = pgs_arena_array(build->set->arena, fact->field_count, sizeof(*fields));
    if (!fields || !name_fields(build->set->arena, fact, fields)) {
        build->out_of_memory = true;
        return leaf;
    }
    for (size_t i = 0; i < fact->field_count; i++) {
        struct pgs_type_part part = fact->fields[i];
        struct shape field;

        part.name = (struct pgs_str){NULL, 0};
        fields[i].declared_oid = part.oid;
        field = build_type(build, &part, &fields[i].type);
        if (build->out_of_memory || pgs_type_cast(fields[i].type) != PGS_CAST_NONE)
            return leaf;
        whole.nodes += field.nodes;
        if (whole.height <= field.height)
            whole.height = field.height + 1;
        if (whole.nodes > PGS_TYPE_NODES_MAX)
            return whole;
    }
    type->kind = PGS_KIND_COMPOSITE;
    type->target = PGS_TARGET_STRUCT;
    type->fields = fields;
    type->field_count = (uint32_t)fact->field_count;
    return whole;
}

static void build_range(struct pgs_type *type, const struct pgs_type_fact *fact)
{
    type->kind = fact->type_class == 'r' ? PGS_KIND_RANGE : PGS_KIND_MULTIRANGE;
    if (!pgs_type_set_bound(type, fact->element_oid))
        become_text(type);
}

/* `part` is the base already: no domain. */
static struct shape build_base(struct build *build, struct pgs_type *type, uint32_t oid,
                               int32_t ndims)
{
    const struct pgs_type_fact *fact = fact_of(build->set, oid);
    uint32_t element_oid = fact ? fact->element_oid : pgs_type_array_element_oid(oid);

    pgs_type_init_builtin(type, oid, type->typmod);
    if (fact)
        type->delimiter = fact->delimiter;
    if (type->kind == PGS_KIND_NUMERIC && type->target != PGS_TARGET_DECIMAL &&
        build->set->choice.numeric_as_varchar)
        type->target = PGS_TARGET_VARCHAR;
    if (type->kind != PGS_KIND_TEXT_CAST)
        return leaf;
    if (fact && (fact->type_class == 'r' || fact->type_class == 'm')) {
        build_range(type, fact);
        return leaf;
    }
    if (element_oid)
        return build_array(build, type, element_oid, ndims);
    if (fact && fact->kind != PGS_KIND_TEXT_CAST) {
        type->kind = fact->kind;
        if (type->kind == PGS_KIND_GEOMETRY)
            type->target = PGS_TARGET_GEOMETRY;
        return leaf;
    }
    if (fact && fact->type_class == 'c')
        return build_composite(build, type, fact);
    if (fact && fact->type_class == 'e' && fact->label_count && fact->label_count <= UINT32_MAX) {
        type->kind = PGS_KIND_ENUM;
        type->target = PGS_TARGET_ENUM;
        type->labels = fact->labels;
        type->label_count = (uint32_t)fact->label_count;
        if (pgs_type_index_labels(type, build->set->arena, NULL) != PGS_OK)
            build->out_of_memory = true;
    }
    return leaf;
}

static struct shape build_fresh(struct build *build, const struct pgs_type_part *part,
                                struct pgs_type *type)
{
    struct pgs_type_part base = *part;
    const struct pgs_type_fact *declared = fact_of(build->set, part->oid);
    const struct pgs_type_fact *fact = declared;
    struct shape shape = leaf;

    for (int i = 0; fact && fact->type_class == 'd' && i < PGS_TYPE_DEPTH_MAX; i++) {
        base = fact->base;
        fact = fact_of(build->set, base.oid);
    }
    type->sql_name = part->name.size_bytes || !declared ? part->name : declared->sql_name;
    type->typmod = base.typmod;
    become_text(type);
    if (build->depth <= DEPTH_MAX)
        shape = build_base(build, type, base.oid, base.ndims);
    if (shape.nodes > PGS_TYPE_NODES_MAX || shape.height > PGS_TYPE_DEPTH_MAX) {
        become_text(type);
        shape = leaf;
    }
    type->oid = base.oid;
    type->typmod = base.typmod;
    return shape;
}

static struct shape build_type(struct build *build, const struct pgs_type_part *part,
                               const struct pgs_type **type)
{
    struct pgs_type_set *set = build->set;
    struct pgs_type_memo key = {.oid = part->oid, .typmod = part->typmod, .ndims = part->ndims};
    struct pgs_type_memo *memo;
    struct shape shape;

    *type = NULL;
    if (!memos_grow(set)) {
        build->out_of_memory = true;
        return leaf;
    }
    memo = &set->memos[memo_slot(set->memos, set->memo_slots, &key)];
    if (memo->used) {
        /* One that contains itself is under way, and still looks like text. */
        if (memo->type->sql_name.size_bytes == 0)
            memo->type->sql_name = part->name; /* known for columns, not for parts */
        *type = memo->type;
        return memo->shape;
    }
    key.type = pgs_arena_alloc(set->arena, sizeof(*key.type));
    if (!key.type) {
        build->out_of_memory = true;
        return leaf;
    }
    key.used = true;
    key.shape = leaf;
    *memo = key;
    set->memo_count++;
    become_text(key.type);
    build->depth++;
    shape = build_fresh(build, part, key.type);
    build->depth--;
    /* Growth may have moved it. */
    set->memos[memo_slot(set->memos, set->memo_slots, &key)].shape = shape;
    *type = key.type;
    return shape;
}

const struct pgs_type *pgs_type_set_get(struct pgs_type_set *set, const struct pgs_type_part *part)
{
    struct build build = {.set = set};
    const struct pgs_type *type = NULL;

    build_type(&build, part, &type);
    return build.out_of_memory ? NULL : type;
}
