// SPDX-License-Identifier: MIT
//
// Entries that DuckDB lists but never binds: views, indexes, types. A view that
// is named in a query is looked up as a TableEntry, since it is the server that
// knows what it says.
#pragma once

#include "catalog/catalog.h"
#include "duckdb/catalog/catalog_entry/index_catalog_entry.hpp"
#include "duckdb/catalog/catalog_entry/type_catalog_entry.hpp"
#include "duckdb/catalog/catalog_entry/view_catalog_entry.hpp"

namespace pgs
{

class Transaction;

class ViewEntry : public duckdb::ViewCatalogEntry
{
  public:
    static duckdb::unique_ptr<ViewEntry>
    Create(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema, const pgs_table *view);
    ViewEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
              duckdb::CreateViewInfo &info);

    // Always bound, also when it has no columns.
    duckdb::shared_ptr<duckdb::ViewColumnInfo> GetColumnInfo() const override;
    void BindView(duckdb::ClientContext &context, duckdb::BindViewAction action) override;

  private:
    duckdb::shared_ptr<duckdb::ViewColumnInfo> described;
};

class IndexEntry : public duckdb::IndexCatalogEntry
{
  public:
    static duckdb::unique_ptr<IndexEntry> Create(duckdb::Catalog &catalog,
                                                 duckdb::SchemaCatalogEntry &schema,
                                                 Transaction &transaction, const pgs_index *index);
    IndexEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
               duckdb::CreateIndexInfo &info, Transaction &transaction);

    std::string GetSchemaName() const override;
    // DuckDB asks for it in order to look the table up at once.
    std::string GetTableName() const override;
    duckdb::unique_ptr<duckdb::CreateInfo> GetInfo() const override;
    std::string ToSQL() const override;

  private:
    Transaction &transaction; // which owns this entry
    std::string table;
};

class TypeEntry : public duckdb::TypeCatalogEntry
{
  public:
    static duckdb::unique_ptr<TypeEntry> Create(duckdb::Catalog &catalog,
                                                duckdb::SchemaCatalogEntry &schema,
                                                const pgs_named_type *type);
    TypeEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
              duckdb::CreateTypeInfo &info);
};

} // namespace pgs
