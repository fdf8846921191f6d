// SPDX-License-Identifier: MIT
//
// Where DuckDB enters when the extension is loaded.
#include "bridge/attach.hpp"
#include "bridge/copy_format.hpp"
#include "bridge/host.h"
#include "bridge/optimizer.hpp"
#include "bridge/scalar_function.hpp"
#include "bridge/secrets.hpp"
#include "bridge/server_text.hpp"
#include "bridge/services.hpp"
#include "bridge/settings.hpp"
#include "bridge/table_function.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

extern "C" __attribute__((visibility("default"))) void
postgres_scanner_duckdb_cpp_init(duckdb::ExtensionLoader &loader)
{
    auto &extension = *pgs_extension_describe();
    auto &db = loader.GetDatabaseInstance();
    auto &config = duckdb::DBConfig::GetConfig(db);

    loader.SetDescription(extension.description);
    pgs::RegisterQueryLog(db);
    pgs::RegisterSettings(db, extension);
    pgs::RegisterFunctions(loader, extension);
    pgs::RegisterServerText(loader);
    pgs::RegisterScalars(loader, extension);
    pgs::RegisterFormats(loader, extension);
    pgs::RegisterSecrets(loader, extension.name);
    duckdb::StorageExtension::Register(config, extension.name, pgs::Storage());
    duckdb::OptimizerExtension::Register(config, pgs::OptimizerRules());
}
