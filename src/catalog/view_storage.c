/* SPDX-License-Identifier: MIT
 *
 * The pieces that a scan of a relation can be split into.
 */
#include "base/alloc.h"
#include "catalog/view_internal.h"

static enum pgs_status read_piece(const struct pgs_result *answer, size_t row,
                                  struct pgs_arena *arena, struct pgs_storage *piece,
                                  struct pgs_error *err)
{
    piece->schema = pgs_arena_str(arena, pgs_result_get(answer, row, PGS_STORAGE_SCHEMA));
    piece->name = pgs_arena_str(arena, pgs_result_get(answer, row, PGS_STORAGE_NAME));
    piece->blocks = pgs_result_int(answer, row, PGS_STORAGE_BLOCKS, -1);
    return piece->schema.at && piece->name.at ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status read_pieces(const struct pgs_result *answer, struct pgs_arena *arena,
                                   struct pgs_storage **storage, size_t *count,
                                   struct pgs_error *err)
{
    size_t rows = pgs_result_rows(answer);
    struct pgs_storage *pieces;
    enum pgs_status status = PGS_OK;

    for (size_t i = 0; i < rows; i++) {
        if (!pgs_result_bool(answer, i, PGS_STORAGE_IS_OPEN))
            return PGS_OK;
    }
    pieces = pgs_alloc_array(rows, sizeof(*pieces));
    if (!pieces)
        return pgs_error_oom(err);
    for (size_t i = 0; i < rows && status == PGS_OK; i++)
        status = read_piece(answer, i, arena, &pieces[i], err);
    if (status != PGS_OK) {
        pgs_free(pieces);
        return status;
    }
    *storage = pieces;
    *count = rows;
    return PGS_OK;
}

static enum pgs_status load_pieces(struct pgs_view *view, const struct pgs_table *table,
                                   struct pgs_arena *arena, struct pgs_storage **storage,
                                   size_t *count, struct pgs_error *err)
{
    static const size_t columns[] = {PGS_STORAGE_ANSWER_COLUMNS};
    struct pgs_result *answer = NULL;
    enum pgs_status status;

    pthread_mutex_lock(&view->lock);
    pgs_load_begin(&view->sql);
    pgs_storage_query(&view->sql, table->oid);
    status = pgs_load_run(view->session, &view->sql, &answer, columns, 1, err);
    pthread_mutex_unlock(&view->lock);
    if (status == PGS_OK)
        status = read_pieces(answer, arena, storage, count, err);
    pgs_result_free(answer);
    return status;
}

enum pgs_status pgs_view_list_storage(struct pgs_view *view, const struct pgs_table *table,
                                      struct pgs_arena *arena, struct pgs_storage **storage,
                                      size_t *count, struct pgs_error *err)
{
    struct pgs_storage *whole;

    *storage = NULL;
    *count = 0;
    if (table->has_children || table->kind == PGS_REL_PARTITIONED)
        PGS_TRY(load_pieces(view, table, arena, storage, count, err));
    if (*storage)
        return PGS_OK;
    /* In one piece: nothing below it, or its pieces may not be read alone. */
    whole = pgs_alloc_array(1, sizeof(*whole));
    if (!whole)
        return pgs_error_oom(err);
    whole->schema = pgs_arena_str(arena, table->schema);
    whole->name = pgs_arena_str(arena, table->name);
    whole->blocks = table->has_ctid && !table->has_children ? table->blocks : -1;
    if (!whole->schema.at || !whole->name.at) {
        pgs_free(whole);
        return pgs_error_oom(err);
    }
    *storage = whole;
    *count = 1;
    return PGS_OK;
}
