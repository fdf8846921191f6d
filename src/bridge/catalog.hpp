// SPDX-License-Identifier: MIT
//
// An attached PostgreSQL database as a DuckDB catalog.
#pragma once

#include "catalog/database.h"
#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/schema_catalog_entry.hpp"

namespace pgs
{

class SchemaEntry;

class Catalog : public duckdb::Catalog
{
  public:
    static constexpr const char *TYPE = "postgres";

    // Takes `core` over.
    Catalog(duckdb::AttachedDatabase &db, pgs_database *core, std::string display);
    ~Catalog() override;

    pgs_database *Core()
    {
        return core;
    }
    // The entry of a schema; one object for as long as the database is attached.
    SchemaEntry &Schema(const std::string &name);

    void Initialize(bool load_builtin) override;
    std::string GetCatalogType() override;
    std::string GetDefaultSchema() const override;
    bool InMemory() override;
    std::string GetDBPath() override;
    duckdb::DatabaseSize GetDatabaseSize(duckdb::ClientContext &context) override;

    duckdb::optional_ptr<duckdb::CatalogEntry>
    CreateSchema(duckdb::CatalogTransaction transaction, duckdb::CreateSchemaInfo &info) override;
    duckdb::optional_ptr<duckdb::SchemaCatalogEntry>
    LookupSchema(duckdb::CatalogTransaction transaction, const duckdb::EntryLookupInfo &lookup,
                 duckdb::OnEntryNotFound if_not_found) override;
    void ScanSchemas(duckdb::ClientContext &context,
                     std::function<void(duckdb::SchemaCatalogEntry &)> callback) override;

    duckdb::PhysicalOperator &
    PlanInsert(duckdb::ClientContext &context, duckdb::PhysicalPlanGenerator &planner,
               duckdb::LogicalInsert &op,
               duckdb::optional_ptr<duckdb::PhysicalOperator> plan) override;
    duckdb::PhysicalOperator &PlanCreateTableAs(duckdb::ClientContext &context,
                                                duckdb::PhysicalPlanGenerator &planner,
                                                duckdb::LogicalCreateTable &op,
                                                duckdb::PhysicalOperator &plan) override;
    duckdb::PhysicalOperator &PlanDelete(duckdb::ClientContext &context,
                                         duckdb::PhysicalPlanGenerator &planner,
                                         duckdb::LogicalDelete &op,
                                         duckdb::PhysicalOperator &plan) override;
    duckdb::PhysicalOperator &PlanUpdate(duckdb::ClientContext &context,
                                         duckdb::PhysicalPlanGenerator &planner,
                                         duckdb::LogicalUpdate &op,
                                         duckdb::PhysicalOperator &plan) override;
    duckdb::unique_ptr<duckdb::LogicalOperator>
    BindCreateIndex(duckdb::Binder &binder, duckdb::CreateStatement &stmt,
                    duckdb::TableCatalogEntry &table,
                    duckdb::unique_ptr<duckdb::LogicalOperator> plan) override;
    duckdb::unique_ptr<duckdb::LogicalOperator>
    BindAlterAddIndex(duckdb::Binder &binder, duckdb::TableCatalogEntry &table_entry,
                      duckdb::unique_ptr<duckdb::LogicalOperator> plan,
                      duckdb::unique_ptr<duckdb::CreateIndexInfo> create_info,
                      duckdb::unique_ptr<duckdb::AlterTableInfo> alter_info) override;
    duckdb::PhysicalOperator &PlanMergeInto(duckdb::ClientContext &context,
                                            duckdb::PhysicalPlanGenerator &planner,
                                            duckdb::LogicalMergeInto &op,
                                            duckdb::PhysicalOperator &plan) override;

  private:
    void DropSchema(duckdb::ClientContext &context, duckdb::DropInfo &info) override;

    pgs_database *core;
    std::string display; // the connection string without its secrets
    std::mutex lock;     // schemas
    duckdb::unordered_map<std::string, duckdb::unique_ptr<SchemaEntry>> schemas;
};

} // namespace pgs
