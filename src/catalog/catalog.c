/* SPDX-License-Identifier: MIT
 *
 * What is shared between transactions: for now only the options. Sharing loaded
 * tables comes with a way to check on the way that they are still true.
 */
#include <pthread.h>

#include "base/alloc.h"
#include "catalog/internal.h"

struct pgs_catalog {
    pthread_mutex_t lock;
    struct pgs_arena arena; /* of the options */
    struct pgs_catalog_options options;
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
    pgs_arena_release(&catalog->arena);
    pgs_free(catalog);
}

void pgs_catalog_clear(struct pgs_catalog *catalog)
{
    pthread_mutex_lock(&catalog->lock);
    catalog->generation++;
    pthread_mutex_unlock(&catalog->lock);
}

enum pgs_status pgs_catalog_configure(struct pgs_catalog *catalog,
                                      const struct pgs_catalog_options *options,
                                      struct pgs_error *err)
{
    struct pgs_catalog_options copy;
    struct pgs_arena arena;
    enum pgs_status status;

    pgs_arena_init(&arena);
    status = copy_options(&arena, options, &copy, err);
    if (status != PGS_OK) {
        pgs_arena_release(&arena);
        return status;
    }
    pthread_mutex_lock(&catalog->lock);
    pgs_arena_release(&catalog->arena);
    catalog->arena = arena;
    catalog->options = copy;
    catalog->generation++;
    pthread_mutex_unlock(&catalog->lock);
    return PGS_OK;
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

bool pgs_catalog_allows(const struct pgs_catalog_options *options, struct pgs_str schema)
{
    for (size_t i = 0; i < options->schema_count; i++) {
        if (pgs_str_equal(options->schemas[i], schema))
            return true;
    }
    return options->schema_count == 0;
}
