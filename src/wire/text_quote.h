/* SPDX-License-Identifier: MIT
 *
 * Quoting in place: text is first appended to a buffer as its type spells it,
 * then what stands from `start` to the end of the buffer is made a part of
 * something larger. So values nest without a buffer for each level.
 *
 * A broken buffer is left alone.
 * Source: array_in, utils/adt/arrayfuncs.c; record_in, utils/adt/rowtypes.c;
 * CopyReadLineText and CopyReadAttributesText, commands/copyfromparse.c, 18.
 */
#ifndef PGS_WIRE_TEXT_QUOTE_H
#define PGS_WIRE_TEXT_QUOTE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/port.h"

PGS_EXTERN_C_BEGIN

/* An element of an array or a field of a composite that is not NULL: in double
 * quotes unless it is plain, quotes and backslashes in it after a backslash.
 * `delimiter` is what separates it from the next. */
void pgs_text_quote_part(struct pgs_buf *out, size_t start, char delimiter);

/* A field of a line in the COPY text format that is not NULL: a backslash before
 * backslashes, and \n, \r, \t for what would end the line or the field. */
void pgs_text_escape_field(struct pgs_buf *out, size_t start);

PGS_EXTERN_C_END

#endif
