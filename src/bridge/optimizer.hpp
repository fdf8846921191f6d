// SPDX-License-Identifier: MIT
//
// What is done to a plan after DuckDB's own optimizers.
#pragma once

#include "duckdb/optimizer/optimizer_extension.hpp"

namespace pgs
{

// Tells every scan which columns it delivers and whether it is alone with its
// database, and moves LIMIT into scans.
duckdb::OptimizerExtension OptimizerRules();

} // namespace pgs
