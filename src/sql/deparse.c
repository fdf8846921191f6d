/* SPDX-License-Identifier: MIT */
#include "sql/statement.h"

#include <inttypes.h>

#include "sql/literal.h"
#include "sql/quote.h"

static const char *const op_texts[] = {
    [PGS_OP_EQ] = " = ",  [PGS_OP_NE] = " <> ", [PGS_OP_LT] = " < ",
    [PGS_OP_LE] = " <= ", [PGS_OP_GT] = " > ",  [PGS_OP_GE] = " >= ",
};

static const char *const cast_texts[] = {
    [PGS_CAST_NONE] = "",
    [PGS_CAST_TEXT] = "::text",
    [PGS_CAST_TEXT_ARRAY] = "::text[]",
};

static void add_column(struct pgs_buf *sql, const struct pgs_expr_column *column)
{
    if (column->relation)
        pgs_buf_addf(sql, "r%" PRIu32 ".", column->relation);
    pgs_quote_ident(sql, column->name);
}

/* Text order is ours only in the C collation. */
static bool needs_c_order(const struct pgs_expr_column *column, enum pgs_compare_op op)
{
    return op != PGS_OP_EQ && op != PGS_OP_NE && column->type &&
           column->type->kind == PGS_KIND_TEXT && column->collation != PGS_COLLATION_C;
}

static void add_compare(struct pgs_buf *sql, const struct pgs_expr *expr)
{
    const struct pgs_expr *left;
    const struct pgs_expr *right;
    enum pgs_compare_op op = expr->op;

    if (expr->arg_count != 2) {
        sql->broken = true;
        return;
    }
    left = expr->args[0];
    right = expr->args[1];
    if (left->kind != PGS_EXPR_COLUMN && right->kind == PGS_EXPR_COLUMN) {
        left = expr->args[1];
        right = expr->args[0];
        op = pgs_compare_op_flip(op);
    }
    pgs_buf_add_char(sql, '(');
    pgs_deparse_expr(sql, left);
    if (left->kind == PGS_EXPR_COLUMN && needs_c_order(&left->column, op))
        pgs_buf_add_text(sql, " COLLATE \"C\"");
    pgs_buf_add_text(sql, op_texts[op]);
    pgs_deparse_expr(sql, right);
    pgs_buf_add_char(sql, ')');
}

static void add_in(struct pgs_buf *sql, const struct pgs_expr *expr)
{
    if (expr->arg_count < 2) {
        sql->broken = true;
        return;
    }
    pgs_buf_add_char(sql, '(');
    pgs_deparse_expr(sql, expr->args[0]);
    pgs_buf_add_text(sql, " IN (");
    for (size_t i = 1; i < expr->arg_count; i++) {
        if (i > 1)
            pgs_buf_add_text(sql, ", ");
        pgs_deparse_expr(sql, expr->args[i]);
    }
    pgs_buf_add_text(sql, "))");
}

/* Of a composite, IS NULL asks whether all its fields are NULL, at any depth
 * one level down; IS NOT DISTINCT FROM NULL asks whether there is a value. What
 * is selected as text may be a composite too. */
static bool may_be_composite(const struct pgs_expr *expr)
{
    const struct pgs_type *type = expr->column.type;

    return expr->kind == PGS_EXPR_COLUMN && type &&
           (type->kind == PGS_KIND_COMPOSITE || type->kind == PGS_KIND_TEXT_CAST);
}

static void add_null_test(struct pgs_buf *sql, const struct pgs_expr *expr)
{
    bool is_null = expr->kind == PGS_EXPR_IS_NULL;

    if (expr->arg_count != 1) {
        sql->broken = true;
        return;
    }
    pgs_buf_add_char(sql, '(');
    pgs_deparse_expr(sql, expr->args[0]);
    if (may_be_composite(expr->args[0]))
        pgs_buf_add_text(sql, is_null ? " IS NOT DISTINCT FROM NULL)" : " IS DISTINCT FROM NULL)");
    else
        pgs_buf_add_text(sql, is_null ? " IS NULL)" : " IS NOT NULL)");
}

static void add_joined(struct pgs_buf *sql, const struct pgs_expr *expr, const char *word)
{
    if (expr->arg_count == 0) {
        sql->broken = true;
        return;
    }
    if (expr->arg_count == 1) {
        pgs_deparse_expr(sql, expr->args[0]);
        return;
    }
    pgs_buf_add_char(sql, '(');
    for (size_t i = 0; i < expr->arg_count; i++) {
        if (i > 0)
            pgs_buf_add_text(sql, word);
        pgs_deparse_expr(sql, expr->args[i]);
    }
    pgs_buf_add_char(sql, ')');
}

static void add_not(struct pgs_buf *sql, const struct pgs_expr *expr)
{
    if (expr->arg_count != 1) {
        sql->broken = true;
        return;
    }
    pgs_buf_add_text(sql, "(NOT ");
    pgs_deparse_expr(sql, expr->args[0]);
    pgs_buf_add_char(sql, ')');
}

void pgs_deparse_expr(struct pgs_buf *sql, const struct pgs_expr *expr)
{
    switch (expr->kind) {
    case PGS_EXPR_COLUMN:
        add_column(sql, &expr->column);
        return;
    case PGS_EXPR_CONST:
        pgs_deparse_literal(sql, &expr->constant);
        return;
    case PGS_EXPR_COMPARE:
        add_compare(sql, expr);
        return;
    case PGS_EXPR_IN:
        add_in(sql, expr);
        return;
    case PGS_EXPR_IS_NULL:
    case PGS_EXPR_NOT_NULL:
        add_null_test(sql, expr);
        return;
    case PGS_EXPR_AND:
        add_joined(sql, expr, " AND ");
        return;
    case PGS_EXPR_OR:
        add_joined(sql, expr, " OR ");
        return;
    case PGS_EXPR_NOT:
        add_not(sql, expr);
        return;
    }
    sql->broken = true;
}

/* The user's text without blanks and semicolons at its end: those would end the
 * statement inside our parentheses. Harmless at the end of a comment, too. */
static struct pgs_str trimmed(struct pgs_str query)
{
    while (query.size_bytes) {
        char last = query.at[query.size_bytes - 1];

        if (last != ';' && last != ' ' && last != '\t' && last != '\n' && last != '\r' &&
            last != '\f' && last != '\v')
            break;
        query.size_bytes--;
    }
    return query;
}

/* ("a", "b") */
static void add_names(struct pgs_buf *sql, const struct pgs_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pgs_buf_add_text(sql, i == 0 ? "(" : ", ");
        pgs_quote_ident(sql, names[i]);
    }
    if (count > 0)
        pgs_buf_add_char(sql, ')');
}

static void add_relation(struct pgs_buf *sql, const struct pgs_relation *from)
{
    pgs_buf_add_text(sql, " FROM ");
    if (!from->query.size_bytes) {
        if (from->only)
            pgs_buf_add_text(sql, "ONLY ");
        pgs_quote_qualified(sql, from->schema, from->name);
        return;
    }
    if (!pgs_sql_text_is_safe(from->query))
        sql->broken = true;
    pgs_buf_add_text(sql, "(\n");
    pgs_buf_add_str(sql, trimmed(from->query));
    pgs_buf_add_text(sql, "\n) AS q");
    add_names(sql, from->query_columns, from->query_column_count);
}

/* Writes the word before a condition: WHERE once, then AND. */
static void add_condition_word(struct pgs_buf *sql, bool *is_first)
{
    pgs_buf_add_text(sql, *is_first ? " WHERE " : " AND ");
    *is_first = false;
}

static void add_blocks(struct pgs_buf *sql, const struct pgs_block_range *blocks, bool *is_first)
{
    if (blocks->first_block > 0) {
        add_condition_word(sql, is_first);
        pgs_buf_addf(sql, "ctid >= '(%" PRIu64 ",0)'::tid", blocks->first_block);
    }
    if (blocks->end_block <= UINT32_MAX) {
        add_condition_word(sql, is_first);
        pgs_buf_addf(sql, "ctid < '(%" PRIu64 ",0)'::tid", blocks->end_block);
    }
}

void pgs_deparse_select(struct pgs_buf *sql, const struct pgs_select *select)
{
    bool is_first = true;

    pgs_buf_add_text(sql, "SELECT");
    for (size_t i = 0; i < select->column_count; i++) {
        const struct pgs_select_column *column = &select->columns[i];

        pgs_buf_add_text(sql, i > 0 ? ", " : " ");
        pgs_quote_ident(sql, column->name);
        if (column->type)
            pgs_buf_add_text(sql, cast_texts[pgs_type_cast(column->type)]);
    }
    add_relation(sql, &select->from);
    if (select->blocks)
        add_blocks(sql, select->blocks, &is_first);
    for (size_t i = 0; i < select->where_count; i++) {
        add_condition_word(sql, &is_first);
        pgs_deparse_expr(sql, select->where[i]);
    }
    if (select->limit >= 0)
        pgs_buf_addf(sql, " LIMIT %" PRId64, select->limit);
    if (select->offset > 0)
        pgs_buf_addf(sql, " OFFSET %" PRId64, select->offset);
}

void pgs_deparse_copy_out(struct pgs_buf *sql, const struct pgs_select *select)
{
    pgs_buf_add_text(sql, "COPY (");
    pgs_deparse_select(sql, select);
    pgs_buf_add_text(sql, ") TO STDOUT (FORMAT binary)");
}

void pgs_deparse_copy_in(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name,
                         const struct pgs_str *columns, size_t column_count,
                         enum pgs_row_format format)
{
    pgs_buf_add_text(sql, "COPY ");
    pgs_quote_qualified(sql, schema, name);
    if (column_count)
        pgs_buf_add_char(sql, ' ');
    add_names(sql, columns, column_count);
    pgs_buf_add_text(sql, " FROM STDIN (FORMAT ");
    pgs_buf_add_text(sql, format == PGS_ROWS_TEXT ? "text)" : "binary)");
}
