/* SPDX-License-Identifier: MIT */
#include "wire/hstore.h"

#include <strings.h>

#include "base/limits.h"

void pgs_hstore_reader_init(struct pgs_hstore_reader *reader, struct pgs_str text)
{
    reader->text = text;
    reader->position_bytes = 0;
    pgs_buf_init(&reader->key, PGS_ROW_BYTES_MAX);
    pgs_buf_init(&reader->value, PGS_ROW_BYTES_MAX);
}

void pgs_hstore_reader_release(struct pgs_hstore_reader *reader)
{
    pgs_buf_release(&reader->key);
    pgs_buf_release(&reader->value);
}

static bool at_end(const struct pgs_hstore_reader *reader)
{
    return reader->position_bytes >= reader->text.size_bytes;
}

static char current(const struct pgs_hstore_reader *reader)
{
    return reader->text.at[reader->position_bytes];
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_space(struct pgs_hstore_reader *reader)
{
    while (!at_end(reader) && is_space(current(reader)))
        reader->position_bytes++;
}

/* What is wrong at the present position. */
static enum pgs_status fail(const struct pgs_hstore_reader *reader, struct pgs_error *err)
{
    if (at_end(reader))
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "syntax error in hstore: unexpected end of string");
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "syntax error in hstore, near \"%c\" at position %zu", current(reader),
                         reader->position_bytes);
}

/* One character, or what a backslash escapes. */
static enum pgs_status take_char(struct pgs_hstore_reader *reader, struct pgs_buf *token,
                                 struct pgs_error *err)
{
    if (current(reader) == '\\')
        reader->position_bytes++;
    if (at_end(reader))
        return fail(reader, err);
    pgs_buf_add_char(token, current(reader));
    reader->position_bytes++;
    return PGS_OK;
}

static enum pgs_status read_quoted(struct pgs_hstore_reader *reader, struct pgs_buf *token,
                                   struct pgs_error *err)
{
    reader->position_bytes++;
    while (!at_end(reader) && current(reader) != '"')
        PGS_TRY(take_char(reader, token, err));
    if (at_end(reader))
        return fail(reader, err);
    reader->position_bytes++;
    return pgs_buf_status(token, err);
}

static enum pgs_status read_token(struct pgs_hstore_reader *reader, struct pgs_buf *token, char end,
                                  bool *quoted, struct pgs_error *err)
{
    pgs_buf_reset(token);
    *quoted = !at_end(reader) && current(reader) == '"';
    if (*quoted)
        return read_quoted(reader, token, err);
    if (at_end(reader) || (current(reader) == '=' && end == '='))
        return fail(reader, err);
    do {
        PGS_TRY(take_char(reader, token, err));
    } while (!at_end(reader) && current(reader) != end && !is_space(current(reader)));
    return pgs_buf_status(token, err);
}

static enum pgs_status read_arrow(struct pgs_hstore_reader *reader, struct pgs_error *err)
{
    skip_space(reader);
    for (const char *arrow = "=>"; *arrow; arrow++) {
        if (at_end(reader) || current(reader) != *arrow)
            return fail(reader, err);
        reader->position_bytes++;
    }
    skip_space(reader);
    return PGS_OK;
}

/* The comma between pairs. */
static enum pgs_status read_separator(struct pgs_hstore_reader *reader, struct pgs_error *err)
{
    skip_space(reader);
    if (at_end(reader))
        return PGS_OK;
    if (current(reader) != ',')
        return fail(reader, err);
    reader->position_bytes++;
    return PGS_OK;
}

enum pgs_status pgs_hstore_next(struct pgs_hstore_reader *reader, struct pgs_hstore_pair *pair,
                                bool *more, struct pgs_error *err)
{
    bool key_quoted = false;
    bool value_quoted = false;

    skip_space(reader);
    *more = !at_end(reader);
    if (!*more)
        return PGS_OK;
    PGS_TRY(read_token(reader, &reader->key, '=', &key_quoted, err));
    PGS_TRY(read_arrow(reader, err));
    PGS_TRY(read_token(reader, &reader->value, ',', &value_quoted, err));
    PGS_TRY(read_separator(reader, err));
    pair->is_null = !value_quoted && reader->value.size_bytes == 4 &&
                    strncasecmp(reader->value.at, "null", 4) == 0;
    if (pair->is_null)
        pgs_buf_reset(&reader->value);
    pair->key = pgs_buf_str(&reader->key);
    pair->value = pgs_buf_str(&reader->value);
    return PGS_OK;
}

enum pgs_status pgs_hstore_get_value(struct pgs_str text, struct pgs_str key, struct pgs_buf *value,
                                     bool *found, struct pgs_error *err)
{
    struct pgs_hstore_reader reader;
    struct pgs_hstore_pair pair;
    enum pgs_status status;
    bool more = true;

    *found = false;
    pgs_hstore_reader_init(&reader, text);
    for (;;) {
        status = pgs_hstore_next(&reader, &pair, &more, err);
        if (status != PGS_OK || !more)
            break;
        if (!pgs_str_equal(pair.key, key))
            continue;
        *found = !pair.is_null;
        pgs_buf_reset(value);
        pgs_buf_add_str(value, pair.value);
    }
    pgs_hstore_reader_release(&reader);
    return status == PGS_OK ? pgs_buf_status(value, err) : status;
}

static void add_json_string(struct pgs_buf *json, struct pgs_str text)
{
    static const char escaped[] = "\b\f\n\r\t\"\\";
    static const char letters[] = "bfnrt\"\\";

    pgs_buf_add_char(json, '"');
    for (size_t i = 0; i < text.size_bytes; i++) {
        char c = text.at[i];
        const char *found = c ? strchr(escaped, c) : NULL;

        if (found) {
            pgs_buf_add_char(json, '\\');
            pgs_buf_add_char(json, letters[found - escaped]);
        } else if ((unsigned char)c < 0x20) {
            pgs_buf_addf(json, "\\u%04x", (unsigned char)c);
        } else {
            pgs_buf_add_char(json, c);
        }
    }
    pgs_buf_add_char(json, '"');
}

enum pgs_status pgs_hstore_to_json_text(struct pgs_str text, struct pgs_buf *json,
                                        struct pgs_error *err)
{
    struct pgs_hstore_reader reader;
    struct pgs_hstore_pair pair;
    enum pgs_status status;
    bool more = true;

    pgs_hstore_reader_init(&reader, text);
    pgs_buf_add_char(json, '{');
    for (bool first = true;; first = false) {
        status = pgs_hstore_next(&reader, &pair, &more, err);
        if (status != PGS_OK || !more)
            break;
        pgs_buf_add_text(json, first ? "" : ", ");
        add_json_string(json, pair.key);
        pgs_buf_add_text(json, ": ");
        if (pair.is_null)
            pgs_buf_add_text(json, "null");
        else
            add_json_string(json, pair.value);
    }
    pgs_buf_add_char(json, '}');
    pgs_hstore_reader_release(&reader);
    return status == PGS_OK ? pgs_buf_status(json, err) : status;
}
