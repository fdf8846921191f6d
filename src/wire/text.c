/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "wire/families.h"
#include "wire/utf8.h"

/* textsend, varcharsend, namesend, json_send, 18: the bytes are the text, in
 * the client encoding, which is UTF-8 in all our sessions. */
PGS_DECODER(pgs_text_decode)
{
    struct pgs_str text = {(const char *)at, size_bytes};

    (void)type;
    (void)options;
    if (PGS_UNLIKELY(!pgs_utf8_valid(at, size_bytes)))
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "text is not valid UTF-8");
    return pgs_vector_set_string(vector, row, text, err);
}

static enum pgs_status add_replaced(struct pgs_str text, const struct pgs_codec_options *options,
                                    struct pgs_buf *out, struct pgs_error *err)
{
    const char *end = text.at + text.size_bytes;
    const char *from = text.at;
    const char *zero;

    if (!options || !options->null_byte_replacement.at) {
        pgs_error_set(err, PGS_ERR_CONVERSION,
                      "text contains a zero byte, which PostgreSQL cannot store");
        pgs_error_hint(err, "SET pg_null_byte_replacement='' removes zero bytes, another text "
                            "replaces them");
        return PGS_ERR_CONVERSION;
    }
    while ((zero = memchr(from, 0, (size_t)(end - from))) != NULL) {
        pgs_buf_add(out, from, (size_t)(zero - from));
        pgs_buf_add_str(out, options->null_byte_replacement);
        from = zero + 1;
    }
    pgs_buf_add(out, from, (size_t)(end - from));
    return PGS_OK;
}

PGS_ENCODER(pgs_text_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);

    (void)type;
    if (PGS_UNLIKELY(memchr(text.at, 0, text.size_bytes) != NULL))
        return add_replaced(text, options, out, err);
    pgs_buf_add_str(out, text);
    return PGS_OK;
}

/* bpcharsend, utils/adt/varchar.c, 18: padded with blanks to the declared
 * length. The padding is no part of the value. */
PGS_DECODER(pgs_bpchar_decode)
{
    while (size_bytes && at[size_bytes - 1] == ' ')
        size_bytes--;
    return pgs_text_decode(type, options, at, size_bytes, vector, row, err);
}

/* charsend, utils/adt/char.c, 18: one byte of no encoding. As charout shows it:
 * nothing for zero, backslash and three octal digits above ASCII. */
PGS_DECODER(pgs_char_decode)
{
    char shown[4];
    struct pgs_str text = {shown, 1};

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 1, "\"char\"", err));
    shown[0] = (char)at[0];
    if (at[0] == 0) {
        text.size_bytes = 0;
    } else if (at[0] >= 0x80) {
        text.size_bytes = 4;
        shown[0] = '\\';
        shown[1] = (char)('0' + (at[0] >> 6));
        shown[2] = (char)('0' + (at[0] >> 3 & 7));
        shown[3] = (char)('0' + (at[0] & 7));
    }
    return pgs_vector_set_string(vector, row, text, err);
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

/* charin, utils/adt/char.c, 18, but nothing is cut off silently. */
PGS_ENCODER(pgs_char_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    char byte = 0;

    (void)type;
    (void)options;
    if (text.size_bytes == 1 && (uint8_t)text.at[0] < 0x80) {
        byte = text.at[0];
    } else if (text.size_bytes == 4 && text.at[0] == '\\' && is_octal(text.at[1]) &&
               is_octal(text.at[2]) && is_octal(text.at[3])) {
        byte = (char)((text.at[1] - '0') << 6 | (text.at[2] - '0') << 3 | (text.at[3] - '0'));
    } else if (text.size_bytes > 0) {
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "\"%.*s\" does not fit type \"char\", which holds one byte",
                             (int)(text.size_bytes < 64 ? text.size_bytes : 64), text.at);
    }
    pgs_buf_add_char(out, byte);
    return PGS_OK;
}
