// SPDX-License-Identifier: MIT
#include "bridge/attach.hpp"

#include "bridge/catalog.hpp"
#include "bridge/errors.hpp"
#include "bridge/secrets.hpp"
#include "bridge/services.hpp"
#include "bridge/transaction.hpp"
#include "duckdb/common/string_util.hpp"
#include "duckdb/main/settings.hpp"
#include "duckdb/parser/parsed_data/attach_info.hpp"
#include "link/conninfo.h"
#include "settings/pool_settings.h"

namespace pgs
{

using duckdb::BinderException;
using duckdb::ClientContext;
using duckdb::StringUtil;
using duckdb::unique_ptr;
using duckdb::Value;

namespace
{

// The options of one ATTACH; the strings that the core's struct borrows.
struct Options {
    pgs_database_options core;
    std::vector<std::string> schemas;
    std::vector<pgs_str> schema_names;
    std::string secret; // its name; empty: the default one
};

} // namespace

static std::string SchemaName(const Value &value, const char *subject)
{
    if (value.IsNull()) {
        throw BinderException("%s for \"SCHEMA\" option must not be null", subject);
    }
    auto name = value.ToString();
    if (name.empty()) {
        throw BinderException("%s \"SCHEMA\" option must be not empty", subject);
    }
    return name;
}

static void SchemaOption(Options &options, const Value &value)
{
    auto type = value.type().id();

    if (type == duckdb::LogicalTypeId::VARCHAR) {
        options.schemas.push_back(SchemaName(value, "Value"));
    } else if (type == duckdb::LogicalTypeId::LIST && !value.IsNull()) {
        for (auto &child : duckdb::ListValue::GetChildren(value)) {
            options.schemas.push_back(SchemaName(child, "Values"));
        }
    } else {
        throw BinderException("Value for \"SCHEMA\" option must be either \"VARCHAR\" or "
                              "\"VARCHAR[]\", was: \"%s\"",
                              value.type().ToString());
    }
}

static pgs_isolation IsolationOption(const Value &value)
{
    auto name = StringUtil::Lower(value.ToString());

    if (name == "read committed") {
        return PGS_ISOLATION_READ_COMMITTED;
    }
    if (name == "repeatable read") {
        return PGS_ISOLATION_REPEATABLE_READ;
    }
    if (name == "serializable") {
        return PGS_ISOLATION_SERIALIZABLE;
    }
    throw BinderException("Invalid value \"%s\" for isolation_level, expected READ COMMITTED, "
                          "REPEATABLE READ or SERIALIZABLE",
                          value.ToString());
}

static pgs_copy_use TextProtocolOption(const Value &value)
{
    auto name = StringUtil::Lower(value.ToString());

    if (value.IsNull()) {
        throw BinderException("Value for \"USE_TEXT_PROTOCOL\" option must not be null");
    }
    if (name == "auto") {
        return PGS_COPY_BY_SETTING;
    }
    if (name == "true") {
        return PGS_COPY_NEVER;
    }
    if (name == "false") {
        return PGS_COPY_ALWAYS;
    }
    throw BinderException(
        "Invalid value \"%s\" for use_text_protocol, expected TRUE, FALSE or AUTO",
        value.ToString());
}

static void ReadOptions(ClientContext &context, duckdb::AttachOptions &attach, Options &options)
{
    for (auto &entry : attach.options) {
        auto name = StringUtil::Lower(entry.first);

        if (name == "schema") {
            SchemaOption(options, entry.second);
        } else if (name == "isolation_level") {
            options.core.session.isolation = IsolationOption(entry.second);
        } else if (name == "secret") {
            options.secret = entry.second.ToString();
        } else if (name == "use_text_protocol") {
            options.core.copy_use = TextProtocolOption(entry.second);
        } else {
            throw BinderException("Unrecognized option for Postgres attach: %s", entry.first);
        }
    }
    for (auto &schema : options.schemas) {
        options.schema_names.push_back(ToStr(schema));
    }
    auto &core = options.core;
    core.session.read_only = attach.access_mode == duckdb::AccessMode::READ_ONLY;
    core.catalog.schemas = options.schema_names.data();
    core.catalog.schema_count = options.schema_names.size();
    pgs_pool_options_of_settings(ToHost(context), &core.pool);
}

static unique_ptr<duckdb::Catalog> Attach(duckdb::optional_ptr<duckdb::StorageExtensionInfo>,
                                          ClientContext &context, duckdb::AttachedDatabase &db,
                                          const std::string &name, duckdb::AttachInfo &info,
                                          duckdb::AttachOptions &attach)
{
    auto interrupt = InterruptOf(context);
    QueryLog query_log(context, name);
    auto log = query_log.Core();
    pgs_database *core = nullptr;
    Options options = {};
    pgs_error err;

    if (!duckdb::Settings::Get<duckdb::EnableExternalAccessSetting>(context)) {
        throw duckdb::PermissionException(
            "Attaching Postgres databases is disabled through configuration");
    }
    ReadOptions(context, attach, options);
    Secret secret(context, options.secret, info.path);
    options.core.secret = secret.Use().options;
    options.core.secret_count = secret.Use().option_count;
    Check(pgs_database_open(secret.Use().text, &options.core, &interrupt, &log, &core, &err), err);
    auto conninfo = pgs_pool_conninfo(core->pool);
    auto shown = info.path.empty() ? "" : pgs_conninfo_display(conninfo); // a secret may be a URI
    auto catalog = duckdb::make_uniq<Catalog>(db, core, shown);
    // Without AS, DuckDB names the database after the connection string.
    if (name.find_first_of("=@") != std::string::npos &&
        pgs_conninfo_is_in(conninfo, name.c_str())) {
        throw BinderException("the name of the database would show its password: give it one "
                              "with ATTACH ... AS name");
    }
    return std::move(catalog);
}

static unique_ptr<duckdb::TransactionManager>
CreateTransactionManager(duckdb::optional_ptr<duckdb::StorageExtensionInfo>,
                         duckdb::AttachedDatabase &db, duckdb::Catalog &catalog)
{
    return duckdb::make_uniq<TransactionManager>(db, catalog.Cast<Catalog>());
}

duckdb::shared_ptr<duckdb::StorageExtension> Storage()
{
    auto storage = duckdb::make_shared_ptr<duckdb::StorageExtension>();

    storage->attach = Attach;
    storage->create_transaction_manager = CreateTransactionManager;
    return storage;
}

} // namespace pgs
