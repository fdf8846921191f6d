// SPDX-License-Identifier: MIT
#include "bridge/table_function.hpp"

#include "bridge/errors.hpp"
#include "bridge/rows_function.hpp"
#include "bridge/scan_function.hpp"
#include "bridge/services.hpp"
#include "duckdb/parser/parsed_data/create_table_function_info.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "link/known.h"
#include "scan/plan.h"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::FunctionData;
using duckdb::LogicalType;
using duckdb::make_uniq;
using duckdb::unique_ptr;
using duckdb::Value;

namespace
{

// What the functions of one instance of DuckDB share.
struct Known {
    Known() : core(pgs_known_new())
    {
        if (!core) {
            throw duckdb::OutOfMemoryException("out of memory");
        }
    }
    Known(const Known &) = delete;
    ~Known()
    {
        pgs_known_free(core);
    }

    pgs_known *core;
};

// Which of the core's functions a DuckDB function stands for.
struct FunctionInfo : public duckdb::TableFunctionInfo {
    FunctionInfo(const pgs_table_function *function, duckdb::shared_ptr<Known> known)
        : function(function), known(std::move(known))
    {
    }

    const pgs_table_function *function;
    duckdb::shared_ptr<Known> known;
};

// The arguments of a call, kept while handles to them are lent to the core.
struct Call {
    Call(ClientContext &context, const pgs_table_function &function,
         duckdb::TableFunctionBindInput &input)
        : values(input.inputs)
    {
        for (auto &value : values) {
            arguments.push_back(Handle(value));
        }
        named.reserve(function.named_count);
        for (size_t i = 0; i < function.named_count; i++) {
            auto entry = input.named_parameters.find(function.named[i].name);
            if (entry == input.named_parameters.end()) {
                options.push_back(nullptr);
                continue;
            }
            named.push_back(entry->second);
            options.push_back(Handle(named.back()));
        }
        core.context = ToHost(context);
        core.arguments = arguments.data();
        core.argument_count = arguments.size();
        core.options = options.data();
        core.known = input.info->Cast<FunctionInfo>().known->core;
    }
    Call(const Call &) = delete;

    // A NULL value has no handle.
    static duckdb_value Handle(Value &value)
    {
        return value.IsNull() ? nullptr : reinterpret_cast<duckdb_value>(&value);
    }

    duckdb::vector<Value> values;
    std::vector<Value> named;
    std::vector<duckdb_value> arguments;
    std::vector<duckdb_value> options;
    pgs_function_call core;
};

struct CommandBindData : public FunctionData {
    unique_ptr<FunctionData> Copy() const override
    {
        throw duckdb::NotImplementedException("a command cannot be copied");
    }
    bool Equals(const FunctionData &other) const override
    {
        return this == &other;
    }

    const pgs_table_function *function = nullptr;
    unique_ptr<Call> call;
};

struct CommandState : public duckdb::GlobalTableFunctionState {
};

} // namespace

static const pgs_table_function &FunctionOf(duckdb::TableFunctionBindInput &input)
{
    auto &function = *input.info->Cast<FunctionInfo>().function;

    // DuckDB quotes the statement at this place in the errors of binding.
    if (function.has_secrets) {
        const_cast<duckdb::TableFunctionRef &>(input.ref).query_location = duckdb::optional_idx();
    }
    return function;
}

static unique_ptr<FunctionData> BindScan(ClientContext &context,
                                         duckdb::TableFunctionBindInput &input,
                                         duckdb::vector<LogicalType> &types,
                                         duckdb::vector<std::string> &names)
{
    auto &function = FunctionOf(input);
    Call call(context, function, input);
    pgs_bound_scan bound = {};
    pgs_error err;

    Check(function.bind_scan(&call.core, &bound, &err), err);
    auto data = make_uniq<ScanBindData>(bound.plan, bound.transaction, nullptr);
    if (bound.database) {
        data->own = duckdb::make_shared_ptr<OwnDatabase>(bound.database);
    } else {
        data->database_name = call.values[0].ToString();
    }
    for (size_t i = 0; i < bound.plan->column_count; i++) {
        names.push_back(FromStr(bound.plan->columns[i].shown_name));
        types.push_back(LogicalTypeOf(bound.plan->columns[i].type));
    }
    return std::move(data);
}

static unique_ptr<FunctionData> BindCommand(ClientContext &context,
                                            duckdb::TableFunctionBindInput &input,
                                            duckdb::vector<LogicalType> &types,
                                            duckdb::vector<std::string> &names)
{
    auto data = make_uniq<CommandBindData>();
    pgs_error err;

    data->function = &FunctionOf(input);
    data->call = make_uniq<Call>(context, *data->function, input);
    if (data->function->check) {
        Check(data->function->check(&data->call->core, &err), err);
    }
    names.push_back("Success");
    types.push_back(LogicalType::BOOLEAN);
    return std::move(data);
}

static unique_ptr<duckdb::GlobalTableFunctionState>
RunCommand(ClientContext &, duckdb::TableFunctionInitInput &input)
{
    auto &data = input.bind_data->Cast<CommandBindData>();
    pgs_error err;

    Check(data.function->run(&data.call->core, &err), err);
    return make_uniq<CommandState>();
}

static void NoRows(ClientContext &, duckdb::TableFunctionInput &, duckdb::DataChunk &)
{
}

static unique_ptr<FunctionData> BindRows(ClientContext &context,
                                         duckdb::TableFunctionBindInput &input,
                                         duckdb::vector<LogicalType> &types,
                                         duckdb::vector<std::string> &names)
{
    auto &function = FunctionOf(input);
    Call call(context, function, input);
    ColumnList columns = {types, names};
    void *bound = nullptr;
    pgs_error err;

    Check(function.bind_rows(&call.core, ToHost(columns), &bound, &err), err);
    return make_uniq<RowsBindData>(function.source, bound);
}

bool IsCommand(const duckdb::TableFunction &function)
{
    return function.init_global == RunCommand ||
           (function.bind == BindRows &&
            function.function_info->Cast<FunctionInfo>().function->runs_statements);
}

static duckdb::TableFunction Describe(const pgs_table_function &function,
                                      const duckdb::shared_ptr<Known> &known)
{
    duckdb::TableFunction result;

    if (function.bind_scan) {
        result = ScanFunction(function.name);
        result.bind = BindScan;
    } else if (function.bind_rows) {
        result = RowsFunction(function.name);
        result.bind = BindRows;
    } else {
        result = duckdb::TableFunction(function.name, {}, NoRows, BindCommand, RunCommand);
    }
    for (size_t i = 0; i < function.parameter_count; i++) {
        result.arguments.push_back(TypeOf(function.parameters[i].type));
    }
    for (size_t i = 0; i < function.named_count; i++) {
        result.named_parameters[function.named[i].name] = TypeOf(function.named[i].type);
    }
    result.function_info = duckdb::make_shared_ptr<FunctionInfo>(&function, known);
    return result;
}

void RegisterFunctions(duckdb::ExtensionLoader &loader, const pgs_extension &extension)
{
    auto known = duckdb::make_shared_ptr<Known>();

    for (auto entry = extension.functions; *entry; entry++) {
        auto &function = **entry;
        duckdb::CreateTableFunctionInfo info(Describe(function, known));
        duckdb::FunctionDescription description;

        for (size_t p = 0; p < function.parameter_count; p++) {
            description.parameter_names.push_back(function.parameters[p].name);
            description.parameter_types.push_back(TypeOf(function.parameters[p].type));
        }
        description.description = function.description;
        description.examples.push_back(function.example);
        info.descriptions.push_back(std::move(description));
        info.on_conflict = duckdb::OnCreateConflict::ALTER_ON_CONFLICT;
        loader.RegisterFunction(std::move(info));
    }
}

} // namespace pgs
