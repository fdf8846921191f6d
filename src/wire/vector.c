/* SPDX-License-Identifier: MIT */
#include "wire/vector.h"

#include <string.h>

static inline bool is_struct(const struct pgs_vector *vector)
{
    return !vector->data && vector->child_count > 0;
}

static inline bool is_list(const struct pgs_vector *vector)
{
    return vector->data && vector->child_count == 1;
}

enum pgs_status pgs_vector_set_null(struct pgs_vector *vector, size_t row, struct pgs_error *err)
{
    if (!vector->validity && !vector->ops->validity_open(vector))
        return pgs_error_oom(err);
    vector->validity[row / 64] &= ~((uint64_t)1 << (row % 64));
    if (is_list(vector)) {
        struct pgs_list_entry *entry = (struct pgs_list_entry *)vector->data + row;

        entry->offset = vector->child_rows;
        entry->length = 0;
    }
    if (!is_struct(vector))
        return PGS_OK;
    for (uint32_t i = 0; i < vector->child_count; i++)
        PGS_TRY(pgs_vector_set_null(&vector->children[i], row, err));
    return PGS_OK;
}

void pgs_vector_set_valid(struct pgs_vector *vector, size_t first_row, size_t rows)
{
    if (vector->validity) {
        for (size_t row = first_row; row < first_row + rows; row++)
            vector->validity[row / 64] |= (uint64_t)1 << (row % 64);
    }
    if (!is_struct(vector))
        return;
    for (uint32_t i = 0; i < vector->child_count; i++)
        pgs_vector_set_valid(&vector->children[i], first_row, rows);
}

char *pgs_vector_string_open(struct pgs_vector *vector, size_t row, size_t size_bytes)
{
    struct pgs_string *string = (struct pgs_string *)vector->data + row;
    char *at;

    if (size_bytes > UINT32_MAX)
        return NULL;
    if (size_bytes <= PGS_STRING_INLINE_BYTES) {
        memset(string, 0, sizeof(*string));
        string->value.inlined.length = (uint32_t)size_bytes;
        return string->value.inlined.bytes;
    }
    at = vector->ops->string_alloc(vector, size_bytes);
    if (!at)
        return NULL;
    string->value.pointer.length = (uint32_t)size_bytes;
    string->value.pointer.at = at;
    return at;
}

void pgs_vector_string_close(struct pgs_vector *vector, size_t row)
{
    struct pgs_string *string = (struct pgs_string *)vector->data + row;

    if (string->value.pointer.length > PGS_STRING_INLINE_BYTES)
        memcpy(string->value.pointer.prefix, string->value.pointer.at,
               sizeof(string->value.pointer.prefix));
}

/* Copies up to 12 bytes without a call: two moves that may overlap. */
static inline void copy_inline(char *target, const char *source, size_t size_bytes)
{
    if (size_bytes >= 8) {
        memcpy(target, source, 8);
        memcpy(target + size_bytes - 4, source + size_bytes - 4, 4);
    } else if (size_bytes >= 4) {
        memcpy(target, source, 4);
        memcpy(target + size_bytes - 4, source + size_bytes - 4, 4);
    } else {
        for (size_t i = 0; i < size_bytes; i++)
            target[i] = source[i];
    }
}

enum pgs_status pgs_vector_set_string(struct pgs_vector *vector, size_t row, struct pgs_str text,
                                      struct pgs_error *err)
{
    struct pgs_string *string = (struct pgs_string *)vector->data + row;
    char *at;

    if (PGS_LIKELY(text.size_bytes <= PGS_STRING_INLINE_BYTES)) {
        struct pgs_string copy;

        memset(&copy, 0, sizeof(copy));
        copy.value.inlined.length = (uint32_t)text.size_bytes;
        copy_inline(copy.value.inlined.bytes, text.at, text.size_bytes);
        *string = copy;
        return PGS_OK;
    }
    at = pgs_vector_string_open(vector, row, text.size_bytes);
    if (!at)
        return pgs_error_oom(err);
    memcpy(at, text.at, text.size_bytes);
    pgs_vector_string_close(vector, row);
    return PGS_OK;
}

struct pgs_str pgs_vector_string(const struct pgs_vector *vector, size_t row)
{
    const struct pgs_string *string = (const struct pgs_string *)vector->data + row;
    struct pgs_str text;

    text.size_bytes = string->value.pointer.length;
    if (text.size_bytes > PGS_STRING_INLINE_BYTES)
        text.at = string->value.pointer.at;
    else
        text.at = string->value.inlined.bytes;
    return text;
}
