/* SPDX-License-Identifier: MIT */
#include "wire/text_quote.h"

#include <stdbool.h>
#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Never blank, bracket, comma, quote or backslash. */
static bool is_plain(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || (c && strchr("+-._:/", c));
}

/* Unquoted it would be the NULL of an array. */
static bool is_null_word(const char *at, size_t size_bytes)
{
    static const char WORD[] = "NULL";

    for (size_t i = 0; i < size_bytes && i < 4; i++) {
        if ((at[i] & ~0x20) != WORD[i])
            return false;
    }
    return size_bytes == 4;
}

static bool needs_quotes(const char *at, size_t size_bytes, char delimiter)
{
    for (size_t i = 0; i < size_bytes; i++) {
        if (!is_plain(at[i]) || at[i] == delimiter)
            return true;
    }
    return size_bytes == 0 || is_null_word(at, size_bytes);
}

void pgs_text_quote_part(struct pgs_buf *out, size_t start, char delimiter)
{
    size_t size = out->size_bytes - start;
    size_t more = 2;
    char *from;
    char *to;

    if (out->broken || !needs_quotes(out->at + start, size, delimiter))
        return;
    for (size_t i = start; i < out->size_bytes; i++)
        more += out->at[i] == '"' || out->at[i] == '\\';
    if (!pgs_buf_reserve(out, more))
        return;
    from = out->at + out->size_bytes;
    to = from + more;
    *--to = '"';
    while (from > out->at + start) {
        *--to = *--from;
        if (*from == '"' || *from == '\\')
            *--to = '\\';
    }
    *--to = '"';
    pgs_buf_advance(out, more);
}

/* What stands after the backslash, 0 for what needs none. */
static char escape_of(char c)
{
    switch (c) {
    case '\\':
        return '\\';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return '\0';
    }
}

void pgs_text_escape_field(struct pgs_buf *out, size_t start)
{
    size_t more = 0;
    char *from;
    char *to;

    if (out->broken)
        return;
    for (size_t i = start; i < out->size_bytes; i++)
        more += escape_of(out->at[i]) != '\0';
    if (more == 0 || !pgs_buf_reserve(out, more))
        return;
    from = out->at + out->size_bytes;
    to = from + more;
    while (to > from) {
        char escape = escape_of(*--from);

        *--to = escape ? escape : *from;
        if (escape)
            *--to = '\\';
    }
    pgs_buf_advance(out, more);
}
