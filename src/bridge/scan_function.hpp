// SPDX-License-Identifier: MIT
//
// The table function behind every scan of a PostgreSQL relation or query: it
// carries a plan of the core's from binding to execution.
#pragma once

#include "catalog/database.h"
#include "duckdb/function/table_function.hpp"
#include "scan/scan.h"

namespace pgs
{

class TableEntry;

// A database that one function call has to itself.
struct OwnDatabase {
    explicit OwnDatabase(pgs_database *core) : core(core)
    {
    }
    OwnDatabase(const OwnDatabase &) = delete;
    ~OwnDatabase()
    {
        pgs_database_free(core);
    }

    pgs_database *core;
};

struct ScanBindData : public duckdb::FunctionData {
    // Takes `plan` over. `transaction` is that of the statement being bound.
    ScanBindData(pgs_scan_plan *plan, pgs_transaction *transaction, TableEntry *table);
    ~ScanBindData() override;

    pgs_database *Database() const
    {
        return own ? own->core : transaction->database;
    }

    duckdb::unique_ptr<duckdb::FunctionData> Copy() const override;
    bool Equals(const duckdb::FunctionData &other) const override;

    pgs_scan_plan *plan;
    pgs_transaction *transaction; // null with a database of its own
    TableEntry *table;            // lives as long as the transaction; null for a function's scan
    // Of a function's scan: the attached database's name, or its own database.
    std::string database_name;
    duckdb::shared_ptr<OwnDatabase> own;
};

// The function, named as EXPLAIN shall show it.
duckdb::TableFunction ScanFunction(const std::string &name);

// Whether `function` is one of ours.
bool IsScanFunction(const duckdb::TableFunction &function);

// Fixes which columns the scan delivers.
void Project(ScanBindData &bind_data, const duckdb::vector<duckdb::column_t> &column_ids);

// Takes what the server can apply out of `filters` (pushdown_complex_filter).
void PushFilters(duckdb::ClientContext &context, duckdb::LogicalGet &get,
                 duckdb::FunctionData *bind_data,
                 duckdb::vector<duckdb::unique_ptr<duckdb::Expression>> &filters);

// What DuckDB calls a type of the core's.
duckdb::LogicalType LogicalTypeOf(const pgs_type *type);

} // namespace pgs
