/* SPDX-License-Identifier: MIT
 *
 * Scalar expressions over the columns of remote relations: the tree between
 * the host's bound expressions and SQL text. Built by the bridge with the
 * constructors below, judged by sql/shippable.h, written by sql/statement.h.
 *
 * Nodes live in the arena given at construction and are immutable afterwards;
 * a constructor returns NULL when out of memory or when an operand is NULL, so
 * trees can be built without checking each step.
 * Thread: immutable, hence any.
 */
#ifndef PGS_SQL_EXPR_H
#define PGS_SQL_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/port.h"
#include "base/str.h"
#include "wire/type.h"
#include "wire/vector.h"

PGS_EXTERN_C_BEGIN

enum pgs_expr_kind {
    PGS_EXPR_COLUMN,
    PGS_EXPR_CONST,
    PGS_EXPR_COMPARE,  /* args[0] op args[1] */
    PGS_EXPR_IN,       /* args[0] IN (args[1..]) */
    PGS_EXPR_IS_NULL,  /* args[0] */
    PGS_EXPR_NOT_NULL, /* args[0] IS NOT NULL */
    PGS_EXPR_AND,
    PGS_EXPR_OR,
    PGS_EXPR_NOT
};

enum pgs_compare_op { PGS_OP_EQ, PGS_OP_NE, PGS_OP_LT, PGS_OP_LE, PGS_OP_GT, PGS_OP_GE };

/* How a column's text compares on the server. */
enum pgs_collation {
    PGS_COLLATION_NONE,            /* not a collatable type */
    PGS_COLLATION_C,               /* C, POSIX, or UTF-8 code point order: as DuckDB orders */
    PGS_COLLATION_DETERMINISTIC,   /* equality is bytewise, order is not ours */
    PGS_COLLATION_NONDETERMINISTIC /* equality is not bytewise either */
};

/* A column of a relation in the statement. */
struct pgs_expr_column {
    uint32_t relation; /* index into the statement's FROM list; 0 for a scan */
    struct pgs_str name;
    const struct pgs_type *type;
    enum pgs_collation collation;
    bool is_domain; /* declared with a domain; `type` is its base. Domains over enums have no
                       operators */
};

/* A constant as the host holds it: target says which member counts. LIST and
 * STRUCT constants cannot be held. */
struct pgs_expr_const {
    enum pgs_target target;
    bool is_null;
    uint8_t precision, scale; /* DECIMAL */
    union {
        bool boolean;
        int64_t integer;        /* SMALLINT..BIGINT, UINTEGER, DATE, TIME, TIMETZ (its 64 bits),
                                   TIMESTAMP(TZ), as in wire/vector.h */
        double number;          /* FLOAT (exact widening) and DOUBLE */
        struct pgs_int128 wide; /* DECIMAL (any width, sign-extended), UUID, and integers beyond
                                   64 bits as DECIMAL with scale 0 */
        struct pgs_interval interval;
        struct pgs_str text; /* VARCHAR, JSON, BLOB bytes, ENUM label; in the arena */
    } value;
};

struct pgs_expr {
    enum pgs_expr_kind kind;
    enum pgs_compare_op op;
    struct pgs_expr_column column;
    struct pgs_expr_const constant;
    const struct pgs_expr *const *args;
    size_t arg_count;
};

/* Copies the name into the arena; the type is borrowed. */
const struct pgs_expr *pgs_expr_column_new(struct pgs_arena *arena,
                                           const struct pgs_expr_column *column);
/* Copies text into the arena. */
const struct pgs_expr *pgs_expr_const_new(struct pgs_arena *arena,
                                          const struct pgs_expr_const *constant);
const struct pgs_expr *pgs_expr_compare_new(struct pgs_arena *arena, enum pgs_compare_op op,
                                            const struct pgs_expr *left,
                                            const struct pgs_expr *right);
/* IN, IS_NULL, NOT_NULL, AND, OR, NOT. Copies the array of pointers. */
const struct pgs_expr *pgs_expr_new(struct pgs_arena *arena, enum pgs_expr_kind kind,
                                    const struct pgs_expr *const *args, size_t arg_count);

/* a op b written as b op' a. */
enum pgs_compare_op pgs_compare_op_flip(enum pgs_compare_op op);

/* Deep copy into another arena, types still borrowed; NULL when out of memory.
 * Recursion: as deep as the tree, which DuckDB's parser bounds. */
const struct pgs_expr *pgs_expr_copy(struct pgs_arena *arena, const struct pgs_expr *expr);

PGS_EXTERN_C_END

#endif
