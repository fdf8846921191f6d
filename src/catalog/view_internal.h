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
#include "catalog/shared.h"

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

/* A list of schemas that is kept alive. */
struct kept_schemas {
    struct kept_schemas *next;
    struct pgs_schema_list *list;
};

/* What is listed once for all schemas, sorted by schema. */
struct view_listings {
    const struct pgs_table *const *tables;
    size_t table_count;
    bool tables_known;
    const struct pgs_index *indexes;
    size_t index_count;
    bool indexes_known;
    const struct pgs_named_type *types;
    size_t type_count;
    bool types_known;
    struct pgs_str similar_to; /* the name last asked for */
    const struct pgs_str *similar_schemas;
    const struct pgs_str *similar_names;
    size_t similar_count;
};

struct pgs_view {
    pthread_mutex_t lock;
    struct pgs_catalog *catalog;
    struct pgs_session *session;
    struct pgs_catalog_options options;
    struct pgs_type_choice choice;
    uint64_t generation;    /* of the catalog that `options` are from */
    struct pgs_arena arena; /* names and the structs above, until the end */
    struct pgs_buf sql;
    struct kept_load *loads;
    struct kept_schemas *schema_lists;
    struct found_table *found[PGS_VIEW_BUCKETS];
    struct view_listings listings;
    const struct pgs_schema_list *schemas; /* NULL: not known */
    bool trusting;                         /* takes what is shared without asking */
    bool checked;                          /* what is shared was compared with the server */
    bool changed;                          /* own DDL: what it sees is nobody else's */
};

/* Follows changes of the options and orders to forget. */
enum pgs_status pgs_view_catch_up(struct pgs_view *view, struct pgs_error *err) PGS_MUST_CHECK;
/* Takes `load` over until the view ends, also on failure. */
enum pgs_status pgs_view_keep(struct pgs_view *view, struct pgs_table_load *load,
                              struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_view_keep_schemas(struct pgs_view *view, struct pgs_schema_list *list,
                                      struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_view_remember(struct pgs_view *view, struct pgs_str schema, struct pgs_str name,
                                  const struct pgs_table *table,
                                  struct pgs_error *err) PGS_MUST_CHECK;
/* NULL: that name was not asked for. */
const struct found_table *pgs_view_recall(const struct pgs_view *view, struct pgs_str schema,
                                          struct pgs_str name);
/* Takes over from what is shared what still holds: the schemas and the tables
 * used last, `name` among them. One round trip, once per transaction; none when
 * nothing is shared or the view is trusting. */
enum pgs_status pgs_view_check_shared(struct pgs_view *view, struct pgs_str schema,
                                      struct pgs_str name, struct pgs_error *err) PGS_MUST_CHECK;
/* The facts about `oids`; *answer stays as it is when there are none. */
enum pgs_status pgs_view_load_types(struct pgs_view *view, const uint32_t *oids, size_t count,
                                    struct pgs_result **answer,
                                    struct pgs_error *err) PGS_MUST_CHECK;

#endif
