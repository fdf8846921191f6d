/* SPDX-License-Identifier: MIT
 *
 * The inside of struct pgs_view, for view*.c alone.
 *
 * Invariants: everything loaded is kept until the view ends, because the host
 * holds pointers to it; forgetting only takes it out of the index by name. The
 * public functions take the lock, those below are called with it held.
 */
#ifndef PGS_CATALOG_VIEW_INTERNAL_H
#define PGS_CATALOG_VIEW_INTERNAL_H

#include <pthread.h>

#include "catalog/internal.h"

enum { PGS_VIEW_BUCKETS = 256 };

/* A load that is kept alive. */
struct kept_load {
    struct kept_load *next;
    struct pgs_table_load *load;
};

/* A name that was asked for; `table` is NULL when there is none. */
struct found_table {
    struct found_table *next;
    struct pgs_str schema;
    struct pgs_str name;
    const struct pgs_table *table;
};

/* A schema that was listed. */
struct listing {
    struct listing *next;
    struct pgs_str schema;
    const struct pgs_table *const *tables;
    size_t count;
};

struct pgs_view {
    pthread_mutex_t lock;
    struct pgs_catalog *catalog;
    struct pgs_session *session;
    struct pgs_catalog_options options;
    uint64_t generation;    /* of the catalog that `options` are from */
    struct pgs_arena arena; /* names and the structs above, until the end */
    struct pgs_buf sql;
    struct kept_load *loads;
    struct found_table *found[PGS_VIEW_BUCKETS];
    struct listing *listings;
    const struct pgs_str *schemas;
    size_t schema_count;
    bool schemas_known;
    bool may_read_stats; /* known together with the schemas */
};

/* Follows changes of the options and orders to forget. */
enum pgs_status pgs_view_catch_up(struct pgs_view *view, struct pgs_error *err) PGS_MUST_CHECK;
/* Takes `load` over until the view ends, also on failure. */
enum pgs_status pgs_view_keep(struct pgs_view *view, struct pgs_table_load *load,
                              struct pgs_error *err) PGS_MUST_CHECK;
/* The facts about `oids`; *answer stays as it is when there are none. */
enum pgs_status pgs_view_load_types(struct pgs_view *view, const uint32_t *oids, size_t count,
                                    struct pgs_result **answer,
                                    struct pgs_error *err) PGS_MUST_CHECK;

#endif
