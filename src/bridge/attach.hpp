// SPDX-License-Identifier: MIT
//
// ATTACH '…' (TYPE postgres): the storage extension.
#pragma once

#include "duckdb/storage/storage_extension.hpp"

namespace pgs
{

duckdb::shared_ptr<duckdb::StorageExtension> Storage();

} // namespace pgs
