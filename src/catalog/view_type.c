/* SPDX-License-Identifier: MIT
 *
 * The types that a statement's columns and parameters need.
 */
#include "base/alloc.h"
#include "catalog/view_internal.h"

enum pgs_status pgs_view_load_types(struct pgs_view *view, const uint32_t *oids, size_t count,
                                    struct pgs_result **answer, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_TYPE_ANSWER_COLUMNS};

    if (count == 0)
        return PGS_OK;
    pgs_load_begin(&view->sql);
    pgs_type_query_oids(&view->sql, oids, count);
    return pgs_load_run(view->session, &view->sql, answer, columns, 1, err);
}

/* The distinct oids that need a look into the catalog. */
static size_t distinct_oids(const struct pgs_type_wanted *wanted, size_t wanted_count,
                            uint32_t *oids)
{
    size_t count = 0;

    for (size_t i = 0; i < wanted_count; i++) {
        uint32_t oid = wanted[i].oid;
        size_t j = 0;

        while (j < count && oids[j] != oid)
            j++;
        if (oid >= PGS_FIRST_CATALOG_OID && j == count)
            oids[count++] = oid;
    }
    return count;
}

static enum pgs_status build_types(struct pgs_type_set *read, const struct pgs_type_wanted *wanted,
                                   size_t count, const struct pgs_type **types,
                                   struct pgs_error *err)
{
    static const struct pgs_type_choice exact = {.numeric_as_varchar = true};
    struct pgs_type_set written;
    enum pgs_status status = PGS_OK;

    pgs_type_set_init(&written, read->arena, &exact);
    written.facts = read->facts;
    written.fact_count = read->fact_count;
    for (size_t i = 0; i < count && status == PGS_OK; i++) {
        struct pgs_type_part part = {
            .oid = wanted[i].oid, .typmod = wanted[i].typmod, .ndims = wanted[i].dimensions};

        types[i] = pgs_type_set_get(wanted[i].is_written ? &written : read, &part);
        if (!types[i])
            status = pgs_error_oom(err);
    }
    pgs_type_set_release(&written);
    return status;
}

enum pgs_status pgs_view_resolve_types(struct pgs_view *view, const struct pgs_type_wanted *wanted,
                                       size_t count, struct pgs_arena *arena,
                                       const struct pgs_type **types, struct pgs_error *err)
{
    uint32_t *oids = pgs_alloc_array(count, sizeof(*oids));
    struct pgs_result *answer = NULL;
    struct pgs_type_set set;
    enum pgs_status status;

    if (!oids)
        return pgs_error_oom(err);
    pthread_mutex_lock(&view->lock);
    status = pgs_view_catch_up(view, err);
    pgs_type_set_init(&set, arena, &view->choice);
    if (status == PGS_OK)
        status = pgs_view_load_types(view, oids, distinct_oids(wanted, count, oids), &answer, err);
    pthread_mutex_unlock(&view->lock);
    if (status == PGS_OK && answer)
        status = pgs_type_set_load(&set, answer, err);
    if (status == PGS_OK)
        status = build_types(&set, wanted, count, types, err);
    pgs_type_set_release(&set);
    pgs_result_free(answer);
    pgs_free(oids);
    return status;
}
