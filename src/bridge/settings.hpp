// SPDX-License-Identifier: MIT
//
// The core's settings, registered with DuckDB.
#pragma once

#include "bridge/host.h"
#include "duckdb.hpp"

namespace pgs
{

void RegisterSettings(duckdb::DatabaseInstance &db, const pgs_extension &extension);

} // namespace pgs
