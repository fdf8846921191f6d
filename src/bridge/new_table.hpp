// SPDX-License-Identifier: MIT
//
// A CREATE TABLE of DuckDB's as the core's struct pgs_new_table.
#pragma once

#include "duckdb/parser/column_list.hpp"
#include "duckdb/parser/constraint.hpp"
#include "duckdb/planner/parsed_data/bound_create_table_info.hpp"
#include "write/ddl.h"

namespace pgs
{

// Borrows from `info`, which must outlive it. Throws on what is not supported.
class NewTable
{
  public:
    NewTable(const std::string &schema, duckdb::BoundCreateTableInfo &info);

    const pgs_new_table *Core() const
    {
        return &core;
    }

  private:
    void AddColumn(const duckdb::ColumnDefinition &column);
    void AddConstraint(const duckdb::Constraint &constraint, const duckdb::ColumnList &list);

    std::vector<pgs_new_column> columns;
    std::vector<std::vector<pgs_str>> key_columns;
    std::vector<pgs_key_def> keys;
    pgs_new_table core;
};

} // namespace pgs
