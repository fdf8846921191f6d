/* SPDX-License-Identifier: MIT
 *
 * Relations of a view, found by name or listed by schema.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "catalog/view_internal.h"

/* ---- one table ---- */

static size_t bucket_of(struct pgs_str schema, struct pgs_str name)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < schema.size_bytes; i++)
        hash = (hash ^ (unsigned char)schema.at[i]) * UINT64_C(1099511628211);
    hash *= UINT64_C(1099511628211);
    for (size_t i = 0; i < name.size_bytes; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * UINT64_C(1099511628211);
    return (size_t)((hash ^ (hash >> 32)) % PGS_VIEW_BUCKETS);
}

static enum pgs_status remember(struct pgs_view *view, struct pgs_str schema, struct pgs_str name,
                                const struct pgs_table *table, struct pgs_error *err)
{
    struct found_table *found = pgs_arena_alloc(&view->arena, sizeof(*found));
    size_t bucket = bucket_of(schema, name);

    if (!found)
        return pgs_error_oom(err);
    found->schema = pgs_arena_str(&view->arena, schema);
    found->name = pgs_arena_str(&view->arena, name);
    if (!found->schema.at || !found->name.at)
        return pgs_error_oom(err);
    found->table = table;
    found->next = view->found[bucket];
    view->found[bucket] = found;
    return PGS_OK;
}

static const struct found_table *recall(const struct pgs_view *view, struct pgs_str schema,
                                        struct pgs_str name)
{
    const struct found_table *found = view->found[bucket_of(schema, name)];

    while (found && !(pgs_str_equal(found->schema, schema) && pgs_str_equal(found->name, name)))
        found = found->next;
    return found;
}

static enum pgs_status load_table(struct pgs_view *view, struct pgs_str schema, struct pgs_str name,
                                  const struct pgs_table **table, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_TABLE_ANSWER_COLUMNS, PGS_TYPE_ANSWER_COLUMNS};
    struct pgs_result *answers[2] = {NULL, NULL};
    struct pgs_table_load *load = NULL;
    enum pgs_status status;
    size_t count = 0;

    pgs_load_begin(&view->sql);
    pgs_table_query_one(&view->sql, schema, name, view->schemas_known && view->may_read_stats);
    PGS_TRY(pgs_load_run(view->session, &view->sql, answers, columns, 2, err));
    status = pgs_table_load_new(answers[0], answers[1], &view->options, &load, err);
    pgs_result_free(answers[0]);
    pgs_result_free(answers[1]);
    if (status == PGS_OK)
        status = pgs_view_keep(view, load, err);
    if (status != PGS_OK)
        return status;
    *table = NULL;
    if (pgs_table_load_tables(load, &count) && count)
        *table = pgs_table_load_tables(load, &count)[0];
    return remember(view, schema, name, *table, err);
}

static enum pgs_status find_table(struct pgs_view *view, struct pgs_str schema, struct pgs_str name,
                                  const struct pgs_table **table, struct pgs_error *err)
{
    const struct found_table *found;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (!pgs_catalog_allows(&view->options, schema))
        return PGS_OK;
    found = recall(view, schema, name);
    if (found) {
        *table = found->table;
        return PGS_OK;
    }
    return load_table(view, schema, name, table, err);
}

/* No name of PostgreSQL's is empty, has a zero byte, or is longer than 63 bytes;
 * the server would cut a longer one and find another table. */
static bool is_name(struct pgs_str name)
{
    return name.size_bytes && name.size_bytes <= PGS_NAME_BYTES_MAX &&
           !memchr(name.at, 0, name.size_bytes);
}

enum pgs_status pgs_view_find_table(struct pgs_view *view, struct pgs_str schema,
                                    struct pgs_str name, const struct pgs_table **table,
                                    struct pgs_error *err)
{
    enum pgs_status status;

    *table = NULL;
    if (!is_name(schema) || !is_name(name))
        return PGS_OK;
    pthread_mutex_lock(&view->lock);
    status = find_table(view, schema, name, table, err);
    pthread_mutex_unlock(&view->lock);
    return status;
}

/* ---- all tables ---- */

static enum pgs_status load_schema_tables(struct pgs_view *view, struct pgs_str schema,
                                          struct pgs_table_load **load, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_TABLE_ANSWER_COLUMNS};
    struct pgs_result *answer = NULL;
    struct pgs_result *types = NULL;
    uint32_t *oids = NULL;
    size_t oid_count = 0;
    enum pgs_status status;

    pgs_load_begin(&view->sql);
    pgs_table_query_schema(&view->sql, schema);
    status = pgs_load_run(view->session, &view->sql, &answer, columns, 1, err);
    if (status == PGS_OK)
        status = pgs_table_answer_oids(answer, &oids, &oid_count, err);
    if (status == PGS_OK)
        status = pgs_view_load_types(view, oids, oid_count, &types, err);
    if (status == PGS_OK)
        status = pgs_table_load_new(answer, types, &view->options, load, err);
    pgs_free(oids);
    pgs_result_free(types);
    pgs_result_free(answer);
    return status;
}

static enum pgs_status list_tables(struct pgs_view *view, struct pgs_str schema,
                                   const struct listing **listing, struct pgs_error *err)
{
    struct pgs_table_load *load = NULL;
    struct listing *made;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (!pgs_catalog_allows(&view->options, schema))
        return PGS_OK;
    for (*listing = view->listings; *listing; *listing = (*listing)->next) {
        if (pgs_str_equal((*listing)->schema, schema))
            return PGS_OK;
    }
    PGS_TRY(load_schema_tables(view, schema, &load, err));
    PGS_TRY(pgs_view_keep(view, load, err));
    made = pgs_arena_alloc(&view->arena, sizeof(*made));
    if (!made)
        return pgs_error_oom(err);
    made->schema = pgs_arena_str(&view->arena, schema);
    if (!made->schema.at)
        return pgs_error_oom(err);
    made->tables = pgs_table_load_tables(load, &made->count);
    made->next = view->listings;
    view->listings = made;
    *listing = made;
    return PGS_OK;
}

enum pgs_status pgs_view_list_tables(struct pgs_view *view, struct pgs_str schema,
                                     const struct pgs_table *const **tables, size_t *count,
                                     struct pgs_error *err)
{
    const struct listing *listing = NULL;
    enum pgs_status status;

    *tables = NULL;
    *count = 0;
    if (!is_name(schema))
        return PGS_OK;
    pthread_mutex_lock(&view->lock);
    status = list_tables(view, schema, &listing, err);
    if (status == PGS_OK && listing) {
        *tables = listing->tables;
        *count = listing->count;
    }
    pthread_mutex_unlock(&view->lock);
    return status;
}
