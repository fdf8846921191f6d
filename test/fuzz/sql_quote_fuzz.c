/* SPDX-License-Identifier: MIT
 *
 * Any text, quoted as a literal and as an identifier, must read back as itself
 * under the server's scanner rules, whatever standard_conforming_strings is,
 * and end exactly where the quoting ends.
 * Source: states <xq>, <xe> and <xd> of parser/scan.l, PostgreSQL 18.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "sql/quote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

/* Reads one quoted token as the server would and compares it with `text`. */
static void check_scan(struct pgs_str token, char quote, bool escapes, struct pgs_str text)
{
    size_t at = 1;
    size_t read = 0;

    require(token.size_bytes >= 2 && token.at[0] == quote);
    for (; at < token.size_bytes; at++, read++) {
        if (token.at[at] == quote) {
            if (at + 1 == token.size_bytes)
                break;
            at++;
            require(token.at[at] == quote);
        } else if (escapes && token.at[at] == '\\') {
            at++;
            require(at < token.size_bytes && token.at[at] == '\\');
        }
        require(read < text.size_bytes && token.at[at] == text.at[read]);
    }
    require(at + 1 == token.size_bytes && read == text.size_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pgs_str text = {(const char *)data, size};
    struct pgs_buf sql;
    struct pgs_str token;

    pgs_buf_init(&sql, (size_t)1 << 24);
    pgs_quote_literal(&sql, text);
    require(pgs_sql_text_is_safe(text) == (pgs_buf_status(&sql, NULL) == PGS_OK));
    if (pgs_sql_text_is_safe(text)) {
        token = pgs_buf_str(&sql);
        if (token.at[0] == 'E') {
            token.at++;
            token.size_bytes--;
            check_scan(token, '\'', true, text);
        } else {
            check_scan(token, '\'', false, text);
            check_scan(token, '\'', true, text);
        }
        pgs_buf_reset(&sql);
        pgs_quote_ident(&sql, text);
        check_scan(pgs_buf_str(&sql), '"', false, text);
    }
    pgs_buf_release(&sql);
    return 0;
}
