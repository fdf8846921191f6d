/* SPDX-License-Identifier: MIT
 *
 * One thread's part of a scan: takes tasks, streams each, decodes into chunks.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "scan/chunk.h"
#include "scan/internal.h"
#include "scan/scan.h"
#include "wire/rows.h"

struct pgs_scan_worker {
    struct pgs_scan *scan;
    const struct pgs_task *task;
    bool finished;
    struct pgs_rows_decoder *decoder;
    struct pgs_vector *vectors;        /* one per selected column */
    size_t *positions;                 /* their places in the chunk */
    struct pgs_select_column *columns; /* room for the select list */
    size_t column_count;
    /* One of these carries the rows of the task. */
    struct pgs_conn *reader;     /* READERS */
    struct pgs_copy_out *stream; /* READERS, MAIN */
    struct pgs_cursor *cursor;   /* CURSOR */
    struct pgs_query *query;     /* QUERY */
    struct pgs_result *rows;     /* CURSOR, QUERY: the last that came ... */
    size_t rows_used;            /* ... and how much of it is delivered */
    bool on_main;                /* `stream` is the main connection's */
    uint64_t stream_bytes;       /* already counted of `stream` */
};

static struct pgs_str table_name(const struct pgs_scan_plan *plan)
{
    return plan->table ? plan->table->name : pgs_str_of("query");
}

/* The select list, where each column goes, and what decodes it. */
static enum pgs_status set_up_columns(struct pgs_scan_worker *worker, struct pgs_error *err)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;
    struct pgs_row_column *described = pgs_alloc_array(plan->output_count, sizeof(*described));
    enum pgs_status status = PGS_OK;

    if (!described)
        return pgs_error_oom(err);
    for (size_t i = 0; i < plan->output_count && status == PGS_OK; i++) {
        const struct pgs_scan_column *column;

        if (plan->output[i] == PGS_SCAN_NO_COLUMN)
            continue;
        column = &plan->columns[plan->output[i]];
        described[worker->column_count].name = column->shown_name;
        described[worker->column_count].type = column->type;
        worker->positions[worker->column_count] = i;
        status = pgs_vector_tree_init(&worker->vectors[worker->column_count], column->type, err);
        if (status == PGS_OK)
            worker->column_count++;
    }
    if (status == PGS_OK)
        status = pgs_rows_decoder_new(described, worker->column_count, table_name(plan),
                                      &worker->scan->options.codec, &worker->decoder, err);
    pgs_free(described);
    return status;
}

enum pgs_status pgs_scan_worker_new(struct pgs_scan *scan, struct pgs_scan_worker **worker,
                                    struct pgs_error *err)
{
    struct pgs_scan_worker *self = pgs_alloc_array(1, sizeof(*self));
    size_t columns = scan->plan->output_count;
    enum pgs_status status;

    if (!self)
        return pgs_error_oom(err);
    self->scan = scan;
    self->vectors = pgs_alloc_array(columns, sizeof(*self->vectors));
    self->positions = pgs_alloc_array(columns, sizeof(*self->positions));
    self->columns = pgs_alloc_array(columns, sizeof(*self->columns));
    if (!self->vectors || !self->positions || !self->columns)
        status = pgs_error_oom(err);
    else
        status = set_up_columns(self, err);
    if (status != PGS_OK) {
        pgs_scan_worker_free(self);
        return status;
    }
    *worker = self;
    return PGS_OK;
}

static void count_bytes(struct pgs_scan_worker *worker)
{
    uint64_t bytes = pgs_copy_out_bytes(worker->stream);

    atomic_fetch_add(&worker->scan->bytes, bytes - worker->stream_bytes);
    worker->stream_bytes = bytes;
}

/* Ends the stream or cursor of the present task. */
static void close_task(struct pgs_scan_worker *worker)
{
    if (worker->stream && worker->on_main)
        pgs_session_close_copy(worker->scan->transaction->session, worker->stream);
    else
        pgs_copy_out_free(worker->stream);
    worker->stream = NULL;
    worker->stream_bytes = 0;
    pgs_result_free(worker->rows);
    worker->rows = NULL;
    worker->rows_used = 0;
    pgs_cursor_free(worker->cursor);
    worker->cursor = NULL;
    pgs_session_close_query(worker->scan->transaction->session, worker->query);
    worker->query = NULL;
}

void pgs_scan_worker_free(struct pgs_scan_worker *worker)
{
    if (!worker)
        return;
    close_task(worker);
    if (worker->reader)
        pgs_session_close_reader(worker->scan->transaction->session, worker->reader);
    pgs_rows_decoder_free(worker->decoder);
    for (size_t i = 0; i < worker->column_count; i++)
        pgs_vector_tree_release(&worker->vectors[i]);
    pgs_free(worker->vectors);
    pgs_free(worker->positions);
    pgs_free(worker->columns);
    pgs_free(worker);
}

/* The statement of the present task, as COPY or as the cursor's SELECT. */
static enum pgs_status task_sql(struct pgs_scan_worker *worker, bool copy, struct pgs_buf *sql,
                                struct pgs_error *err)
{
    const struct pgs_task *task = worker->task;
    struct pgs_select select;

    if (worker->scan->plan->as_is) {
        pgs_buf_add_str(sql, worker->scan->plan->query);
        return pgs_buf_status(sql, err);
    }
    pgs_scan_plan_select(worker->scan->plan, task->storage, task->is_ranged ? &task->blocks : NULL,
                         worker->columns, &select);
    if (copy)
        pgs_deparse_copy_out(sql, &select);
    else
        pgs_deparse_select(sql, &select);
    return pgs_buf_status(sql, err);
}

/* A connection of its own for the first task, when the pool has one. The first
 * worker goes on with a cursor when it has not; the others leave the work to
 * those that have one. */
static enum pgs_status find_reader(struct pgs_scan_worker *worker, struct pgs_error *err)
{
    bool first = atomic_fetch_add(&worker->scan->workers, 1) == 0;

    PGS_TRY(pgs_session_open_reader(worker->scan->transaction->session, &worker->reader, err));
    if (!worker->reader && !first)
        worker->finished = true;
    return PGS_OK;
}

static enum pgs_status open_stream(struct pgs_scan_worker *worker, const char *sql,
                                   struct pgs_error *err)
{
    struct pgs_session *session = worker->scan->transaction->session;

    pgs_rows_decoder_reset(worker->decoder);
    if (worker->scan->mode == PGS_SCAN_MAIN) {
        worker->on_main = true;
        return pgs_session_open_copy(session, sql, &worker->stream, err);
    }
    return pgs_copy_out_open(worker->reader, sql, &worker->stream, err);
}

/* A statement that shares its session is received at once: it can be no cursor. */
static enum pgs_status open_query(struct pgs_scan_worker *worker, const char *sql,
                                  struct pgs_error *err)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;

    return pgs_session_open_query(worker->scan->transaction->session, sql, &plan->parameters,
                                  plan->sole ? PGS_QUERY_STREAM : PGS_QUERY_GATHER, plan->alone,
                                  &worker->query, err);
}

static enum pgs_status open_cursor(struct pgs_scan_worker *worker, const char *sql,
                                   struct pgs_error *err)
{
    const struct pgs_parameters *parameters = &worker->scan->plan->parameters;

    return pgs_cursor_open_with(worker->scan->transaction->session, sql,
                                parameters->count ? parameters : NULL, &worker->cursor, err);
}

/* Takes the next task and starts its statement; `finished` when there is none. */
static enum pgs_status open_task(struct pgs_scan_worker *worker, struct pgs_error *err)
{
    bool copy = worker->scan->mode == PGS_SCAN_MAIN || worker->reader;
    struct pgs_buf sql;
    enum pgs_status status;

    worker->task = pgs_tasks_next(&worker->scan->tasks);
    if (!worker->task) {
        worker->finished = true;
        return PGS_OK;
    }
    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    status = task_sql(worker, copy, &sql, err);
    if (status == PGS_OK && copy)
        status = open_stream(worker, sql.at, err);
    else if (status == PGS_OK && worker->scan->mode == PGS_SCAN_QUERY)
        status = open_query(worker, sql.at, err);
    else if (status == PGS_OK)
        status = open_cursor(worker, sql.at, err);
    atomic_fetch_add(&worker->scan->statements, 1);
    pgs_buf_release(&sql);
    return status;
}

static void end_task(struct pgs_scan_worker *worker)
{
    atomic_fetch_add(&worker->scan->done_blocks, worker->task->weight_blocks);
    close_task(worker);
}

/* Up to a vector of rows from the COPY stream; *ended when its task is done. */
static enum pgs_status next_from_stream(struct pgs_scan_worker *worker, size_t rows_max,
                                        size_t *rows, bool *ended, struct pgs_error *err)
{
    const uint8_t *at = NULL;
    size_t size_bytes = 0;
    bool at_end = false;

    *ended = false;
    while (*rows < rows_max && !*ended) {
        size_t got = 0;
        size_t consumed = 0;

        pgs_copy_out_window(worker->stream, &at, &size_bytes, &at_end);
        PGS_TRY(pgs_rows_decode(worker->decoder, at, size_bytes, worker->vectors, *rows,
                                rows_max - *rows, &got, &consumed, err));
        pgs_copy_out_consume(worker->stream, consumed);
        *rows += got;
        if (*rows == rows_max)
            break;
        if (at_end) {
            *ended = true;
            if (size_bytes > consumed || !pgs_rows_decoder_ended(worker->decoder))
                return pgs_error_set(err, PGS_ERR_PROTOCOL,
                                     "the row stream ended in the middle of a row");
            break;
        }
        PGS_TRY(pgs_copy_out_read(worker->stream, &at, &size_bytes, &at_end, err));
    }
    count_bytes(worker);
    return PGS_OK;
}

static enum pgs_status decode_row(struct pgs_scan_worker *worker, size_t row, struct pgs_error *err)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;

    for (size_t i = 0; i < worker->column_count; i++) {
        size_t from = plan->as_is ? plan->output[worker->positions[i]] : i;
        struct pgs_str cell = pgs_result_get(worker->rows, worker->rows_used, from);
        bool null = pgs_result_is_null(worker->rows, worker->rows_used, from);

        PGS_TRY(pgs_rows_decode_field(worker->decoder, i, (const uint8_t *)cell.at,
                                      null ? -1 : (int64_t)cell.size_bytes, &worker->vectors[i],
                                      row, err));
    }
    return PGS_OK;
}

/* The next rows of the cursor or query into worker->rows. */
static enum pgs_status fetch_rows(struct pgs_scan_worker *worker, struct pgs_error *err)
{
    pgs_result_free(worker->rows);
    worker->rows = NULL;
    worker->rows_used = 0;
    return worker->query ? pgs_query_fetch(worker->query, &worker->rows, err)
                         : pgs_cursor_fetch(worker->cursor, &worker->rows, err);
}

static enum pgs_status next_from_results(struct pgs_scan_worker *worker, size_t rows_max,
                                         size_t *rows, bool *ended, struct pgs_error *err)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;
    size_t wanted = plan->as_is ? plan->column_count : worker->column_count;

    *ended = false;
    while (*rows < rows_max) {
        if (worker->rows && worker->rows_used < pgs_result_rows(worker->rows)) {
            PGS_TRY(decode_row(worker, *rows, err));
            worker->rows_used++;
            (*rows)++;
            continue;
        }
        PGS_TRY(fetch_rows(worker, err));
        if (pgs_result_rows(worker->rows) == 0) {
            *ended = true;
            break;
        }
        if (pgs_result_columns(worker->rows) != wanted)
            return pgs_error_set(err, PGS_ERR_PROTOCOL, "a row has %zu columns, expected %zu",
                                 pgs_result_columns(worker->rows), wanted);
    }
    return PGS_OK;
}

static void bind_chunk(struct pgs_scan_worker *worker, duckdb_data_chunk chunk, size_t rows_max)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;

    for (size_t i = 0; i < worker->column_count; i++) {
        size_t position = worker->positions[i];

        pgs_vector_bind_write(&worker->vectors[i], plan->columns[plan->output[position]].type,
                              duckdb_data_chunk_get_vector(chunk, position), rows_max);
    }
}

static void finish_chunk(struct pgs_scan_worker *worker)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;

    for (size_t i = 0; i < worker->column_count; i++)
        pgs_vector_finish_write(&worker->vectors[i],
                                plan->columns[plan->output[worker->positions[i]]].type);
}

/* Runs a statement without a result; its one row is the count. */
static enum pgs_status run_command(struct pgs_scan_worker *worker, duckdb_data_chunk chunk,
                                   size_t *rows, struct pgs_error *err)
{
    const struct pgs_scan_plan *plan = worker->scan->plan;
    struct pgs_transaction *transaction = worker->scan->transaction;
    struct pgs_query *query = NULL;

    if (worker->finished)
        return PGS_OK;
    worker->finished = true;
    PGS_TRY(pgs_session_open_query(transaction->session, plan->query.at, &plan->parameters,
                                   PGS_QUERY_GATHER, plan->alone, &query, err));
    pgs_session_taint(transaction->session);
    pgs_view_note_ddl(transaction->view);
    for (size_t i = 0; i < plan->output_count; i++) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);

        if (plan->output[i] != PGS_SCAN_NO_COLUMN)
            *(int64_t *)duckdb_vector_get_data(vector) = pgs_query_affected(query);
    }
    pgs_session_close_query(transaction->session, query);
    *rows = 1;
    return PGS_OK;
}

enum pgs_status pgs_scan_worker_next(struct pgs_scan_worker *worker, duckdb_data_chunk chunk,
                                     size_t *rows, struct pgs_error *err)
{
    size_t rows_max = duckdb_vector_size();
    bool ended = false;

    *rows = 0;
    if (worker->scan->plan->command)
        return run_command(worker, chunk, rows, err);
    if (worker->scan->mode == PGS_SCAN_READERS && !worker->task && !worker->finished)
        PGS_TRY(find_reader(worker, err));
    bind_chunk(worker, chunk, rows_max);
    while (*rows == 0 && !worker->finished) {
        if (!worker->stream && !worker->cursor && !worker->query)
            PGS_TRY(open_task(worker, err));
        if (worker->stream)
            PGS_TRY(next_from_stream(worker, rows_max, rows, &ended, err));
        else if (worker->cursor || worker->query)
            PGS_TRY(next_from_results(worker, rows_max, rows, &ended, err));
        if (ended)
            end_task(worker);
        ended = false;
    }
    finish_chunk(worker);
    atomic_fetch_add(&worker->scan->rows, *rows);
    return PGS_OK;
}

size_t pgs_scan_worker_task(const struct pgs_scan_worker *worker)
{
    return worker->task ? worker->task->number : 0;
}
