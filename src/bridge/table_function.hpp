// SPDX-License-Identifier: MIT
//
// The core's table functions, registered with DuckDB.
#pragma once

#include "bridge/host.h"
#include "duckdb/main/extension/extension_loader.hpp"

namespace pgs
{

// Whether `function` runs statements of the user's while a query executes.
bool IsCommand(const duckdb::TableFunction &function);

void RegisterFunctions(duckdb::ExtensionLoader &loader, const pgs_extension &extension);

} // namespace pgs
