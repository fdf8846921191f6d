/* SPDX-License-Identifier: MIT */
#include "sql/quote.h"

#include <string.h>

static bool contains(struct pgs_str text, char c)
{
    return text.size_bytes && memchr(text.at, c, text.size_bytes);
}

bool pgs_sql_text_is_safe(struct pgs_str text)
{
    return !contains(text, '\0');
}

/* Appends `text` with every `a` and every `b` doubled: the runs between them are
 * copied whole. */
static void add_doubled(struct pgs_buf *sql, struct pgs_str text, char a, char b)
{
    size_t run = 0;

    for (size_t i = 0; i < text.size_bytes; i++) {
        if (text.at[i] != a && text.at[i] != b)
            continue;
        pgs_buf_add(sql, text.at + run, i - run + 1);
        run = i;
    }
    if (text.size_bytes)
        pgs_buf_add(sql, text.at + run, text.size_bytes - run);
}

/* Whether a letter appended now would become part of the last word. */
static bool ends_in_word(const struct pgs_buf *sql)
{
    unsigned char last = sql->size_bytes ? (unsigned char)sql->at[sql->size_bytes - 1] : ' ';

    return (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') ||
           (last >= '0' && last <= '9') || last == '_' || last == '$' || last >= 0x80;
}

void pgs_quote_ident(struct pgs_buf *sql, struct pgs_str name)
{
    if (!pgs_sql_text_is_safe(name)) {
        sql->broken = true;
        return;
    }
    pgs_buf_add_char(sql, '"');
    add_doubled(sql, name, '"', '"');
    pgs_buf_add_char(sql, '"');
}

void pgs_quote_qualified(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name)
{
    if (schema.size_bytes) {
        pgs_quote_ident(sql, schema);
        pgs_buf_add_char(sql, '.');
    }
    pgs_quote_ident(sql, name);
}

void pgs_quote_literal(struct pgs_buf *sql, struct pgs_str text)
{
    if (!pgs_sql_text_is_safe(text)) {
        sql->broken = true;
        return;
    }
    if (!contains(text, '\\')) {
        pgs_buf_add_char(sql, '\'');
        add_doubled(sql, text, '\'', '\'');
    } else {
        pgs_buf_add_text(sql, ends_in_word(sql) ? " E'" : "E'");
        add_doubled(sql, text, '\'', '\\');
    }
    pgs_buf_add_char(sql, '\'');
}
