/* SPDX-License-Identifier: MIT
 *
 * What every unit test is written with. A failed check prints file, line and
 * both sides, and the test goes on; main() ends with `return
 * pgs_check_report();`, which is 0 only when nothing failed.
 *
 *     CHECK(condition)             CHECK_INT(got, wanted)
 *     CHECK_STR(got, wanted)       CHECK_BYTES(got, got_size, wanted, wanted_size)
 *
 * Integers are compared as long long, strings are NUL-terminated.
 */
#ifndef PGS_TEST_UNIT_CHECK_H
#define PGS_TEST_UNIT_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

#define CHECK(condition) pgs_check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, wanted)                                                                     \
    pgs_check_int((long long)(got), (long long)(wanted), #got, __FILE__, __LINE__)
#define CHECK_STR(got, wanted) pgs_check_str((got), (wanted), #got, __FILE__, __LINE__)
#define CHECK_BYTES(got, got_size, wanted, wanted_size)                                            \
    pgs_check_bytes((got), (got_size), (wanted), (wanted_size), #got, __FILE__, __LINE__)

/* Each returns whether it held. */
bool pgs_check_true(bool holds, const char *what, const char *file, int line);
bool pgs_check_int(long long got, long long wanted, const char *what, const char *file, int line);
bool pgs_check_str(const char *got, const char *wanted, const char *what, const char *file,
                   int line);
bool pgs_check_bytes(const void *got, size_t got_size, const void *wanted, size_t wanted_size,
                     const char *what, const char *file, int line);

/* What the next checks are about ("" = nothing); printed with a failure. Borrowed. */
void pgs_check_about(const char *subject);

/* Prints the totals; 0 when every check held. */
int pgs_check_report(void) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
