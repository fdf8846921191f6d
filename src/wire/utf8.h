/* SPDX-License-Identifier: MIT
 *
 * Whether bytes are UTF-8, as the host's strings must be.
 */
#ifndef PGS_WIRE_UTF8_H
#define PGS_WIRE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

/* True for well-formed UTF-8: no overlong forms, no surrogates, nothing above
 * U+10FFFF. A zero byte is a character like any other. Plain ASCII is checked
 * eight bytes at a time.
 * Source: The Unicode Standard, table 3-7. */
bool pgs_utf8_valid(const uint8_t *at, size_t size_bytes);

PGS_EXTERN_C_END

#endif
