/* SPDX-License-Identifier: MIT
 *
 * What the encoders that read a type's text share: a place in the text that
 * moves forward over what it recognises, and stays where it does not.
 *
 * Only what PostgreSQL itself prints is understood, and spellings next to it;
 * the encoders refuse everything else with pgs_text_refuse().
 */
#ifndef PGS_WIRE_TEXT_SCAN_H
#define PGS_WIRE_TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_text_scan {
    const char *at;
    const char *end;
};

static inline struct pgs_text_scan pgs_text_scan_of(struct pgs_str text)
{
    struct pgs_text_scan scan = {text.at, text.at + text.size_bytes};

    return scan;
}

static inline bool pgs_text_scan_ended(const struct pgs_text_scan *scan)
{
    return scan->at == scan->end;
}

/* The next byte without taking it, 0 at the end. */
static inline char pgs_text_scan_peek(const struct pgs_text_scan *scan)
{
    return scan->at == scan->end ? '\0' : *scan->at;
}

/* Takes `c` if it is next. */
static inline bool pgs_text_scan_char(struct pgs_text_scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

/* Takes `word` if it is next. */
bool pgs_text_scan_word(struct pgs_text_scan *scan, const char *word);

/* Takes all decimal digits that are next, at least one; false when there is
 * none or the number is beyond `max`. */
bool pgs_text_scan_decimal(struct pgs_text_scan *scan, uint64_t max, uint64_t *value);

/* Takes at least one and at most `digits_max` hexadecimal digits. */
bool pgs_text_scan_hex(struct pgs_text_scan *scan, unsigned digits_max, uint64_t *value);

/* Fails: the text is none of the type's. Long texts are shortened. */
enum pgs_status pgs_text_refuse(struct pgs_str text, const char *type_name, struct pgs_error *err);

PGS_EXTERN_C_END

#endif
