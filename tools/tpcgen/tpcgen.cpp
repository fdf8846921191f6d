// SPDX-License-Identifier: MIT
//
// tpcgen: runs SQL in a DuckDB in memory that has tpch and tpcds linked in, so that test data can
// be made without a network. Not a shell: results are dropped, the work is done by COPY and EXPORT.
//
//   tpcgen -c 'CALL dbgen(sf = 0.01)' -c 'EXPORT DATABASE ...'
//   tpcgen < script.sql
//
// C++ because DuckDB's C API has no way to load a linked extension.
#include "duckdb.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

#include <cstring>
#include <iostream>
#include <iterator>

extern "C" void tpch_duckdb_cpp_init(duckdb::ExtensionLoader &loader);
extern "C" void tpcds_duckdb_cpp_init(duckdb::ExtensionLoader &loader);

struct LinkedTpch : duckdb::Extension {
    void Load(duckdb::ExtensionLoader &loader) override
    {
        tpch_duckdb_cpp_init(loader);
    }
    std::string Name() override
    {
        return "tpch";
    }
};

struct LinkedTpcds : duckdb::Extension {
    void Load(duckdb::ExtensionLoader &loader) override
    {
        tpcds_duckdb_cpp_init(loader);
    }
    std::string Name() override
    {
        return "tpcds";
    }
};

static bool run(duckdb::Connection &connection, const std::string &sql)
{
    auto result = connection.Query(sql);
    if (result->HasError()) {
        std::cerr << "tpcgen: " << result->GetError() << "\n";
    }
    return !result->HasError();
}

static int run_all(int count, char **arguments)
{
    duckdb::DuckDB database(nullptr);
    database.LoadStaticExtension<LinkedTpch>();
    database.LoadStaticExtension<LinkedTpcds>();
    duckdb::Connection connection(database);
    if (count == 1) {
        std::string sql((std::istreambuf_iterator<char>(std::cin)),
                        std::istreambuf_iterator<char>());
        return run(connection, sql) ? 0 : 1;
    }
    for (int i = 1; i < count; i += 2) {
        if (std::strcmp(arguments[i], "-c") != 0 || i + 1 == count) {
            std::cerr << "usage: tpcgen [-c SQL]...    (without -c: SQL from standard input)\n";
            return 2;
        }
        if (!run(connection, arguments[i + 1])) {
            return 1;
        }
    }
    return 0;
}

int main(int count, char **arguments)
{
    try {
        return run_all(count, arguments);
    } catch (const std::exception &exception) {
        std::cerr << "tpcgen: " << exception.what() << "\n";
        return 1;
    }
}
