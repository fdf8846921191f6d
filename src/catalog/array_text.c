/* SPDX-License-Identifier: MIT
 *
 * Source: array_out, utils/adt/arrayfuncs.c, 18.
 */
#include <string.h>

#include "base/limits.h"
#include "catalog/internal.h"

void pgs_array_text_init(struct pgs_array_text *array, struct pgs_str text)
{
    array->left = text;
    array->started = false;
    pgs_buf_init(&array->scratch, PGS_SQL_BYTES_MAX);
}

void pgs_array_text_release(struct pgs_array_text *array)
{
    pgs_buf_release(&array->scratch);
}

static enum pgs_status malformed(struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_PROTOCOL, "malformed array in an answer of the catalog");
}

static char first_byte(struct pgs_str text)
{
    return text.size_bytes ? text.at[0] : '\0';
}

static struct pgs_str skip(struct pgs_str text, size_t size_bytes)
{
    struct pgs_str rest = {text.at + size_bytes, text.size_bytes - size_bytes};
    return rest;
}

/* After the opening quote. Without escapes the element is borrowed as it is. */
static enum pgs_status take_quoted(struct pgs_array_text *array, struct pgs_str *element,
                                   struct pgs_error *err)
{
    struct pgs_str left = array->left;
    bool escaped = false;
    size_t i = 0;

    pgs_buf_reset(&array->scratch);
    while (i < left.size_bytes && left.at[i] != '"') {
        if (left.at[i] == '\\') {
            if (!escaped)
                pgs_buf_add(&array->scratch, left.at, i);
            escaped = true;
            i++;
            if (i == left.size_bytes)
                break;
        }
        if (escaped)
            pgs_buf_add_char(&array->scratch, left.at[i]);
        i++;
    }
    if (i == left.size_bytes)
        return malformed(err);
    element->at = left.at;
    element->size_bytes = i;
    if (escaped) {
        PGS_TRY(pgs_buf_status(&array->scratch, err));
        *element = pgs_buf_str(&array->scratch);
    }
    array->left = skip(left, i + 1);
    return PGS_OK;
}

static enum pgs_status take_plain(struct pgs_array_text *array, struct pgs_str *element,
                                  struct pgs_error *err)
{
    struct pgs_str left = array->left;
    size_t i = 0;

    while (i < left.size_bytes && !strchr(",{}\"\\", left.at[i]))
        i++;
    element->at = left.at;
    element->size_bytes = i;
    if (i == 0 || (i == 4 && memcmp(left.at, "NULL", 4) == 0))
        return malformed(err);
    array->left = skip(left, i);
    return PGS_OK;
}

enum pgs_status pgs_array_text_next(struct pgs_array_text *array, struct pgs_str *element,
                                    bool *more, struct pgs_error *err)
{
    bool was_started = array->started;
    char c = first_byte(array->left);

    array->started = true;
    *more = false;
    if (!was_started && array->left.size_bytes == 2 && memcmp(array->left.at, "{}", 2) == 0) {
        array->left = skip(array->left, 1);
        c = '}';
    } else if (!was_started && c != '{') {
        return malformed(err);
    }
    if (c == '}')
        return array->left.size_bytes == 1 ? PGS_OK : malformed(err);
    if (was_started && c != ',')
        return malformed(err);
    array->left = skip(array->left, 1);
    *more = true;
    if (first_byte(array->left) != '"')
        return take_plain(array, element, err);
    array->left = skip(array->left, 1);
    return take_quoted(array, element, err);
}

enum pgs_status pgs_array_text_count(struct pgs_str text, size_t *count, struct pgs_error *err)
{
    struct pgs_array_text array;
    struct pgs_str element;
    enum pgs_status status;
    bool more = true;
    size_t found = 0;

    pgs_array_text_init(&array, text);
    status = pgs_array_text_next(&array, &element, &more, err);
    while (status == PGS_OK && more) {
        found++;
        status = pgs_array_text_next(&array, &element, &more, err);
    }
    pgs_array_text_release(&array);
    *count = found;
    return status;
}

struct pgs_str pgs_take_word(struct pgs_str *text)
{
    struct pgs_str word = *text;
    const char *blank = text->size_bytes ? memchr(text->at, ' ', text->size_bytes) : NULL;

    if (blank) {
        word.size_bytes = (size_t)(blank - text->at);
        *text = skip(*text, word.size_bytes + 1);
    } else if (text->size_bytes) {
        *text = skip(*text, text->size_bytes);
    }
    return word;
}

bool pgs_take_int(struct pgs_str *text, int64_t *value)
{
    struct pgs_str word = pgs_take_word(text);
    bool negative = first_byte(word) == '-';
    size_t i = negative ? 1 : 0;
    int64_t result = 0;

    *value = 0;
    /* 18 digits cannot overflow; nothing here has more than 10. */
    if (i == word.size_bytes || word.size_bytes - i > 18)
        return false;
    for (; i < word.size_bytes; i++) {
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
        result = result * 10 + (word.at[i] - '0');
    }
    *value = negative ? -result : result;
    return true;
}
