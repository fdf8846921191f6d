/* SPDX-License-Identifier: MIT */
#include "wire/families.h"
#include "wire/text_scan.h"

/* bit_send and varbit_send, utils/adt/varbit.c, 18: how many bits, then they,
 * the first one highest. As text: zeros and ones. */
PGS_DECODER(pgs_bit_decode)
{
    struct pgs_reader reader = pgs_reader_of(at, size_bytes);
    uint32_t count = pgs_reader_be32(&reader);
    const uint8_t *bits = reader.at;
    char *text;

    (void)type;
    (void)options;
    if (reader.short_of || count > INT32_MAX || reader.left_bytes != ((size_t)count + 7) / 8)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "bit string of %u bits has %u bytes", count,
                             size_bytes);
    text = pgs_vector_string_open(vector, row, count);
    if (!text)
        return pgs_error_oom(err);
    for (uint32_t i = 0; i < count; i++)
        text[i] = (char)('0' + (bits[i / 8] >> (7 - i % 8) & 1));
    pgs_vector_string_close(vector, row);
    return PGS_OK;
}

PGS_ENCODER(pgs_bit_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    size_t bytes = (text.size_bytes + 7) / 8;
    char *at;

    (void)type;
    (void)options;
    if (text.size_bytes > INT32_MAX)
        return pgs_error_set(err, PGS_ERR_CONVERSION, "bit string is longer than PostgreSQL's");
    pgs_buf_add_be32(out, (uint32_t)text.size_bytes);
    at = pgs_buf_reserve(out, bytes);
    if (!at)
        return pgs_buf_status(out, err);
    memset(at, 0, bytes);
    for (size_t i = 0; i < text.size_bytes; i++) {
        if (text.at[i] != '0' && text.at[i] != '1')
            return pgs_text_refuse(text, "bit", err);
        if (text.at[i] == '1')
            at[i / 8] = (char)((uint8_t)at[i / 8] | 1U << (7 - i % 8));
    }
    pgs_buf_advance(out, bytes);
    return PGS_OK;
}
