/* SPDX-License-Identifier: MIT
 *
 * tsvector is read as its text and written in binary from that text.
 */
#include <string.h>

#include "wire/families.h"
#include "wire/text_scan.h"

enum { POSITION_MAX = 0x3FFF, WEIGHT_SHIFT = 14 };

/* 'it''s', where a backslash stands before what it takes literally. */
static bool add_lexeme(struct pgs_text_scan *scan, struct pgs_buf *out)
{
    if (!pgs_text_scan_char(scan, '\''))
        return false;
    while (!pgs_text_scan_ended(scan)) {
        if (pgs_text_scan_char(scan, '\'')) {
            if (pgs_text_scan_peek(scan) != '\'')
                return true;
        } else if (pgs_text_scan_char(scan, '\\') && pgs_text_scan_ended(scan)) {
            return false;
        }
        if (*scan->at == '\0')
            return false;
        pgs_buf_add_char(out, *scan->at++);
    }
    return false;
}

static uint32_t read_weight(struct pgs_text_scan *scan)
{
    if (pgs_text_scan_char(scan, 'A'))
        return 3;
    if (pgs_text_scan_char(scan, 'B'))
        return 2;
    if (pgs_text_scan_char(scan, 'C'))
        return 1;
    (void)pgs_text_scan_char(scan, 'D');
    return 0;
}

/* [:1A,2,…] */
static bool add_positions(struct pgs_text_scan *scan, struct pgs_buf *out)
{
    size_t start = out->size_bytes;
    uint32_t count = 0;
    char mark = ':';

    pgs_buf_add_be16(out, 0);
    while (pgs_text_scan_char(scan, mark)) {
        uint64_t position;

        if (!pgs_text_scan_decimal(scan, POSITION_MAX, &position) || count == UINT16_MAX)
            return false;
        pgs_buf_add_be16(out, (uint16_t)(read_weight(scan) << WEIGHT_SHIFT | position));
        count++;
        mark = ',';
    }
    if (!out->broken)
        pgs_put_be16((uint8_t *)out->at + start, (uint16_t)count);
    return true;
}

/* tsvectorrecv, utils/adt/tsvector.c, 18: how many lexemes; each ends in a zero
 * byte and is followed by how many positions, and they. */
PGS_ENCODER(pgs_tsvector_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    size_t start = out->size_bytes;
    uint32_t count = 0;

    (void)type;
    (void)options;
    pgs_buf_add_be32(out, 0);
    while (!pgs_text_scan_ended(&scan)) {
        if ((count > 0 && !pgs_text_scan_char(&scan, ' ')) || !add_lexeme(&scan, out))
            return pgs_text_refuse(text, "tsvector", err);
        pgs_buf_add_char(out, '\0');
        if (!add_positions(&scan, out))
            return pgs_text_refuse(text, "tsvector", err);
        count++;
    }
    if (!out->broken)
        pgs_put_be32((uint8_t *)out->at + start, count);
    return PGS_OK;
}
