/* SPDX-License-Identifier: MIT
 *
 * Names that a misspelt one may stand for. The host asks schema by schema; the
 * server is asked once for all of them.
 */
#include "catalog/view_internal.h"

static enum pgs_status load_similar(struct pgs_view *view, struct pgs_str name,
                                    const struct pgs_result *answer, struct pgs_error *err)
{
    size_t count = pgs_result_rows(answer);
    struct pgs_str *schemas = pgs_arena_array(&view->arena, count, sizeof(*schemas));
    struct pgs_str *names = pgs_arena_array(&view->arena, count, sizeof(*names));
    struct pgs_str asked = pgs_arena_str(&view->arena, name);

    if (!schemas || !names || !asked.at)
        return pgs_error_oom(err);
    for (size_t i = 0; i < count; i++) {
        schemas[i] = pgs_arena_str(&view->arena, pgs_result_get(answer, i, PGS_SIMILAR_SCHEMA));
        names[i] = pgs_arena_str(&view->arena, pgs_result_get(answer, i, PGS_SIMILAR_NAME));
        if (!schemas[i].at || !names[i].at)
            return pgs_error_oom(err);
    }
    view->listings.similar_schemas = schemas;
    view->listings.similar_names = names;
    view->listings.similar_count = count;
    view->listings.similar_to = asked;
    return PGS_OK;
}

static enum pgs_status know_similar(struct pgs_view *view, struct pgs_str name,
                                    struct pgs_error *err)
{
    static const size_t columns[] = {PGS_SIMILAR_ANSWER_COLUMNS};
    struct pgs_result *answer = NULL;
    enum pgs_status status;

    PGS_TRY(pgs_view_catch_up(view, err));
    if (pgs_str_equal(view->listings.similar_to, name))
        return PGS_OK;
    pgs_load_begin(&view->sql);
    pgs_similar_query(&view->sql, &view->options, name);
    PGS_TRY(pgs_load_run(view->session, &view->sql, &answer, columns, 1, err));
    status = load_similar(view, name, answer, err);
    pgs_result_free(answer);
    return status;
}

static enum pgs_status pick(struct pgs_view *view, struct pgs_str schema,
                            const struct pgs_str **names, size_t *count, struct pgs_error *err)
{
    const struct view_listings *all = &view->listings;
    struct pgs_str *picked = pgs_arena_array(&view->arena, all->similar_count, sizeof(*picked));

    if (!picked)
        return pgs_error_oom(err);
    for (size_t i = 0; i < all->similar_count; i++) {
        if (pgs_str_equal(all->similar_schemas[i], schema))
            picked[(*count)++] = all->similar_names[i];
    }
    *names = picked;
    return PGS_OK;
}

enum pgs_status pgs_view_list_similar(struct pgs_view *view, struct pgs_str schema,
                                      struct pgs_str name, const struct pgs_str **names,
                                      size_t *count, struct pgs_error *err)
{
    enum pgs_status status;

    *names = NULL;
    *count = 0;
    pthread_mutex_lock(&view->lock);
    status = know_similar(view, name, err);
    if (status == PGS_OK)
        status = pick(view, schema, names, count, err);
    pthread_mutex_unlock(&view->lock);
    return status;
}
