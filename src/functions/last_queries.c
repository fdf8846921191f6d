/* SPDX-License-Identifier: MIT
 *
 * postgres_last_queries(): the statements that the last statement of this DuckDB
 * connection sent to PostgreSQL, in the order in which they ended. A statement
 * that sent none (this function, SET) is passed over. Bounded: the first
 * PGS_SENT_STATEMENTS_MAX, PGS_SENT_BYTES_MAX of each.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "functions/functions.h"
#include "link/conn.h"

enum column {
    COLUMN_DATABASE,
    COLUMN_QUERY,
    COLUMN_ROWS,
    COLUMN_DURATION,
    COLUMN_BACKEND_PID,
    COLUMN_COUNT
};

static const struct {
    const char *name;
    duckdb_type type;
} columns[COLUMN_COUNT] = {
    [COLUMN_DATABASE] = {"database_name", DUCKDB_TYPE_VARCHAR},
    [COLUMN_QUERY] = {"query", DUCKDB_TYPE_VARCHAR},
    [COLUMN_ROWS] = {"row_count", DUCKDB_TYPE_BIGINT},
    [COLUMN_DURATION] = {"duration_ms", DUCKDB_TYPE_DOUBLE},
    [COLUMN_BACKEND_PID] = {"backend_pid", DUCKDB_TYPE_INTEGER},
};

struct row {
    struct pgs_str database;
    struct pgs_sent sent;
    struct row *next;
};

struct rows {
    struct pgs_arena arena;
    struct row *first;
    struct row **last;
};

static enum pgs_status bind_rows(const struct pgs_function_call *call,
                                 struct pgs_host_columns *target, void **state,
                                 struct pgs_error *err)
{
    (void)call;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        PGS_TRY(pgs_host_add_plain_column(target, columns[i].name, columns[i].type, err));
    *state = NULL;
    return PGS_OK;
}

static enum pgs_status add(void *argument, struct pgs_str database, const struct pgs_sent *sent,
                           struct pgs_error *err)
{
    struct rows *rows = argument;
    struct row *row = pgs_arena_alloc(&rows->arena, sizeof(*row));

    if (!row)
        return pgs_error_oom(err);
    row->sent = *sent;
    row->database = pgs_arena_str(&rows->arena, database);
    row->sent.sql = pgs_arena_str(&rows->arena, sent->sql);
    if (!row->database.at || !row->sent.sql.at)
        return pgs_error_oom(err);
    *rows->last = row;
    rows->last = &row->next;
    return PGS_OK;
}

static void close_rows(void *state)
{
    struct rows *rows = state;

    pgs_arena_release(&rows->arena);
    pgs_free(rows);
}

static enum pgs_status open_rows(void *bound, struct pgs_host_context *context, void **state,
                                 struct pgs_error *err)
{
    struct rows *rows = pgs_alloc_array(1, sizeof(*rows));
    enum pgs_status status;

    (void)bound;
    if (!rows)
        return pgs_error_oom(err);
    pgs_arena_init(&rows->arena);
    rows->last = &rows->first;
    status = pgs_host_each_sent(context, add, rows, err);
    if (status == PGS_OK)
        *state = rows;
    else
        close_rows(rows);
    return status;
}

static void set_null(duckdb_vector vector, size_t index)
{
    duckdb_vector_ensure_validity_writable(vector);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), index);
}

static void fill(duckdb_data_chunk chunk, size_t index, const struct row *row)
{
    duckdb_vector database = duckdb_data_chunk_get_vector(chunk, COLUMN_DATABASE);
    duckdb_vector counts = duckdb_data_chunk_get_vector(chunk, COLUMN_ROWS);
    double *durations =
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, COLUMN_DURATION));
    int32_t *pids = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, COLUMN_BACKEND_PID));

    if (row->database.size_bytes)
        duckdb_vector_assign_string_element_len(database, index, row->database.at,
                                                row->database.size_bytes);
    else
        set_null(database, index);
    duckdb_vector_assign_string_element_len(duckdb_data_chunk_get_vector(chunk, COLUMN_QUERY),
                                            index, row->sent.sql.at, row->sent.sql.size_bytes);
    ((int64_t *)duckdb_vector_get_data(counts))[index] = row->sent.rows;
    if (row->sent.rows < 0)
        set_null(counts, index);
    durations[index] = (double)row->sent.duration_us / 1000;
    pids[index] = row->sent.backend_pid;
}

static enum pgs_status next_rows(void *state, duckdb_data_chunk chunk, size_t *count,
                                 struct pgs_error *err)
{
    struct rows *rows = state;

    (void)err;
    for (; rows->first && *count < duckdb_vector_size(); rows->first = rows->first->next)
        fill(chunk, (*count)++, rows->first);
    return PGS_OK;
}

/* Binding makes nothing. */
static void release(void *bound)
{
    (void)bound;
}

static const struct pgs_row_source source = {open_rows, next_rows, close_rows, release};

const struct pgs_table_function pgs_last_queries = {
    .name = "postgres_last_queries",
    .description = "Lists the statements that the last statement of this connection sent to "
                   "Postgres, with the rows they returned or changed where that is known.",
    .example = "FROM postgres_last_queries()",
    .bind_rows = bind_rows,
    .source = &source,
};
