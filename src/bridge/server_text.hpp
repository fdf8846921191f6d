// SPDX-License-Identifier: MIT
//
// An expression that only the server can evaluate: what a column defaults to,
// what a CHECK constraint says. DuckDB shows its text, and binds it as the call
// of a function that refuses to run, so that a statement which would need the
// value says so instead of inventing one.
#pragma once

#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/parser/expression/function_expression.hpp"

namespace pgs
{

class ServerText : public duckdb::FunctionExpression
{
  public:
    // `columns`: the names of the columns it reads.
    ServerText(std::string text, const std::vector<std::string> &columns);

    std::string ToString() const override;
    duckdb::unique_ptr<duckdb::ParsedExpression> Copy() const override;

  private:
    std::string text;
    std::vector<std::string> columns;
};

// Registers the function it is bound as.
void RegisterServerText(duckdb::ExtensionLoader &loader);

} // namespace pgs
