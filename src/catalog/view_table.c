/* SPDX-License-Identifier: MIT
 *
 * Relations of a view, found by name.
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

enum pgs_status pgs_view_remember(struct pgs_view *view, struct pgs_str schema, struct pgs_str name,
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

const struct found_table *pgs_view_recall(const struct pgs_view *view, struct pgs_str schema,
                                          struct pgs_str name)
{
    const struct found_table *found = view->found[bucket_of(schema, name)];

    while (found && !(pgs_str_equal(found->schema, schema) && pgs_str_equal(found->name, name)))
        found = found->next;
    return found;
}

/* Lets other transactions use what was found, unless it may be this one's own,
 * or lacks what only known schemas allow to be read. */
static void share(struct pgs_view *view, struct pgs_table_load *load, struct pgs_str schema,
                  struct pgs_str name)
{
    size_t count = 0;
    const struct pgs_table *table = pgs_table_load_tables(load, &count)[0];

    if (view->changed || !view->schemas || !pgs_str_equal(table->name, name) ||
        !pgs_str_equal(table->schema, schema) || strncmp(table->schema.at, "pg_temp", 7) == 0)
        return;
    pgs_catalog_put_table(view->catalog, view->generation, load);
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
    pgs_table_query_one(&view->sql, schema, name, view->schemas && view->schemas->may_read_stats);
    PGS_TRY(pgs_load_run(view->session, &view->sql, answers, columns, 2, err));
    status = pgs_table_load_new(answers[0], answers[1], &view->choice, &load, err);
    pgs_result_free(answers[0]);
    pgs_result_free(answers[1]);
    if (status == PGS_OK)
        status = pgs_view_keep(view, load, err);
    if (status != PGS_OK)
        return status;
    *table = NULL;
    if (pgs_table_load_tables(load, &count) && count)
        *table = pgs_table_load_tables(load, &count)[0];
    if (*table)
        share(view, load, schema, name);
    return pgs_view_remember(view, schema, name, *table, err);
}

static enum pgs_status find_table(struct pgs_view *view, struct pgs_str schema, struct pgs_str name,
                                  const struct pgs_table **table, struct pgs_error *err)
{
    const struct found_table *found;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (!pgs_catalog_allows(&view->options, schema))
        return PGS_OK;
    found = pgs_view_recall(view, schema, name);
    if (!found) {
        PGS_TRY(pgs_view_check_shared(view, schema, name, err));
        found = pgs_view_recall(view, schema, name);
    }
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
