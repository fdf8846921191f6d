/* SPDX-License-Identifier: MIT
 *
 * Which types of the catalog a listing needs, found before it is read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "catalog/internal.h"

struct oid_list {
    uint32_t *at;
    size_t count;
    size_t capacity;
};

static int compare_oids(const void *a, const void *b)
{
    uint32_t left, right;

    memcpy(&left, a, sizeof(left));
    memcpy(&right, b, sizeof(right));
    return (left > right) - (left < right);
}

static void sort_and_shrink(struct oid_list *list)
{
    size_t kept = 0;

    if (list->count == 0)
        return;
    qsort(list->at, list->count, sizeof(*list->at), compare_oids);
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->at[kept - 1] != list->at[i])
            list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

/* Repeated ones are removed whenever the list is full, so that it stays near
 * the number of distinct ones. */
static enum pgs_status make_room(struct oid_list *list, struct pgs_error *err)
{
    size_t capacity = list->capacity ? list->capacity * 2 : 256;
    uint32_t *at;

    sort_and_shrink(list);
    if (list->capacity && list->count < list->capacity / 2)
        return PGS_OK;
    at = pgs_realloc_array(list->at, capacity, sizeof(*at));
    if (!at)
        return pgs_error_oom(err);
    list->at = at;
    list->capacity = capacity;
    return PGS_OK;
}

static enum pgs_status add(struct oid_list *list, uint32_t oid, struct pgs_error *err)
{
    if (list->count && list->at[list->count - 1] == oid)
        return PGS_OK;
    if (list->count == list->capacity)
        PGS_TRY(make_room(list, err));
    list->at[list->count++] = oid;
    return PGS_OK;
}

static enum pgs_status add_columns(struct oid_list *list, struct pgs_str text,
                                   struct pgs_error *err)
{
    struct pgs_array_text array;
    struct pgs_str column = {NULL, 0};
    enum pgs_status status;
    bool more = true;

    pgs_array_text_init(&array, text);
    status = pgs_array_text_next(&array, &column, &more, err);
    while (status == PGS_OK && more) {
        int64_t oid;

        (void)pgs_take_word(&column); /* attnum; what is malformed is told by the load */
        if (pgs_take_int(&column, &oid) && oid >= PGS_FIRST_CATALOG_OID && oid <= UINT32_MAX)
            status = add(list, (uint32_t)oid, err);
        if (status == PGS_OK)
            status = pgs_array_text_next(&array, &column, &more, err);
    }
    pgs_array_text_release(&array);
    return status;
}

enum pgs_status pgs_table_answer_oids(const struct pgs_result *answer, uint32_t **oids,
                                      size_t *count, struct pgs_error *err)
{
    struct oid_list list = {NULL, 0, 0};
    enum pgs_status status = PGS_OK;

    for (size_t i = 0; i < pgs_result_rows(answer) && status == PGS_OK; i++)
        status = add_columns(&list, pgs_result_get(answer, i, PGS_TABLE_COLUMNS), err);
    if (status != PGS_OK) {
        pgs_free(list.at);
        return status;
    }
    sort_and_shrink(&list);
    *oids = list.at;
    *count = list.count;
    return PGS_OK;
}
