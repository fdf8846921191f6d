/* SPDX-License-Identifier: MIT
 *
 * hstore is read as its text and written in binary from that text.
 */
#include <string.h>

#include "wire/families.h"
#include "wire/text_scan.h"

/* Length and bytes of what stands in quotes, backslashes resolved. */
static bool add_quoted(struct pgs_text_scan *scan, struct pgs_buf *out)
{
    size_t start = out->size_bytes;

    pgs_buf_add_be32(out, 0);
    if (!pgs_text_scan_char(scan, '"'))
        return false;
    while (!pgs_text_scan_char(scan, '"')) {
        (void)pgs_text_scan_char(scan, '\\');
        if (pgs_text_scan_ended(scan) || *scan->at == '\0')
            return false;
        pgs_buf_add_char(out, *scan->at++);
    }
    if (!out->broken)
        pgs_put_be32((uint8_t *)out->at + start, (uint32_t)(out->size_bytes - start - 4));
    return true;
}

static bool add_pair(struct pgs_text_scan *scan, struct pgs_buf *out)
{
    if (!add_quoted(scan, out) || !pgs_text_scan_word(scan, "=>"))
        return false;
    if (!pgs_text_scan_word(scan, "NULL"))
        return add_quoted(scan, out);
    pgs_buf_add_be32(out, UINT32_MAX);
    return true;
}

/* hstore_recv, contrib/hstore/hstore_io.c, 18: how many pairs; each a key and a
 * value with their lengths, -1 for NULL. Order and doubles are its business. */
PGS_ENCODER(pgs_hstore_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    size_t start = out->size_bytes;
    uint32_t count = 0;

    (void)type;
    (void)options;
    pgs_buf_add_be32(out, 0);
    while (!pgs_text_scan_ended(&scan)) {
        if ((count > 0 && !pgs_text_scan_word(&scan, ", ")) || !add_pair(&scan, out)) {
            pgs_text_refuse(text, "hstore", err);
            pgs_error_hint(err, "hstore is written as \"key\"=>\"value\", \"key\"=>NULL");
            return PGS_ERR_CONVERSION;
        }
        count++;
    }
    if (!out->broken)
        pgs_put_be32((uint8_t *)out->at + start, count);
    return PGS_OK;
}
