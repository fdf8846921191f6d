/* SPDX-License-Identifier: MIT
 *
 * What transactions on one attached database share: definitions of tables and
 * the list of schemas, each with a stamp by which the next transaction asks
 * whether it still holds. Bounded: what was not used for longest goes first.
 *
 * Only what PostgreSQL had committed comes in, under the exact name it has
 * there. Nothing is trusted for being here: see pgs_view_validate().
 *
 * Thread: none of its own; struct pgs_catalog guards it.
 */
#ifndef PGS_CATALOG_SHARED_H
#define PGS_CATALOG_SHARED_H

#include <stdatomic.h>

#include "catalog/internal.h"

/* Most tables shared, and most of them checked by one message. */
enum { PGS_SHARED_TABLES_MAX = 512, PGS_SHARED_CHECKED_MAX = 32 };

/* The schemas of one answer; immutable. */
struct pgs_schema_list {
    atomic_size_t references;
    struct pgs_arena arena;
    const struct pgs_str *names; /* in byte order */
    size_t count;
    bool may_read_stats;
    struct pgs_str stamp;
};

enum pgs_status pgs_schema_list_new(const struct pgs_result *answer, struct pgs_str stamp,
                                    struct pgs_schema_list **list,
                                    struct pgs_error *err) PGS_MUST_CHECK;
struct pgs_schema_list *pgs_schema_list_retain(struct pgs_schema_list *list); /* NULL is legal */
void pgs_schema_list_release(struct pgs_schema_list *list);                   /* NULL is legal */

struct pgs_shared_table {
    struct pgs_table_load *load; /* of that one table */
    uint64_t used;
};

/* Zeroed: empty. */
struct pgs_shared {
    struct pgs_schema_list *schemas;
    struct pgs_shared_table tables[PGS_SHARED_TABLES_MAX];
    uint64_t clock;
};

void pgs_shared_clear(struct pgs_shared *shared);
void pgs_shared_put_schemas(struct pgs_shared *shared, struct pgs_schema_list *list);
/* `load` must hold one table and its stamp. */
void pgs_shared_put_table(struct pgs_shared *shared, struct pgs_table_load *load);
/* Takes that very load out, if it is still there. */
void pgs_shared_drop_table(struct pgs_shared *shared, const struct pgs_table_load *load);
/* At most PGS_SHARED_CHECKED_MAX of those built for `choice`: the one called so
 * first if there is one, which counts as use, then those used last. The caller
 * releases each. */
size_t pgs_shared_get_tables(struct pgs_shared *shared, const struct pgs_type_choice *choice,
                             struct pgs_str schema, struct pgs_str name,
                             struct pgs_table_load **loads);

#endif
