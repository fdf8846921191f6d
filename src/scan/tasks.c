/* SPDX-License-Identifier: MIT */
#include "scan/tasks.h"

#include <string.h>

#include "base/alloc.h"

enum {
    TASKS_PER_WORKER = 4, /* so that the slowest task does not decide the end */
    TASK_BLOCKS_MIN = 128 /* 1 MB: below that a statement's own cost shows */
};

/* Blocks per task for a relation of `blocks`: enough tasks for every worker,
 * none so small that statements cost more than rows. */
static uint64_t task_blocks(uint64_t blocks, const struct pgs_split *split)
{
    uint64_t share = blocks / ((uint64_t)split->workers * TASKS_PER_WORKER) + 1;

    if (share < TASK_BLOCKS_MIN)
        share = TASK_BLOCKS_MIN;
    return share < split->blocks_per_task ? share : split->blocks_per_task;
}

static uint64_t total_blocks(const struct pgs_storage *storage, size_t storage_count)
{
    uint64_t total = 0;

    for (size_t i = 0; i < storage_count; i++)
        total += storage[i].blocks > 0 ? (uint64_t)storage[i].blocks : 1;
    return total;
}

static size_t ranges_of(const struct pgs_storage *storage, uint64_t blocks_per_task)
{
    if (storage->blocks <= 0)
        return 1;
    return (size_t)(((uint64_t)storage->blocks + blocks_per_task - 1) / blocks_per_task);
}

static void add_ranges(struct pgs_tasks *tasks, const struct pgs_storage *storage,
                       uint64_t blocks_per_task)
{
    size_t ranges = ranges_of(storage, blocks_per_task);

    for (size_t i = 0; i < ranges; i++) {
        struct pgs_task *task = &tasks->list[tasks->count];

        task->number = tasks->count++;
        task->storage = storage;
        task->is_ranged = ranges > 1;
        task->blocks.first_block = i * blocks_per_task;
        task->blocks.end_block =
            i + 1 == ranges ? (uint64_t)UINT32_MAX + 1 : (i + 1) * blocks_per_task;
        task->weight_blocks = blocks_per_task;
        if (i + 1 == ranges && storage->blocks > 0)
            task->weight_blocks = (uint64_t)storage->blocks - i * blocks_per_task;
    }
}

static void add_whole(struct pgs_tasks *tasks, const struct pgs_storage *storage)
{
    struct pgs_task *task = &tasks->list[tasks->count];

    task->number = tasks->count++;
    task->storage = storage;
    task->weight_blocks = storage && storage->blocks > 0 ? (uint64_t)storage->blocks : 1;
}

enum pgs_status pgs_tasks_init(struct pgs_tasks *tasks, const struct pgs_storage *storage,
                               size_t storage_count, const struct pgs_split *split,
                               struct pgs_error *err)
{
    uint64_t blocks = total_blocks(storage, storage_count);
    uint64_t per_task = split->by_blocks ? task_blocks(blocks, split) : UINT32_MAX;
    size_t capacity = storage_count ? 0 : 1;

    memset(tasks, 0, sizeof(*tasks));
    for (size_t i = 0; i < storage_count; i++)
        capacity += split->by_blocks ? ranges_of(&storage[i], per_task) : 1;
    tasks->list = pgs_alloc_array(capacity, sizeof(*tasks->list));
    if (!tasks->list)
        return pgs_error_oom(err);
    tasks->storage = storage;
    tasks->storage_count = storage_count;
    if (storage_count == 0)
        add_whole(tasks, NULL);
    for (size_t i = 0; i < storage_count; i++) {
        if (split->by_blocks)
            add_ranges(tasks, &storage[i], per_task);
        else
            add_whole(tasks, &storage[i]);
    }
    for (size_t i = 0; i < tasks->count; i++)
        tasks->weight_blocks += tasks->list[i].weight_blocks;
    atomic_init(&tasks->next, 0);
    return PGS_OK;
}

void pgs_tasks_release(struct pgs_tasks *tasks)
{
    pgs_free(tasks->list);
    memset(tasks, 0, sizeof(*tasks));
}

const struct pgs_task *pgs_tasks_next(struct pgs_tasks *tasks)
{
    size_t number = atomic_fetch_add(&tasks->next, 1);

    return number < tasks->count ? &tasks->list[number] : NULL;
}
