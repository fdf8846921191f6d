// SPDX-License-Identifier: MIT
//
// A PostgreSQL schema as DuckDB sees it. Holds nothing but its name: what is in
// it is asked of the running transaction.
#pragma once

#include "duckdb/catalog/catalog_entry/schema_catalog_entry.hpp"

namespace pgs
{

class SchemaEntry : public duckdb::SchemaCatalogEntry
{
  public:
    SchemaEntry(duckdb::Catalog &catalog, duckdb::CreateSchemaInfo &info);

    void Scan(duckdb::ClientContext &context, duckdb::CatalogType type,
              const std::function<void(duckdb::CatalogEntry &)> &callback) override;
    void Scan(duckdb::CatalogType type,
              const std::function<void(duckdb::CatalogEntry &)> &callback) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    LookupEntry(duckdb::CatalogTransaction transaction,
                const duckdb::EntryLookupInfo &lookup) override;

    duckdb::SimilarCatalogEntry GetSimilarEntry(duckdb::CatalogTransaction transaction,
                                                const duckdb::EntryLookupInfo &lookup) override;

    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateTable(duckdb::CatalogTransaction transaction,
                duckdb::BoundCreateTableInfo &info) override;
    void DropEntry(duckdb::ClientContext &context, duckdb::DropInfo &info) override;
    void Alter(duckdb::CatalogTransaction transaction, duckdb::AlterInfo &info) override;

    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateIndex(duckdb::CatalogTransaction transaction, duckdb::CreateIndexInfo &info,
                duckdb::TableCatalogEntry &table) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateFunction(duckdb::CatalogTransaction transaction,
                   duckdb::CreateFunctionInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry> CreateView(duckdb::CatalogTransaction transaction,
                                                          duckdb::CreateViewInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateSequence(duckdb::CatalogTransaction transaction,
                   duckdb::CreateSequenceInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateTableFunction(duckdb::CatalogTransaction transaction,
                        duckdb::CreateTableFunctionInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateCopyFunction(duckdb::CatalogTransaction transaction,
                       duckdb::CreateCopyFunctionInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreatePragmaFunction(duckdb::CatalogTransaction transaction,
                         duckdb::CreatePragmaFunctionInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateCollation(duckdb::CatalogTransaction transaction,
                    duckdb::CreateCollationInfo &info) override;
    duckdb::optional_ptr<duckdb::CatalogEntry> CreateType(duckdb::CatalogTransaction transaction,
                                                          duckdb::CreateTypeInfo &info) override;

    // Creates the table that `info` describes and returns it as the server now
    // shows it. Also the first step of CREATE TABLE AS.
    duckdb::optional_ptr<duckdb::CatalogEntry> CreateTable(duckdb::ClientContext &context,
                                                           duckdb::BoundCreateTableInfo &info);

  private:
    duckdb::optional_ptr<duckdb::CatalogEntry> Find(duckdb::ClientContext &context,
                                                    const std::string &name);
};

} // namespace pgs
