/* SPDX-License-Identifier: MIT
 *
 * How a scan is cut into statements: block ranges over each piece of storage,
 * handed out in order. Pure arithmetic.
 *
 * Thread: pgs_tasks_next() from any thread; everything else before and after.
 */
#ifndef PGS_SCAN_TASKS_H
#define PGS_SCAN_TASKS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "sql/statement.h"

/* One statement's share. */
struct pgs_task {
    size_t number;                     /* 0.., in the order of the storage */
    const struct pgs_storage *storage; /* NULL: the relation or query as a whole */
    struct pgs_block_range blocks;
    bool is_ranged;         /* `blocks` applies */
    uint64_t weight_blocks; /* its part of the progress */
};

struct pgs_tasks {
    const struct pgs_storage *storage; /* borrowed; none: one task over the whole */
    size_t storage_count;
    struct pgs_task *list;
    size_t count;
    uint64_t weight_blocks; /* of all */
    atomic_size_t next;
};

/* How a relation may be cut. */
struct pgs_split {
    bool by_blocks;           /* false: one task per piece of storage, or one at all */
    uint64_t blocks_per_task; /* upper limit, >= 1 */
    size_t workers;           /* who will share the work, >= 1 */
};

/* The last range of each piece has no upper bound: the relation may have grown
 * since its size was asked. Release with pgs_tasks_release(). */
enum pgs_status pgs_tasks_init(struct pgs_tasks *tasks, const struct pgs_storage *storage,
                               size_t storage_count, const struct pgs_split *split,
                               struct pgs_error *err) PGS_MUST_CHECK;
void pgs_tasks_release(struct pgs_tasks *tasks);

/* The next task, or NULL when all are taken. */
const struct pgs_task *pgs_tasks_next(struct pgs_tasks *tasks);

#endif
