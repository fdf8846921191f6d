/* SPDX-License-Identifier: MIT */
#include "base/limits.h"
#include "wire/families.h"
#include "wire/text_quote.h"

/* MaxArraySize, utils/array.h, 18. */
#define ELEMENTS_MAX ((size_t)0x3fffffff / 8)

struct shape {
    uint32_t dimensions;
    size_t sizes[PGS_ARRAY_DIMENSIONS_MAX];
    size_t elements; /* product of the sizes; 0 for no dimensions */
};

enum { TEXT_OID = 25 };

static uint32_t element_oid(const struct pgs_type *type)
{
    return type->element_declared_oid ? type->element_declared_oid : type->element->oid;
}

/* The part before the elements: dimensions, flags, element oid, and per
 * dimension size and lower bound (which our side has no place for). */
static enum pgs_status read_shape(const struct pgs_type *type, struct pgs_reader *reader,
                                  struct shape *shape, struct pgs_error *err)
{
    uint32_t dimensions = pgs_reader_be32(reader);
    uint32_t flags = pgs_reader_be32(reader);
    uint32_t oid = pgs_reader_be32(reader);
    uint32_t wanted = pgs_type_cast(type) == PGS_CAST_TEXT_ARRAY ? TEXT_OID : element_oid(type);
    bool empty = dimensions == 0;

    if (reader->short_of || dimensions > PGS_ARRAY_DIMENSIONS_MAX || flags > 1)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "array has a malformed head");
    if (oid != wanted)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "array has elements of type %u, expected %u",
                             oid, wanted);
    shape->dimensions = dimensions;
    shape->elements = 1;
    for (uint32_t i = 0; i < dimensions; i++) {
        shape->sizes[i] = pgs_reader_be32(reader);
        (void)pgs_reader_be32(reader);
        empty = empty || shape->sizes[i] == 0;
    }
    if (empty)
        shape->elements = 0;
    for (uint32_t i = 0; i < dimensions && shape->elements; i++) {
        /* Every element takes at least its 4 bytes of length. */
        if (shape->sizes[i] > reader->left_bytes / 4 / shape->elements)
            return pgs_error_set(err, PGS_ERR_PROTOCOL, "array has more elements than bytes");
        shape->elements *= shape->sizes[i];
    }
    return reader->short_of ? pgs_error_set(err, PGS_ERR_PROTOCOL, "array is cut off") : PGS_OK;
}

static enum pgs_status reserve_children(struct pgs_vector *vector, size_t rows,
                                        struct pgs_error *err)
{
    if (rows <= vector->children[0].capacity_rows || vector->ops->list_reserve(vector, rows))
        return PGS_OK;
    return pgs_error_oom(err);
}

/* Writes the list entries of all levels, outermost first; sets *leaf and
 * *first_row to where the elements go. */
static enum pgs_status open_lists(const struct shape *shape, struct pgs_vector *vector, size_t row,
                                  struct pgs_vector **leaf, size_t *first_row,
                                  struct pgs_error *err)
{
    size_t lists = 1;

    for (uint32_t level = 0; level < shape->dimensions; level++) {
        struct pgs_list_entry *entries = (struct pgs_list_entry *)vector->data + row;
        size_t size = shape->sizes[level];
        size_t base = vector->child_rows;

        PGS_TRY(reserve_children(vector, base + lists * size, err));
        for (size_t i = 0; i < lists; i++) {
            entries[i].offset = base + i * size;
            entries[i].length = size;
        }
        lists *= size;
        vector->child_rows = base + lists;
        row = base;
        vector = &vector->children[0];
    }
    *leaf = vector;
    *first_row = row;
    return PGS_OK;
}

static enum pgs_status fail_dimensions(const struct pgs_type *type, const struct shape *shape,
                                       struct pgs_error *err)
{
    pgs_error_set(err, PGS_ERR_CONVERSION,
                  "expected an array with %u dimensions, but this array has %u dimensions",
                  type->dimensions, shape->dimensions);
    pgs_error_hint(err, "PostgreSQL does not hold arrays to their declared dimensions; "
                        "SET pg_array_as_varchar=true reads them as text");
    return PGS_ERR_CONVERSION;
}

/* array_send, utils/adt/arrayfuncs.c, 18. */
PGS_DECODER(pgs_array_decode)
{
    struct pgs_reader reader = pgs_reader_of(at, size_bytes);
    pgs_decode_fn decode = pgs_decoder_for(type->element);
    struct shape shape = {0, {0}, 0};
    struct pgs_vector *leaf;
    size_t first_row;

    PGS_TRY(read_shape(type, &reader, &shape, err));
    if (shape.elements == 0) {
        struct pgs_list_entry *entry = (struct pgs_list_entry *)vector->data + row;

        entry->offset = vector->child_rows;
        entry->length = 0;
    } else {
        if (shape.dimensions != type->dimensions)
            return fail_dimensions(type, &shape, err);
        PGS_TRY(open_lists(&shape, vector, row, &leaf, &first_row, err));
        for (size_t i = 0; i < shape.elements; i++)
            PGS_TRY(pgs_decode_field(decode, type->element, options, &reader, leaf, first_row + i,
                                     err));
    }
    if (reader.left_bytes)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "array has %zu bytes too many",
                             reader.left_bytes);
    return PGS_OK;
}

/* What stays the same while the lists of one value are walked. */
struct walk {
    const struct pgs_type *type;
    const struct pgs_codec_options *options;
    struct shape shape;
    pgs_encode_fn encode; /* of the elements, or their printer */
    struct pgs_buf *out;
    bool has_null;
};

/* The sizes are those of each level's first list. */
static enum pgs_status measure(const struct pgs_type *type, const struct pgs_vector *vector,
                               size_t row, struct shape *shape, struct pgs_error *err)
{
    shape->dimensions = type->dimensions;
    shape->elements = 1;
    for (uint32_t level = 0; level < type->dimensions; level++) {
        const struct pgs_list_entry *entry = (const struct pgs_list_entry *)vector->data + row;

        shape->sizes[level] = 0;
        if (shape->elements == 0 || !pgs_vector_is_valid(vector, row))
            continue; /* nothing below; a NULL list is refused by check_list() */
        shape->sizes[level] = entry->length;
        if (entry->length > ELEMENTS_MAX / shape->elements)
            return pgs_error_set(err, PGS_ERR_CONVERSION,
                                 "list has more elements than a PostgreSQL array can hold");
        shape->elements *= entry->length;
        row = entry->offset;
        vector = &vector->children[0];
    }
    return PGS_OK;
}

/* A list must have its level's size. */
static enum pgs_status check_list(const struct walk *walk, const struct pgs_vector *vector,
                                  size_t row, uint32_t level, struct pgs_error *err)
{
    const struct pgs_list_entry *entry = (const struct pgs_list_entry *)vector->data + row;

    if (!pgs_vector_is_valid(vector, row))
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "PostgreSQL multidimensional arrays cannot hold a NULL list");
    if (entry->length != walk->shape.sizes[level])
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "PostgreSQL multidimensional arrays must all have matching dimensions "
                             "(found %llu entries, expected %zu)",
                             (unsigned long long)entry->length, walk->shape.sizes[level]);
    return PGS_OK;
}

/* Appends the elements below one list. */
static enum pgs_status add_level(struct walk *walk, const struct pgs_vector *vector, size_t row,
                                 uint32_t level, struct pgs_error *err)
{
    const struct pgs_list_entry *entry = (const struct pgs_list_entry *)vector->data + row;
    const struct pgs_vector *child = &vector->children[0];

    PGS_TRY(check_list(walk, vector, row, level, err));
    for (size_t i = entry->offset; i < entry->offset + entry->length; i++) {
        if (level + 1 < walk->shape.dimensions) {
            PGS_TRY(add_level(walk, child, i, level + 1, err));
            continue;
        }
        walk->has_null = walk->has_null || !pgs_vector_is_valid(child, i);
        PGS_TRY(pgs_encode_field(walk->encode, walk->type->element, walk->options, child, i,
                                 walk->out, err));
    }
    return PGS_OK;
}

/* array_recv, utils/adt/arrayfuncs.c, 18. Lists without any element become the
 * empty array, also [[], []]: PostgreSQL has no other form for them. */
PGS_ENCODER(pgs_array_encode)
{
    struct walk walk = {type, options, {0, {0}, 0}, pgs_encoder_for(type->element), out, false};
    uint32_t dimensions;
    size_t start = out->size_bytes;

    if (!walk.encode)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "array elements have no binary form");
    PGS_TRY(measure(type, vector, row, &walk.shape, err));
    dimensions = walk.shape.elements ? walk.shape.dimensions : 0;
    pgs_buf_add_be32(out, dimensions);
    pgs_buf_add_be32(out, 0);
    pgs_buf_add_be32(out, element_oid(type));
    for (uint32_t i = 0; i < dimensions; i++) {
        pgs_buf_add_be32(out, (uint32_t)walk.shape.sizes[i]);
        pgs_buf_add_be32(out, 1);
    }
    PGS_TRY(add_level(&walk, vector, row, 0, err));
    if (walk.has_null && !out->broken)
        pgs_put_be32((uint8_t *)out->at + start + 4, 1);
    return PGS_OK;
}

/* Appends one list with its braces, or only checks it when there are no elements
 * anywhere. */
static enum pgs_status print_level(struct walk *walk, const struct pgs_vector *vector, size_t row,
                                   uint32_t level, struct pgs_error *err)
{
    const struct pgs_list_entry *entry = (const struct pgs_list_entry *)vector->data + row;
    const struct pgs_vector *child = &vector->children[0];
    char delimiter = walk->type->element->delimiter ? walk->type->element->delimiter : ',';

    PGS_TRY(check_list(walk, vector, row, level, err));
    for (size_t i = entry->offset; i < entry->offset + entry->length; i++) {
        size_t start;

        if (walk->shape.elements)
            pgs_buf_add_char(walk->out, i == entry->offset ? '{' : delimiter);
        if (level + 1 < walk->shape.dimensions) {
            PGS_TRY(print_level(walk, child, i, level + 1, err));
        } else if (!pgs_vector_is_valid(child, i)) {
            pgs_buf_add_text(walk->out, "NULL");
        } else {
            start = walk->out->size_bytes;
            PGS_TRY(walk->encode(walk->type->element, walk->options, child, i, walk->out, err));
            pgs_text_quote_part(walk->out, start, delimiter);
        }
    }
    if (walk->shape.elements)
        pgs_buf_add_char(walk->out, '}');
    return PGS_OK;
}

/* array_in, utils/adt/arrayfuncs.c, 18. The empty array as above. */
PGS_ENCODER(pgs_array_print)
{
    struct walk walk = {type, options, {0, {0}, 0}, pgs_printer_for(type->element), out, false};

    PGS_TRY(measure(type, vector, row, &walk.shape, err));
    if (walk.shape.elements == 0)
        pgs_buf_add_text(out, "{}");
    return print_level(&walk, vector, row, 0, err);
}
