/* SPDX-License-Identifier: MIT
 *
 * hstore is read as its text and written in binary from that text.
 */
#include "wire/families.h"
#include "wire/hstore.h"
#include "wire/text_scan.h"

static void add_text(struct pgs_buf *out, struct pgs_str text)
{
    pgs_buf_add_be32(out, (uint32_t)text.size_bytes);
    pgs_buf_add_str(out, text);
}

/* All pairs of `text`; *count gets how many. */
static enum pgs_status add_pairs(struct pgs_str text, struct pgs_buf *out, uint32_t *count,
                                 struct pgs_error *err)
{
    struct pgs_hstore_reader reader;
    struct pgs_hstore_pair pair;
    enum pgs_status status;
    bool more = true;

    *count = 0;
    pgs_hstore_reader_init(&reader, text);
    for (;;) {
        status = pgs_hstore_next(&reader, &pair, &more, err);
        if (status != PGS_OK || !more)
            break;
        add_text(out, pair.key);
        if (pair.is_null)
            pgs_buf_add_be32(out, UINT32_MAX);
        else
            add_text(out, pair.value);
        (*count)++;
    }
    pgs_hstore_reader_release(&reader);
    return status;
}

/* hstore_recv, contrib/hstore/hstore_io.c, 18: how many pairs; each a key and a
 * value with their lengths, -1 for NULL. Order and doubles are its business. */
PGS_ENCODER(pgs_hstore_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    size_t start = out->size_bytes;
    uint32_t count = 0;
    enum pgs_status status;

    (void)type;
    (void)options;
    pgs_buf_add_be32(out, 0);
    status = add_pairs(text, out, &count, err);
    if (status == PGS_ERR_CONVERSION) {
        pgs_text_refuse(text, "hstore", err);
        pgs_error_hint(err, "hstore is written as \"key\"=>\"value\", \"key\"=>NULL");
    }
    if (status == PGS_OK && !out->broken)
        pgs_put_be32((uint8_t *)out->at + start, count);
    return status;
}
