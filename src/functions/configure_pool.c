/* SPDX-License-Identifier: MIT
 *
 * postgres_configure_pool(...): the connection pools of attached databases, and
 * changing one of them. Options apply when the statement runs.
 *
 * A pool is one list of connections for all threads: enable_thread_local_cache
 * is accepted and nothing comes of it. Its reaper sleeps until a connection is
 * due, so that reaper_thread_period_millis is the longest it may sleep.
 */
#include <string.h>

#include "base/alloc.h"
#include "catalog/database.h"
#include "functions/arguments.h"
#include "functions/functions.h"
#include "settings/pool_settings.h"

enum option {
    OPTION_CATALOG,
    OPTION_ACQUIRE_MODE,
    OPTION_MAX_CONNECTIONS,
    OPTION_WAIT_TIMEOUT,
    OPTION_THREAD_LOCAL_CACHE,
    OPTION_MAX_LIFETIME,
    OPTION_IDLE_TIMEOUT,
    OPTION_REAPER_THREAD,
    OPTION_HEALTH_CHECK,
    OPTION_COUNT
};

enum column {
    COLUMN_CATALOG,
    COLUMN_ACQUIRE_MODE,
    COLUMN_AVAILABLE,
    COLUMN_TOTAL,
    COLUMN_MAX,
    COLUMN_WAIT_TIMEOUT,
    COLUMN_HITS,
    COLUMN_MISSES,
    COLUMN_FAILURES,
    COLUMN_THREAD_LOCAL,
    COLUMN_THREAD_LOCAL_HITS,
    COLUMN_THREAD_LOCAL_MISSES,
    COLUMN_MAX_LIFETIME,
    COLUMN_IDLE_TIMEOUT,
    COLUMN_REAPER_RUNNING,
    COLUMN_REAPER_PERIOD,
    COLUMN_HEALTH_CHECK,
    COLUMN_COUNT
};

static const struct pgs_function_parameter columns[COLUMN_COUNT] = {
    [COLUMN_CATALOG] = {"catalog_name", DUCKDB_TYPE_VARCHAR},
    [COLUMN_ACQUIRE_MODE] = {"acquire_mode", DUCKDB_TYPE_VARCHAR},
    [COLUMN_AVAILABLE] = {"available_connections", DUCKDB_TYPE_UBIGINT},
    [COLUMN_TOTAL] = {"total_connections", DUCKDB_TYPE_UBIGINT},
    [COLUMN_MAX] = {"max_connections", DUCKDB_TYPE_UBIGINT},
    [COLUMN_WAIT_TIMEOUT] = {"wait_timeout_millis", DUCKDB_TYPE_UBIGINT},
    [COLUMN_HITS] = {"cache_hits", DUCKDB_TYPE_UBIGINT},
    [COLUMN_MISSES] = {"cache_misses", DUCKDB_TYPE_UBIGINT},
    [COLUMN_FAILURES] = {"try_failures", DUCKDB_TYPE_UBIGINT},
    [COLUMN_THREAD_LOCAL] = {"thread_local_cache_enabled", DUCKDB_TYPE_BOOLEAN},
    [COLUMN_THREAD_LOCAL_HITS] = {"thread_local_cache_hits", DUCKDB_TYPE_UBIGINT},
    [COLUMN_THREAD_LOCAL_MISSES] = {"thread_local_cache_misses", DUCKDB_TYPE_UBIGINT},
    [COLUMN_MAX_LIFETIME] = {"max_lifetime_millis", DUCKDB_TYPE_UBIGINT},
    [COLUMN_IDLE_TIMEOUT] = {"idle_timeout_millis", DUCKDB_TYPE_UBIGINT},
    [COLUMN_REAPER_RUNNING] = {"reaper_thread_running", DUCKDB_TYPE_BOOLEAN},
    [COLUMN_REAPER_PERIOD] = {"reaper_thread_period_millis", DUCKDB_TYPE_UBIGINT},
    [COLUMN_HEALTH_CHECK] = {"health_check_query", DUCKDB_TYPE_VARCHAR},
};

/* What the call asks for. */
struct request {
    bool given[OPTION_COUNT];
    char *catalog;
    char *health_check;
    enum pgs_acquire_mode mode;
    uint64_t numbers[OPTION_COUNT];
};

/* One row of the result, as of the opening. */
struct row {
    char *catalog;
    struct pgs_pool_options options;
    struct pgs_pool_stats stats;
};

struct rows {
    const struct request *request;
    struct row *list;
    size_t count, next;
    size_t threads;
    bool out_of_memory;
    bool found;
};

static void release(void *bound)
{
    struct request *request = bound;

    pgs_free(request->catalog);
    pgs_free(request->health_check);
    pgs_free(request);
}

static enum pgs_status take_text(duckdb_value value, char **text, struct pgs_error *err)
{
    struct pgs_str given = pgs_host_text(value);

    *text = pgs_strndup(given.at ? given.at : "", given.size_bytes);
    return *text ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status read_texts(const struct pgs_function_call *call, struct request *request,
                                  struct pgs_error *err)
{
    struct pgs_pool_options unused;

    if (request->given[OPTION_CATALOG])
        PGS_TRY(take_text(call->options[OPTION_CATALOG], &request->catalog, err));
    if (request->given[OPTION_ACQUIRE_MODE] &&
        !pgs_acquire_mode_parse(pgs_host_text(call->options[OPTION_ACQUIRE_MODE]), &request->mode))
        return pgs_error_set(err, PGS_ERR_USAGE, "Invalid unsupported acquire mode: '%.*s'",
                             PGS_STR_ARG(pgs_host_text(call->options[OPTION_ACQUIRE_MODE])));
    if (!request->given[OPTION_HEALTH_CHECK])
        return PGS_OK;
    PGS_TRY(take_text(call->options[OPTION_HEALTH_CHECK], &request->health_check, err));
    return pgs_health_check_set(&unused, request->health_check, err);
}

static enum pgs_status read_request(const struct pgs_function_call *call, struct request *request,
                                    struct pgs_error *err)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        request->given[i] = call->options[i] != NULL;
        if (request->given[i] && !request->given[OPTION_CATALOG])
            return pgs_error_set(err, PGS_ERR_USAGE,
                                 "'catalog_name' argument must be specified to change any option "
                                 "value on the connection pool of this catalog");
    }
    for (size_t i = OPTION_MAX_CONNECTIONS; i < OPTION_HEALTH_CHECK; i++) {
        if (request->given[i])
            request->numbers[i] = duckdb_get_uint64(call->options[i]);
    }
    return read_texts(call, request, err);
}

static enum pgs_status bind_rows(const struct pgs_function_call *call,
                                 struct pgs_host_columns *result, void **bound,
                                 struct pgs_error *err)
{
    struct request *request = pgs_alloc_array(1, sizeof(*request));
    enum pgs_status status;

    if (!request)
        return pgs_error_oom(err);
    status = read_request(call, request, err);
    for (size_t i = 0; i < COLUMN_COUNT && status == PGS_OK; i++)
        status = pgs_host_add_plain_column(result, columns[i].name, columns[i].type, err);
    if (status == PGS_OK)
        *bound = request;
    else
        release(request);
    return status;
}

static int64_t milliseconds(uint64_t value)
{
    return value > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)value;
}

static void configure(const struct rows *rows, struct pgs_pool *pool)
{
    const struct request *request = rows->request;
    struct pgs_pool_options options;

    pgs_pool_options(pool, &options);
    if (request->given[OPTION_ACQUIRE_MODE])
        options.acquire_mode = request->mode;
    if (request->given[OPTION_MAX_CONNECTIONS])
        pgs_pool_options_limit(&options, request->numbers[OPTION_MAX_CONNECTIONS], rows->threads);
    if (request->given[OPTION_WAIT_TIMEOUT])
        options.wait_timeout_ms = milliseconds(request->numbers[OPTION_WAIT_TIMEOUT]);
    if (request->given[OPTION_MAX_LIFETIME])
        options.lifetime_max_ms = milliseconds(request->numbers[OPTION_MAX_LIFETIME]);
    if (request->given[OPTION_IDLE_TIMEOUT])
        options.idle_timeout_ms = milliseconds(request->numbers[OPTION_IDLE_TIMEOUT]);
    if (request->given[OPTION_REAPER_THREAD])
        options.reaper_thread = request->numbers[OPTION_REAPER_THREAD] != 0;
    if (request->given[OPTION_HEALTH_CHECK])
        (void)!pgs_health_check_set(&options, request->health_check, NULL);
    pgs_pool_configure(pool, &options);
}

static void visit(void *argument, struct pgs_str name, struct pgs_database *database)
{
    struct rows *rows = argument;
    struct row *grown;
    struct row *row;

    if (rows->request->given[OPTION_CATALOG]) {
        if (!pgs_str_equal(name, pgs_str_of(rows->request->catalog)))
            return;
        configure(rows, database->pool);
    }
    rows->found = true;
    grown = pgs_realloc_array(rows->list, rows->count + 1, sizeof(*rows->list));
    if (!grown) {
        rows->out_of_memory = true;
        return;
    }
    rows->list = grown;
    row = &rows->list[rows->count++];
    row->catalog = pgs_strndup(name.at, name.size_bytes);
    rows->out_of_memory |= !row->catalog;
    pgs_pool_options(database->pool, &row->options);
    pgs_pool_stats(database->pool, &row->stats);
}

static void close_rows(void *state)
{
    struct rows *rows = state;

    for (size_t i = 0; i < rows->count; i++)
        pgs_free(rows->list[i].catalog);
    pgs_free(rows->list);
    pgs_free(rows);
}

static enum pgs_status open_rows(void *bound, struct pgs_host_context *context, void **state,
                                 struct pgs_error *err)
{
    const struct request *request = bound;
    struct rows *rows = pgs_alloc_array(1, sizeof(*rows));
    enum pgs_status status = PGS_OK;

    if (!rows)
        return pgs_error_oom(err);
    rows->request = request;
    rows->threads = pgs_host_facts(context).threads;
    pgs_host_each_database(context, visit, rows);
    if (rows->out_of_memory)
        status = pgs_error_oom(err);
    else if (request->given[OPTION_CATALOG] && !rows->found)
        status =
            pgs_error_set(err, PGS_ERR_USAGE, "Catalog not found, name: '%s'", request->catalog);
    if (status == PGS_OK)
        *state = rows;
    else
        close_rows(rows);
    return status;
}

/* The longest the reaper may sleep; 0: until something is due. */
static uint64_t reaper_period_ms(const struct pgs_pool_options *options)
{
    int64_t idle_ms = options->idle_timeout_ms;
    int64_t life_ms = options->lifetime_max_ms;

    if (idle_ms == 0 || (life_ms > 0 && life_ms < idle_ms))
        return (uint64_t)life_ms;
    return (uint64_t)idle_ms;
}

static uint64_t number_of(const struct row *row, enum column column)
{
    switch (column) {
    case COLUMN_AVAILABLE:
        return row->stats.available;
    case COLUMN_TOTAL:
        return row->stats.total;
    case COLUMN_MAX:
        return row->options.close_after_use ? 0 : row->options.connections_max;
    case COLUMN_WAIT_TIMEOUT:
        return (uint64_t)row->options.wait_timeout_ms;
    case COLUMN_HITS:
        return row->stats.hits;
    case COLUMN_MISSES:
        return row->stats.misses;
    case COLUMN_FAILURES:
        return row->stats.failures;
    case COLUMN_MAX_LIFETIME:
        return (uint64_t)row->options.lifetime_max_ms;
    case COLUMN_IDLE_TIMEOUT:
        return (uint64_t)row->options.idle_timeout_ms;
    case COLUMN_REAPER_RUNNING:
        return row->stats.reaper_running;
    case COLUMN_REAPER_PERIOD:
        return reaper_period_ms(&row->options);
    default:
        return 0;
    }
}

static const char *text_of(const struct row *row, enum column column)
{
    if (column == COLUMN_CATALOG)
        return row->catalog;
    if (column == COLUMN_ACQUIRE_MODE)
        return pgs_acquire_mode_name(row->options.acquire_mode);
    return row->options.health_check_query;
}

static void fill(duckdb_vector vector, size_t index, const struct row *row, enum column column)
{
    if (columns[column].type == DUCKDB_TYPE_VARCHAR)
        duckdb_vector_assign_string_element(vector, index, text_of(row, column));
    else if (columns[column].type == DUCKDB_TYPE_BOOLEAN)
        ((bool *)duckdb_vector_get_data(vector))[index] = number_of(row, column) != 0;
    else
        ((uint64_t *)duckdb_vector_get_data(vector))[index] = number_of(row, column);
}

static enum pgs_status next_rows(void *state, duckdb_data_chunk chunk, size_t *count,
                                 struct pgs_error *err)
{
    struct rows *rows = state;

    (void)err;
    for (; rows->next < rows->count && *count < duckdb_vector_size(); rows->next++, ++*count) {
        for (size_t i = 0; i < COLUMN_COUNT; i++)
            fill(duckdb_data_chunk_get_vector(chunk, i), *count, &rows->list[rows->next],
                 (enum column)i);
    }
    return PGS_OK;
}

static const struct pgs_row_source source = {open_rows, next_rows, close_rows, release};

static const struct pgs_function_parameter named[OPTION_COUNT] = {
    [OPTION_CATALOG] = {"catalog_name", DUCKDB_TYPE_VARCHAR},
    [OPTION_ACQUIRE_MODE] = {"acquire_mode", DUCKDB_TYPE_VARCHAR},
    [OPTION_MAX_CONNECTIONS] = {"max_connections", DUCKDB_TYPE_UBIGINT},
    [OPTION_WAIT_TIMEOUT] = {"wait_timeout_millis", DUCKDB_TYPE_UBIGINT},
    [OPTION_THREAD_LOCAL_CACHE] = {"enable_thread_local_cache", DUCKDB_TYPE_BOOLEAN},
    [OPTION_MAX_LIFETIME] = {"max_lifetime_millis", DUCKDB_TYPE_UBIGINT},
    [OPTION_IDLE_TIMEOUT] = {"idle_timeout_millis", DUCKDB_TYPE_UBIGINT},
    [OPTION_REAPER_THREAD] = {"enable_reaper_thread", DUCKDB_TYPE_BOOLEAN},
    [OPTION_HEALTH_CHECK] = {"health_check_query", DUCKDB_TYPE_VARCHAR},
};

const struct pgs_table_function pgs_configure_pool = {
    .name = "postgres_configure_pool",
    .description = "Shows the connection pools of attached Postgres databases; with catalog_name "
                   "and further options it changes one.",
    .example = "FROM postgres_configure_pool(catalog_name = 'pg', max_connections = 8)",
    .named = named,
    .named_count = OPTION_COUNT,
    .bind_rows = bind_rows,
    .source = &source,
};
