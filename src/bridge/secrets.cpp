// SPDX-License-Identifier: MIT
#include "bridge/secrets.hpp"

#include "base/alloc.h"
#include "bridge/errors.hpp"
#include "bridge/services.hpp"
#include "duckdb/catalog/catalog_transaction.hpp"
#include "duckdb/common/string_util.hpp"
#include "duckdb/main/secret/secret_manager.hpp"

namespace pgs
{

using duckdb::BaseSecret;
using duckdb::BinderException;
using duckdb::ClientContext;
using duckdb::KeyValueSecret;
using duckdb::unique_ptr;

static const char *const TYPE = "postgres";
static const char *const PROVIDER = "config";
static const char *const DEFAULT_NAME = "__default_postgres";

static unique_ptr<BaseSecret> Create(ClientContext &, duckdb::CreateSecretInput &input)
{
    auto secret =
        duckdb::make_uniq<KeyValueSecret>(input.scope, input.type, input.provider, input.name);

    for (auto &option : input.options) {
        auto parameter = duckdb::StringUtil::Lower(option.first);
        auto keyword = FromStr(pgs_secret_keyword(ToStr(parameter)));

        if (!secret->secret_map.emplace(keyword, option.second.ToString()).second) {
            throw BinderException("\"%s\" is given twice: as itself and as \"%s\"", keyword,
                                  parameter);
        }
        if (pgs_secret_is_hidden(ToStr(keyword))) {
            secret->redact_keys.insert(keyword);
        }
    }
    return std::move(secret);
}

static void AddParameter(void *context, const char *name)
{
    auto &parameters = *static_cast<duckdb::named_parameter_type_map_t *>(context);

    parameters[name] = duckdb::LogicalType::VARCHAR;
}

static void RegisterType(duckdb::ExtensionLoader &loader, const char *name, const char *provider,
                         const char *extension)
{
    duckdb::SecretType type;

    type.name = name;
    type.deserializer = KeyValueSecret::Deserialize<KeyValueSecret>;
    type.default_provider = provider;
    type.extension = extension;
    loader.RegisterSecretType(type);
}

void RegisterSecrets(duckdb::ExtensionLoader &loader, const char *extension)
{
    duckdb::CreateSecretFunction function;
    pgs_error err;

    function.secret_type = TYPE;
    function.provider = PROVIDER;
    function.function = Create;
    Check(pgs_secret_each_parameter(AddParameter, &function.named_parameters, &err), err);
    RegisterType(loader, TYPE, PROVIDER, extension);
    loader.RegisterFunction(std::move(function));
    // Its provider is in DuckDB's aws extension.
    RegisterType(loader, "rds", "credential_chain", extension);
}

Secret::Secret(ClientContext &context, const std::string &name, const std::string &path) : use()
{
    auto transaction = duckdb::CatalogTransaction::GetSystemCatalogTransaction(context);
    auto entry = duckdb::SecretManager::Get(context).GetSecretByName(
        transaction, name.empty() ? DEFAULT_NAME : name);
    pgs_error err;

    if (!entry && !name.empty()) {
        throw BinderException("Secret with name \"%s\" not found", name);
    }
    if (entry && entry->secret->GetType() != TYPE) {
        throw BinderException("Secret \"%s\" is of type \"%s\", expected \"%s\"", name,
                              entry->secret->GetType(), TYPE);
    }
    if (entry) {
        // By its type: dynamic_cast does not cross the border to the host.
        for (auto &pair : static_cast<const KeyValueSecret &>(*entry->secret).secret_map) {
            values.emplace_back(pair.first, pair.second.ToString());
        }
    }
    for (auto &value : values) {
        options.push_back({ToStr(value.first), ToStr(value.second)});
    }
    Check(
        pgs_secret_use_for(options.data(), options.size(), ToStr(path), !name.empty(), &use, &err),
        err);
}

Secret::~Secret()
{
    for (auto &value : values) {
        pgs_wipe(&value.second[0], value.second.size());
    }
}

} // namespace pgs
