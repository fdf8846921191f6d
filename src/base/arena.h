/* SPDX-License-Identifier: MIT
 *
 * Memory with one lifetime: blocks handed out singly, freed together. Used for
 * trees (expressions, catalog entries) that live and die as one.
 *
 * Invariants: what is handed out is aligned for any type and zeroed; nothing in
 * it is freed singly; no pointer to it outlives release.
 * Thread: one thread at a time.
 */
#ifndef PGS_BASE_ARENA_H
#define PGS_BASE_ARENA_H

#include <stddef.h>

#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_arena_block;

struct pgs_arena {
    struct pgs_arena_block *blocks; /* newest first; NULL when empty */
};

/* No failure, no allocation. */
void pgs_arena_init(struct pgs_arena *arena);
/* Frees everything; the arena is as after init. */
void pgs_arena_release(struct pgs_arena *arena);

/* Zeroed memory, or NULL. */
void *pgs_arena_alloc(struct pgs_arena *arena, size_t size_bytes) PGS_MUST_CHECK;
/* Zeroed memory for `count` items, or NULL, also when the product overflows. */
void *pgs_arena_array(struct pgs_arena *arena, size_t count, size_t item_bytes) PGS_MUST_CHECK;
/* A NUL-terminated copy; on failure {NULL, 0}. */
struct pgs_str pgs_arena_str(struct pgs_arena *arena, struct pgs_str text);

PGS_EXTERN_C_END

#endif
