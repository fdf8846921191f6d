/* SPDX-License-Identifier: MIT
 *
 * Names that differ only in case are two names to PostgreSQL and one to DuckDB.
 * The first keeps its spelling, the others get a number, as the official
 * extension does: MyColumn, mycolumn -> MyColumn, mycolumn_1. A number that is
 * itself taken by another column is skipped.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "catalog/shown_name.h"

static unsigned char fold(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

bool pgs_str_equal_nocase(struct pgs_str a, struct pgs_str b)
{
    if (a.size_bytes != b.size_bytes)
        return false;
    for (size_t i = 0; i < a.size_bytes; i++) {
        if (fold(a.at[i]) != fold(b.at[i]))
            return false;
    }
    return true;
}

/* FNV-1a of the folded name. */
static size_t hash_nocase(struct pgs_str name)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < name.size_bytes; i++)
        hash = (hash ^ fold(name.at[i])) * UINT64_C(1099511628211);
    return (size_t)(hash ^ (hash >> 32));
}

/* A set of names by reference; `slots` is a power of two above twice the count. */
struct name_set {
    const struct pgs_str **at;
    size_t slots;
};

/* Where `name` is, or the empty slot where it would be. */
static const struct pgs_str **slot_of(const struct name_set *set, struct pgs_str name)
{
    size_t i = hash_nocase(name) & (set->slots - 1);

    while (set->at[i] && !pgs_str_equal_nocase(*set->at[i], name))
        i = (i + 1) & (set->slots - 1);
    return &set->at[i];
}

static enum pgs_status rename_one(struct pgs_arena *arena, const struct name_set *taken,
                                  struct pgs_str *name, struct pgs_error *err)
{
    char *at = pgs_arena_alloc(arena, name->size_bytes + 24);
    struct pgs_str candidate = {at, 0};

    if (!at)
        return pgs_error_oom(err);
    memcpy(at, name->at, name->size_bytes);
    for (size_t number = 1;; number++) {
        int added = snprintf(at + name->size_bytes, 24, "_%zu", number);
        candidate.size_bytes = name->size_bytes + (size_t)added;
        if (!*slot_of(taken, candidate))
            break;
    }
    *name = candidate;
    *slot_of(taken, candidate) = name;
    return PGS_OK;
}

enum pgs_status pgs_names_make_unique(struct pgs_arena *arena, struct pgs_str *names, size_t count,
                                      struct pgs_error *err)
{
    struct name_set set = {NULL, 16};
    enum pgs_status status = PGS_OK;
    bool *repeated;

    while (set.slots < count * 4)
        set.slots *= 2;
    set.at = pgs_alloc_array(set.slots, sizeof(*set.at));
    repeated = pgs_alloc_array(count, sizeof(*repeated));
    if (!set.at || !repeated) {
        status = pgs_error_oom(err);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        const struct pgs_str **slot = slot_of(&set, names[i]);

        repeated[i] = *slot != NULL;
        if (!repeated[i])
            *slot = &names[i];
    }
    for (size_t i = 0; i < count && status == PGS_OK; i++) {
        if (repeated[i])
            status = rename_one(arena, &set, &names[i], err);
    }
done:
    pgs_free(repeated);
    pgs_free(set.at);
    return status;
}
