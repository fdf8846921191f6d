/* SPDX-License-Identifier: MIT
 *
 * The text form of hstore: "key"=>"value", "other"=>NULL.
 *
 * White space is skipped around tokens. A quoted token has backslash escapes; an
 * unquoted one ends at white space, or at '=' (a key) or ',' (a value), a
 * backslash taking the next character as it is. The unquoted value null, in any
 * case, is NULL.
 *
 * Thread: one thread at a time per reader.
 * Source: get_val and parse_hstore, contrib/hstore/hstore_io.c, 18.
 */
#ifndef PGS_WIRE_HSTORE_H
#define PGS_WIRE_HSTORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_hstore_pair {
    struct pgs_str key;
    struct pgs_str value; /* empty when NULL */
    bool is_null;
};

struct pgs_hstore_reader {
    struct pgs_str text;
    size_t position_bytes;
    struct pgs_buf key;
    struct pgs_buf value;
};

/* `text` is borrowed. No failure, no allocation. */
void pgs_hstore_reader_init(struct pgs_hstore_reader *reader, struct pgs_str text);
void pgs_hstore_reader_release(struct pgs_hstore_reader *reader);

/* The next pair in the order of the text, repeated keys included; *more = false
 * at the end. `pair` is valid until the next call. Errors: PGS_ERR_CONVERSION
 * with the position in bytes, PGS_ERR_OOM. */
enum pgs_status pgs_hstore_next(struct pgs_hstore_reader *reader, struct pgs_hstore_pair *pair,
                                bool *more, struct pgs_error *err) PGS_MUST_CHECK;

/* The value of `key`, the last one given: appended to `value`; *found = false
 * when there is no such key or its value is NULL. The whole text is checked. */
enum pgs_status pgs_hstore_get_value(struct pgs_str text, struct pgs_str key, struct pgs_buf *value,
                                     bool *found, struct pgs_error *err) PGS_MUST_CHECK;

/* Appends a JSON object of the pairs in their order: {"key": "value", "other":
 * null}. */
enum pgs_status pgs_hstore_to_json_text(struct pgs_str text, struct pgs_buf *json,
                                        struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
