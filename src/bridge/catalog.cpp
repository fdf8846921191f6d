// SPDX-License-Identifier: MIT
#include "bridge/catalog.hpp"

#include "bridge/errors.hpp"
#include "bridge/schema_entry.hpp"
#include "bridge/services.hpp"
#include "bridge/transaction.hpp"
#include "duckdb/parser/parsed_data/alter_table_info.hpp"
#include "duckdb/parser/parsed_data/create_index_info.hpp"
#include "duckdb/parser/parsed_data/create_schema_info.hpp"
#include "duckdb/parser/parsed_data/drop_info.hpp"
#include "duckdb/parser/statement/create_statement.hpp"
#include "duckdb/storage/database_size.hpp"
#include "write/ddl.h"

namespace pgs
{

using duckdb::CatalogTransaction;
using duckdb::ClientContext;
using duckdb::optional_ptr;
using duckdb::string;

Catalog::Catalog(duckdb::AttachedDatabase &db, pgs_database *core, std::string display)
    : duckdb::Catalog(db), core(core), display(std::move(display))
{
}

Catalog::~Catalog()
{
    pgs_database_free(core);
}

void Catalog::Initialize(bool)
{
}

string Catalog::GetCatalogType()
{
    return TYPE;
}

string Catalog::GetDefaultSchema() const
{
    return core->default_schema;
}

bool Catalog::InMemory()
{
    return false;
}

string Catalog::GetDBPath()
{
    return display;
}

duckdb::DatabaseSize Catalog::GetDatabaseSize(ClientContext &context)
{
    duckdb::DatabaseSize size;
    int64_t bytes = 0;
    pgs_error err;

    Check(pgs_transaction_database_size(Transaction::Get(context, *this).Core(), &bytes, &err),
          err);
    size.bytes = static_cast<duckdb::idx_t>(bytes);
    return size;
}

SchemaEntry &Catalog::Schema(const string &name)
{
    std::lock_guard<std::mutex> guard(lock);
    auto &entry = schemas[name];

    if (!entry) {
        duckdb::CreateSchemaInfo info;
        info.schema = name;
        info.internal = name == "information_schema" || name.compare(0, 3, "pg_") == 0;
        entry = duckdb::make_uniq<SchemaEntry>(*this, info);
    }
    return *entry;
}

optional_ptr<duckdb::SchemaCatalogEntry>
Catalog::LookupSchema(CatalogTransaction transaction, const duckdb::EntryLookupInfo &lookup,
                      duckdb::OnEntryNotFound if_not_found)
{
    auto &name = lookup.GetEntryName();
    auto view = Transaction::Get(transaction.GetContext(), *this).Core()->view;
    pgs_str found = {};
    pgs_error err;

    Check(pgs_view_guess_schema(view, ToStr(name), &found, &err), err);
    if (found.size_bytes) {
        return &Schema(FromStr(found));
    }
    if (if_not_found == duckdb::OnEntryNotFound::RETURN_NULL) {
        return nullptr;
    }
    throw duckdb::BinderException("Schema with name \"%s\" not found", name);
}

void Catalog::ScanSchemas(ClientContext &context,
                          std::function<void(duckdb::SchemaCatalogEntry &)> callback)
{
    const pgs_str *names = nullptr;
    size_t count = 0;
    pgs_error err;

    Check(
        pgs_view_list_schemas(Transaction::Get(context, *this).Core()->view, &names, &count, &err),
        err);
    for (size_t i = 0; i < count; i++) {
        callback(Schema(FromStr(names[i])));
    }
}

optional_ptr<duckdb::CatalogEntry> Catalog::CreateSchema(CatalogTransaction transaction,
                                                         duckdb::CreateSchemaInfo &info)
{
    auto core_transaction = Transaction::Get(transaction.GetContext(), *this).Core();
    pgs_str found = {};
    pgs_error err;

    if (info.on_conflict == duckdb::OnCreateConflict::REPLACE_ON_CONFLICT) {
        Check(pgs_drop_object(core_transaction, PGS_OBJECT_SCHEMA, pgs_str(), ToStr(info.schema),
                              true, false, &err),
              err);
    }
    if (info.on_conflict == duckdb::OnCreateConflict::ERROR_ON_CONFLICT) {
        Check(pgs_view_find_schema(core_transaction->view, ToStr(info.schema), &found, &err), err);
        if (FromStr(found) == info.schema) {
            throw duckdb::BinderException("Failed to create schema \"%s\": schema already exists",
                                          info.schema);
        }
    }
    Check(pgs_create_schema(core_transaction, ToStr(info.schema),
                            info.on_conflict == duckdb::OnCreateConflict::IGNORE_ON_CONFLICT, &err),
          err);
    return &Schema(info.schema);
}

void Catalog::DropSchema(ClientContext &context, duckdb::DropInfo &info)
{
    pgs_error err;

    Check(pgs_drop_object(Transaction::Get(context, *this).Core(), PGS_OBJECT_SCHEMA, pgs_str(),
                          ToStr(info.name),
                          info.if_not_found == duckdb::OnEntryNotFound::RETURN_NULL, info.cascade,
                          &err),
          err);
}

[[noreturn]] static void NotYet(const char *what)
{
    throw duckdb::NotImplementedException("%s is not supported yet for Postgres tables", what);
}

duckdb::PhysicalOperator &Catalog::PlanDelete(ClientContext &, duckdb::PhysicalPlanGenerator &,
                                              duckdb::LogicalDelete &, duckdb::PhysicalOperator &)
{
    NotYet("DELETE");
}

duckdb::PhysicalOperator &Catalog::PlanUpdate(ClientContext &, duckdb::PhysicalPlanGenerator &,
                                              duckdb::LogicalUpdate &, duckdb::PhysicalOperator &)
{
    NotYet("UPDATE");
}

duckdb::PhysicalOperator &Catalog::PlanMergeInto(ClientContext &, duckdb::PhysicalPlanGenerator &,
                                                 duckdb::LogicalMergeInto &,
                                                 duckdb::PhysicalOperator &)
{
    NotYet("MERGE INTO or ON CONFLICT");
}

// DuckDB's own way would treat the scan's bind data as that of a DuckDB table.
duckdb::unique_ptr<duckdb::LogicalOperator>
Catalog::BindCreateIndex(duckdb::Binder &, duckdb::CreateStatement &, duckdb::TableCatalogEntry &,
                         duckdb::unique_ptr<duckdb::LogicalOperator>)
{
    NotYet("CREATE INDEX");
}

duckdb::unique_ptr<duckdb::LogicalOperator> Catalog::BindAlterAddIndex(
    duckdb::Binder &, duckdb::TableCatalogEntry &, duckdb::unique_ptr<duckdb::LogicalOperator>,
    duckdb::unique_ptr<duckdb::CreateIndexInfo>, duckdb::unique_ptr<duckdb::AlterTableInfo>)
{
    NotYet("ALTER TABLE");
}

} // namespace pgs
