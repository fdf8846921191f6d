// SPDX-License-Identifier: MIT
#include "bridge/services.hpp"

#include "bridge/catalog.hpp"
#include "bridge/errors.hpp"
#include "bridge/sent_statements.hpp"
#include "bridge/transaction.hpp"
#include "duckdb/common/printer.hpp"
#include "duckdb/common/types/vector.hpp"
#include "duckdb/logging/log_manager.hpp"
#include "duckdb/logging/log_type.hpp"
#include "duckdb/logging/logger.hpp"
#include "duckdb/main/attached_database.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/main/connection.hpp"
#include "duckdb/main/database_manager.hpp"
#include "duckdb/main/settings.hpp"
#include "duckdb/parallel/task_scheduler.hpp"
#include "duckdb/transaction/meta_transaction.hpp"
#include "settings/read.h"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::LogicalType;
using duckdb::Value;

static const char *const QUERY_LOG = "PostgresQueryLog";

static bool Requested(void *context)
{
    return static_cast<ClientContext *>(context)->IsInterrupted();
}

pgs_interrupt InterruptOf(ClientContext &context)
{
    pgs_interrupt interrupt = {Requested, &context};
    return interrupt;
}

// A failing log must not fail the statement it tells about.
static void LogStatement(void *argument, const pgs_sent *sent) noexcept
{
    try {
        auto &log = *static_cast<QueryLog *>(argument);
        auto &context = log.context;
        auto &logger = duckdb::Logger::Get(context);

        SentStatements::Of(context)->Add(log.database, *sent);
        if (pgs_setting_bool(ToHost(context), "pg_debug_show_queries", false)) {
            duckdb::Printer::Print(duckdb::OutputStream::STREAM_STDOUT, FromStr(sent->sql));
        }
        if (!logger.ShouldLog(QUERY_LOG, duckdb::LogLevel::LOG_DEBUG)) {
            return;
        }
        duckdb::child_list_t<Value> fields;
        fields.emplace_back("query", Value(FromStr(sent->sql)));
        fields.emplace_back("duration_ms", Value::BIGINT(sent->duration_us / 1000));
        logger.WriteLog(QUERY_LOG, duckdb::LogLevel::LOG_DEBUG,
                        Value::STRUCT(std::move(fields)).ToString());
    } catch (...) {
        return;
    }
}

pgs_query_log QueryLog::Core()
{
    pgs_query_log core = {LogStatement, this};
    return core;
}

void RegisterQueryLog(duckdb::DatabaseInstance &db)
{
    duckdb::child_list_t<LogicalType> fields = {{"query", LogicalType::VARCHAR},
                                                {"duration_ms", LogicalType::BIGINT}};

    db.GetLogManager().RegisterLogType(duckdb::make_uniq<duckdb::LogType>(
        QUERY_LOG, duckdb::LogLevel::LOG_DEBUG, LogicalType::STRUCT(std::move(fields))));
}

pgs_codec_options CodecOptions(ClientContext &context, std::string &replacement)
{
    pgs_codec_options options = {};
    Value value;

    options.numeric_nan_as_null =
        pgs_setting_bool(ToHost(context), "pg_numeric_nan_as_null", false);
    if (context.TryGetCurrentSetting("pg_null_byte_replacement", value) && !value.IsNull()) {
        replacement = value.ToString();
        options.null_byte_replacement = ToStr(replacement);
    }
    return options;
}

// The attached database called `name`, when it is ours.
static Catalog *FindCatalog(ClientContext &context, const std::string &name, const char *function)
{
    auto entry = duckdb::Catalog::GetCatalogEntry(context, name);

    if (!entry) {
        throw duckdb::BinderException("Failed to find attached database \"%s\" referenced in %s",
                                      name, function);
    }
    if (entry->GetCatalogType() != Catalog::TYPE) {
        throw duckdb::BinderException(
            "Attached database \"%s\" does not refer to a Postgres database", name);
    }
    return static_cast<Catalog *>(entry.get());
}

// Text holds every value of a plain type, and a FLOAT stands for what is near it;
// what else is cast must come back.
static bool IsExact(ClientContext &context, const Value &value, const Value &cast)
{
    Value back;
    std::string reason;

    if (value.type() == cast.type() || cast.type().id() == duckdb::LogicalTypeId::VARCHAR ||
        cast.type().id() == duckdb::LogicalTypeId::FLOAT) {
        return true;
    }
    return cast.TryCastAs(context, value.type(), back, &reason) &&
           Value::NotDistinctFrom(value, back);
}

static void CastInto(ClientContext &context, const Value &value, duckdb::Vector &target)
{
    auto &type = target.GetType();
    auto is_plain_text = type.id() == duckdb::LogicalTypeId::VARCHAR && !type.HasAlias();
    Value cast;
    std::string reason;

    if ((is_plain_text && value.type().IsNested()) ||
        !value.TryCastAs(context, type, cast, &reason)) {
        throw duckdb::BinderException("cannot cast %s to %s%s", value.type().ToString(),
                                      type.ToString(), reason.empty() ? "" : ": " + reason);
    }
    if (!IsExact(context, value, cast)) {
        throw duckdb::BinderException("%s %s cannot be cast to %s exactly", value.type().ToString(),
                                      value.ToString(), type.ToString());
    }
    target.SetValue(0, cast);
}

} // namespace pgs

using duckdb::LogicalType;
using pgs::FromHost;
using pgs::FromStr;

char *pgs_host_string_alloc(void *vector, size_t size_bytes)
{
    try {
        auto &target = *static_cast<duckdb::Vector *>(vector);
        return duckdb::StringVector::EmptyString(target, size_bytes).GetPointer();
    } catch (...) {
        return nullptr;
    }
}

pgs_interrupt pgs_host_interrupt(pgs_host_context *context)
{
    return pgs::InterruptOf(FromHost(context));
}

pgs_status pgs_host_transaction(pgs_host_context *context, pgs_str name, const char *function,
                                pgs_transaction **transaction, pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto catalog = pgs::FindCatalog(FromHost(context), FromStr(name), function);
        *transaction = pgs::Transaction::Get(FromHost(context), *catalog).Core();
    });
}

pgs_status pgs_host_begin_write(pgs_host_context *context, pgs_str name, pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto &client = FromHost(context);
        auto catalog = pgs::FindCatalog(client, FromStr(name), "a statement that writes");
        duckdb::MetaTransaction::Get(client).ModifyDatabase(catalog->GetAttached(),
                                                            duckdb::DatabaseModificationType());
    });
}

void pgs_host_each_database(pgs_host_context *context,
                            void (*each)(void *argument, pgs_str name, pgs_database *database),
                            void *argument)
{
    pgs_error err;
    auto status = pgs::Guarded(&err, [&]() {
        auto &client = FromHost(context);
        for (auto &db : duckdb::DatabaseManager::Get(client).GetDatabases(client)) {
            auto &catalog = db->GetCatalog();
            if (catalog.GetCatalogType() == pgs::Catalog::TYPE) {
                each(argument, pgs::ToStr(db->GetName()), catalog.Cast<pgs::Catalog>().Core());
            }
        }
    });
    (void)status;
}

duckdb_value pgs_host_setting(pgs_host_context *context, const char *name)
{
    try {
        duckdb::Value value;
        if (!FromHost(context).TryGetCurrentSetting(name, value) || value.IsNull()) {
            return nullptr;
        }
        return reinterpret_cast<duckdb_value>(new duckdb::Value(std::move(value)));
    } catch (...) {
        return nullptr;
    }
}

pgs_status pgs_host_set_global(pgs_host_context *context, const char *name, duckdb_value value,
                               pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto &config = duckdb::DBConfig::GetConfig(FromHost(context));
        config.SetOption(std::string(name), *reinterpret_cast<duckdb::Value *>(value));
    });
}

pgs_status pgs_host_check_external_access(pgs_host_context *context, pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        if (!duckdb::Settings::Get<duckdb::EnableExternalAccessSetting>(FromHost(context))) {
            throw duckdb::PermissionException(
                "Attaching Postgres databases is disabled through configuration");
        }
    });
}

pgs_str pgs_host_text(duckdb_value value)
{
    auto &source = *reinterpret_cast<duckdb::Value *>(value);
    pgs_str none = {nullptr, 0};

    if (source.IsNull() || source.type().InternalType() != duckdb::PhysicalType::VARCHAR) {
        return none;
    }
    return pgs::ToStr(duckdb::StringValue::Get(source));
}

pgs_status pgs_host_cast(pgs_host_context *context, duckdb_value value, duckdb_vector target,
                         pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        pgs::CastInto(FromHost(context), *reinterpret_cast<duckdb::Value *>(value),
                      *reinterpret_cast<duckdb::Vector *>(target));
    });
}

pgs_status pgs_host_execute(pgs_host_context *context, const char *const *sql, size_t count,
                            pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        duckdb::Connection connection(duckdb::DatabaseInstance::GetDatabase(FromHost(context)));

        connection.BeginTransaction();
        for (size_t i = 0; i < count; i++) {
            auto result = connection.Query(sql[i]);
            if (result->HasError()) {
                result->ThrowError();
            }
        }
        connection.Commit();
    });
}

pgs_status pgs_host_parse_type(pgs_host_context *context, const char *text,
                               duckdb_logical_type *type, pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto parsed = duckdb::TransformStringToLogicalType(text, FromHost(context));
        *type = reinterpret_cast<duckdb_logical_type>(new LogicalType(parsed));
    });
}

struct pgs_host_facts pgs_host_facts(pgs_host_context *context)
{
    auto &client = FromHost(context);
    struct pgs_host_facts facts = {
        static_cast<size_t>(duckdb::TaskScheduler::GetScheduler(client).NumberOfThreads()),
        client.transaction.IsAutoCommit()};
    return facts;
}
