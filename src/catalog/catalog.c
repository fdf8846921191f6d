/* SPDX-License-Identifier: MIT
 *
 * What is shared between transactions, under one lock: the options of ATTACH, and
 * what is known of tables and schemas.
 */
#include <pthread.h>

#include "base/alloc.h"
#include "catalog/internal.h"
#include "catalog/shared.h"

struct pgs_catalog {
    pthread_mutex_t lock;
    struct pgs_arena arena; /* of the options */
    struct pgs_catalog_options options;
    struct pgs_shared shared;
    uint64_t generation; /* > 0; moves when views must forget what they know */
};

static enum pgs_status copy_options(struct pgs_arena *arena,
                                    const struct pgs_catalog_options *options,
                                    struct pgs_catalog_options *copy, struct pgs_error *err)
{
    struct pgs_str *schemas = pgs_arena_array(arena, options->schema_count, sizeof(*schemas));

    if (!schemas)
        return pgs_error_oom(err);
    for (size_t i = 0; i < options->schema_count; i++) {
        schemas[i] = pgs_arena_str(arena, options->schemas[i]);
        if (!schemas[i].at)
            return pgs_error_oom(err);
    }
    *copy = *options;
    copy->schemas = schemas;
    return PGS_OK;
}

enum pgs_status pgs_catalog_new(const struct pgs_catalog_options *options,
                                struct pgs_catalog **catalog, struct pgs_error *err)
{
    struct pgs_catalog *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    if (!made)
        return pgs_error_oom(err);
    pgs_arena_init(&made->arena);
    made->generation = 1;
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        pgs_free(made);
        return pgs_error_oom(err);
    }
    status = copy_options(&made->arena, options, &made->options, err);
    if (status != PGS_OK) {
        pgs_catalog_free(made);
        return status;
    }
    *catalog = made;
    return PGS_OK;
}

void pgs_catalog_free(struct pgs_catalog *catalog)
{
    if (!catalog)
        return;
    pthread_mutex_destroy(&catalog->lock);
    pgs_shared_clear(&catalog->shared);
    pgs_arena_release(&catalog->arena);
    pgs_free(catalog);
}

void pgs_catalog_clear(struct pgs_catalog *catalog)
{
    pthread_mutex_lock(&catalog->lock);
    pgs_shared_clear(&catalog->shared);
    catalog->generation++;
    pthread_mutex_unlock(&catalog->lock);
}

enum pgs_status pgs_catalog_options_since(struct pgs_catalog *catalog, uint64_t *generation,
                                          struct pgs_arena *arena,
                                          struct pgs_catalog_options *options, bool *changed,
                                          struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;

    pthread_mutex_lock(&catalog->lock);
    *changed = catalog->generation != *generation;
    if (*changed)
        status = copy_options(arena, &catalog->options, options, err);
    if (status == PGS_OK)
        *generation = catalog->generation;
    pthread_mutex_unlock(&catalog->lock);
    return status;
}

void pgs_catalog_put_schemas(struct pgs_catalog *catalog, uint64_t generation,
                             struct pgs_schema_list *list)
{
    pthread_mutex_lock(&catalog->lock);
    if (catalog->generation == generation)
        pgs_shared_put_schemas(&catalog->shared, list);
    pthread_mutex_unlock(&catalog->lock);
}

void pgs_catalog_put_table(struct pgs_catalog *catalog, uint64_t generation,
                           struct pgs_table_load *load)
{
    pthread_mutex_lock(&catalog->lock);
    if (catalog->generation == generation)
        pgs_shared_put_table(&catalog->shared, load);
    pthread_mutex_unlock(&catalog->lock);
}

void pgs_catalog_drop_table(struct pgs_catalog *catalog, const struct pgs_table_load *load)
{
    pthread_mutex_lock(&catalog->lock);
    pgs_shared_drop_table(&catalog->shared, load);
    pthread_mutex_unlock(&catalog->lock);
}

struct pgs_schema_list *pgs_catalog_get_schemas(struct pgs_catalog *catalog, uint64_t generation)
{
    struct pgs_schema_list *list = NULL;

    pthread_mutex_lock(&catalog->lock);
    if (catalog->generation == generation)
        list = pgs_schema_list_retain(catalog->shared.schemas);
    pthread_mutex_unlock(&catalog->lock);
    return list;
}

size_t pgs_catalog_get_tables(struct pgs_catalog *catalog, uint64_t generation,
                              const struct pgs_type_choice *choice, struct pgs_str schema,
                              struct pgs_str name, struct pgs_table_load **loads)
{
    size_t count = 0;

    pthread_mutex_lock(&catalog->lock);
    if (catalog->generation == generation)
        count = pgs_shared_get_tables(&catalog->shared, choice, schema, name, loads);
    pthread_mutex_unlock(&catalog->lock);
    return count;
}

bool pgs_catalog_allows(const struct pgs_catalog_options *options, struct pgs_str schema)
{
    for (size_t i = 0; i < options->schema_count; i++) {
        if (pgs_str_equal(options->schemas[i], schema))
            return true;
    }
    return options->schema_count == 0;
}
