// SPDX-License-Identifier: MIT
//
// The table function behind every function whose rows the core makes.
#pragma once

#include "bridge/host.h"
#include "duckdb/function/table_function.hpp"

namespace pgs
{

// Where the core declares columns: struct pgs_host_columns.
struct ColumnList {
    duckdb::vector<duckdb::LogicalType> &types;
    duckdb::vector<std::string> &names;
};

inline pgs_host_columns *ToHost(ColumnList &columns)
{
    return reinterpret_cast<pgs_host_columns *>(&columns);
}

// What binding made, released with the last that uses it.
struct BoundRows {
    BoundRows(const pgs_row_source *source, void *core) : source(source), core(core)
    {
    }
    BoundRows(const BoundRows &) = delete;
    ~BoundRows()
    {
        source->release(core);
    }

    const pgs_row_source *source;
    void *core;
};

struct RowsBindData : public duckdb::FunctionData {
    // Takes `bound` over.
    RowsBindData(const pgs_row_source *source, void *bound)
        : rows(duckdb::make_shared_ptr<BoundRows>(source, bound))
    {
    }
    explicit RowsBindData(duckdb::shared_ptr<BoundRows> rows) : rows(std::move(rows))
    {
    }

    duckdb::unique_ptr<duckdb::FunctionData> Copy() const override;
    bool Equals(const duckdb::FunctionData &other) const override;

    duckdb::shared_ptr<BoundRows> rows;
};

// Without bind.
duckdb::TableFunction RowsFunction(const std::string &name);

// A plain type of duckdb.h.
duckdb::LogicalType TypeOf(duckdb_type type);

} // namespace pgs
