// What DuckDB's core calls at start-up to register the extensions linked into a program: none here.
// Without these definitions the linker would take them from libduckdb_generated_extension_loader.a
// and, with it, all of ICU, JSON, Parquet and TPC into the extension. Source:
// generated_extension_loader.cpp.in, duckdb/main/extension_helper.hpp, DuckDB 1.5.6.
#include "duckdb/main/extension_helper.hpp"

namespace duckdb
{

vector<string> LinkedExtensions();

vector<string> LinkedExtensions()
{
    return {};
}

void ExtensionHelper::LoadAllExtensions(DuckDB &)
{
}

ExtensionLoadResult ExtensionHelper::LoadExtension(DuckDB &, const std::string &)
{
    return ExtensionLoadResult::NOT_LOADED;
}

vector<string> ExtensionHelper::LoadedExtensionTestPaths()
{
    return {};
}

} // namespace duckdb
