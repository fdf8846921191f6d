/* SPDX-License-Identifier: MIT
 *
 * One transaction's look at the catalog: its life, and the schemas it sees.
 */
#include "base/alloc.h"
#include "base/limits.h"
#include "catalog/view_internal.h"

/* ---- life ---- */

enum pgs_status pgs_view_new(struct pgs_catalog *catalog, struct pgs_session *session,
                             struct pgs_view **view, struct pgs_error *err)
{
    struct pgs_view *made = pgs_alloc_array(1, sizeof(*made));

    if (!made)
        return pgs_error_oom(err);
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        pgs_free(made);
        return pgs_error_oom(err);
    }
    made->catalog = catalog;
    made->session = session;
    pgs_arena_init(&made->arena);
    pgs_buf_init(&made->sql, PGS_SQL_BYTES_MAX);
    *view = made;
    return PGS_OK;
}

/* Names must be asked for again; the memory stays. */
static void forget(struct pgs_view *view)
{
    for (size_t i = 0; i < PGS_VIEW_BUCKETS; i++)
        view->found[i] = NULL;
    view->listings = NULL;
    view->schemas_known = false;
}

static void end(struct pgs_view *view)
{
    forget(view);
    for (struct kept_load *kept = view->loads; kept; kept = kept->next)
        pgs_table_load_release(kept->load);
    view->loads = NULL;
    view->generation = 0;
    pgs_arena_release(&view->arena);
}

void pgs_view_free(struct pgs_view *view)
{
    if (!view)
        return;
    end(view);
    pgs_buf_release(&view->sql);
    pthread_mutex_destroy(&view->lock);
    pgs_free(view);
}

void pgs_view_note_ddl(struct pgs_view *view)
{
    pthread_mutex_lock(&view->lock);
    forget(view);
    pthread_mutex_unlock(&view->lock);
}

void pgs_view_end(struct pgs_view *view, bool committed)
{
    (void)committed; /* nothing is shared between transactions yet */
    pthread_mutex_lock(&view->lock);
    end(view);
    pthread_mutex_unlock(&view->lock);
}

/* Follows changes of the options and orders to forget. */
enum pgs_status pgs_view_catch_up(struct pgs_view *view, struct pgs_error *err)
{
    bool changed = false;

    PGS_TRY(pgs_catalog_options_since(view->catalog, &view->generation, &view->arena,
                                      &view->options, &changed, err));
    if (changed)
        forget(view);
    return PGS_OK;
}

/* Takes `load` over, also on failure. */
enum pgs_status pgs_view_keep(struct pgs_view *view, struct pgs_table_load *load,
                              struct pgs_error *err)
{
    struct kept_load *kept = pgs_arena_alloc(&view->arena, sizeof(*kept));

    if (!kept) {
        pgs_table_load_release(load);
        return pgs_error_oom(err);
    }
    kept->load = load;
    kept->next = view->loads;
    view->loads = kept;
    return PGS_OK;
}

/* ---- schemas ---- */

static enum pgs_status read_schemas(struct pgs_view *view, const struct pgs_result *answer,
                                    struct pgs_error *err)
{
    size_t count = pgs_result_rows(answer);
    struct pgs_str *schemas = pgs_arena_array(&view->arena, count, sizeof(*schemas));

    if (!schemas)
        return pgs_error_oom(err);
    for (size_t i = 0; i < count; i++) {
        schemas[i] = pgs_arena_str(&view->arena, pgs_result_get(answer, i, PGS_SCHEMA_NAME));
        if (!schemas[i].at)
            return pgs_error_oom(err);
    }
    view->may_read_stats = count && pgs_result_bool(answer, 0, PGS_SCHEMA_MAY_READ_STATS);
    view->schemas = schemas;
    view->schema_count = count;
    view->schemas_known = true;
    return PGS_OK;
}

static enum pgs_status load_schemas(struct pgs_view *view, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_SCHEMA_ANSWER_COLUMNS};
    struct pgs_result *answer = NULL;
    enum pgs_status status;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (view->schemas_known)
        return PGS_OK;
    pgs_load_begin(&view->sql);
    pgs_schema_query(&view->sql, &view->options);
    PGS_TRY(pgs_load_run(view->session, &view->sql, &answer, columns, 1, err));
    status = read_schemas(view, answer, err);
    pgs_result_free(answer);
    return status;
}

enum pgs_status pgs_view_list_schemas(struct pgs_view *view, const struct pgs_str **schemas,
                                      size_t *count, struct pgs_error *err)
{
    enum pgs_status status;

    pthread_mutex_lock(&view->lock);
    status = load_schemas(view, err);
    *schemas = status == PGS_OK ? view->schemas : NULL;
    *count = status == PGS_OK ? view->schema_count : 0;
    pthread_mutex_unlock(&view->lock);
    return status;
}

static struct pgs_str schema_like(const struct pgs_view *view, struct pgs_str name)
{
    struct pgs_str alike = {NULL, 0};

    for (size_t i = 0; i < view->schema_count; i++) {
        if (pgs_str_equal(view->schemas[i], name))
            return view->schemas[i];
        if (!alike.size_bytes && pgs_str_equal_nocase(view->schemas[i], name))
            alike = view->schemas[i];
    }
    return alike;
}

/* The session's own temporary schema is the only pg_temp_N in the list; it is
 * made by the first temporary table, and pg_temp means it also before. */
static struct pgs_str temporary_schema(const struct pgs_view *view)
{
    static const char prefix[] = "pg_temp_";
    size_t prefix_bytes = sizeof(prefix) - 1;

    for (size_t i = 0; i < view->schema_count; i++) {
        struct pgs_str start = {view->schemas[i].at, prefix_bytes};

        if (view->schemas[i].size_bytes > prefix_bytes && pgs_str_equal(start, pgs_str_of(prefix)))
            return view->schemas[i];
    }
    return view->options.schema_count ? (struct pgs_str){NULL, 0} : pgs_str_of("pg_temp");
}

enum pgs_status pgs_view_find_schema(struct pgs_view *view, struct pgs_str name,
                                     struct pgs_str *found, struct pgs_error *err)
{
    enum pgs_status status;

    *found = (struct pgs_str){NULL, 0};
    pthread_mutex_lock(&view->lock);
    status = load_schemas(view, err);
    if (status == PGS_OK && pgs_str_equal_nocase(name, pgs_str_of("pg_temp")))
        *found = temporary_schema(view);
    else if (status == PGS_OK)
        *found = schema_like(view, name);
    pthread_mutex_unlock(&view->lock);
    return status;
}
