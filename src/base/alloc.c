/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static atomic_long fail_after = -1;

static bool must_fail(void)
{
    if (PGS_LIKELY(atomic_load_explicit(&fail_after, memory_order_relaxed) < 0))
        return false;
    return atomic_fetch_sub(&fail_after, 1) == 0;
}

void pgs_alloc_fail_after(long count)
{
    atomic_store(&fail_after, count);
}

void *pgs_alloc(size_t size_bytes)
{
    if (must_fail())
        return NULL;
    return malloc(size_bytes != 0 ? size_bytes : 1);
}

void *pgs_alloc_array(size_t count, size_t item_bytes)
{
    if (must_fail())
        return NULL;
    if (count == 0 || item_bytes == 0)
        return calloc(1, 1);
    if (count > SIZE_MAX / item_bytes)
        return NULL;
    return calloc(count, item_bytes);
}

void *pgs_realloc_array(void *at, size_t count, size_t item_bytes)
{
    size_t size_bytes = count * item_bytes;

    if (must_fail())
        return NULL;
    if (item_bytes && count > SIZE_MAX / item_bytes)
        return NULL;
    return realloc(at, size_bytes ? size_bytes : 1);
}

char *pgs_strndup(const char *at, size_t size_bytes)
{
    char *copy;

    if (size_bytes == SIZE_MAX)
        return NULL;
    copy = pgs_alloc(size_bytes + 1);
    if (!copy)
        return NULL;
    if (size_bytes)
        memcpy(copy, at, size_bytes);
    copy[size_bytes] = '\0';
    return copy;
}

void pgs_free(void *at)
{
    free(at);
}

void pgs_wipe(void *at, size_t size_bytes)
{
    volatile unsigned char *byte = at;

    while (size_bytes--)
        *byte++ = 0;
}

void pgs_free_secret(void *at, size_t size_bytes)
{
    if (!at)
        return;
    pgs_wipe(at, size_bytes);
    pgs_free(at);
}
