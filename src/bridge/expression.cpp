// SPDX-License-Identifier: MIT
//
// DuckDB's bound expressions as trees of src/sql. Whatever has no counterpart
// there gives NULL and stays with DuckDB; what may be sent is decided by
// sql/shippable.h, not here.
#include "base/limits.h"
#include "bridge/errors.hpp"
#include "bridge/scan_function.hpp"
#include "bridge/services.hpp"
#include "catalog/logical_type.h"
#include "duckdb/planner/expression/list.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "scan/plan.h"
#include "settings/read.h"
#include "sql/expr.h"
#include "sql/shippable.h"

namespace pgs
{

using duckdb::Expression;
using duckdb::ExpressionClass;
using duckdb::ExpressionType;
using duckdb::LogicalTypeId;

namespace
{

class Translator
{
  public:
    Translator(duckdb::LogicalGet &get, const pgs_scan_plan &plan, pgs_arena &arena)
        : get(get), plan(plan), arena(arena)
    {
    }

    // NULL when there is no counterpart.
    const pgs_expr *Translate(const Expression &expr);

  private:
    const pgs_expr *Column(const duckdb::BoundColumnRefExpression &expr);
    const pgs_expr *Constant(const duckdb::Value &value);
    const pgs_expr *Cast(const duckdb::BoundCastExpression &expr);
    const pgs_expr *EnumAsText(const Expression &expr);
    const pgs_expr *Label(const Expression &expr);
    const pgs_expr *In(const duckdb::vector<duckdb::unique_ptr<Expression>> &children);
    const pgs_expr *Comparison(const duckdb::BoundComparisonExpression &expr);
    const pgs_expr *Between(const duckdb::BoundBetweenExpression &expr);
    const pgs_expr *Operator(const duckdb::BoundOperatorExpression &expr);
    const pgs_expr *Many(pgs_expr_kind kind,
                         const duckdb::vector<duckdb::unique_ptr<Expression>> &children);

    duckdb::LogicalGet &get;
    const pgs_scan_plan &plan;
    pgs_arena &arena;
};

bool CompareOp(ExpressionType type, pgs_compare_op &op)
{
    switch (type) {
    case ExpressionType::COMPARE_EQUAL:
        op = PGS_OP_EQ;
        return true;
    case ExpressionType::COMPARE_NOTEQUAL:
        op = PGS_OP_NE;
        return true;
    case ExpressionType::COMPARE_LESSTHAN:
        op = PGS_OP_LT;
        return true;
    case ExpressionType::COMPARE_LESSTHANOREQUALTO:
        op = PGS_OP_LE;
        return true;
    case ExpressionType::COMPARE_GREATERTHAN:
        op = PGS_OP_GT;
        return true;
    case ExpressionType::COMPARE_GREATERTHANOREQUALTO:
        op = PGS_OP_GE;
        return true;
    default:
        return false;
    }
}

const pgs_expr *Translator::Column(const duckdb::BoundColumnRefExpression &expr)
{
    auto &ids = get.GetColumnIds();

    if (expr.binding.table_index != get.table_index || expr.binding.column_index >= ids.size()) {
        return nullptr;
    }
    auto &id = ids[expr.binding.column_index];
    if (id.IsVirtualColumn() || id.HasChildren() || id.GetPrimaryIndex() >= plan.column_count) {
        return nullptr;
    }
    auto &source = plan.columns[id.GetPrimaryIndex()];
    pgs_expr_column column = {};

    column.name = source.name;
    column.type = source.type;
    column.collation = source.collation;
    column.is_domain = source.is_domain;
    return pgs_expr_column_new(&arena, &column);
}

const pgs_expr *Translator::Constant(const duckdb::Value &value)
{
    pgs_expr_const constant = {};
    auto handle = reinterpret_cast<duckdb_value>(const_cast<duckdb::Value *>(&value));

    if (value.IsNull() || pgs_const_of(handle, &arena, &constant, nullptr) != PGS_OK) {
        return nullptr;
    }
    return pgs_expr_const_new(&arena, &constant);
}

// A cast between integer widths that cannot fail is no cast to PostgreSQL,
// which compares them all with each other.
const pgs_expr *Translator::Cast(const duckdb::BoundCastExpression &expr)
{
    auto source = expr.child->return_type.id();
    auto target = expr.return_type.id();
    bool widens = (source == LogicalTypeId::SMALLINT &&
                   (target == LogicalTypeId::INTEGER || target == LogicalTypeId::BIGINT)) ||
                  (source == LogicalTypeId::INTEGER && target == LogicalTypeId::BIGINT);

    return widens ? Translate(*expr.child) : nullptr;
}

// An enum column compared with text: DuckDB casts the column. The column, or
// NULL when `expr` is something else.
const pgs_expr *Translator::EnumAsText(const Expression &expr)
{
    if (expr.GetExpressionClass() != ExpressionClass::BOUND_CAST ||
        expr.return_type.id() != LogicalTypeId::VARCHAR) {
        return nullptr;
    }
    auto &child = *expr.Cast<duckdb::BoundCastExpression>().child;
    if (child.GetExpressionClass() != ExpressionClass::BOUND_COLUMN_REF ||
        child.return_type.id() != LogicalTypeId::ENUM) {
        return nullptr;
    }
    return Translate(child);
}

// A text constant as a label.
const pgs_expr *Translator::Label(const Expression &expr)
{
    auto text = Translate(expr);

    if (!text || text->kind != PGS_EXPR_CONST || text->constant.target != PGS_TARGET_VARCHAR) {
        return nullptr;
    }
    auto constant = text->constant;
    constant.target = PGS_TARGET_ENUM;
    return pgs_expr_const_new(&arena, &constant);
}

const pgs_expr *Translator::Comparison(const duckdb::BoundComparisonExpression &expr)
{
    pgs_compare_op op;

    if (!CompareOp(expr.GetExpressionType(), op)) {
        return nullptr;
    }
    // Labels and their texts are equal together, but ordered differently.
    if (op == PGS_OP_EQ || op == PGS_OP_NE) {
        if (auto column = EnumAsText(*expr.left)) {
            return pgs_expr_compare_new(&arena, op, column, Label(*expr.right));
        }
        if (auto column = EnumAsText(*expr.right)) {
            return pgs_expr_compare_new(&arena, op, column, Label(*expr.left));
        }
    }
    return pgs_expr_compare_new(&arena, op, Translate(*expr.left), Translate(*expr.right));
}

const pgs_expr *Translator::Between(const duckdb::BoundBetweenExpression &expr)
{
    const pgs_expr *bounds[2];

    bounds[0] = pgs_expr_compare_new(&arena, expr.lower_inclusive ? PGS_OP_GE : PGS_OP_GT,
                                     Translate(*expr.input), Translate(*expr.lower));
    bounds[1] = pgs_expr_compare_new(&arena, expr.upper_inclusive ? PGS_OP_LE : PGS_OP_LT,
                                     Translate(*expr.input), Translate(*expr.upper));
    return pgs_expr_new(&arena, PGS_EXPR_AND, bounds, 2);
}

const pgs_expr *Translator::In(const duckdb::vector<duckdb::unique_ptr<Expression>> &children)
{
    std::vector<const pgs_expr *> args;
    auto column = EnumAsText(*children[0]);

    if (!column) {
        return Many(PGS_EXPR_IN, children);
    }
    args.push_back(column);
    for (size_t i = 1; i < children.size(); i++) {
        args.push_back(Label(*children[i]));
    }
    return pgs_expr_new(&arena, PGS_EXPR_IN, args.data(), args.size());
}

const pgs_expr *Translator::Many(pgs_expr_kind kind,
                                 const duckdb::vector<duckdb::unique_ptr<Expression>> &children)
{
    std::vector<const pgs_expr *> args;

    for (auto &child : children) {
        args.push_back(Translate(*child));
    }
    return pgs_expr_new(&arena, kind, args.data(), args.size());
}

const pgs_expr *Translator::Operator(const duckdb::BoundOperatorExpression &expr)
{
    switch (expr.GetExpressionType()) {
    case ExpressionType::COMPARE_IN:
        return In(expr.children);
    case ExpressionType::COMPARE_NOT_IN: {
        auto in = In(expr.children);
        return pgs_expr_new(&arena, PGS_EXPR_NOT, &in, 1);
    }
    case ExpressionType::OPERATOR_NOT:
        return Many(PGS_EXPR_NOT, expr.children);
    case ExpressionType::OPERATOR_IS_NULL:
        return Many(PGS_EXPR_IS_NULL, expr.children);
    case ExpressionType::OPERATOR_IS_NOT_NULL:
        return Many(PGS_EXPR_NOT_NULL, expr.children);
    default:
        return nullptr;
    }
}

const pgs_expr *Translator::Translate(const Expression &expr)
{
    switch (expr.GetExpressionClass()) {
    case ExpressionClass::BOUND_COLUMN_REF:
        return Column(expr.Cast<duckdb::BoundColumnRefExpression>());
    case ExpressionClass::BOUND_CONSTANT:
        return Constant(expr.Cast<duckdb::BoundConstantExpression>().value);
    case ExpressionClass::BOUND_PARAMETER:
        return Constant(expr.Cast<duckdb::BoundParameterExpression>().parameter_data->GetValue());
    case ExpressionClass::BOUND_CAST:
        return Cast(expr.Cast<duckdb::BoundCastExpression>());
    case ExpressionClass::BOUND_COMPARISON:
        return Comparison(expr.Cast<duckdb::BoundComparisonExpression>());
    case ExpressionClass::BOUND_BETWEEN:
        return Between(expr.Cast<duckdb::BoundBetweenExpression>());
    case ExpressionClass::BOUND_OPERATOR:
        return Operator(expr.Cast<duckdb::BoundOperatorExpression>());
    case ExpressionClass::BOUND_CONJUNCTION: {
        auto is_and = expr.GetExpressionType() == ExpressionType::CONJUNCTION_AND;
        return Many(is_and ? PGS_EXPR_AND : PGS_EXPR_OR,
                    expr.Cast<duckdb::BoundConjunctionExpression>().children);
    }
    default:
        return nullptr;
    }
}

} // namespace

// Sends `filter` with the scan when it means the same there.
static bool Push(duckdb::LogicalGet &get, ScanBindData &data, const pgs_ship_facts &facts,
                 const Expression &filter)
{
    const char *reason = nullptr;
    pgs_error err = {};
    pgs_arena arena;

    pgs_arena_init(&arena);
    auto expr = Translator(get, *data.plan, arena).Translate(filter);
    bool shippable = expr && pgs_expr_is_shippable(expr, &facts, &reason);
    auto status = shippable ? pgs_scan_plan_add_filter(data.plan, expr, &err) : PGS_OK;
    pgs_arena_release(&arena);
    Check(status, err);
    if (!shippable) {
        pgs_scan_plan_note_residual(data.plan, ToStr(filter.ToString()), reason);
    }
    return shippable;
}

void PushFilters(duckdb::ClientContext &context, duckdb::LogicalGet &get,
                 duckdb::FunctionData *bind_data,
                 duckdb::vector<duckdb::unique_ptr<Expression>> &filters)
{
    auto &data = bind_data->Cast<ScanBindData>();
    duckdb::vector<duckdb::unique_ptr<Expression>> kept;
    auto &server = data.Database()->facts;

    if (data.plan->as_is ||
        !pgs_setting_bool(ToHost(context), "pg_experimental_filter_pushdown", true) ||
        filters.empty()) {
        return;
    }
    pgs_ship_facts facts = {server.encoding_is_utf8,
                            pgs_setting_bool(ToHost(context), "pg_numeric_nan_as_null", false)};
    for (auto &filter : filters) {
        if (!Push(get, data, facts, *filter)) {
            kept.push_back(std::move(filter));
        }
    }
    filters = std::move(kept);
}

} // namespace pgs
