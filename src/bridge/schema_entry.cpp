// SPDX-License-Identifier: MIT
#include "bridge/schema_entry.hpp"

#include "bridge/catalog.hpp"
#include "bridge/errors.hpp"
#include "bridge/new_table.hpp"
#include "bridge/services.hpp"
#include "bridge/table_entry.hpp"
#include "bridge/transaction.hpp"
#include "duckdb/catalog/default/default_types.hpp"
#include "duckdb/common/string_util.hpp"
#include "duckdb/parser/parsed_data/create_schema_info.hpp"
#include "duckdb/parser/parsed_data/create_table_info.hpp"
#include "duckdb/parser/parsed_data/drop_info.hpp"
#include "write/ddl.h"

namespace pgs
{

using duckdb::CatalogTransaction;
using duckdb::CatalogType;
using duckdb::ClientContext;
using duckdb::optional_ptr;
using duckdb::string;

using Entry = duckdb::CatalogEntry;

SchemaEntry::SchemaEntry(duckdb::Catalog &catalog, duckdb::CreateSchemaInfo &info)
    : duckdb::SchemaCatalogEntry(catalog, info)
{
}

static bool IsView(const pgs_table *table)
{
    return table->kind == PGS_REL_VIEW || table->kind == PGS_REL_MATERIALIZED_VIEW;
}

// As in DuckDB's own schemas, a scan for tables gives the views too.
static void ScanTables(Transaction &transaction, SchemaEntry &schema, bool views_only,
                       const std::function<void(Entry &)> &callback)
{
    const pgs_table *const *tables = nullptr;
    size_t count = 0;
    pgs_error err;

    Check(pgs_view_list_tables(transaction.Core()->view, ToStr(schema.name), &tables, &count, &err),
          err);
    for (size_t i = 0; i < count; i++) {
        if (IsView(tables[i])) {
            callback(transaction.ViewEntryOf(schema, tables[i]));
        } else if (!views_only) {
            callback(transaction.Entry(schema, tables[i]));
        }
    }
}

static void ScanIndexes(Transaction &transaction, SchemaEntry &schema,
                        const std::function<void(Entry &)> &callback)
{
    const pgs_table *const *tables = nullptr;
    const pgs_index *indexes = nullptr;
    size_t count = 0;
    pgs_error err;
    auto view = transaction.Core()->view;

    // DuckDB will look up the table of each.
    Check(pgs_view_list_tables(view, ToStr(schema.name), &tables, &count, &err), err);
    Check(pgs_view_list_indexes(view, ToStr(schema.name), &indexes, &count, &err), err);
    for (size_t i = 0; i < count; i++) {
        callback(transaction.IndexEntryOf(schema, &indexes[i]));
    }
}

static void ScanTypes(Transaction &transaction, SchemaEntry &schema,
                      const std::function<void(Entry &)> &callback)
{
    const pgs_named_type *types = nullptr;
    size_t count = 0;
    pgs_error err;

    Check(pgs_view_list_types(transaction.Core()->view, ToStr(schema.name), &types, &count, &err),
          err);
    for (size_t i = 0; i < count; i++) {
        callback(transaction.TypeEntryOf(schema, &types[i]));
    }
}

void SchemaEntry::Scan(ClientContext &context, CatalogType type,
                       const std::function<void(Entry &)> &callback)
{
    auto &transaction = Transaction::Get(context, catalog);

    switch (type) {
    case CatalogType::TABLE_ENTRY:
        return ScanTables(transaction, *this, false, callback);
    case CatalogType::VIEW_ENTRY:
        return ScanTables(transaction, *this, true, callback);
    case CatalogType::INDEX_ENTRY:
        return ScanIndexes(transaction, *this, callback);
    case CatalogType::TYPE_ENTRY:
        return ScanTypes(transaction, *this, callback);
    default:
        return;
    }
}

// Only a hint in an error message: what goes wrong here must not hide it.
duckdb::SimilarCatalogEntry SchemaEntry::GetSimilarEntry(CatalogTransaction transaction,
                                                         const duckdb::EntryLookupInfo &lookup)
{
    duckdb::SimilarCatalogEntry result;
    auto type = lookup.GetCatalogType();
    auto &asked = lookup.GetEntryName();
    const pgs_str *names = nullptr;
    size_t count = 0;

    if (type != CatalogType::TABLE_ENTRY && type != CatalogType::VIEW_ENTRY) {
        return result;
    }
    auto view = Transaction::Get(transaction.GetContext(), catalog).Core()->view;
    if (pgs_view_list_similar(view, ToStr(name), ToStr(asked), &names, &count, nullptr) != PGS_OK) {
        return result;
    }
    for (size_t i = 0; i < count; i++) {
        auto score = duckdb::StringUtil::SimilarityRating(FromStr(names[i]), asked);

        if (score > result.score) {
            result.score = score;
            result.name = FromStr(names[i]);
        }
    }
    return result;
}

void SchemaEntry::Scan(CatalogType, const std::function<void(Entry &)> &)
{
    throw duckdb::NotImplementedException(
        "a Postgres schema cannot be listed without a connection");
}

optional_ptr<Entry> SchemaEntry::Find(ClientContext &context, const string &table_name)
{
    auto &transaction = Transaction::Get(context, catalog);
    const pgs_table *table = nullptr;
    pgs_error err;

    if (transaction.IsExpected(name, table_name)) {
        table = pgs_view_listed_table(transaction.Core()->view, ToStr(name), ToStr(table_name));
        if (table) {
            return &transaction.Entry(*this, table);
        }
    }
    Check(
        pgs_view_find_table(transaction.Core()->view, ToStr(name), ToStr(table_name), &table, &err),
        err);
    if (!table) {
        return nullptr;
    }
    return &transaction.Entry(*this, table);
}

// By the exact name, else without regard to case. DuckDB's own types are not asked
// for: with USE, every name of a type comes by here.
static optional_ptr<Entry> FindType(Transaction &transaction, SchemaEntry &schema,
                                    const string &type_name)
{
    const pgs_named_type *types = nullptr;
    const pgs_named_type *alike = nullptr;
    size_t count = 0;
    pgs_error err;

    if (duckdb::DefaultTypeGenerator::GetDefaultType(type_name) != duckdb::LogicalTypeId::INVALID) {
        return nullptr;
    }
    Check(pgs_view_list_types(transaction.Core()->view, ToStr(schema.name), &types, &count, &err),
          err);
    for (size_t i = 0; i < count; i++) {
        if (pgs_str_equal(types[i].name, ToStr(type_name))) {
            return &transaction.TypeEntryOf(schema, &types[i]);
        }
        if (!alike && duckdb::StringUtil::CIEquals(FromStr(types[i].name), type_name)) {
            alike = &types[i];
        }
    }
    return alike ? &transaction.TypeEntryOf(schema, alike) : nullptr;
}

optional_ptr<Entry> SchemaEntry::LookupEntry(CatalogTransaction transaction,
                                             const duckdb::EntryLookupInfo &lookup)
{
    auto &context = transaction.GetContext();

    switch (lookup.GetCatalogType()) {
    case CatalogType::TABLE_ENTRY:
    case CatalogType::VIEW_ENTRY:
        return Find(context, lookup.GetEntryName());
    case CatalogType::TYPE_ENTRY:
        return FindType(Transaction::Get(context, catalog), *this, lookup.GetEntryName());
    default:
        return nullptr;
    }
}

static void DropTable(ClientContext &context, duckdb::Catalog &catalog, const string &schema,
                      const string &table)
{
    pgs_error err;

    Check(pgs_drop_object(Transaction::Get(context, catalog).Core(), PGS_OBJECT_TABLE,
                          ToStr(schema), ToStr(table), true, false, &err),
          err);
}

optional_ptr<Entry> SchemaEntry::CreateTable(ClientContext &context,
                                             duckdb::BoundCreateTableInfo &info)
{
    auto &base = info.Base();
    pgs_error err;

    if (base.on_conflict == duckdb::OnCreateConflict::REPLACE_ON_CONFLICT) {
        DropTable(context, catalog, name, base.table);
    }
    NewTable table(name, info);
    Check(pgs_create_table(Transaction::Get(context, catalog).Core(), table.Core(), &err), err);
    return Find(context, base.table);
}

optional_ptr<Entry> SchemaEntry::CreateTable(CatalogTransaction transaction,
                                             duckdb::BoundCreateTableInfo &info)
{
    return CreateTable(transaction.GetContext(), info);
}

static pgs_object_kind KindOf(CatalogType type)
{
    switch (type) {
    case CatalogType::TABLE_ENTRY:
        return PGS_OBJECT_TABLE;
    case CatalogType::VIEW_ENTRY:
        return PGS_OBJECT_VIEW;
    case CatalogType::INDEX_ENTRY:
        return PGS_OBJECT_INDEX;
    case CatalogType::TYPE_ENTRY:
        return PGS_OBJECT_TYPE;
    case CatalogType::SEQUENCE_ENTRY:
        return PGS_OBJECT_SEQUENCE;
    default:
        throw duckdb::NotImplementedException("dropping a %s is not supported yet in Postgres",
                                              duckdb::CatalogTypeToString(type));
    }
}

void SchemaEntry::DropEntry(ClientContext &context, duckdb::DropInfo &info)
{
    pgs_error err;

    Check(pgs_drop_object(Transaction::Get(context, catalog).Core(), KindOf(info.type), ToStr(name),
                          ToStr(info.name),
                          info.if_not_found == duckdb::OnEntryNotFound::RETURN_NULL, info.cascade,
                          &err),
          err);
}

[[noreturn]] static void NotYet(const char *what)
{
    throw duckdb::NotImplementedException("%s is not supported yet in Postgres databases", what);
}

[[noreturn]] static void Never(const char *what)
{
    throw duckdb::BinderException("Postgres databases do not support creating %s", what);
}

void SchemaEntry::Alter(CatalogTransaction, duckdb::AlterInfo &)
{
    NotYet("ALTER");
}

optional_ptr<Entry> SchemaEntry::CreateIndex(CatalogTransaction, duckdb::CreateIndexInfo &,
                                             duckdb::TableCatalogEntry &)
{
    NotYet("CREATE INDEX");
}

optional_ptr<Entry> SchemaEntry::CreateView(CatalogTransaction, duckdb::CreateViewInfo &)
{
    NotYet("CREATE VIEW");
}

optional_ptr<Entry> SchemaEntry::CreateType(CatalogTransaction, duckdb::CreateTypeInfo &)
{
    NotYet("CREATE TYPE");
}

optional_ptr<Entry> SchemaEntry::CreateSequence(CatalogTransaction, duckdb::CreateSequenceInfo &)
{
    NotYet("CREATE SEQUENCE");
}

optional_ptr<Entry> SchemaEntry::CreateFunction(CatalogTransaction, duckdb::CreateFunctionInfo &)
{
    Never("functions");
}

optional_ptr<Entry> SchemaEntry::CreateTableFunction(CatalogTransaction,
                                                     duckdb::CreateTableFunctionInfo &)
{
    Never("table functions");
}

optional_ptr<Entry> SchemaEntry::CreateCopyFunction(CatalogTransaction,
                                                    duckdb::CreateCopyFunctionInfo &)
{
    Never("copy functions");
}

optional_ptr<Entry> SchemaEntry::CreatePragmaFunction(CatalogTransaction,
                                                      duckdb::CreatePragmaFunctionInfo &)
{
    Never("pragma functions");
}

optional_ptr<Entry> SchemaEntry::CreateCollation(CatalogTransaction, duckdb::CreateCollationInfo &)
{
    Never("collations");
}

} // namespace pgs
