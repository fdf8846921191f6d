// SPDX-License-Identifier: MIT
#include "bridge/scalar_function.hpp"

#include "bridge/errors.hpp"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/parser/parsed_data/create_scalar_function_info.hpp"

namespace pgs
{

using duckdb::LogicalType;

static duckdb::ScalarFunction Describe(const pgs_scalar_function &function)
{
    auto core = &function;
    duckdb::vector<LogicalType> arguments(function.parameter_count, LogicalType::VARCHAR);
    auto run = [core](duckdb::DataChunk &input, duckdb::ExpressionState &, duckdb::Vector &result) {
        pgs_error err;

        input.Flatten();
        Check(core->run(reinterpret_cast<duckdb_data_chunk>(&input),
                        reinterpret_cast<duckdb_vector>(&result), &err),
              err);
    };
    duckdb::ScalarFunction described(
        function.name, std::move(arguments),
        function.returns_json ? LogicalType::JSON() : LogicalType::VARCHAR, run);

    described.SetErrorMode(duckdb::FunctionErrors::CAN_THROW_RUNTIME_ERROR);
    return described;
}

void RegisterScalars(duckdb::ExtensionLoader &loader, const pgs_extension &extension)
{
    for (auto entry = extension.scalars; *entry; entry++) {
        auto &function = **entry;
        duckdb::CreateScalarFunctionInfo info(Describe(function));
        duckdb::FunctionDescription description;

        for (size_t p = 0; p < function.parameter_count; p++) {
            description.parameter_names.push_back(function.parameters[p]);
            description.parameter_types.push_back(LogicalType::VARCHAR);
        }
        description.description = function.description;
        description.examples.push_back(function.example);
        info.descriptions.push_back(std::move(description));
        info.on_conflict = duckdb::OnCreateConflict::ALTER_ON_CONFLICT;
        loader.RegisterFunction(std::move(info));
    }
}

} // namespace pgs
