/* SPDX-License-Identifier: MIT
 *
 * Columns, constants and expressions for the tests of sql: one global arena
 * and one buffer per test program, short words for building trees.
 */
#ifndef PGS_TEST_SQL_FIXTURE_H
#define PGS_TEST_SQL_FIXTURE_H

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "sql/expr.h"
#include "sql/shippable.h"
#include "sql/statement.h"
#include "wire/type.h"

static const struct pgs_str fixture_labels[] = {{"sad", 3}, {"it's", 4}, {"a\\b", 3}};

/* A built-in scalar or, with PGS_KIND_ENUM, the enum of the labels above. */
static inline struct pgs_type type_of(enum pgs_kind kind, uint32_t oid, enum pgs_target target)
{
    struct pgs_type type = {.oid = oid, .typmod = -1, .kind = kind, .target = target};

    if (kind == PGS_KIND_ENUM) {
        type.labels = fixture_labels;
        type.label_count = 3;
    }
    return type;
}

static inline struct pgs_expr_const null_of(enum pgs_target target)
{
    struct pgs_expr_const constant = {.target = target, .is_null = true};

    return constant;
}

static inline struct pgs_expr_const integer_of(enum pgs_target target, int64_t value)
{
    struct pgs_expr_const constant = {.target = target, .value.integer = value};

    return constant;
}

static inline struct pgs_expr_const boolean_of(bool value)
{
    struct pgs_expr_const constant = {.target = PGS_TARGET_BOOLEAN, .value.boolean = value};

    return constant;
}

static inline struct pgs_expr_const number_of(enum pgs_target target, double value)
{
    struct pgs_expr_const constant = {.target = target, .value.number = value};

    return constant;
}

static inline struct pgs_expr_const decimal_of(int64_t upper, uint64_t lower, uint8_t scale)
{
    struct pgs_expr_const constant = {.target = PGS_TARGET_DECIMAL, .precision = 38};

    constant.scale = scale;
    constant.value.wide.upper = upper;
    constant.value.wide.lower = lower;
    return constant;
}

static inline struct pgs_expr_const uuid_of(uint64_t upper, uint64_t lower)
{
    struct pgs_expr_const constant = {.target = PGS_TARGET_UUID};

    constant.value.wide.upper = (int64_t)(upper ^ (uint64_t)1 << 63);
    constant.value.wide.lower = lower;
    return constant;
}

static inline struct pgs_expr_const bytes_of(enum pgs_target target, const char *at, size_t size)
{
    struct pgs_expr_const constant = {.target = target, .value.text = {at, size}};

    return constant;
}

static inline struct pgs_expr_const text_of(enum pgs_target target, const char *text)
{
    return bytes_of(target, text, strlen(text));
}

static inline const struct pgs_expr *column_of(struct pgs_arena *arena, const char *name,
                                               const struct pgs_type *type,
                                               enum pgs_collation collation)
{
    struct pgs_expr_column column = {.type = type, .collation = collation};

    column.name = pgs_str_of(name);
    return pgs_expr_column_new(arena, &column);
}

static inline const struct pgs_expr *const_of(struct pgs_arena *arena,
                                              struct pgs_expr_const constant)
{
    return pgs_expr_const_new(arena, &constant);
}

#endif
