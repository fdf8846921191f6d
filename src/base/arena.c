/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

enum { BLOCK_MIN_BYTES = 4096 };

struct pgs_arena_block {
    struct pgs_arena_block *next;
    size_t used_bytes;
    size_t capacity_bytes;
    alignas(max_align_t) unsigned char content[];
};

void pgs_arena_init(struct pgs_arena *arena)
{
    arena->blocks = NULL;
}

void pgs_arena_release(struct pgs_arena *arena)
{
    while (arena->blocks) {
        struct pgs_arena_block *next = arena->blocks->next;

        pgs_free(arena->blocks);
        arena->blocks = next;
    }
}

static struct pgs_arena_block *add_block(struct pgs_arena *arena, size_t size_bytes)
{
    size_t capacity = size_bytes > BLOCK_MIN_BYTES ? size_bytes : BLOCK_MIN_BYTES;
    struct pgs_arena_block *block = pgs_alloc(sizeof(*block) + capacity);

    if (!block)
        return NULL;
    block->next = arena->blocks;
    block->used_bytes = 0;
    block->capacity_bytes = capacity;
    arena->blocks = block;
    return block;
}

void *pgs_arena_alloc(struct pgs_arena *arena, size_t size_bytes)
{
    struct pgs_arena_block *block = arena->blocks;
    size_t rounded;
    void *at;

    if (size_bytes > SIZE_MAX / 2)
        return NULL;
    rounded = (size_bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (!block || block->capacity_bytes - block->used_bytes < rounded) {
        block = add_block(arena, rounded);
        if (!block)
            return NULL;
    }
    at = block->content + block->used_bytes;
    block->used_bytes += rounded;
    memset(at, 0, rounded);
    return at;
}

void *pgs_arena_array(struct pgs_arena *arena, size_t count, size_t item_bytes)
{
    if (item_bytes && count > SIZE_MAX / item_bytes)
        return NULL;
    return pgs_arena_alloc(arena, count * item_bytes);
}

struct pgs_str pgs_arena_str(struct pgs_arena *arena, struct pgs_str text)
{
    struct pgs_str copy = {NULL, 0};
    char *at;

    if (text.size_bytes == SIZE_MAX)
        return copy;
    at = pgs_arena_alloc(arena, text.size_bytes + 1);
    if (!at)
        return copy;
    if (text.size_bytes)
        memcpy(at, text.at, text.size_bytes);
    copy.at = at;
    copy.size_bytes = text.size_bytes;
    return copy;
}
