/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "catalog/internal.h"
#include "check.h"

static void check_names(const char *const *names, const char *const *wanted, size_t count)
{
    struct pgs_str shown[8];
    struct pgs_arena arena;

    pgs_arena_init(&arena);
    for (size_t i = 0; i < count; i++)
        shown[i] = pgs_str_of(names[i]);
    CHECK_INT(pgs_names_make_unique(&arena, shown, count, NULL), PGS_OK);
    for (size_t i = 0; i < count; i++)
        CHECK_BYTES(shown[i].at, shown[i].size_bytes, wanted[i], strlen(wanted[i]));
    pgs_arena_release(&arena);
}

static void test_small(void)
{
    static const char *const plain[] = {"a", "b", "ab", ""};
    static const char *const pair[] = {"MyColumn", "mycolumn"};
    static const char *const pair_shown[] = {"MyColumn", "mycolumn_1"};
    static const char *const taken[] = {"x", "X", "x_1", "X_1"};
    static const char *const taken_shown[] = {"x", "X_2", "x_1", "X_1_1"};
    static const char *const umlauts[] = {"\xC3\xA4", "\xC3\x84"}; /* only ASCII is folded */

    check_names(plain, plain, 4);
    check_names(pair, pair_shown, 2);
    check_names(taken, taken_shown, 4);
    check_names(umlauts, umlauts, 2);
    check_names(plain, plain, 0);
}

/* The most columns a table can have, in pairs: quick, and all different. */
static void test_many(void)
{
    static struct pgs_str shown[1600];
    static char names[1600][16];
    struct pgs_arena arena;
    size_t equal = 0;

    pgs_arena_init(&arena);
    for (int i = 0; i < 1600; i++) {
        snprintf(names[i], sizeof(names[i]), i % 2 ? "c%d" : "C%d", i / 2);
        shown[i] = pgs_str_of(names[i]);
    }
    CHECK_INT(pgs_names_make_unique(&arena, shown, 1600, NULL), PGS_OK);
    for (size_t i = 0; i < 1600; i++) {
        for (size_t j = 0; j < i; j++)
            equal += pgs_str_equal_nocase(shown[i], shown[j]);
    }
    CHECK_INT(equal, 0);
    pgs_arena_release(&arena);
}

int main(void)
{
    test_small();
    test_many();
    return pgs_check_report();
}
