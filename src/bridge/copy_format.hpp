// SPDX-License-Identifier: MIT
//
// The core's file formats of COPY, registered with DuckDB.
#pragma once

#include "bridge/host.h"
#include "duckdb/main/extension/extension_loader.hpp"

namespace pgs
{

void RegisterFormats(duckdb::ExtensionLoader &loader, const pgs_extension &extension);

} // namespace pgs
