/* SPDX-License-Identifier: MIT
 *
 * What the wire fuzzers share: a set of types to choose from, and the property
 * that every decoder and encoder pair must have.
 */
#ifndef PGS_FUZZ_VALUES_H
#define PGS_FUZZ_VALUES_H

#include <stddef.h>
#include <stdint.h>

#include "base/port.h"
#include "wire/type.h"

PGS_EXTERN_C_BEGIN

/* Type number `choice`, any number: scalars of every kind, an enum, arrays of
 * one to six dimensions, composites, arrays of composites of arrays. */
const struct pgs_type *pgs_fuzz_type(unsigned choice);

/* Decodes untrusted bytes. If they are a value, then encoding it and decoding
 * that gives the same value, and encoding that the same bytes; aborts if not.
 * Bytes that are no value only must not crash. */
void pgs_fuzz_value(const struct pgs_type *type, const uint8_t *at, size_t size_bytes);

PGS_EXTERN_C_END

#endif
