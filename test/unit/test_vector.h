/* SPDX-License-Identifier: MIT
 *
 * A host for struct pgs_vector in plain memory, for unit tests and fuzzers. All
 * its memory comes from base/alloc.h, so that tests can make it fail; a LIST's
 * child starts with no rows at all, so that growing is always tested.
 */
#ifndef PGS_TEST_VECTOR_H
#define PGS_TEST_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/port.h"
#include "wire/type.h"
#include "wire/vector.h"

PGS_EXTERN_C_BEGIN

/* A vector for `rows` values of `type`, or NULL (out of memory). */
struct pgs_vector *pgs_test_vector_new(const struct pgs_type *type, size_t rows) PGS_MUST_CHECK;
void pgs_test_vector_free(struct pgs_vector *vector); /* NULL is legal */

/* The same in the caller's struct, for arrays of vectors. */
bool pgs_test_vector_open(struct pgs_vector *vector, const struct pgs_type *type, size_t rows);
void pgs_test_vector_release(struct pgs_vector *vector);

/* Appends the value at `row` as text: numbers in decimal (DATE in days, TIME
 * and TIMESTAMP in microseconds, TIMETZ as micros/seconds east), UUID and BLOB
 * in hexadecimal, INTERVAL as months/days/micros, ENUM as its label, lists in
 * [], structs in {}, NULL. */
void pgs_test_vector_print(const struct pgs_type *type, const struct pgs_vector *vector, size_t row,
                           struct pgs_buf *out);

PGS_EXTERN_C_END

#endif
