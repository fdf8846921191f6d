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
    view->listings = (struct view_listings){.tables = NULL};
    view->schemas = NULL;
}

static void end(struct pgs_view *view)
{
    forget(view);
    for (struct kept_load *kept = view->loads; kept; kept = kept->next)
        pgs_table_load_release(kept->load);
    for (struct kept_schemas *kept = view->schema_lists; kept; kept = kept->next)
        pgs_schema_list_release(kept->list);
    view->loads = NULL;
    view->schema_lists = NULL;
    view->checked = false;
    view->changed = false;
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
    view->changed = true;
    pthread_mutex_unlock(&view->lock);
}

void pgs_view_configure(struct pgs_view *view, const struct pgs_view_settings *settings)
{
    pthread_mutex_lock(&view->lock);
    view->trusting = !settings->validation;
    if (!pgs_type_choice_equal(&view->choice, &settings->types)) {
        view->choice = settings->types;
        view->checked = false;
        forget(view);
    }
    pthread_mutex_unlock(&view->lock);
}

void pgs_view_end(struct pgs_view *view, bool committed)
{
    (void)committed; /* what it learnt after its own DDL was never shared */
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

enum pgs_status pgs_view_keep_schemas(struct pgs_view *view, struct pgs_schema_list *list,
                                      struct pgs_error *err)
{
    struct kept_schemas *kept = pgs_arena_alloc(&view->arena, sizeof(*kept));

    if (!kept) {
        pgs_schema_list_release(list);
        return pgs_error_oom(err);
    }
    kept->list = list;
    kept->next = view->schema_lists;
    view->schema_lists = kept;
    return PGS_OK;
}

/* ---- schemas ---- */

static enum pgs_status ask_schemas(struct pgs_view *view, struct pgs_schema_list **list,
                                   struct pgs_error *err)
{
    static const size_t columns[] = {1, PGS_SCHEMA_ANSWER_COLUMNS};
    struct pgs_result *answers[2] = {NULL, NULL};
    enum pgs_status status;

    pgs_load_begin(&view->sql);
    pgs_schema_stamp_query(&view->sql, &view->options);
    pgs_schema_query(&view->sql, &view->options);
    PGS_TRY(pgs_load_run(view->session, &view->sql, answers, columns, 2, err));
    status = pgs_schema_list_new(answers[1], pgs_result_get(answers[0], 0, 0), list, err);
    pgs_result_free(answers[0]);
    pgs_result_free(answers[1]);
    return status;
}

static enum pgs_status load_schemas(struct pgs_view *view, struct pgs_error *err)
{
    struct pgs_schema_list *list = NULL;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (view->schemas)
        return PGS_OK;
    PGS_TRY(ask_schemas(view, &list, err));
    PGS_TRY(pgs_view_keep_schemas(view, list, err));
    view->schemas = list;
    if (!view->changed)
        pgs_catalog_put_schemas(view->catalog, view->generation, list);
    return PGS_OK;
}

enum pgs_status pgs_view_list_schemas(struct pgs_view *view, const struct pgs_str **schemas,
                                      size_t *count, struct pgs_error *err)
{
    enum pgs_status status;

    pthread_mutex_lock(&view->lock);
    status = load_schemas(view, err);
    *schemas = status == PGS_OK ? view->schemas->names : NULL;
    *count = status == PGS_OK ? view->schemas->count : 0;
    pthread_mutex_unlock(&view->lock);
    return status;
}

static struct pgs_str schema_like(const struct pgs_schema_list *list, struct pgs_str name)
{
    struct pgs_str alike = {NULL, 0};

    for (size_t i = 0; i < list->count; i++) {
        if (pgs_str_equal(list->names[i], name))
            return list->names[i];
        if (!alike.size_bytes && pgs_str_equal_nocase(list->names[i], name))
            alike = list->names[i];
    }
    return alike;
}

/* The session's own temporary schema is the only pg_temp_N in the list; it is
 * made by the first temporary table, and pg_temp means it also before. */
static struct pgs_str temporary_schema(const struct pgs_view *view)
{
    static const char prefix[] = "pg_temp_";
    size_t prefix_bytes = sizeof(prefix) - 1;

    for (size_t i = 0; i < view->schemas->count; i++) {
        struct pgs_str name = view->schemas->names[i];
        struct pgs_str start = {name.at, prefix_bytes};

        if (name.size_bytes > prefix_bytes && pgs_str_equal(start, pgs_str_of(prefix)))
            return name;
    }
    return view->options.schema_count ? (struct pgs_str){NULL, 0} : pgs_str_of("pg_temp");
}

static enum pgs_status find_schema(struct pgs_view *view, struct pgs_str name,
                                   struct pgs_str *found, struct pgs_error *err)
{
    PGS_TRY(load_schemas(view, err));
    if (pgs_str_equal_nocase(name, pgs_str_of("pg_temp")))
        *found = temporary_schema(view);
    else
        *found = schema_like(view->schemas, name);
    return PGS_OK;
}

enum pgs_status pgs_view_find_schema(struct pgs_view *view, struct pgs_str name,
                                     struct pgs_str *found, struct pgs_error *err)
{
    enum pgs_status status;

    *found = (struct pgs_str){NULL, 0};
    pthread_mutex_lock(&view->lock);
    status = find_schema(view, name, found, err);
    pthread_mutex_unlock(&view->lock);
    return status;
}

/* The exact name among those that are shared, unchecked; empty when it is not. */
static enum pgs_status guess_schema(struct pgs_view *view, struct pgs_str name,
                                    struct pgs_str *found, struct pgs_error *err)
{
    struct pgs_schema_list *list;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (view->schemas || view->changed)
        return PGS_OK;
    list = pgs_catalog_get_schemas(view->catalog, view->generation);
    if (!list)
        return PGS_OK;
    PGS_TRY(pgs_view_keep_schemas(view, list, err));
    *found = schema_like(list, name);
    if (!pgs_str_equal(*found, name))
        *found = (struct pgs_str){NULL, 0};
    return PGS_OK;
}

enum pgs_status pgs_view_guess_schema(struct pgs_view *view, struct pgs_str name,
                                      struct pgs_str *found, struct pgs_error *err)
{
    static const struct pgs_str none = {NULL, 0};
    enum pgs_status status;

    *found = none;
    pthread_mutex_lock(&view->lock);
    status = guess_schema(view, name, found, err);
    if (status == PGS_OK && !found->size_bytes && !view->schemas)
        status = pgs_view_check_shared(view, none, none, err);
    if (status == PGS_OK && !found->size_bytes)
        status = find_schema(view, name, found, err);
    pthread_mutex_unlock(&view->lock);
    return status;
}
