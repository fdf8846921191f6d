// SPDX-License-Identifier: MIT
//
// A PostgreSQL relation as a DuckDB table.
#pragma once

#include "catalog/catalog.h"
#include "duckdb/catalog/catalog_entry/table_catalog_entry.hpp"
#include "duckdb/parser/parsed_data/create_table_info.hpp"

namespace pgs
{

class Catalog;

class TableEntry : public duckdb::TableCatalogEntry
{
  public:
    static duckdb::unique_ptr<TableEntry>
    Create(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema, const pgs_table *table);
    TableEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
               duckdb::CreateTableInfo &info, const pgs_table *table);
    ~TableEntry() override;

    const pgs_table *Core() const
    {
        return table;
    }

    duckdb::unique_ptr<duckdb::CreateInfo> GetInfo() const override;
    duckdb::TableFunction
    GetScanFunction(duckdb::ClientContext &context,
                    duckdb::unique_ptr<duckdb::FunctionData> &bind_data) override;
    duckdb::unique_ptr<duckdb::BaseStatistics> GetStatistics(duckdb::ClientContext &context,
                                                             duckdb::column_t column_id) override;
    duckdb::TableStorageInfo GetStorageInfo(duckdb::ClientContext &context) override;
    duckdb::virtual_column_map_t GetVirtualColumns() const override;
    void BindUpdateConstraints(duckdb::Binder &binder, duckdb::LogicalGet &get,
                               duckdb::LogicalProjection &proj, duckdb::LogicalUpdate &update,
                               duckdb::ClientContext &context) override;

  private:
    const pgs_table *table; // retained
};

} // namespace pgs
