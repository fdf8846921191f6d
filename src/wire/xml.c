/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "wire/families.h"
#include "wire/text_scan.h"

static void skip_blanks(struct pgs_text_scan *scan)
{
    while (pgs_text_scan_char(scan, ' ') || pgs_text_scan_char(scan, '\t') ||
           pgs_text_scan_char(scan, '\n') || pgs_text_scan_char(scan, '\r'))
        continue;
}

/* Moves behind ="…" or ='…'. */
static bool skip_value(struct pgs_text_scan *scan)
{
    char quote;

    skip_blanks(scan);
    if (!pgs_text_scan_char(scan, '='))
        return false;
    skip_blanks(scan);
    quote = pgs_text_scan_peek(scan);
    if (quote != '"' && quote != '\'')
        return false;
    scan->at++;
    while (!pgs_text_scan_ended(scan) && *scan->at != quote)
        scan->at++;
    return pgs_text_scan_char(scan, quote);
}

/* Where in the declaration the encoding is named, blanks before it included;
 * false when it is not. */
static bool find_encoding(struct pgs_str text, struct pgs_str *found)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);

    if (!pgs_text_scan_word(&scan, "<?xml"))
        return false;
    while (!pgs_text_scan_ended(&scan)) {
        const char *start = scan.at;
        bool is_encoding;

        skip_blanks(&scan);
        is_encoding = pgs_text_scan_word(&scan, "encoding");
        if (!is_encoding && !pgs_text_scan_word(&scan, "version") &&
            !pgs_text_scan_word(&scan, "standalone"))
            return false;
        if (!skip_value(&scan))
            return false;
        if (is_encoding) {
            found->at = start;
            found->size_bytes = (size_t)(scan.at - start);
            return true;
        }
    }
    return false;
}

/* xml_recv, utils/adt/xml.c, 18, believes a declared encoding, which xml_in
 * ignores and nobody stores. What we send is UTF-8 whatever is declared. */
PGS_ENCODER(pgs_xml_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_str encoding;
    const char *rest;

    if (!find_encoding(text, &encoding) || memchr(text.at, 0, text.size_bytes))
        return pgs_text_encode(type, options, vector, row, out, err);
    rest = encoding.at + encoding.size_bytes;
    pgs_buf_add(out, text.at, (size_t)(encoding.at - text.at));
    pgs_buf_add(out, rest, (size_t)(text.at + text.size_bytes - rest));
    return PGS_OK;
}
