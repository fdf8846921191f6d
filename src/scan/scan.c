/* SPDX-License-Identifier: MIT */
#include "scan/scan.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "scan/internal.h"

enum {
    BLOCKS_PER_TASK_DEFAULT = 1000,
    SPLIT_BLOCKS_MIN = 256,         /* 2 MB: smaller relations are one statement */
    TID_RANGE_SCAN_VERSION = 140000 /* the planner reads a ctid range without the rest */
};

/* Whether the server would read the whole relation for this predicate. When an
 * index serves it, ranges would only repeat the look-up. */
static enum pgs_status wants_whole_relation(struct pgs_scan *scan, bool *whole,
                                            struct pgs_error *err)
{
    struct pgs_result *answer = NULL;
    struct pgs_buf sql;
    enum pgs_status status;

    *whole = scan->plan->filter_count == 0;
    if (*whole)
        return PGS_OK;
    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    pgs_buf_add_text(&sql, "EXPLAIN (COSTS OFF) ");
    pgs_scan_plan_sql(scan->plan, &sql);
    status = pgs_buf_status(&sql, err);
    if (status == PGS_OK)
        status = pgs_session_exec(scan->transaction->session, sql.at, &answer, err);
    for (size_t row = 0; status == PGS_OK && row < pgs_result_rows(answer); row++) {
        struct pgs_str line = pgs_result_get(answer, row, 0);

        if (line.size_bytes && strstr(line.at, "Seq Scan"))
            *whole = true;
    }
    pgs_result_free(answer);
    pgs_buf_release(&sql);
    return status;
}

static uint64_t storage_blocks(const struct pgs_scan *scan)
{
    uint64_t blocks = 0;

    for (size_t i = 0; i < scan->storage_count; i++) {
        if (scan->storage[i].blocks > 0)
            blocks += (uint64_t)scan->storage[i].blocks;
    }
    return blocks;
}

/* Only what is read as a whole and by block can be shared out. */
static bool may_split(const struct pgs_scan *scan)
{
    const struct pgs_scan_plan *plan = scan->plan;

    if (!plan->table || plan->limit >= 0 || plan->offset > 0 || !scan->options.use_block_ranges)
        return false;
    return plan->table->has_ctid || plan->table->has_children;
}

/* Lists the pieces and decides on ranges; sets storage (none: one statement over
 * the whole relation). */
static enum pgs_status find_split(struct pgs_scan *scan, struct pgs_split *split,
                                  struct pgs_error *err)
{
    struct pgs_server_facts facts;
    bool whole;

    if (!may_split(scan))
        return PGS_OK;
    PGS_TRY(pgs_session_facts(scan->transaction->session, &facts, err));
    if (facts.version < TID_RANGE_SCAN_VERSION)
        return PGS_OK;
    PGS_TRY(pgs_view_list_storage(scan->transaction->view, scan->plan->table, &scan->arena,
                                  &scan->storage, &scan->storage_count, err));
    split->by_blocks =
        storage_blocks(scan) >= SPLIT_BLOCKS_MIN || storage_blocks(scan) > split->blocks_per_task;
    if (split->by_blocks) {
        PGS_TRY(wants_whole_relation(scan, &whole, err));
        split->by_blocks = whole;
    }
    if (!split->by_blocks)
        scan->storage_count = 0;
    return PGS_OK;
}

/* Decides how the rows travel; see scan.h. */
static enum pgs_status choose_mode(struct pgs_scan *scan, struct pgs_error *err)
{
    bool exported = false;
    bool has_parameters = scan->plan->parameters.count > 0;

    if (scan->plan->as_is || scan->plan->alone || (has_parameters && scan->plan->sole)) {
        scan->mode = PGS_SCAN_QUERY;
        return PGS_OK;
    }
    if (has_parameters) {
        scan->mode = PGS_SCAN_CURSOR;
        return PGS_OK;
    }
    if (pgs_session_has_written(scan->transaction->session) || !scan->options.use_copy) {
        scan->mode = PGS_SCAN_CURSOR;
        return PGS_OK;
    }
    if (scan->plan->sole && scan->options.autocommit && scan->tasks.count == 1) {
        scan->mode = PGS_SCAN_MAIN;
        return PGS_OK;
    }
    if (!scan->plan->table) {
        scan->mode = PGS_SCAN_CURSOR;
        return PGS_OK;
    }
    PGS_TRY(pgs_session_share_snapshot(scan->transaction->session, &exported, err));
    scan->mode = exported ? PGS_SCAN_READERS : PGS_SCAN_CURSOR;
    return PGS_OK;
}

static size_t workers_wanted(const struct pgs_scan *scan)
{
    size_t workers = scan->options.threads_max;

    if (scan->mode != PGS_SCAN_READERS)
        return 1;
    return workers < scan->tasks.count ? workers : scan->tasks.count;
}

static double rows_expected(const struct pgs_scan_plan *plan)
{
    double rows = plan->filter_count == 0 ? pgs_scan_plan_rows(plan) : -1;
    double limit = (double)plan->limit;

    return limit >= 0 && (rows < 0 || limit < rows) ? limit : rows;
}

static enum pgs_status prepare(struct pgs_scan *scan, struct pgs_error *err)
{
    struct pgs_split split = {false, scan->options.blocks_per_task, scan->options.threads_max};
    struct pgs_session *session = scan->transaction->session;

    if (split.blocks_per_task == 0)
        split.blocks_per_task = BLOCKS_PER_TASK_DEFAULT;
    /* A read-only database is the server's to refuse. */
    if (scan->plan->writes && !scan->transaction->database->session_options.read_only)
        PGS_TRY(pgs_session_begin_write(session, err));
    if (pgs_session_has_written(session) || !scan->options.use_copy) {
        PGS_TRY(pgs_tasks_init(&scan->tasks, NULL, 0, &split, err));
    } else {
        PGS_TRY(find_split(scan, &split, err));
        PGS_TRY(pgs_tasks_init(&scan->tasks, scan->storage, scan->storage_count, &split, err));
    }
    PGS_TRY(choose_mode(scan, err));
    scan->workers_max = workers_wanted(scan);
    scan->rows_expected = rows_expected(scan->plan);
    return PGS_OK;
}

enum pgs_status pgs_scan_open(struct pgs_transaction *transaction, const struct pgs_scan_plan *plan,
                              const struct pgs_scan_options *options, struct pgs_scan **scan,
                              struct pgs_error *err)
{
    struct pgs_scan *self = pgs_alloc_array(1, sizeof(*self));
    enum pgs_status status;

    if (!self)
        return pgs_error_oom(err);
    pgs_arena_init(&self->arena);
    self->transaction = transaction;
    self->plan = plan;
    self->options = *options;
    status = prepare(self, err);
    if (status != PGS_OK) {
        pgs_scan_free(self);
        return status;
    }
    *scan = self;
    return PGS_OK;
}

void pgs_scan_free(struct pgs_scan *scan)
{
    if (!scan)
        return;
    pgs_tasks_release(&scan->tasks);
    pgs_free(scan->storage);
    pgs_arena_release(&scan->arena);
    pgs_free(scan);
}

size_t pgs_scan_workers_max(const struct pgs_scan *scan)
{
    return scan->workers_max;
}

double pgs_scan_progress(const struct pgs_scan *scan)
{
    bool split = scan->storage_count > 0;
    double total = split ? (double)scan->tasks.weight_blocks : scan->rows_expected;
    double done = (double)atomic_load(split ? &scan->done_blocks : &scan->rows);

    if (total <= 0)
        return -1;
    return done < total ? 100.0 * done / total : 100.0;
}

void pgs_scan_metrics(const struct pgs_scan *scan, struct pgs_scan_metrics *metrics)
{
    metrics->bytes = atomic_load(&scan->bytes);
    metrics->rows = atomic_load(&scan->rows);
    metrics->statements = atomic_load(&scan->statements);
}
