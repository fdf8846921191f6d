/* SPDX-License-Identifier: MIT
 *
 * The unit tests' host for vectors, for the fuzzers too. */
#include "../unit/test_vector.c"
