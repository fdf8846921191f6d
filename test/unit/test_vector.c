/* SPDX-License-Identifier: MIT */
#include "test_vector.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "wire/uint128.h"

/* What is allocated for strings, newest first. */
struct piece {
    struct piece *next;
    char content[];
};

struct host {
    struct piece *strings;
    const struct pgs_type *type; /* NULL: a LIST level above the element */
    size_t value_bytes;
};

static size_t enum_bytes(uint32_t labels)
{
    return labels <= 255 ? 1 : labels <= 65535 ? 2 : 4;
}

static size_t value_bytes(const struct pgs_type *type)
{
    switch (type->target) {
    case PGS_TARGET_BOOLEAN:
        return 1;
    case PGS_TARGET_SMALLINT:
        return 2;
    case PGS_TARGET_INTEGER:
    case PGS_TARGET_UINTEGER:
    case PGS_TARGET_FLOAT:
    case PGS_TARGET_DATE:
        return 4;
    case PGS_TARGET_DECIMAL:
        return type->precision <= 4 ? 2 : type->precision <= 9 ? 4 : type->precision <= 18 ? 8 : 16;
    case PGS_TARGET_ENUM:
        return enum_bytes(type->label_count);
    case PGS_TARGET_STRUCT:
        return 0;
    case PGS_TARGET_VARCHAR:
    case PGS_TARGET_JSON:
    case PGS_TARGET_BLOB:
    case PGS_TARGET_GEOMETRY:
    case PGS_TARGET_UUID:
    case PGS_TARGET_INTERVAL:
    case PGS_TARGET_LIST:
        return 16;
    default:
        return 8;
    }
}

static char *string_alloc(struct pgs_vector *vector, size_t size_bytes)
{
    struct host *host = vector->host;
    struct piece *piece = pgs_alloc(sizeof(*piece) + size_bytes);

    if (!piece)
        return NULL;
    piece->next = host->strings;
    host->strings = piece;
    return piece->content;
}

static size_t mask_words(size_t rows)
{
    return rows / 64 + 1;
}

static bool validity_open(struct pgs_vector *vector)
{
    size_t words = mask_words(vector->capacity_rows);

    vector->validity = pgs_alloc_array(words, sizeof(uint64_t));
    if (vector->validity)
        memset(vector->validity, 0xFF, words * sizeof(uint64_t));
    return vector->validity != NULL;
}

static bool grow(struct pgs_vector *vector, size_t rows)
{
    struct host *host = vector->host;
    size_t old_words = mask_words(vector->capacity_rows);
    void *data;

    if (host->value_bytes) {
        data = pgs_realloc_array(vector->data, rows + 1, host->value_bytes);
        if (!data)
            return false;
        vector->data = data;
    } else {
        for (uint32_t i = 0; i < vector->child_count; i++) {
            if (!grow(&vector->children[i], rows))
                return false;
        }
    }
    if (vector->validity) {
        data = pgs_realloc_array(vector->validity, mask_words(rows), sizeof(uint64_t));
        if (!data)
            return false;
        vector->validity = data;
        for (size_t i = old_words; i < mask_words(rows); i++)
            vector->validity[i] = UINT64_MAX;
    }
    vector->capacity_rows = rows;
    return true;
}

static bool list_reserve(struct pgs_vector *vector, size_t rows)
{
    return rows <= vector->children[0].capacity_rows || grow(&vector->children[0], rows);
}

static const struct pgs_vector_ops OPS = {string_alloc, validity_open, list_reserve};

static bool open_level(struct pgs_vector *vector, const struct pgs_type *type, uint32_t level,
                       size_t rows);

static bool open_children(struct pgs_vector *vector, const struct pgs_type *type, uint32_t level,
                          size_t rows)
{
    if (type->target == PGS_TARGET_LIST) {
        if (level + 1 < type->dimensions)
            return open_level(&vector->children[0], type, level + 1, 0);
        return open_level(&vector->children[0], type->element, 0, 0);
    }
    for (uint32_t i = 0; i < vector->child_count; i++) {
        if (!open_level(&vector->children[i], type->fields[i].type, 0, rows))
            return false;
    }
    return true;
}

static bool open_level(struct pgs_vector *vector, const struct pgs_type *type, uint32_t level,
                       size_t rows)
{
    struct host *host;

    memset(vector, 0, sizeof(*vector));
    host = pgs_alloc_array(1, sizeof(*host));
    if (!host)
        return false;
    host->type = type;
    host->value_bytes = value_bytes(type);
    vector->host = host;
    vector->ops = &OPS;
    vector->capacity_rows = rows;
    if (host->value_bytes) {
        vector->data = pgs_alloc_array(rows + 1, host->value_bytes);
        if (!vector->data)
            return false;
    }
    vector->child_count = type->target == PGS_TARGET_LIST     ? 1
                          : type->target == PGS_TARGET_STRUCT ? type->field_count
                                                              : 0;
    if (!vector->child_count)
        return true;
    vector->children = pgs_alloc_array(vector->child_count, sizeof(*vector->children));
    return vector->children && open_children(vector, type, level, rows);
}

bool pgs_test_vector_open(struct pgs_vector *vector, const struct pgs_type *type, size_t rows)
{
    if (open_level(vector, type, 0, rows))
        return true;
    pgs_test_vector_release(vector);
    return false;
}

void pgs_test_vector_release(struct pgs_vector *vector)
{
    struct host *host = vector->host;

    for (uint32_t i = 0; vector->children && i < vector->child_count; i++)
        pgs_test_vector_release(&vector->children[i]);
    while (host && host->strings) {
        struct piece *next = host->strings->next;

        pgs_free(host->strings);
        host->strings = next;
    }
    pgs_free(vector->children);
    pgs_free(vector->data);
    pgs_free(vector->validity);
    pgs_free(host);
    memset(vector, 0, sizeof(*vector));
}

struct pgs_vector *pgs_test_vector_new(const struct pgs_type *type, size_t rows)
{
    struct pgs_vector *vector = pgs_alloc_array(1, sizeof(*vector));

    if (vector && !pgs_test_vector_open(vector, type, rows)) {
        pgs_free(vector);
        return NULL;
    }
    return vector;
}

void pgs_test_vector_free(struct pgs_vector *vector)
{
    if (vector)
        pgs_test_vector_release(vector);
    pgs_free(vector);
}

static void print_decimal(struct pgs_uint128 value, uint32_t scale, bool negative,
                          struct pgs_buf *out)
{
    char text[48];
    size_t at = sizeof(text);
    uint32_t digits = 0;

    text[--at] = '\0';
    do {
        if (scale && digits == scale)
            text[--at] = '.';
        text[--at] = (char)('0' + pgs_uint128_divide(&value, 10));
        digits++;
    } while (!pgs_uint128_is_zero(value) || digits <= scale);
    if (negative)
        text[--at] = '-';
    pgs_buf_add_text(out, text + at);
}

static void print_integer(int64_t value, uint32_t scale, struct pgs_buf *out)
{
    struct pgs_uint128 magnitude = {value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 0};

    print_decimal(magnitude, scale, value < 0, out);
}

static void print_wide(const struct pgs_int128 *value, uint32_t scale, struct pgs_buf *out)
{
    struct pgs_uint128 bits = {value->lower, (uint64_t)value->upper};

    print_decimal(value->upper < 0 ? pgs_uint128_negate(bits) : bits, scale, value->upper < 0, out);
}

static int64_t load_integer(const struct pgs_vector *vector, size_t bytes, size_t row)
{
    switch (bytes) {
    case 1:
        return ((const uint8_t *)vector->data)[row];
    case 2:
        return ((const int16_t *)vector->data)[row];
    case 4:
        return ((const int32_t *)vector->data)[row];
    default:
        return ((const int64_t *)vector->data)[row];
    }
}

static void print_double(double value, const char *format, struct pgs_buf *out)
{
    if (isnan(value))
        pgs_buf_add_text(out, "NaN");
    else if (strcmp(format, "%.9g") == 0)
        pgs_buf_addf(out, "%.9g", value);
    else
        pgs_buf_addf(out, "%.17g", value);
}

static void print_label(const struct pgs_type *type, const struct pgs_vector *vector, size_t row,
                        struct pgs_buf *out)
{
    int64_t index = load_integer(vector, value_bytes(type), row);

    if (type->label_count > 255 && type->label_count <= 65535)
        index &= 0xFFFF;
    pgs_buf_add_str(out, type->labels[index]);
}

static void print_hex(struct pgs_str bytes, struct pgs_buf *out)
{
    for (size_t i = 0; i < bytes.size_bytes; i++)
        pgs_buf_addf(out, "%02x", (unsigned)(uint8_t)bytes.at[i]);
}

static void print_uuid(const struct pgs_int128 *value, struct pgs_buf *out)
{
    pgs_buf_addf(out, "%016llx%016llx",
                 (unsigned long long)((uint64_t)value->upper ^ (uint64_t)1 << 63),
                 (unsigned long long)value->lower);
}

static void print_timetz(uint64_t value, struct pgs_buf *out)
{
    pgs_buf_addf(out, "%llu/%d", (unsigned long long)(value >> 24),
                 16 * 60 * 60 - 1 - (int)(value & 0xFFFFFF));
}

static void print_interval(const struct pgs_interval *value, struct pgs_buf *out)
{
    pgs_buf_addf(out, "%d/%d/%lld", value->months, value->days, (long long)value->micros);
}

static void print_scalar(const struct pgs_type *type, const struct pgs_vector *vector, size_t row,
                         struct pgs_buf *out)
{
    switch (type->target) {
    case PGS_TARGET_FLOAT:
        print_double((double)((const float *)vector->data)[row], "%.9g", out);
        break;
    case PGS_TARGET_DOUBLE:
        print_double(((const double *)vector->data)[row], "%.17g", out);
        break;
    case PGS_TARGET_UINTEGER:
        pgs_buf_addf(out, "%u", ((const uint32_t *)vector->data)[row]);
        break;
    case PGS_TARGET_DECIMAL:
        if (type->precision > 18)
            print_wide((const struct pgs_int128 *)vector->data + row, type->scale, out);
        else
            print_integer(load_integer(vector, value_bytes(type), row), type->scale, out);
        break;
    case PGS_TARGET_UUID:
        print_uuid((const struct pgs_int128 *)vector->data + row, out);
        break;
    case PGS_TARGET_TIMETZ:
        print_timetz(((const uint64_t *)vector->data)[row], out);
        break;
    case PGS_TARGET_INTERVAL:
        print_interval((const struct pgs_interval *)vector->data + row, out);
        break;
    case PGS_TARGET_ENUM:
        print_label(type, vector, row, out);
        break;
    case PGS_TARGET_BLOB:
    case PGS_TARGET_GEOMETRY:
        print_hex(pgs_vector_string(vector, row), out);
        break;
    case PGS_TARGET_VARCHAR:
    case PGS_TARGET_JSON:
        pgs_buf_add_str(out, pgs_vector_string(vector, row));
        break;
    default:
        print_integer(load_integer(vector, value_bytes(type), row), 0, out);
    }
}

static void print_level(const struct pgs_type *type, const struct pgs_vector *vector, size_t row,
                        uint32_t level, struct pgs_buf *out)
{
    const struct pgs_list_entry *entry = (const struct pgs_list_entry *)vector->data + row;

    if (!pgs_vector_is_valid(vector, row)) {
        pgs_buf_add_text(out, "NULL");
        return;
    }
    pgs_buf_add_char(out, '[');
    for (size_t i = 0; i < entry->length; i++) {
        if (i)
            pgs_buf_add_text(out, ", ");
        if (level + 1 < type->dimensions)
            print_level(type, &vector->children[0], entry->offset + i, level + 1, out);
        else
            pgs_test_vector_print(type->element, &vector->children[0], entry->offset + i, out);
    }
    pgs_buf_add_char(out, ']');
}

static void print_struct(const struct pgs_type *type, const struct pgs_vector *vector, size_t row,
                         struct pgs_buf *out)
{
    pgs_buf_add_char(out, '{');
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (i)
            pgs_buf_add_text(out, ", ");
        pgs_test_vector_print(type->fields[i].type, &vector->children[i], row, out);
    }
    pgs_buf_add_char(out, '}');
}

void pgs_test_vector_print(const struct pgs_type *type, const struct pgs_vector *vector, size_t row,
                           struct pgs_buf *out)
{
    if (!pgs_vector_is_valid(vector, row))
        pgs_buf_add_text(out, "NULL");
    else if (type->target == PGS_TARGET_LIST)
        print_level(type, vector, row, 0, out);
    else if (type->target == PGS_TARGET_STRUCT)
        print_struct(type, vector, row, out);
    else
        print_scalar(type, vector, row, out);
}
