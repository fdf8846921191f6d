// SPDX-License-Identifier: MIT
#include "bridge/server_text.hpp"

#include "duckdb/function/scalar_function.hpp"
#include "duckdb/parser/expression/columnref_expression.hpp"
#include "duckdb/parser/parsed_data/create_scalar_function_info.hpp"

namespace pgs
{

static const char *const FUNCTION = "postgres_server_expression";

static duckdb::vector<duckdb::unique_ptr<duckdb::ParsedExpression>>
References(const std::vector<std::string> &columns)
{
    duckdb::vector<duckdb::unique_ptr<duckdb::ParsedExpression>> result;

    for (auto &column : columns) {
        result.push_back(duckdb::make_uniq<duckdb::ColumnRefExpression>(column));
    }
    return result;
}

ServerText::ServerText(std::string text, const std::vector<std::string> &columns)
    : duckdb::FunctionExpression("system", "main", FUNCTION, References(columns)),
      text(std::move(text)), columns(columns)
{
}

std::string ServerText::ToString() const
{
    return text;
}

duckdb::unique_ptr<duckdb::ParsedExpression> ServerText::Copy() const
{
    auto copy = duckdb::make_uniq<ServerText>(text, columns);

    copy->CopyProperties(*this);
    return std::move(copy);
}

static void Refuse(duckdb::DataChunk &, duckdb::ExpressionState &, duckdb::Vector &)
{
    throw duckdb::NotImplementedException(
        "the default of a Postgres column can only be computed by the server: leave the column out "
        "instead of writing DEFAULT");
}

void RegisterServerText(duckdb::ExtensionLoader &loader)
{
    duckdb::ScalarFunction function(FUNCTION, {}, duckdb::LogicalType::SQLNULL, Refuse);
    duckdb::FunctionDescription description;

    function.varargs = duckdb::LogicalType::ANY;
    function.SetVolatile();
    function.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
    description.description = "Stands in the catalog for a default or check that only the Postgres "
                              "server computes; it cannot be called.";
    duckdb::CreateScalarFunctionInfo info(function);
    info.descriptions.push_back(std::move(description));
    info.on_conflict = duckdb::OnCreateConflict::ALTER_ON_CONFLICT;
    loader.RegisterFunction(std::move(info));
}

} // namespace pgs
