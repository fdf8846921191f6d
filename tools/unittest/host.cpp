// SPDX-License-Identifier: MIT
//
// host.h over DuckDB's C++ classes. Nothing else of the runner sees them.
#include "host.h"

#include "duckdb.hpp"
#include "duckdb/common/crypto/md5.hpp"
#include "duckdb/common/string_util.hpp"
#include "duckdb/main/database.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/main/extension_entries.hpp"
#include "duckdb/main/extension_helper.hpp"
#include "re2/re2.h"

#include <cstdlib>
#include <cstring>

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::Value;

// Linked in, but not known to DuckDB's own list of linked extensions.
extern "C" void tpch_duckdb_cpp_init(duckdb::ExtensionLoader &loader);
extern "C" void tpcds_duckdb_cpp_init(duckdb::ExtensionLoader &loader);

struct LinkedTpch : duckdb::Extension {
    void Load(duckdb::ExtensionLoader &loader) override
    {
        tpch_duckdb_cpp_init(loader);
    }
    std::string Name() override
    {
        return "tpch";
    }
};

struct LinkedTpcds : duckdb::Extension {
    void Load(duckdb::ExtensionLoader &loader) override
    {
        tpcds_duckdb_cpp_init(loader);
    }
    std::string Name() override
    {
        return "tpcds";
    }
};

struct host_database {
    duckdb::DuckDB duckdb;

    host_database(const char *path, duckdb::DBConfig *config) : duckdb(path, config)
    {
        duckdb.LoadStaticExtension<LinkedTpch>();
        duckdb.LoadStaticExtension<LinkedTpcds>();
    }
};

struct host_connection {
    duckdb::Connection connection;

    explicit host_connection(host_database &database) : connection(database.duckdb)
    {
    }
};

static char *copy(const std::string &source)
{
    return copy_bytes(source.data(), source.size());
}

// The text of whatever is being handled by a catch (...).
static char *describe_exception() noexcept
{
    try {
        throw;
    } catch (const std::exception &exception) {
        duckdb::ErrorData error(exception);
        return copy(error.Message());
    } catch (...) {
        return copy_string("unknown C++ exception");
    }
}

static void fill_config(duckdb::DBConfig &config, const host_config &wanted)
{
    config.SetOptionByName("allow_unsigned_extensions", Value::BOOLEAN(true));
    config.SetOptionByName("allow_unredacted_secrets", Value::BOOLEAN(true));
    config.SetOptionByName("autoload_known_extensions", Value::BOOLEAN(wanted.autoload));
    config.SetOptionByName("autoinstall_known_extensions", Value::BOOLEAN(wanted.autoload));
    config.SetOptionByName("extension_directory", Value(wanted.extension_directory));
    config.SetOptionByName("secret_directory", Value(wanted.secret_directory));
    if (wanted.repository != nullptr) {
        config.SetOptionByName("custom_extension_repository", Value(wanted.repository));
        config.SetOptionByName("autoinstall_extension_repository", Value(wanted.repository));
    }
    if (wanted.read_only) {
        config.options.access_mode = duckdb::AccessMode::READ_ONLY;
        config.options.use_temporary_directory = false;
    }
    if (wanted.storage_version != nullptr) {
        config.options.serialization_compatibility =
            duckdb::SerializationCompatibility::FromString(wanted.storage_version);
    }
}

extern "C" host_database *host_database_open(const host_config *wanted, char **error)
{
    try {
        duckdb::DBConfig config;
        fill_config(config, *wanted);
        return new host_database(wanted->path[0] == '\0' ? nullptr : wanted->path, &config);
    } catch (...) {
        *error = describe_exception();
        return nullptr;
    }
}

extern "C" void host_database_close(host_database *database)
{
    delete database;
}

extern "C" host_connection *host_connection_open(host_database *database, char **error)
{
    try {
        return new host_connection(*database);
    } catch (...) {
        *error = describe_exception();
        return nullptr;
    }
}

extern "C" void host_connection_close(host_connection *connection)
{
    delete connection;
}

// A value as the dialect writes it: NULL, 1 and 0 for booleans, (empty), zero bytes as \0.
static std::string value_text(duckdb::ClientContext &context, const Value &value)
{
    if (value.IsNull()) {
        return "NULL";
    }
    if (value.type().id() == LogicalTypeId::BOOLEAN) {
        return duckdb::BooleanValue::Get(value) ? "1" : "0";
    }
    std::string text = value.CastAs(context, LogicalType::VARCHAR).ToString();
    if (text.empty()) {
        return "(empty)";
    }
    return duckdb::StringUtil::Replace(text, std::string("\0", 1), "\\0");
}

static host_kind kind_of(const LogicalType &type)
{
    if (type.IsNumeric()) {
        return HOST_KIND_NUMERIC;
    }
    return type.id() == LogicalTypeId::BOOLEAN ? HOST_KIND_BOOLEAN : HOST_KIND_OTHER;
}

static void fill_columns(duckdb::MaterializedQueryResult &from, host_result &result)
{
    result.column_count = from.ColumnCount();
    result.names = static_cast<char **>(allocate(result.column_count * sizeof(char *)));
    result.kinds = static_cast<int *>(allocate(result.column_count * sizeof(int)));
    auto *types = new duckdb::vector<LogicalType>(from.types);
    result.types = types;
    for (size_t column = 0; column < result.column_count; column++) {
        result.names[column] = copy(from.names[column]);
        result.kinds[column] = kind_of((*types)[column]);
    }
}

static void fill_rows(duckdb::MaterializedQueryResult &from, duckdb::ClientContext &context,
                      host_result &result)
{
    size_t count = from.RowCount() * from.ColumnCount();
    result.values = static_cast<char **>(allocate(count * sizeof(char *)));
    std::memset(result.values, 0, count * sizeof(char *));
    result.row_count = from.RowCount();
    size_t row = 0;
    for (auto &chunk : from.Collection().Chunks()) {
        for (size_t chunk_row = 0; chunk_row < chunk.size(); chunk_row++, row++) {
            for (size_t column = 0; column < result.column_count; column++) {
                result.values[row * result.column_count + column] =
                    copy(value_text(context, chunk.GetValue(column, chunk_row)));
            }
        }
    }
}

extern "C" void host_query(host_connection *connection, host_connection *converter, const char *sql,
                           host_result *result)
{
    std::memset(result, 0, sizeof(*result));
    try {
        auto answer = connection->connection.Query(sql);
        if (answer->HasError()) {
            result->error = copy(answer->GetError());
            return;
        }
        fill_columns(*answer, *result);
        fill_rows(*answer, *converter->connection.context, *result);
    } catch (...) {
        result->error = describe_exception();
    }
}

extern "C" void host_result_release(host_result *result)
{
    if (result->values != nullptr) {
        for (size_t i = 0; i < result->row_count * result->column_count; i++) {
            std::free(result->values[i]);
        }
    }
    if (result->names != nullptr) {
        for (size_t i = 0; i < result->column_count; i++) {
            std::free(result->names[i]);
        }
    }
    std::free(result->error);
    std::free(result->values);
    std::free(result->names);
    std::free(result->kinds);
    delete static_cast<duckdb::vector<LogicalType> *>(result->types);
    std::memset(result, 0, sizeof(*result));
}

static bool text_to_value(duckdb::ClientContext &context, const char *text, const LogicalType &type,
                          Value &value)
{
    if (std::strcmp(text, "NULL") == 0) {
        value = Value(type);
        return true;
    }
    value = Value(text);
    return value.TryCastAs(context, type);
}

extern "C" bool host_values_equal(host_connection *converter, const host_result *result,
                                  size_t column, const char *left, const char *right)
{
    try {
        auto &context = *converter->connection.context;
        auto &type = (*static_cast<duckdb::vector<LogicalType> *>(result->types))[column];
        Value left_value;
        Value right_value;
        return text_to_value(context, left, type, left_value) &&
               text_to_value(context, right, type, right_value) &&
               Value::ValuesAreEqual(context, left_value, right_value);
    } catch (...) {
        return false;
    }
}

extern "C" bool host_regex_matches(const char *text, const char *pattern, char **error)
{
    try {
        duckdb_re2::RE2::Options options;
        options.set_dot_nl(true);
        options.set_log_errors(false);
        duckdb_re2::RE2 regex(pattern, options);
        if (!regex.ok()) {
            *error = copy(regex.error());
            return false;
        }
        return duckdb_re2::RE2::FullMatch(text, regex);
    } catch (...) {
        *error = describe_exception();
        return false;
    }
}

extern "C" void host_hash(char *const *values, size_t count, char hex[33])
{
    duckdb::MD5Context context;
    for (size_t i = 0; i < count; i++) {
        context.Add(values[i]);
        context.Add("\n");
    }
    std::memcpy(hex, context.FinishHex().c_str(), 33);
}

extern "C" bool host_extension_is_loaded(host_database *database, const char *name)
{
    try {
        return database->duckdb.ExtensionIsLoaded(name);
    } catch (...) {
        return false;
    }
}

extern "C" bool host_extension_is_autoloadable(const char *name)
{
    for (auto known : duckdb::AUTOLOADABLE_EXTENSIONS) {
        if (std::strcmp(known, name) == 0) {
            return true;
        }
    }
    return false;
}

extern "C" char *host_repository_folder(void)
{
    std::string version = duckdb::ExtensionHelper::GetVersionDirectoryName();
    return copy(version + "/" + duckdb::DuckDB::Platform());
}

extern "C" size_t host_vector_size(void)
{
    return STANDARD_VECTOR_SIZE;
}
