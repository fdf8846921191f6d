/* SPDX-License-Identifier: MIT */
#include "sql/shippable.h"

#include <assert.h>

#include "base/limits.h"
#include "sql/literal.h"
#include "wire/utf8.h"

enum {
    DEPTH_MAX = 100,             /* the server's parser and planner recurse too */
    IN_MEMBERS_MAX = 100000,     /* more keys are no filter but a join */
    TEXT_BYTES_MAX = 1024 * 1024 /* of one constant */
};

/* How a comparison of a type may be sent. */
enum how {
    LOCAL,   /* not at all */
    PLAIN,   /* always */
    BYTES,   /* if the collation compares bytes for equality */
    C_ORDER, /* likewise, and by code points if told so with COLLATE "C" */
};

struct rule {
    enum pgs_kind kind;
    uint32_t
        oid; /* pg_type.oid, 0 = any: kinds gather types that compare otherwise or not at all */
    enum pgs_target target;
    enum how equality; /* = <> IN */
    enum how order;    /* < <= > >= */
};

/* The allow-list. What is not here stays local. Oids: pg_type.dat. */
static const struct rule rules[] = {
    {PGS_KIND_BOOL, 16, PGS_TARGET_BOOLEAN, PLAIN, PLAIN},
    {PGS_KIND_INT2, 21, PGS_TARGET_SMALLINT, PLAIN, PLAIN},
    {PGS_KIND_INT4, 23, PGS_TARGET_INTEGER, PLAIN, PLAIN},
    {PGS_KIND_INT8, 20, PGS_TARGET_BIGINT, PLAIN, PLAIN},
    {PGS_KIND_OID, 26, PGS_TARGET_UINTEGER, PLAIN, PLAIN},
    {PGS_KIND_FLOAT4, 700, PGS_TARGET_FLOAT, PLAIN, PLAIN},
    {PGS_KIND_FLOAT8, 701, PGS_TARGET_DOUBLE, PLAIN, PLAIN},
    {PGS_KIND_NUMERIC, 1700, PGS_TARGET_DECIMAL, PLAIN, PLAIN},
    {PGS_KIND_UUID, 2950, PGS_TARGET_UUID, PLAIN, PLAIN},
    {PGS_KIND_BYTEA, 17, PGS_TARGET_BLOB, PLAIN, PLAIN},
    {PGS_KIND_DATE, 1082, PGS_TARGET_DATE, PLAIN, PLAIN},
    {PGS_KIND_TIME, 1083, PGS_TARGET_TIME, PLAIN, PLAIN},
    {PGS_KIND_TIMESTAMP, 1114, PGS_TARGET_TIMESTAMP, PLAIN, PLAIN},
    {PGS_KIND_TIMESTAMPTZ, 1184, PGS_TARGET_TIMESTAMPTZ, PLAIN, PLAIN},
    {PGS_KIND_ENUM, 0, PGS_TARGET_ENUM, PLAIN, PLAIN},
    {PGS_KIND_TEXT, 25, PGS_TARGET_VARCHAR, BYTES, C_ORDER},   /* text */
    {PGS_KIND_TEXT, 1043, PGS_TARGET_VARCHAR, BYTES, C_ORDER}, /* varchar */
    {PGS_KIND_TEXT, 19, PGS_TARGET_VARCHAR, BYTES, C_ORDER},   /* name */
    {PGS_KIND_BPCHAR, 1042, PGS_TARGET_VARCHAR, BYTES, LOCAL},
};

enum { NAME_OID = 19 };

/* Judging functions return NULL for yes, or the reason for no. */
static const char *judge(const struct pgs_expr *expr, const struct pgs_ship_facts *facts,
                         unsigned depth);

static const struct rule *rule_of(const struct pgs_type *type)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        const struct rule *rule = &rules[i];

        if (rule->kind == type->kind && rule->target == type->target &&
            (rule->oid == 0 || rule->oid == type->oid))
            return rule;
    }
    return NULL;
}

static const char *judge_collation(enum how how, enum pgs_collation collation,
                                   const struct pgs_ship_facts *facts)
{
    if (how == PLAIN)
        return NULL;
    if (how == LOCAL)
        return "the type is ordered differently on the server";
    if (collation == PGS_COLLATION_NONDETERMINISTIC)
        return "collation is not deterministic";
    if (collation == PGS_COLLATION_NONE)
        return "collation is not known";
    if (how == C_ORDER && !facts->encoding_is_utf8)
        return "text order depends on the server's encoding";
    return NULL;
}

/* A column whose values are not always what the server sees. */
static const char *judge_values(const struct pgs_type *type, const struct pgs_ship_facts *facts)
{
    if (facts->numeric_nan_is_null && type->kind == PGS_KIND_NUMERIC &&
        type->target == PGS_TARGET_DECIMAL)
        return "numeric NaN is read as NULL";
    return NULL;
}

/* A column that takes part in a comparison. */
static const char *judge_column(const struct pgs_expr_column *column, bool is_order,
                                const struct pgs_ship_facts *facts)
{
    const struct rule *rule = column->type ? rule_of(column->type) : NULL;

    if (!rule)
        return "the type compares differently on the server";
    if (column->is_domain && rule->kind == PGS_KIND_ENUM)
        return "domains over enums have no comparison operators";
    if (judge_values(column->type, facts))
        return judge_values(column->type, facts);
    return judge_collation(is_order ? rule->order : rule->equality, column->collation, facts);
}

static bool is_ascii(struct pgs_str text)
{
    for (size_t i = 0; i < text.size_bytes; i++) {
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    }
    return true;
}

static const char *judge_text(const struct pgs_type *type, struct pgs_str text,
                              const struct pgs_ship_facts *facts)
{
    if (type->kind == PGS_KIND_BPCHAR && text.size_bytes && text.at[text.size_bytes - 1] == ' ')
        return "blanks at the end count differently in char(n)";
    if (type->oid == NAME_OID && text.size_bytes > PGS_NAME_BYTES_MAX)
        return "constant is longer than a name can be";
    if (!facts->encoding_is_utf8 && !is_ascii(text))
        return "constant may have no form in the server's encoding";
    if (!pgs_utf8_valid((const uint8_t *)text.at, text.size_bytes))
        return "constant is not valid UTF-8";
    return NULL;
}

static const char *judge_label(const struct pgs_type *type, struct pgs_str label,
                               const struct pgs_ship_facts *facts)
{
    if (!facts->encoding_is_utf8 && !is_ascii(label))
        return "constant may have no form in the server's encoding";
    for (uint32_t i = 0; i < type->label_count; i++) {
        if (pgs_str_equal(type->labels[i], label))
            return NULL;
    }
    return "constant is not a label of the enum";
}

static bool is_integer(enum pgs_target target)
{
    return target == PGS_TARGET_SMALLINT || target == PGS_TARGET_INTEGER ||
           target == PGS_TARGET_BIGINT;
}

static bool is_text(enum pgs_target target)
{
    return target == PGS_TARGET_VARCHAR || target == PGS_TARGET_BLOB || target == PGS_TARGET_ENUM;
}

/* A constant compared with a column that judge_column() accepts. */
static const char *judge_const(const struct pgs_type *type, const struct pgs_expr_const *constant,
                               const struct pgs_ship_facts *facts)
{
    bool same = type->target == constant->target ||
                (is_integer(type->target) && is_integer(constant->target));

    if (!same)
        return "constant and column differ in type";
    if (constant->is_null)
        return "comparison with NULL";
    if (is_text(constant->target) && constant->value.text.size_bytes > TEXT_BYTES_MAX)
        return "constant is too long";
    if (!pgs_literal_exists(constant))
        return "constant has no form in PostgreSQL";
    if (type->target == PGS_TARGET_VARCHAR)
        return judge_text(type, constant->value.text, facts);
    if (type->target == PGS_TARGET_ENUM)
        return judge_label(type, constant->value.text, facts);
    return NULL;
}

static const char *judge_compare(const struct pgs_expr *expr, const struct pgs_ship_facts *facts)
{
    bool is_order = expr->op != PGS_OP_EQ && expr->op != PGS_OP_NE;
    const struct pgs_expr *column;
    const struct pgs_expr *constant;
    const char *reason;

    if (expr->arg_count != 2)
        return "not a comparison of two values";
    column = expr->args[expr->args[0]->kind == PGS_EXPR_COLUMN ? 0 : 1];
    constant = expr->args[expr->args[0]->kind == PGS_EXPR_COLUMN ? 1 : 0];
    if (column->kind != PGS_EXPR_COLUMN || constant->kind != PGS_EXPR_CONST)
        return "not a comparison of a column with a constant";
    reason = judge_column(&column->column, is_order, facts);
    if (reason)
        return reason;
    return judge_const(column->column.type, &constant->constant, facts);
}

static const char *judge_in(const struct pgs_expr *expr, const struct pgs_ship_facts *facts)
{
    const struct pgs_expr_column *column;
    const char *reason;

    if (expr->arg_count < 2 || expr->args[0]->kind != PGS_EXPR_COLUMN)
        return "not IN over a column and constants";
    if (expr->arg_count - 1 > IN_MEMBERS_MAX)
        return "IN list is too long";
    column = &expr->args[0]->column;
    reason = judge_column(column, false, facts);
    for (size_t i = 1; !reason && i < expr->arg_count; i++) {
        if (expr->args[i]->kind != PGS_EXPR_CONST)
            return "not IN over a column and constants";
        reason = judge_const(column->type, &expr->args[i]->constant, facts);
    }
    return reason;
}

static const char *judge_all(const struct pgs_expr *expr, const struct pgs_ship_facts *facts,
                             unsigned depth)
{
    if (expr->arg_count == 0 || (expr->kind == PGS_EXPR_NOT && expr->arg_count != 1))
        return "wrong number of operands";
    if (depth == DEPTH_MAX)
        return "expression is nested too deeply";
    for (size_t i = 0; i < expr->arg_count; i++) {
        const char *reason = judge(expr->args[i], facts, depth + 1);

        if (reason)
            return reason;
    }
    return NULL;
}

static const char *judge(const struct pgs_expr *expr, const struct pgs_ship_facts *facts,
                         unsigned depth)
{
    switch (expr->kind) {
    case PGS_EXPR_COLUMN:
        if (!expr->column.type || expr->column.type->kind != PGS_KIND_BOOL)
            return "not a predicate";
        return judge_column(&expr->column, false, facts);
    case PGS_EXPR_CONST:
        if (expr->constant.target != PGS_TARGET_BOOLEAN || expr->constant.is_null)
            return "not a predicate";
        return NULL;
    case PGS_EXPR_COMPARE:
        return judge_compare(expr, facts);
    case PGS_EXPR_IN:
        return judge_in(expr, facts);
    case PGS_EXPR_IS_NULL:
    case PGS_EXPR_NOT_NULL:
        if (expr->arg_count != 1 || expr->args[0]->kind != PGS_EXPR_COLUMN ||
            !expr->args[0]->column.type)
            return "not a null test of a column";
        return judge_values(expr->args[0]->column.type, facts);
    case PGS_EXPR_AND:
    case PGS_EXPR_OR:
    case PGS_EXPR_NOT:
        return judge_all(expr, facts, depth);
    }
    return "unknown expression";
}

bool pgs_expr_is_shippable(const struct pgs_expr *expr, const struct pgs_ship_facts *facts,
                           const char **reason)
{
    const char *found;

    assert(facts);
    found = expr ? judge(expr, facts, 0) : "not an expression";
    if (found && reason)
        *reason = found;
    return !found;
}
