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

/* charout, utils/adt/char.c, 18: nothing for zero, backslash and three octal
 * digits above ASCII. Returns the size. */
static size_t show_char(uint8_t byte, char shown[4])
{
    shown[0] = (char)byte;
    if (byte < 0x80)
        return byte != 0;
    shown[0] = '\\';
    shown[1] = (char)('0' + (byte >> 6));
    shown[2] = (char)('0' + (byte >> 3 & 7));
    shown[3] = (char)('0' + (byte & 7));
    return 4;
}

/* charsend, utils/adt/char.c, 18: one byte of no encoding. */
PGS_DECODER(pgs_char_decode)
{
    char shown[4];
    struct pgs_str text = {shown, 0};

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 1, "\"char\"", err));
    text.size_bytes = show_char(at[0], shown);
    return pgs_vector_set_string(vector, row, text, err);
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

/* charin, utils/adt/char.c, 18, but nothing is cut off silently. */
static enum pgs_status read_char(struct pgs_str text, char *byte, struct pgs_error *err)
{
    *byte = 0;
    if (text.size_bytes == 1 && (uint8_t)text.at[0] < 0x80) {
        *byte = text.at[0];
    } else if (text.size_bytes == 4 && text.at[0] == '\\' && is_octal(text.at[1]) &&
               is_octal(text.at[2]) && is_octal(text.at[3])) {
        *byte = (char)((text.at[1] - '0') << 6 | (text.at[2] - '0') << 3 | (text.at[3] - '0'));
    } else if (text.size_bytes > 0) {
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "\"%.*s\" does not fit type \"char\", which holds one byte",
                             (int)(text.size_bytes < 64 ? text.size_bytes : 64), text.at);
    }
    return PGS_OK;
}

PGS_ENCODER(pgs_char_encode)
{
    char byte;

    (void)type;
    (void)options;
    PGS_TRY(read_char(pgs_vector_string(vector, row), &byte, err));
    pgs_buf_add_char(out, byte);
    return PGS_OK;
}

/* charin, utils/adt/char.c, 18. */
PGS_ENCODER(pgs_char_print)
{
    char shown[4];
    char byte;

    (void)type;
    PGS_TRY(read_char(pgs_vector_string(vector, row), &byte, err));
    if ((uint8_t)byte >= 0x80 && options && options->octal_char_unknown)
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "type \"char\" above ASCII has no text form before PostgreSQL 15");
    pgs_buf_add(out, shown, show_char((uint8_t)byte, shown));
    return PGS_OK;
}
