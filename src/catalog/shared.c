/* SPDX-License-Identifier: MIT */
#include "catalog/shared.h"

#include "base/alloc.h"

/* ---- schemas ---- */

static enum pgs_status read_names(struct pgs_schema_list *list, const struct pgs_result *answer,
                                  struct pgs_error *err)
{
    size_t count = pgs_result_rows(answer);
    struct pgs_str *names = pgs_arena_array(&list->arena, count, sizeof(*names));

    if (!names)
        return pgs_error_oom(err);
    for (size_t i = 0; i < count; i++) {
        names[i] = pgs_arena_str(&list->arena, pgs_result_get(answer, i, PGS_SCHEMA_NAME));
        if (!names[i].at)
            return pgs_error_oom(err);
    }
    list->names = names;
    list->count = count;
    list->may_read_stats = count && pgs_result_bool(answer, 0, PGS_SCHEMA_MAY_READ_STATS);
    return PGS_OK;
}

enum pgs_status pgs_schema_list_new(const struct pgs_result *answer, struct pgs_str stamp,
                                    struct pgs_schema_list **list, struct pgs_error *err)
{
    struct pgs_schema_list *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    if (!made)
        return pgs_error_oom(err);
    atomic_init(&made->references, 1);
    pgs_arena_init(&made->arena);
    made->stamp = pgs_arena_str(&made->arena, stamp);
    status = made->stamp.at ? read_names(made, answer, err) : pgs_error_oom(err);
    if (status != PGS_OK) {
        pgs_schema_list_release(made);
        return status;
    }
    *list = made;
    return PGS_OK;
}

struct pgs_schema_list *pgs_schema_list_retain(struct pgs_schema_list *list)
{
    if (list)
        atomic_fetch_add(&list->references, 1);
    return list;
}

void pgs_schema_list_release(struct pgs_schema_list *list)
{
    if (!list || atomic_fetch_sub(&list->references, 1) != 1)
        return;
    pgs_arena_release(&list->arena);
    pgs_free(list);
}

void pgs_shared_put_schemas(struct pgs_shared *shared, struct pgs_schema_list *list)
{
    pgs_schema_list_retain(list);
    pgs_schema_list_release(shared->schemas);
    shared->schemas = list;
}

/* ---- tables ---- */

static const struct pgs_table *table_of(const struct pgs_table_load *load)
{
    size_t count = 0;

    return pgs_table_load_tables(load, &count)[0];
}

static bool is_for(const struct pgs_shared_table *entry, const struct pgs_type_choice *choice)
{
    return entry->load && pgs_type_choice_equal(pgs_table_load_choice(entry->load), choice);
}

static struct pgs_shared_table *find(struct pgs_shared *shared,
                                     const struct pgs_type_choice *choice, struct pgs_str schema,
                                     struct pgs_str name)
{
    for (size_t i = 0; i < PGS_SHARED_TABLES_MAX; i++) {
        struct pgs_shared_table *entry = &shared->tables[i];

        if (is_for(entry, choice) && pgs_str_equal(table_of(entry->load)->name, name) &&
            pgs_str_equal(table_of(entry->load)->schema, schema))
            return entry;
    }
    return NULL;
}

/* An empty place, else the one not used for longest. */
static struct pgs_shared_table *place(struct pgs_shared *shared)
{
    struct pgs_shared_table *oldest = &shared->tables[0];

    for (size_t i = 0; i < PGS_SHARED_TABLES_MAX; i++) {
        if (!shared->tables[i].load)
            return &shared->tables[i];
        if (shared->tables[i].used < oldest->used)
            oldest = &shared->tables[i];
    }
    return oldest;
}

void pgs_shared_put_table(struct pgs_shared *shared, struct pgs_table_load *load)
{
    const struct pgs_table *table = table_of(load);
    struct pgs_shared_table *entry =
        find(shared, pgs_table_load_choice(load), table->schema, table->name);

    if (!entry)
        entry = place(shared);
    pgs_table_load_retain(load);
    pgs_table_load_release(entry->load);
    entry->load = load;
    entry->used = ++shared->clock;
}

void pgs_shared_drop_table(struct pgs_shared *shared, const struct pgs_table_load *load)
{
    for (size_t i = 0; i < PGS_SHARED_TABLES_MAX; i++) {
        if (shared->tables[i].load != load)
            continue;
        pgs_table_load_release(shared->tables[i].load);
        shared->tables[i] = (struct pgs_shared_table){NULL, 0};
        return;
    }
}

/* The one used last of those used before `limit`; NULL when there is none. */
static const struct pgs_shared_table *
last_before(const struct pgs_shared *shared, const struct pgs_type_choice *choice, uint64_t limit)
{
    const struct pgs_shared_table *last = NULL;

    for (size_t i = 0; i < PGS_SHARED_TABLES_MAX; i++) {
        const struct pgs_shared_table *entry = &shared->tables[i];

        if (is_for(entry, choice) && entry->used < limit && (!last || entry->used > last->used))
            last = entry;
    }
    return last;
}

size_t pgs_shared_get_tables(struct pgs_shared *shared, const struct pgs_type_choice *choice,
                             struct pgs_str schema, struct pgs_str name,
                             struct pgs_table_load **loads)
{
    struct pgs_shared_table *wanted = find(shared, choice, schema, name);
    const struct pgs_shared_table *entry;
    uint64_t limit = UINT64_MAX;
    size_t count = 0;

    if (wanted)
        wanted->used = ++shared->clock;
    for (; count < PGS_SHARED_CHECKED_MAX; limit = entry->used) {
        entry = last_before(shared, choice, limit);
        if (!entry)
            break;
        loads[count++] = pgs_table_load_retain(entry->load);
    }
    return count;
}

void pgs_shared_clear(struct pgs_shared *shared)
{
    pgs_schema_list_release(shared->schemas);
    for (size_t i = 0; i < PGS_SHARED_TABLES_MAX; i++)
        pgs_table_load_release(shared->tables[i].load);
    *shared = (struct pgs_shared){.schemas = NULL};
}
