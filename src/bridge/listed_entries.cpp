// SPDX-License-Identifier: MIT
#include "bridge/listed_entries.hpp"

#include "bridge/errors.hpp"
#include "bridge/scan_function.hpp"
#include "bridge/server_text.hpp"
#include "bridge/services.hpp"
#include "bridge/transaction.hpp"
#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/schema_catalog_entry.hpp"
#include "duckdb/parser/expression/columnref_expression.hpp"
#include "duckdb/parser/expression/star_expression.hpp"
#include "duckdb/parser/parsed_data/create_index_info.hpp"
#include "duckdb/parser/parsed_data/create_view_info.hpp"
#include "duckdb/parser/query_node/select_node.hpp"
#include "duckdb/parser/statement/select_statement.hpp"
#include "duckdb/parser/tableref/basetableref.hpp"

namespace pgs
{

using duckdb::make_uniq;
using duckdb::unique_ptr;

static duckdb::Value CommentOf(pgs_str comment)
{
    return comment.size_bytes ? duckdb::Value(FromStr(comment)) : duckdb::Value();
}

// ---- views ----

// SELECT * FROM the view itself: what a copy of the database keeps of it.
static unique_ptr<duckdb::SelectStatement>
SelectFrom(const std::string &catalog, const std::string &schema, const std::string &view)
{
    auto table = make_uniq<duckdb::BaseTableRef>();
    auto node = make_uniq<duckdb::SelectNode>();
    auto statement = make_uniq<duckdb::SelectStatement>();

    table->catalog_name = catalog;
    table->schema_name = schema;
    table->table_name = view;
    node->select_list.push_back(make_uniq<duckdb::StarExpression>());
    node->from_table = std::move(table);
    statement->node = std::move(node);
    return statement;
}

unique_ptr<ViewEntry> ViewEntry::Create(duckdb::Catalog &catalog,
                                        duckdb::SchemaCatalogEntry &schema, const pgs_table *view)
{
    duckdb::CreateViewInfo info(schema, FromStr(view->name));

    for (size_t i = 0; i < view->column_count; i++) {
        auto &column = view->columns[i];
        auto name = FromStr(column.shown_name);

        info.names.push_back(name);
        info.types.push_back(LogicalTypeOf(column.type));
        if (column.comment.size_bytes) {
            info.column_comments_map[name] = CommentOf(column.comment);
        }
    }
    info.comment = CommentOf(view->comment);
    info.internal = schema.internal;
    info.query = SelectFrom(catalog.GetName(), schema.name, info.view_name);
    return make_uniq<ViewEntry>(catalog, schema, info);
}

ViewEntry::ViewEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
                     duckdb::CreateViewInfo &info)
    : duckdb::ViewCatalogEntry(catalog, schema, info),
      described(duckdb::make_shared_ptr<duckdb::ViewColumnInfo>())
{
    described->names = info.names;
    described->types = info.types;
}

duckdb::shared_ptr<duckdb::ViewColumnInfo> ViewEntry::GetColumnInfo() const
{
    return described;
}

void ViewEntry::BindView(duckdb::ClientContext &, duckdb::BindViewAction)
{
}

// ---- indexes ----

unique_ptr<IndexEntry> IndexEntry::Create(duckdb::Catalog &catalog,
                                          duckdb::SchemaCatalogEntry &schema,
                                          Transaction &transaction, const pgs_index *index)
{
    duckdb::CreateIndexInfo info;

    info.schema = schema.name;
    info.table = FromStr(index->table);
    info.index_name = FromStr(index->name);
    info.sql = FromStr(index->sql);
    info.constraint_type = index->primary  ? duckdb::IndexConstraintType::PRIMARY
                           : index->unique ? duckdb::IndexConstraintType::UNIQUE
                                           : duckdb::IndexConstraintType::NONE;
    info.comment = CommentOf(index->comment);
    for (size_t i = 0; i < index->key_count; i++) {
        auto text = FromStr(index->keys[i]);

        if (index->is_column[i]) {
            info.parsed_expressions.push_back(make_uniq<duckdb::ColumnRefExpression>(text));
        } else {
            info.parsed_expressions.push_back(
                make_uniq<ServerText>(text, std::vector<std::string>()));
        }
    }
    return make_uniq<IndexEntry>(catalog, schema, info, transaction);
}

IndexEntry::IndexEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
                       duckdb::CreateIndexInfo &info, Transaction &transaction)
    : duckdb::IndexCatalogEntry(catalog, schema, info), transaction(transaction), table(info.table)
{
    internal = true; // shown all the same, but no part of a copy of the database
}

std::string IndexEntry::GetSchemaName() const
{
    return schema.name;
}

std::string IndexEntry::GetTableName() const
{
    transaction.ExpectLookup(schema.name, table);
    return table;
}

unique_ptr<duckdb::CreateInfo> IndexEntry::GetInfo() const
{
    auto info = make_uniq<duckdb::CreateIndexInfo>();

    info->schema = schema.name;
    info->table = table;
    info->index_name = name;
    info->sql = sql;
    info->constraint_type = index_constraint_type;
    info->comment = comment;
    for (auto &expression : parsed_expressions) {
        info->parsed_expressions.push_back(expression->Copy());
    }
    return std::move(info);
}

std::string IndexEntry::ToSQL() const
{
    return sql;
}

// ---- types ----

unique_ptr<TypeEntry> TypeEntry::Create(duckdb::Catalog &catalog,
                                        duckdb::SchemaCatalogEntry &schema,
                                        const pgs_named_type *type)
{
    duckdb::CreateTypeInfo info(FromStr(type->name), LogicalTypeOf(type->type));

    info.schema = schema.name;
    info.comment = CommentOf(type->comment);
    info.internal = schema.internal;
    return make_uniq<TypeEntry>(catalog, schema, info);
}

TypeEntry::TypeEntry(duckdb::Catalog &catalog, duckdb::SchemaCatalogEntry &schema,
                     duckdb::CreateTypeInfo &info)
    : duckdb::TypeCatalogEntry(catalog, schema, info)
{
    internal = info.internal;
    comment = info.comment;
}

} // namespace pgs
