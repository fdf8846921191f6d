// SPDX-License-Identifier: MIT
#include "bridge/rows_function.hpp"

#include "bridge/errors.hpp"
#include "bridge/services.hpp"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::FunctionData;
using duckdb::GlobalTableFunctionState;
using duckdb::LogicalType;
using duckdb::make_uniq;
using duckdb::unique_ptr;

unique_ptr<FunctionData> RowsBindData::Copy() const
{
    return make_uniq<RowsBindData>(rows);
}

bool RowsBindData::Equals(const FunctionData &other) const
{
    return this == &other;
}

namespace
{

struct RowsState : public GlobalTableFunctionState {
    explicit RowsState(duckdb::shared_ptr<BoundRows> bound) : bound(std::move(bound))
    {
    }
    ~RowsState() override
    {
        if (rows) {
            bound->source->close(rows);
        }
    }

    duckdb::shared_ptr<BoundRows> bound;
    void *rows = nullptr;
};

} // namespace

static unique_ptr<GlobalTableFunctionState> Open(ClientContext &context,
                                                 duckdb::TableFunctionInitInput &input)
{
    auto state = make_uniq<RowsState>(input.bind_data->Cast<RowsBindData>().rows);
    pgs_error err;

    Check(state->bound->source->open(state->bound->core, ToHost(context), &state->rows, &err), err);
    return std::move(state);
}

static void Next(ClientContext &, duckdb::TableFunctionInput &input, duckdb::DataChunk &output)
{
    auto &state = input.global_state->Cast<RowsState>();
    size_t rows = 0;
    pgs_error err;

    Check(state.bound->source->next(state.rows, reinterpret_cast<duckdb_data_chunk>(&output), &rows,
                                    &err),
          err);
    output.SetCardinality(rows);
}

duckdb::TableFunction RowsFunction(const std::string &name)
{
    duckdb::TableFunction function(name, {}, Next, nullptr, Open);

    function.verify_serialization = false;
    return function;
}

LogicalType TypeOf(duckdb_type type)
{
    auto handle = duckdb_create_logical_type(type);
    LogicalType result = *reinterpret_cast<LogicalType *>(handle);

    duckdb_destroy_logical_type(&handle);
    return result;
}

} // namespace pgs

pgs_status pgs_host_add_column(pgs_host_columns *columns, pgs_str name, duckdb_logical_type type,
                               pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto &list = *reinterpret_cast<pgs::ColumnList *>(columns);
        list.names.push_back(pgs::FromStr(name));
        list.types.push_back(*reinterpret_cast<duckdb::LogicalType *>(type));
    });
}

pgs_status pgs_host_add_plain_column(pgs_host_columns *columns, const char *name, duckdb_type type,
                                     pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto &list = *reinterpret_cast<pgs::ColumnList *>(columns);
        list.names.push_back(name);
        list.types.push_back(pgs::TypeOf(type));
    });
}
