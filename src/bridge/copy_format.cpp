// SPDX-License-Identifier: MIT
#include "bridge/copy_format.hpp"

#include "bridge/errors.hpp"
#include "bridge/rows_function.hpp"
#include "bridge/services.hpp"
#include "duckdb/function/copy_function.hpp"
#include "duckdb/parser/parsed_data/copy_info.hpp"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::FunctionData;
using duckdb::LogicalType;
using duckdb::make_uniq;
using duckdb::unique_ptr;

namespace
{

struct FormatInfo : public duckdb::CopyFunctionInfo {
    explicit FormatInfo(const pgs_copy_format *format) : format(format)
    {
    }

    const pgs_copy_format *format;
};

struct FormatTableInfo : public duckdb::TableFunctionInfo {
    explicit FormatTableInfo(const pgs_copy_format *format) : format(format)
    {
    }

    const pgs_copy_format *format;
};

// The columns of a file, and handles to them for the core.
struct Columns {
    Columns(const duckdb::vector<std::string> &names, const duckdb::vector<LogicalType> &types)
        : names(names), types(types)
    {
    }

    std::vector<duckdb_logical_type> Types()
    {
        std::vector<duckdb_logical_type> handles;
        for (auto &type : types) {
            handles.push_back(reinterpret_cast<duckdb_logical_type>(&type));
        }
        return handles;
    }
    std::vector<pgs_str> Names() const
    {
        std::vector<pgs_str> handles;
        for (auto &name : names) {
            handles.push_back(ToStr(name));
        }
        return handles;
    }

    duckdb::vector<std::string> names;
    duckdb::vector<LogicalType> types;
};

struct WriteBindData : public FunctionData {
    WriteBindData(const pgs_copy_format *format, const Columns &columns)
        : format(format), columns(columns)
    {
    }

    unique_ptr<FunctionData> Copy() const override
    {
        return make_uniq<WriteBindData>(format, columns);
    }
    bool Equals(const FunctionData &other) const override
    {
        return this == &other;
    }

    const pgs_copy_format *format;
    Columns columns;
};

struct WriteState : public duckdb::GlobalFunctionData {
    explicit WriteState(const pgs_copy_format *format) : format(format)
    {
    }
    ~WriteState() override
    {
        format->free_writer(writer);
    }

    const pgs_copy_format *format;
    pgs_copy_writer *writer = nullptr;
};

} // namespace

static void RefuseOptions(const duckdb::CopyInfo &info)
{
    for (auto &option : info.options) {
        throw duckdb::BinderException("Unrecognized option for COPY (FORMAT %s): %s", info.format,
                                      option.first);
    }
}

static unique_ptr<FunctionData> BindWrite(ClientContext &, duckdb::CopyFunctionBindInput &input,
                                          const duckdb::vector<std::string> &names,
                                          const duckdb::vector<LogicalType> &types)
{
    auto format = input.function_info->Cast<FormatInfo>().format;
    Columns columns(names, types);
    pgs_error err;

    RefuseOptions(input.info);
    Check(format->check_writer(columns.Types().data(), columns.Names().data(), types.size(), &err),
          err);
    return make_uniq<WriteBindData>(format, columns);
}

static unique_ptr<duckdb::GlobalFunctionData>
InitGlobal(ClientContext &context, FunctionData &bind_data, const std::string &path)
{
    auto &data = bind_data.Cast<WriteBindData>();
    auto state = make_uniq<WriteState>(data.format);
    pgs_error err;

    Check(data.format->open_writer(ToHost(context), path.c_str(), data.columns.Types().data(),
                                   data.columns.Names().data(), data.columns.types.size(),
                                   &state->writer, &err),
          err);
    return std::move(state);
}

static unique_ptr<duckdb::LocalFunctionData> InitLocal(duckdb::ExecutionContext &, FunctionData &)
{
    return make_uniq<duckdb::LocalFunctionData>();
}

static void Sink(duckdb::ExecutionContext &, FunctionData &, duckdb::GlobalFunctionData &global,
                 duckdb::LocalFunctionData &, duckdb::DataChunk &input)
{
    auto &state = global.Cast<WriteState>();
    pgs_error err;

    input.Flatten();
    Check(state.format->write(state.writer, reinterpret_cast<duckdb_data_chunk>(&input), &err),
          err);
}

static void Combine(duckdb::ExecutionContext &, FunctionData &, duckdb::GlobalFunctionData &,
                    duckdb::LocalFunctionData &)
{
}

static void Finalize(ClientContext &, FunctionData &, duckdb::GlobalFunctionData &global)
{
    auto &state = global.Cast<WriteState>();
    pgs_error err;

    Check(state.format->finish(state.writer, &err), err);
}

static unique_ptr<FunctionData> BindRead(ClientContext &, duckdb::CopyFromFunctionBindInput &input,
                                         duckdb::vector<std::string> &names,
                                         duckdb::vector<LogicalType> &types)
{
    auto format = input.tf.function_info->Cast<FormatTableInfo>().format;
    Columns columns(names, types);
    void *bound = nullptr;
    pgs_error err;

    RefuseOptions(input.info);
    Check(format->bind_reader(input.info.file_path.c_str(), columns.Types().data(),
                              columns.Names().data(), types.size(), &bound, &err),
          err);
    return make_uniq<RowsBindData>(format->reader, bound);
}

void RegisterFormats(duckdb::ExtensionLoader &loader, const pgs_extension &extension)
{
    for (auto entry = extension.formats; *entry; entry++) {
        duckdb::CopyFunction function((*entry)->name);

        function.function_info = duckdb::make_shared_ptr<FormatInfo>(*entry);
        function.copy_to_bind = BindWrite;
        function.copy_to_initialize_global = InitGlobal;
        function.copy_to_initialize_local = InitLocal;
        function.copy_to_sink = Sink;
        function.copy_to_combine = Combine;
        function.copy_to_finalize = Finalize;
        function.copy_from_bind = BindRead;
        function.copy_from_function = RowsFunction((*entry)->name);
        function.copy_from_function.function_info =
            duckdb::make_shared_ptr<FormatTableInfo>(*entry);
        function.extension = "pgbin";
        loader.RegisterFunction(std::move(function));
    }
}

} // namespace pgs
