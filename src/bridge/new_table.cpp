// SPDX-License-Identifier: MIT
#include "bridge/new_table.hpp"

#include "bridge/services.hpp"
#include "duckdb/parser/constraints/not_null_constraint.hpp"
#include "duckdb/parser/constraints/unique_constraint.hpp"
#include "duckdb/parser/expression/constant_expression.hpp"
#include "duckdb/parser/parsed_data/create_table_info.hpp"

namespace pgs
{

NewTable::NewTable(const std::string &schema, duckdb::BoundCreateTableInfo &info) : core()
{
    auto &base = info.Base();

    if (base.temporary) {
        throw duckdb::NotImplementedException(
            "temporary tables are not supported yet in Postgres databases");
    }
    for (auto &column : base.columns.Logical()) {
        AddColumn(column);
    }
    for (auto &constraint : base.constraints) {
        AddConstraint(*constraint, base.columns);
    }
    for (size_t i = 0; i < keys.size(); i++) {
        keys[i].columns = key_columns[i].data();
        keys[i].column_count = key_columns[i].size();
    }
    core.schema = ToStr(schema);
    core.name = ToStr(base.table);
    core.if_not_exists = base.on_conflict == duckdb::OnCreateConflict::IGNORE_ON_CONFLICT;
    core.columns = columns.data();
    core.column_count = columns.size();
    core.keys = keys.data();
    core.key_count = keys.size();
}

void NewTable::AddColumn(const duckdb::ColumnDefinition &column)
{
    pgs_new_column result = {};

    if (column.Generated()) {
        throw duckdb::NotImplementedException("column \"%s\": generated columns are not supported "
                                              "yet in Postgres databases",
                                              column.Name());
    }
    result.name = ToStr(column.Name());
    // duckdb.h handles are pointers to the C++ objects.
    result.type =
        reinterpret_cast<duckdb_logical_type>(const_cast<duckdb::LogicalType *>(&column.Type()));
    if (column.HasDefaultValue()) {
        auto &expression = column.DefaultValue();
        if (expression.GetExpressionClass() != duckdb::ExpressionClass::CONSTANT) {
            throw duckdb::NotImplementedException("column \"%s\": DEFAULT expressions other than "
                                                  "constants are not supported yet",
                                                  column.Name());
        }
        auto &constant = expression.Cast<duckdb::ConstantExpression>().value;
        result.default_value =
            constant.IsNull()
                ? nullptr
                : reinterpret_cast<duckdb_value>(const_cast<duckdb::Value *>(&constant));
    }
    columns.push_back(result);
}

void NewTable::AddConstraint(const duckdb::Constraint &constraint, const duckdb::ColumnList &list)
{
    switch (constraint.type) {
    case duckdb::ConstraintType::NOT_NULL: {
        auto index = constraint.Cast<duckdb::NotNullConstraint>().index;
        columns[index.index].not_null = true;
        return;
    }
    case duckdb::ConstraintType::UNIQUE: {
        auto &unique = constraint.Cast<duckdb::UniqueConstraint>();
        pgs_key_def key = {};
        std::vector<pgs_str> names;

        key.primary = unique.IsPrimaryKey();
        for (auto &index : unique.GetLogicalIndexes(list)) {
            names.push_back(ToStr(list.GetColumn(index).Name()));
        }
        key_columns.push_back(std::move(names));
        keys.push_back(key);
        return;
    }
    case duckdb::ConstraintType::CHECK:
        throw duckdb::NotImplementedException("CHECK constraints are not supported yet");
    default:
        throw duckdb::NotImplementedException("FOREIGN KEY constraints are not supported yet");
    }
}

} // namespace pgs
