/* SPDX-License-Identifier: MIT
 *
 * The tables of one answer, which share one arena and one reference count.
 */
#include <stdatomic.h>

#include "base/alloc.h"
#include "catalog/internal.h"

struct table_slot {
    struct pgs_table table; /* first: a table is turned back into its slot */
    struct pgs_table_load *load;
};

struct pgs_table_load {
    atomic_size_t references;
    struct pgs_arena arena;
    struct pgs_type_choice choice;
    struct table_slot *slots;
    const struct pgs_table **tables;
    size_t count;
    struct pgs_str stamp; /* of the one table; empty for a listing */
    struct pgs_type_stamp *type_stamps;
    size_t type_count;
};

/* What to ask later whether this is still so. */
static enum pgs_status load_stamps(struct pgs_table_load *load, const struct pgs_result *answer,
                                   const struct pgs_result *types, struct pgs_error *err)
{
    if (load->count != 1 || pgs_result_is_null(answer, 0, PGS_TABLE_STAMP))
        return PGS_OK;
    load->stamp = pgs_arena_str(&load->arena, pgs_result_get(answer, 0, PGS_TABLE_STAMP));
    load->type_count = types ? pgs_result_rows(types) : 0;
    load->type_stamps = pgs_arena_array(&load->arena, load->type_count, sizeof(*load->type_stamps));
    if (!load->stamp.at || !load->type_stamps)
        return pgs_error_oom(err);
    for (size_t i = 0; i < load->type_count; i++) {
        struct pgs_type_stamp *type = &load->type_stamps[i];

        type->oid = (uint32_t)pgs_result_int(types, i, PGS_TYPE_OID, 0);
        type->stamp = pgs_arena_str(&load->arena, pgs_result_get(types, i, PGS_TYPE_STAMP));
        if (!type->stamp.at)
            return pgs_error_oom(err);
    }
    return PGS_OK;
}

static enum pgs_status load_tables(struct pgs_table_load *load, const struct pgs_result *answer,
                                   struct pgs_type_set *types, struct pgs_error *err)
{
    size_t rows = pgs_result_rows(answer);

    load->slots = pgs_arena_array(&load->arena, rows, sizeof(*load->slots));
    load->tables = pgs_arena_array(&load->arena, rows, sizeof(struct pgs_table *));
    if (!load->slots || !load->tables)
        return pgs_error_oom(err);
    load->count = rows;
    for (size_t i = 0; i < rows; i++) {
        struct pgs_row_reader reader = {.answer = answer,
                                        .row = i,
                                        .arena = &load->arena,
                                        .types = types,
                                        .table = &load->slots[i].table,
                                        .err = err};

        load->slots[i].load = load;
        load->tables[i] = &load->slots[i].table;
        PGS_TRY(pgs_table_read(&reader));
    }
    return PGS_OK;
}

enum pgs_status pgs_table_load_new(const struct pgs_result *answer, const struct pgs_result *types,
                                   const struct pgs_type_choice *choice,
                                   struct pgs_table_load **load, struct pgs_error *err)
{
    struct pgs_table_load *made = pgs_alloc_array(1, sizeof(*made));
    struct pgs_type_set set;
    enum pgs_status status = PGS_OK;

    if (!made)
        return pgs_error_oom(err);
    atomic_init(&made->references, 1);
    pgs_arena_init(&made->arena);
    made->choice = *choice;
    pgs_type_set_init(&set, &made->arena, choice);
    if (types)
        status = pgs_type_set_load(&set, types, err);
    if (status == PGS_OK)
        status = load_tables(made, answer, &set, err);
    if (status == PGS_OK)
        status = load_stamps(made, answer, types, err);
    pgs_type_set_release(&set);
    if (status != PGS_OK) {
        pgs_table_load_release(made);
        return status;
    }
    *load = made;
    return PGS_OK;
}

struct pgs_table_load *pgs_table_load_retain(struct pgs_table_load *load)
{
    atomic_fetch_add(&load->references, 1);
    return load;
}

void pgs_table_load_release(struct pgs_table_load *load)
{
    if (!load || atomic_fetch_sub(&load->references, 1) != 1)
        return;
    pgs_arena_release(&load->arena);
    pgs_free(load);
}

const struct pgs_type_choice *pgs_table_load_choice(const struct pgs_table_load *load)
{
    return &load->choice;
}

const struct pgs_table *const *pgs_table_load_tables(const struct pgs_table_load *load,
                                                     size_t *count)
{
    *count = load->count;
    return load->tables;
}

struct pgs_str pgs_table_load_stamp(const struct pgs_table_load *load)
{
    return load->stamp;
}

const struct pgs_type_stamp *pgs_table_load_type_stamps(const struct pgs_table_load *load,
                                                        size_t *count)
{
    *count = load->type_count;
    return load->type_stamps;
}

void pgs_table_retain(const struct pgs_table *table)
{
    const struct table_slot *slot = (const struct table_slot *)table;

    atomic_fetch_add(&slot->load->references, 1);
}

void pgs_table_release(const struct pgs_table *table)
{
    if (table)
        pgs_table_load_release(((const struct table_slot *)table)->load);
}
