/* SPDX-License-Identifier: MIT */
#include "sql/expr.h"

static struct pgs_expr *new_node(struct pgs_arena *arena, enum pgs_expr_kind kind)
{
    struct pgs_expr *expr = pgs_arena_alloc(arena, sizeof(*expr));

    if (expr)
        expr->kind = kind;
    return expr;
}

static bool has_text(enum pgs_target target)
{
    return target == PGS_TARGET_VARCHAR || target == PGS_TARGET_JSON || target == PGS_TARGET_BLOB ||
           target == PGS_TARGET_ENUM;
}

const struct pgs_expr *pgs_expr_column_new(struct pgs_arena *arena,
                                           const struct pgs_expr_column *column)
{
    struct pgs_expr *expr = new_node(arena, PGS_EXPR_COLUMN);

    if (!expr)
        return NULL;
    expr->column = *column;
    expr->column.name = pgs_arena_str(arena, column->name);
    return expr->column.name.at ? expr : NULL;
}

const struct pgs_expr *pgs_expr_const_new(struct pgs_arena *arena,
                                          const struct pgs_expr_const *constant)
{
    struct pgs_expr *expr = new_node(arena, PGS_EXPR_CONST);

    if (!expr)
        return NULL;
    expr->constant = *constant;
    if (constant->is_null || !has_text(constant->target))
        return expr;
    expr->constant.value.text = pgs_arena_str(arena, constant->value.text);
    return expr->constant.value.text.at ? expr : NULL;
}

const struct pgs_expr *pgs_expr_new(struct pgs_arena *arena, enum pgs_expr_kind kind,
                                    const struct pgs_expr *const *args, size_t arg_count)
{
    struct pgs_expr *expr = new_node(arena, kind);
    const struct pgs_expr **copy;

    if (!expr)
        return NULL;
    copy = pgs_arena_array(arena, arg_count, sizeof(const struct pgs_expr *));
    if (!copy)
        return NULL;
    for (size_t i = 0; i < arg_count; i++) {
        if (!args[i])
            return NULL;
        copy[i] = args[i];
    }
    expr->args = copy;
    expr->arg_count = arg_count;
    return expr;
}

const struct pgs_expr *pgs_expr_compare_new(struct pgs_arena *arena, enum pgs_compare_op op,
                                            const struct pgs_expr *left,
                                            const struct pgs_expr *right)
{
    struct pgs_expr *expr = new_node(arena, PGS_EXPR_COMPARE);
    const struct pgs_expr **args = pgs_arena_array(arena, 2, sizeof(const struct pgs_expr *));

    if (!expr || !args || !left || !right)
        return NULL;
    args[0] = left;
    args[1] = right;
    expr->op = op;
    expr->args = args;
    expr->arg_count = 2;
    return expr;
}

enum pgs_compare_op pgs_compare_op_flip(enum pgs_compare_op op)
{
    switch (op) {
    case PGS_OP_LT:
        return PGS_OP_GT;
    case PGS_OP_LE:
        return PGS_OP_GE;
    case PGS_OP_GT:
        return PGS_OP_LT;
    case PGS_OP_GE:
        return PGS_OP_LE;
    case PGS_OP_EQ:
    case PGS_OP_NE:
        break;
    }
    return op;
}

static const struct pgs_expr *copy_node(struct pgs_arena *arena, const struct pgs_expr *expr)
{
    struct pgs_expr *copy = new_node(arena, expr->kind);
    const struct pgs_expr **args;

    if (!copy)
        return NULL;
    args = pgs_arena_array(arena, expr->arg_count, sizeof(const struct pgs_expr *));
    if (!args)
        return NULL;
    for (size_t i = 0; i < expr->arg_count; i++) {
        args[i] = pgs_expr_copy(arena, expr->args[i]);
        if (!args[i])
            return NULL;
    }
    copy->op = expr->op;
    copy->args = args;
    copy->arg_count = expr->arg_count;
    return copy;
}

const struct pgs_expr *pgs_expr_copy(struct pgs_arena *arena, const struct pgs_expr *expr)
{
    if (!expr)
        return NULL;
    if (expr->kind == PGS_EXPR_COLUMN)
        return pgs_expr_column_new(arena, &expr->column);
    if (expr->kind == PGS_EXPR_CONST)
        return pgs_expr_const_new(arena, &expr->constant);
    return copy_node(arena, expr);
}
