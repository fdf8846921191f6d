// SPDX-License-Identifier: MIT
#include "bridge/table_entry.hpp"

#include "bridge/catalog.hpp"
#include "bridge/errors.hpp"
#include "bridge/scan_function.hpp"
#include "bridge/services.hpp"
#include "bridge/transaction.hpp"
#include "catalog/logical_type.h"
#include "duckdb/parser/constraints/not_null_constraint.hpp"
#include "duckdb/parser/constraints/unique_constraint.hpp"
#include "duckdb/storage/statistics/base_statistics.hpp"
#include "duckdb/storage/table_storage_info.hpp"
#include "scan/plan.h"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::LogicalIndex;
using duckdb::LogicalType;
using duckdb::make_uniq;
using duckdb::unique_ptr;

LogicalType LogicalTypeOf(const pgs_type *type)
{
    duckdb_logical_type handle = nullptr;
    pgs_error err;

    Check(pgs_logical_type_of(type, &handle, &err), err);
    LogicalType result = *reinterpret_cast<LogicalType *>(handle);
    duckdb_destroy_logical_type(&handle);
    return result;
}

static void AddColumns(duckdb::CreateTableInfo &info, const pgs_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        auto &source = table->columns[i];
        duckdb::ColumnDefinition column(FromStr(source.shown_name), LogicalTypeOf(source.type));

        if (source.comment.size_bytes) {
            column.SetComment(duckdb::Value(FromStr(source.comment)));
        }
        info.columns.AddColumn(std::move(column));
        if (source.not_null) {
            info.constraints.push_back(make_uniq<duckdb::NotNullConstraint>(LogicalIndex(i)));
        }
    }
}

static void AddKeys(duckdb::CreateTableInfo &info, const pgs_table *table)
{
    for (size_t i = 0; i < table->key_count; i++) {
        auto &key = table->keys[i];
        duckdb::vector<std::string> names;

        for (uint32_t c = 0; c < key.column_count; c++) {
            names.push_back(FromStr(table->columns[key.columns[c]].shown_name));
        }
        info.constraints.push_back(
            make_uniq<duckdb::UniqueConstraint>(std::move(names), key.primary));
    }
}

unique_ptr<TableEntry> TableEntry::Create(duckdb::Catalog &catalog,
                                          duckdb::SchemaCatalogEntry &schema,
                                          const pgs_table *table)
{
    duckdb::CreateTableInfo info(schema, FromStr(table->name));

    AddColumns(info, table);
    AddKeys(info, table);
    if (table->comment.size_bytes) {
        info.comment = duckdb::Value(FromStr(table->comment));
    }
    info.internal = schema.internal;
    return make_uniq<TableEntry>(catalog, schema, info, table);
}

TableEntry::TableEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
                       duckdb::CreateTableInfo &info, const pgs_table *table)
    : duckdb::TableCatalogEntry(catalog, schema, info), table(table)
{
    internal = info.internal;
    pgs_table_retain(table);
}

TableEntry::~TableEntry()
{
    pgs_table_release(table);
}

duckdb::TableFunction TableEntry::GetScanFunction(ClientContext &context,
                                                  unique_ptr<duckdb::FunctionData> &bind_data)
{
    auto &transaction = Transaction::Get(context, catalog);
    pgs_scan_plan *plan = nullptr;
    pgs_error err;

    Check(pgs_scan_plan_new_table(table, &plan, &err), err);
    bind_data = make_uniq<ScanBindData>(plan, transaction.Core(), this);
    return ScanFunction("postgres_scan");
}

unique_ptr<duckdb::BaseStatistics> TableEntry::GetStatistics(ClientContext &, duckdb::column_t)
{
    return nullptr;
}

duckdb::TableStorageInfo TableEntry::GetStorageInfo(ClientContext &)
{
    duckdb::TableStorageInfo info;

    if (table->rows >= 0) {
        info.cardinality = static_cast<duckdb::idx_t>(table->rows);
    }
    for (size_t i = 0; i < table->key_count; i++) {
        duckdb::IndexInfo index;

        index.is_primary = table->keys[i].primary;
        index.is_unique = true;
        index.is_foreign = false;
        for (uint32_t c = 0; c < table->keys[i].column_count; c++) {
            index.column_set.insert(table->keys[i].columns[c]);
        }
        info.index_info.push_back(std::move(index));
    }
    return info;
}

// The row id is offered so that UPDATE and DELETE bind and can say what they
// lack; "no column at all" is what count(*) asks for.
duckdb::virtual_column_map_t TableEntry::GetVirtualColumns() const
{
    duckdb::virtual_column_map_t columns;

    columns.insert(
        {duckdb::COLUMN_IDENTIFIER_ROW_ID, duckdb::TableColumn("rowid", LogicalType::ROW_TYPE)});
    columns.insert(
        {duckdb::COLUMN_IDENTIFIER_EMPTY, duckdb::TableColumn("", LogicalType::BOOLEAN)});
    return columns;
}

void TableEntry::BindUpdateConstraints(duckdb::Binder &, duckdb::LogicalGet &,
                                       duckdb::LogicalProjection &, duckdb::LogicalUpdate &,
                                       ClientContext &)
{
}

} // namespace pgs
