/* SPDX-License-Identifier: MIT
 *
 * The only door to the heap. Everything in the core allocates here, so that a
 * test can make allocation n fail (pgs_alloc_fail_after) and see that nothing
 * leaks or crashes.
 *
 * Thread: all functions may be called from any thread.
 */
#ifndef PGS_BASE_ALLOC_H
#define PGS_BASE_ALLOC_H

#include <stddef.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

/* Uninitialised memory, or NULL. size_bytes 0 gives a valid pointer. */
void *pgs_alloc(size_t size_bytes) PGS_MUST_CHECK;

/* Zeroed memory for `count` items, or NULL, also when count * item_bytes
 * does not fit size_t. */
void *pgs_alloc_array(size_t count, size_t item_bytes) PGS_MUST_CHECK;

/* Resizes as realloc; on failure NULL, and `at` stays as it was. */
void *pgs_realloc_array(void *at, size_t count, size_t item_bytes) PGS_MUST_CHECK;

/* Copy of `size_bytes` bytes with a NUL appended, or NULL. */
char *pgs_strndup(const char *at, size_t size_bytes) PGS_MUST_CHECK;

/* NULL is legal. */
void pgs_free(void *at);

/* Overwrites, in a way the compiler keeps, then frees: for anything secret. */
void pgs_free_secret(void *at, size_t size_bytes);

/* Overwrites secret bytes in a way the compiler keeps. */
void pgs_wipe(void *at, size_t size_bytes);

/* Test aid: the allocation after `count` further ones fails, once; -1 turns it
 * off. Not for use while other threads allocate. */
void pgs_alloc_fail_after(long count);

PGS_EXTERN_C_END

#endif
