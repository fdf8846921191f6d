/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdint.h>
#include <string.h>

#include "check.h"

static void check_sizes(void)
{
    char *at = pgs_alloc(0);
    uint64_t *array;
    char *copy;

    CHECK(at != NULL);
    pgs_free(at);
    pgs_free(NULL);
    array = pgs_alloc_array(10, sizeof(*array));
    CHECK(array && array[0] == 0 && array[9] == 0);
    array = pgs_realloc_array(array, 20, sizeof(*array));
    CHECK(array && array[9] == 0);
    CHECK(pgs_realloc_array(array, SIZE_MAX / 2, 4) == NULL);
    pgs_free(array);
    CHECK(pgs_alloc_array(SIZE_MAX / 2, 4) == NULL);
    at = pgs_alloc_array(0, 8);
    CHECK(at != NULL);
    at = pgs_realloc_array(at, 0, 8);
    CHECK(at != NULL);
    pgs_free_secret(at, 1);
    pgs_free_secret(NULL, 0);
    copy = pgs_strndup("abcd", 3);
    CHECK_STR(copy, "abc");
    pgs_free_secret(copy, 3);
    copy = pgs_strndup(NULL, 0);
    CHECK_STR(copy, "");
    pgs_free(copy);
    CHECK(pgs_strndup("", SIZE_MAX) == NULL);
}

static void check_wipe(void)
{
    char secret[] = "secret";

    pgs_wipe(secret, 3);
    CHECK_BYTES(secret, 7, "\0\0\0ret", 7);
}

/* Exactly one allocation fails. */
static void check_failing(void)
{
    for (long n = 0; n < 5; n++) {
        pgs_alloc_fail_after(n);
        for (long i = 0; i < 5; i++) {
            void *at = i % 2 ? pgs_alloc(1) : pgs_alloc_array(1, 1);

            CHECK((at == NULL) == (i == n));
            pgs_free(at);
        }
        pgs_alloc_fail_after(-1);
    }
    pgs_alloc_fail_after(0);
    CHECK(pgs_strndup("a", 1) == NULL);
    pgs_alloc_fail_after(0);
    CHECK(pgs_realloc_array(NULL, 1, 1) == NULL);
    pgs_alloc_fail_after(-1);
}

int main(void)
{
    check_sizes();
    check_wipe();
    check_failing();
    return pgs_check_report();
}
