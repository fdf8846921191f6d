/* SPDX-License-Identifier: MIT
 *
 * A borrowed piece of text or bytes with its length. No NUL is needed, none is
 * implied. `at` may be NULL only when size_bytes is 0.
 */
#ifndef PGS_BASE_STR_H
#define PGS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

struct pgs_str {
    const char *at;
    size_t size_bytes;
};

/* NULL gives the empty string. */
static inline struct pgs_str pgs_str_of(const char *text)
{
    struct pgs_str result = {text, text ? strlen(text) : 0};
    return result;
}

static inline bool pgs_str_equal(struct pgs_str a, struct pgs_str b)
{
    return a.size_bytes == b.size_bytes &&
           (a.size_bytes == 0 || memcmp(a.at, b.at, a.size_bytes) == 0);
}

/* For printf's "%.*s". */
#define PGS_STR_ARG(s) (int)(s).size_bytes, ((s).at ? (s).at : "")

PGS_EXTERN_C_END

#endif
