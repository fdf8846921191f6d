/* SPDX-License-Identifier: MIT */
#include "sql/expr.h"

#include <string.h>

#include "check.h"
#include "fixture.h"

static const struct pgs_type int4 = {
    .oid = 23, .typmod = -1, .kind = PGS_KIND_INT4, .target = PGS_TARGET_INTEGER};
static const struct pgs_type text = {
    .oid = 25, .typmod = -1, .kind = PGS_KIND_TEXT, .target = PGS_TARGET_VARCHAR};

/* ("a" = 1 OR "k" IN ('x', 'y')) AND NOT "a" IS NULL AND "k" IS NOT NULL */
static const struct pgs_expr *build(struct pgs_arena *arena)
{
    const struct pgs_expr *a = column_of(arena, "a", &int4, PGS_COLLATION_NONE);
    const struct pgs_expr *k = column_of(arena, "k", &text, PGS_COLLATION_DETERMINISTIC);
    const struct pgs_expr *in[] = {k, const_of(arena, text_of(PGS_TARGET_VARCHAR, "x")),
                                   const_of(arena, text_of(PGS_TARGET_VARCHAR, "y"))};
    const struct pgs_expr *either[] = {
        pgs_expr_compare_new(arena, PGS_OP_EQ, a,
                             const_of(arena, integer_of(PGS_TARGET_INTEGER, 1))),
        pgs_expr_new(arena, PGS_EXPR_IN, in, 3)};
    const struct pgs_expr *is_null = pgs_expr_new(arena, PGS_EXPR_IS_NULL, &a, 1);
    const struct pgs_expr *all[] = {pgs_expr_new(arena, PGS_EXPR_OR, either, 2),
                                    pgs_expr_new(arena, PGS_EXPR_NOT, &is_null, 1),
                                    pgs_expr_new(arena, PGS_EXPR_NOT_NULL, &k, 1)};

    return pgs_expr_new(arena, PGS_EXPR_AND, all, 3);
}

static const char golden[] =
    "(((\"a\" = 1) OR (\"k\" IN ('x', 'y'))) AND (NOT (\"a\" IS NULL)) AND (\"k\" IS NOT NULL))";

static void test_copy_outlives_original(void)
{
    struct pgs_arena arena;
    struct pgs_arena other;
    struct pgs_buf sql;
    const struct pgs_expr *copy;

    pgs_arena_init(&arena);
    pgs_arena_init(&other);
    pgs_buf_init(&sql, 4096);
    copy = pgs_expr_copy(&other, build(&arena));
    pgs_arena_release(&arena);
    CHECK(copy);
    if (copy)
        pgs_deparse_expr(&sql, copy);
    CHECK_STR(sql.at, golden);
    pgs_buf_release(&sql);
    pgs_arena_release(&other);
}

/* Names and texts are copied: the caller's memory may change afterwards. */
static void test_texts_are_copied(void)
{
    char word[] = "word";
    struct pgs_arena arena;
    struct pgs_buf sql;
    const struct pgs_expr *column;
    const struct pgs_expr *constant;
    const struct pgs_expr *compare;

    pgs_arena_init(&arena);
    pgs_buf_init(&sql, 4096);
    column = column_of(&arena, word, &text, PGS_COLLATION_C);
    constant = const_of(&arena, text_of(PGS_TARGET_VARCHAR, word));
    compare = pgs_expr_compare_new(&arena, PGS_OP_NE, column, constant);
    memset(word, 'x', 4);
    CHECK(compare);
    if (compare)
        pgs_deparse_expr(&sql, compare);
    CHECK_STR(sql.at, "(\"word\" <> 'word')");
    pgs_buf_release(&sql);
    pgs_arena_release(&arena);
}

static void test_null_operand(void)
{
    struct pgs_arena arena;
    const struct pgs_expr *args[2] = {NULL, NULL};

    pgs_arena_init(&arena);
    args[0] = column_of(&arena, "a", &int4, PGS_COLLATION_NONE);
    CHECK(args[0]);
    CHECK(!pgs_expr_new(&arena, PGS_EXPR_AND, args, 2));
    CHECK(!pgs_expr_compare_new(&arena, PGS_OP_EQ, args[0], NULL));
    CHECK(!pgs_expr_compare_new(&arena, PGS_OP_EQ, NULL, args[0]));
    CHECK(!pgs_expr_copy(&arena, NULL));
    pgs_arena_release(&arena);
}

static void test_flip(void)
{
    for (int op = PGS_OP_EQ; op <= PGS_OP_GE; op++)
        CHECK((int)pgs_compare_op_flip(pgs_compare_op_flip((enum pgs_compare_op)op)) == op);
    CHECK(pgs_compare_op_flip(PGS_OP_LT) == PGS_OP_GT);
    CHECK(pgs_compare_op_flip(PGS_OP_LE) == PGS_OP_GE);
    CHECK(pgs_compare_op_flip(PGS_OP_EQ) == PGS_OP_EQ);
    CHECK(pgs_compare_op_flip(PGS_OP_NE) == PGS_OP_NE);
}

/* Every allocation fails once: NULL comes back, nothing leaks. */
static void test_no_memory(void)
{
    bool failed = true;

    for (long n = 0; failed; n++) {
        struct pgs_arena arena;
        struct pgs_arena other;
        const struct pgs_expr *copy;

        pgs_arena_init(&arena);
        pgs_arena_init(&other);
        pgs_alloc_fail_after(n);
        copy = pgs_expr_copy(&other, build(&arena));
        pgs_alloc_fail_after(-1);
        failed = !copy;
        pgs_arena_release(&other);
        pgs_arena_release(&arena);
        CHECK(n < 100);
    }
}

int main(void)
{
    test_copy_outlives_original();
    test_texts_are_copied();
    test_null_operand();
    test_flip();
    test_no_memory();
    return pgs_check_report();
}
