/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "check.h"

static void check_pieces(void)
{
    struct pgs_arena arena;
    unsigned char *pieces[300];

    pgs_arena_init(&arena);
    for (size_t i = 0; i < 300; i++) {
        size_t size = i * 37 % 5000;
        unsigned char zero = 0;

        pieces[i] = pgs_arena_alloc(&arena, size);
        CHECK(pieces[i] != NULL);
        CHECK((uintptr_t)pieces[i] % alignof(max_align_t) == 0);
        for (size_t j = 0; j < size; j++)
            zero |= pieces[i][j];
        CHECK_INT(zero, 0);
        memset(pieces[i], (int)i & 0xFF, size);
    }
    for (size_t i = 0; i < 300; i++) {
        size_t size = i * 37 % 5000;

        if (size)
            CHECK(pieces[i][0] == (i & 0xFF) && pieces[i][size - 1] == (i & 0xFF));
    }
    pgs_arena_release(&arena);
    CHECK(arena.blocks == NULL);
    pgs_arena_release(&arena);
}

static void check_failures(void)
{
    struct pgs_arena arena;
    struct pgs_str copy;

    pgs_arena_init(&arena);
    CHECK(pgs_arena_alloc(&arena, SIZE_MAX) == NULL);
    CHECK(pgs_arena_array(&arena, SIZE_MAX / 2, 3) == NULL);
    pgs_alloc_fail_after(0);
    CHECK(pgs_arena_alloc(&arena, 1) == NULL);
    pgs_alloc_fail_after(0);
    copy = pgs_arena_str(&arena, pgs_str_of("abc"));
    CHECK(copy.at == NULL && copy.size_bytes == 0);
    pgs_alloc_fail_after(-1);
    copy = pgs_arena_str(&arena, pgs_str_of("abc"));
    CHECK_STR(copy.at, "abc");
    CHECK_INT(copy.size_bytes, 3);
    copy = pgs_arena_str(&arena, pgs_str_of(NULL));
    CHECK_STR(copy.at, "");
    copy.size_bytes = SIZE_MAX;
    CHECK(pgs_arena_str(&arena, copy).at == NULL);
    CHECK(pgs_arena_array(&arena, 0, 8) != NULL);
    pgs_arena_release(&arena);
}

int main(void)
{
    check_pieces();
    check_failures();
    return pgs_check_report();
}
