// SPDX-License-Identifier: MIT
#include "bridge/optimizer.hpp"

#include "bridge/catalog.hpp"
#include "bridge/scan_function.hpp"
#include "bridge/services.hpp"
#include "bridge/table_entry.hpp"
#include "bridge/table_function.hpp"
#include "duckdb/planner/operator/logical_create_table.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "duckdb/planner/operator/logical_insert.hpp"
#include "duckdb/planner/operator/logical_limit.hpp"
#include "settings/read.h"

namespace pgs
{

using duckdb::LogicalOperator;
using duckdb::LogicalOperatorType;
using duckdb::unique_ptr;

static bool IsScan(const LogicalOperator &op)
{
    return op.type == LogicalOperatorType::LOGICAL_GET &&
           IsScanFunction(op.Cast<duckdb::LogicalGet>().function);
}

static ScanBindData &BindDataOf(LogicalOperator &op)
{
    return op.Cast<duckdb::LogicalGet>().bind_data->Cast<ScanBindData>();
}

static duckdb::optional_ptr<duckdb::Catalog> WrittenBy(LogicalOperator &op)
{
    switch (op.type) {
    case LogicalOperatorType::LOGICAL_INSERT:
        return op.Cast<duckdb::LogicalInsert>().table.ParentCatalog();
    case LogicalOperatorType::LOGICAL_CREATE_TABLE:
        return op.Cast<duckdb::LogicalCreateTable>().schema.ParentCatalog();
    default:
        return nullptr;
    }
}

namespace
{

// Who uses which database in one plan.
struct Uses {
    std::vector<LogicalOperator *> scans;
    std::vector<pgs_database *> databases; // one per use
    bool commands = false;                 // they may use any database
};

} // namespace

static void Collect(LogicalOperator &op, Uses &uses)
{
    auto written = WrittenBy(op);

    if (written && written->GetCatalogType() == Catalog::TYPE) {
        uses.databases.push_back(written->Cast<Catalog>().Core());
    }
    if (op.type == LogicalOperatorType::LOGICAL_GET &&
        IsCommand(op.Cast<duckdb::LogicalGet>().function)) {
        uses.commands = true;
    }
    if (IsScan(op)) {
        uses.scans.push_back(&op);
        uses.databases.push_back(BindDataOf(op).Database());
    }
    for (auto &child : op.children) {
        Collect(*child, uses);
    }
}

static void FixColumns(LogicalOperator &op)
{
    duckdb::vector<duckdb::column_t> ids;

    for (auto &id : op.Cast<duckdb::LogicalGet>().GetColumnIds()) {
        ids.push_back(id.GetPrimaryIndex());
    }
    Project(BindDataOf(op), ids);
}

// LIMIT and OFFSET with constants, directly over a scan or with projections in
// between: the scan does it, the operator goes.
static bool MoveLimit(duckdb::LogicalLimit &limit)
{
    auto limit_type = limit.limit_val.Type();
    auto offset_type = limit.offset_val.Type();
    auto *below = limit.children[0].get();

    if (limit_type != duckdb::LimitNodeType::CONSTANT_VALUE ||
        (offset_type != duckdb::LimitNodeType::CONSTANT_VALUE &&
         offset_type != duckdb::LimitNodeType::UNSET)) {
        return false;
    }
    while (below->type == LogicalOperatorType::LOGICAL_PROJECTION) {
        below = below->children[0].get();
    }
    if (!IsScan(*below)) {
        return false;
    }
    auto &plan = *BindDataOf(*below).plan;
    auto rows = limit.limit_val.GetConstantValue();
    auto offset =
        offset_type == duckdb::LimitNodeType::UNSET ? 0 : limit.offset_val.GetConstantValue();
    auto largest = static_cast<duckdb::idx_t>(duckdb::NumericLimits<int64_t>::Maximum());
    if (plan.as_is || plan.limit >= 0 || rows > largest || offset > largest) {
        return false;
    }
    plan.limit = static_cast<int64_t>(rows);
    plan.offset = static_cast<int64_t>(offset);
    return true;
}

static void MoveLimits(unique_ptr<LogicalOperator> &op)
{
    if (op->type == LogicalOperatorType::LOGICAL_LIMIT &&
        MoveLimit(op->Cast<duckdb::LogicalLimit>())) {
        op = std::move(op->children[0]);
    }
    for (auto &child : op->children) {
        MoveLimits(child);
    }
}

static void Optimize(duckdb::OptimizerExtensionInput &input, unique_ptr<LogicalOperator> &plan)
{
    Uses uses;

    Collect(*plan, uses);
    for (auto scan : uses.scans) {
        auto database = BindDataOf(*scan).Database();

        FixColumns(*scan);
        BindDataOf(*scan).plan->sole =
            !uses.commands &&
            std::count(uses.databases.begin(), uses.databases.end(), database) == 1;
    }
    if (!uses.scans.empty() && pgs_setting_bool(ToHost(input.context), "pg_order_pushdown", true)) {
        MoveLimits(plan);
    }
}

duckdb::OptimizerExtension OptimizerRules()
{
    duckdb::OptimizerExtension extension;

    extension.optimize_function = Optimize;
    return extension;
}

} // namespace pgs
