/* SPDX-License-Identifier: MIT
 *
 * What a view lists: relations, indexes, types. Each is loaded once, of all
 * schemas together, and handed out schema by schema.
 */
#include <string.h>

#include "base/alloc.h"
#include "catalog/view_internal.h"

/* ---- finding a schema's part ---- */

typedef struct pgs_str schema_at(const void *list, size_t index);

/* As the server orders names: by bytes. */
static int compare_names(struct pgs_str a, struct pgs_str b)
{
    size_t common = a.size_bytes < b.size_bytes ? a.size_bytes : b.size_bytes;
    int order = common ? memcmp(a.at, b.at, common) : 0;

    return order ? order : (a.size_bytes > b.size_bytes) - (a.size_bytes < b.size_bytes);
}

/* The first index whose schema is not before `schema`, or with `after` is behind it. */
static size_t bound(const void *list, size_t count, schema_at *at, struct pgs_str schema,
                    bool after)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(at(list, middle), schema);

        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where one schema's entries stand in a list ordered by schema. */
struct part {
    size_t first;
    size_t count;
};

static struct part part_of(const void *list, size_t count, schema_at *at, struct pgs_str schema)
{
    struct part part;

    part.first = bound(list, count, at, schema, false);
    part.count = bound(list, count, at, schema, true) - part.first;
    return part;
}

static struct pgs_str schema_of_table(const void *list, size_t index)
{
    return ((const struct pgs_table *const *)list)[index]->schema;
}

static struct pgs_str schema_of_index(const void *list, size_t index)
{
    return ((const struct pgs_index *)list)[index].schema;
}

static struct pgs_str schema_of_type(const void *list, size_t index)
{
    return ((const struct pgs_named_type *)list)[index].schema;
}

static enum pgs_status copy_cell(struct pgs_view *view, const struct pgs_result *answer, size_t row,
                                 size_t cell, struct pgs_str *copy, struct pgs_error *err)
{
    *copy = pgs_arena_str(&view->arena, pgs_result_get(answer, row, cell));
    return copy->at ? PGS_OK : pgs_error_oom(err);
}

typedef enum pgs_status load_listing(struct pgs_view *view, struct pgs_error *err);

/* Has the listing loaded, unless ATTACH left `schema` out: *known tells. The lock
 * is held. */
static enum pgs_status know(struct pgs_view *view, struct pgs_str schema, load_listing *load,
                            bool *known, struct pgs_error *err)
{
    *known = false;
    PGS_TRY(pgs_view_catch_up(view, err));
    if (!pgs_catalog_allows(&view->options, schema))
        return PGS_OK;
    PGS_TRY(load(view, err));
    *known = true;
    return PGS_OK;
}

/* ---- relations ---- */

static enum pgs_status load_tables(struct pgs_view *view, struct pgs_table_load **load,
                                   struct pgs_error *err)
{
    static const size_t columns[] = {PGS_TABLE_ANSWER_COLUMNS};
    struct pgs_result *answer = NULL;
    struct pgs_result *types = NULL;
    uint32_t *oids = NULL;
    size_t oid_count = 0;
    enum pgs_status status;

    pgs_load_begin(&view->sql);
    pgs_table_query_all(&view->sql, &view->options);
    status = pgs_load_run(view->session, &view->sql, &answer, columns, 1, err);
    if (status == PGS_OK)
        status = pgs_table_answer_oids(answer, &oids, &oid_count, err);
    if (status == PGS_OK)
        status = pgs_view_load_types(view, oids, oid_count, &types, err);
    if (status == PGS_OK)
        status = pgs_table_load_new(answer, types, &view->choice, load, err);
    pgs_free(oids);
    pgs_result_free(types);
    pgs_result_free(answer);
    return status;
}

static enum pgs_status know_tables(struct pgs_view *view, struct pgs_error *err)
{
    struct view_listings *listings = &view->listings;
    struct pgs_table_load *load = NULL;

    if (listings->tables_known)
        return PGS_OK;
    PGS_TRY(load_tables(view, &load, err));
    PGS_TRY(pgs_view_keep(view, load, err));
    listings->tables = pgs_table_load_tables(load, &listings->table_count);
    listings->tables_known = true;
    return PGS_OK;
}

enum pgs_status pgs_view_list_tables(struct pgs_view *view, struct pgs_str schema,
                                     const struct pgs_table *const **tables, size_t *count,
                                     struct pgs_error *err)
{
    const struct view_listings *all = &view->listings;
    enum pgs_status status;
    bool known;

    *tables = NULL;
    *count = 0;
    pthread_mutex_lock(&view->lock);
    status = know(view, schema, know_tables, &known, err);
    if (known) {
        struct part part = part_of(all->tables, all->table_count, schema_of_table, schema);

        *tables = all->tables + part.first;
        *count = part.count;
    }
    pthread_mutex_unlock(&view->lock);
    return status;
}

const struct pgs_table *pgs_view_listed_table(struct pgs_view *view, struct pgs_str schema,
                                              struct pgs_str name)
{
    const struct view_listings *all = &view->listings;
    const struct pgs_table *found = NULL;
    size_t low, high;

    pthread_mutex_lock(&view->lock);
    low = bound(all->tables, all->table_count, schema_of_table, schema, false);
    high = bound(all->tables, all->table_count, schema_of_table, schema, true);
    while (low < high && !found) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(all->tables[middle]->name, name);

        if (order == 0)
            found = all->tables[middle];
        else if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    pthread_mutex_unlock(&view->lock);
    return found;
}

/* ---- indexes ---- */

/* "c name" or "e expression" */
static enum pgs_status read_keys(struct pgs_view *view, struct pgs_str text,
                                 struct pgs_index *index, struct pgs_error *err)
{
    struct pgs_array_text array;
    struct pgs_str element = {NULL, 0};
    struct pgs_str *keys;
    enum pgs_status status = PGS_OK;
    bool *is_column;
    bool more = true;

    PGS_TRY(pgs_array_text_count(text, &index->key_count, err));
    keys = pgs_arena_array(&view->arena, index->key_count, sizeof(*keys));
    is_column = pgs_arena_array(&view->arena, index->key_count, sizeof(*is_column));
    if (!keys || !is_column)
        return pgs_error_oom(err);
    pgs_array_text_init(&array, text);
    for (size_t i = 0; i < index->key_count && status == PGS_OK; i++) {
        struct pgs_str kind;

        status = pgs_array_text_next(&array, &element, &more, err);
        if (status != PGS_OK)
            break;
        kind = pgs_take_word(&element);
        is_column[i] = pgs_str_equal(kind, pgs_str_of("c"));
        keys[i] = pgs_arena_str(&view->arena, element);
        if (!keys[i].at)
            status = pgs_error_oom(err);
    }
    pgs_array_text_release(&array);
    index->keys = keys;
    index->is_column = is_column;
    return status;
}

static enum pgs_status read_index(struct pgs_view *view, const struct pgs_result *answer,
                                  size_t row, struct pgs_index *index, struct pgs_error *err)
{
    index->unique = pgs_result_bool(answer, row, PGS_INDEX_UNIQUE);
    index->primary = pgs_result_bool(answer, row, PGS_INDEX_PRIMARY);
    PGS_TRY(copy_cell(view, answer, row, PGS_INDEX_SCHEMA, &index->schema, err));
    PGS_TRY(copy_cell(view, answer, row, PGS_INDEX_NAME, &index->name, err));
    PGS_TRY(copy_cell(view, answer, row, PGS_INDEX_TABLE, &index->table, err));
    PGS_TRY(copy_cell(view, answer, row, PGS_INDEX_SQL, &index->sql, err));
    PGS_TRY(copy_cell(view, answer, row, PGS_INDEX_COMMENT, &index->comment, err));
    return read_keys(view, pgs_result_get(answer, row, PGS_INDEX_KEYS), index, err);
}

static enum pgs_status know_indexes(struct pgs_view *view, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_INDEX_ANSWER_COLUMNS};
    struct pgs_result *answer = NULL;
    struct pgs_index *indexes;
    enum pgs_status status;
    size_t count;

    if (view->listings.indexes_known)
        return PGS_OK;
    pgs_load_begin(&view->sql);
    pgs_index_query(&view->sql, &view->options);
    PGS_TRY(pgs_load_run(view->session, &view->sql, &answer, columns, 1, err));
    count = pgs_result_rows(answer);
    indexes = pgs_arena_array(&view->arena, count, sizeof(*indexes));
    status = indexes ? PGS_OK : pgs_error_oom(err);
    for (size_t i = 0; i < count && status == PGS_OK; i++)
        status = read_index(view, answer, i, &indexes[i], err);
    pgs_result_free(answer);
    if (status != PGS_OK)
        return status;
    view->listings.indexes = indexes;
    view->listings.index_count = count;
    view->listings.indexes_known = true;
    return PGS_OK;
}

enum pgs_status pgs_view_list_indexes(struct pgs_view *view, struct pgs_str schema,
                                      const struct pgs_index **indexes, size_t *count,
                                      struct pgs_error *err)
{
    const struct view_listings *all = &view->listings;
    enum pgs_status status;
    bool known;

    *indexes = NULL;
    *count = 0;
    pthread_mutex_lock(&view->lock);
    status = know(view, schema, know_indexes, &known, err);
    if (known) {
        struct part part = part_of(all->indexes, all->index_count, schema_of_index, schema);

        *indexes = all->indexes + part.first;
        *count = part.count;
    }
    pthread_mutex_unlock(&view->lock);
    return status;
}

/* ---- types ---- */

static enum pgs_status read_types(struct pgs_view *view, const struct pgs_result *answer,
                                  struct pgs_type_set *set, struct pgs_named_type *types,
                                  struct pgs_error *err)
{
    for (size_t i = 0; i < pgs_result_rows(answer); i++) {
        struct pgs_type_part part = {.typmod = -1};

        part.oid = (uint32_t)pgs_result_int(answer, i, PGS_NAMED_TYPE_OID, 0);
        types[i].type = pgs_type_set_get(set, &part);
        if (!types[i].type)
            return pgs_error_oom(err);
        PGS_TRY(copy_cell(view, answer, i, PGS_NAMED_TYPE_SCHEMA, &types[i].schema, err));
        PGS_TRY(copy_cell(view, answer, i, PGS_NAMED_TYPE_NAME, &types[i].name, err));
        PGS_TRY(copy_cell(view, answer, i, PGS_NAMED_TYPE_COMMENT, &types[i].comment, err));
    }
    return PGS_OK;
}

static enum pgs_status know_types(struct pgs_view *view, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_NAMED_TYPE_ANSWER_COLUMNS, PGS_TYPE_ANSWER_COLUMNS};
    struct pgs_result *answers[2] = {NULL, NULL};
    struct pgs_named_type *types;
    struct pgs_type_set set;
    enum pgs_status status;
    size_t count;

    if (view->listings.types_known)
        return PGS_OK;
    pgs_load_begin(&view->sql);
    pgs_named_type_query(&view->sql, &view->options);
    PGS_TRY(pgs_load_run(view->session, &view->sql, answers, columns, 2, err));
    count = pgs_result_rows(answers[0]);
    types = pgs_arena_array(&view->arena, count, sizeof(*types));
    pgs_type_set_init(&set, &view->arena, &view->choice);
    status = types ? pgs_type_set_load(&set, answers[1], err) : pgs_error_oom(err);
    if (status == PGS_OK)
        status = read_types(view, answers[0], &set, types, err);
    pgs_type_set_release(&set);
    pgs_result_free(answers[0]);
    pgs_result_free(answers[1]);
    if (status != PGS_OK)
        return status;
    view->listings.types = types;
    view->listings.type_count = count;
    view->listings.types_known = true;
    return PGS_OK;
}

enum pgs_status pgs_view_list_types(struct pgs_view *view, struct pgs_str schema,
                                    const struct pgs_named_type **types, size_t *count,
                                    struct pgs_error *err)
{
    const struct view_listings *all = &view->listings;
    enum pgs_status status;
    bool known;

    *types = NULL;
    *count = 0;
    pthread_mutex_lock(&view->lock);
    status = know(view, schema, know_types, &known, err);
    if (known) {
        struct part part = part_of(all->types, all->type_count, schema_of_type, schema);

        *types = all->types + part.first;
        *count = part.count;
    }
    pthread_mutex_unlock(&view->lock);
    return status;
}
