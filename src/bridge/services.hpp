// SPDX-License-Identifier: MIT
//
// What the core needs from a client context, as plain C structs.
#pragma once

#include "base/interrupt.h"
#include "bridge/host.h"
#include "duckdb/main/client_context.hpp"
#include "link/conn.h"
#include "wire/codec.h"

namespace pgs
{

inline pgs_host_context *ToHost(duckdb::ClientContext &context)
{
    return reinterpret_cast<pgs_host_context *>(&context);
}

inline duckdb::ClientContext &FromHost(pgs_host_context *context)
{
    return *reinterpret_cast<duckdb::ClientContext *>(context);
}

inline pgs_str ToStr(const std::string &text)
{
    pgs_str result = {text.data(), text.size()};
    return result;
}

inline std::string FromStr(pgs_str text)
{
    return text.size_bytes ? std::string(text.at, text.size_bytes) : std::string();
}

pgs_interrupt InterruptOf(duckdb::ClientContext &context);

// Tells the host of the statements that a database is sent. Must stay where it is
// as long as the core has it.
struct QueryLog {
    // `database` is empty for one that is not attached.
    QueryLog(duckdb::ClientContext &context, const std::string &database)
        : context(context), database(database)
    {
    }
    QueryLog(const QueryLog &) = delete;

    pgs_query_log Core();

    duckdb::ClientContext &context;
    std::string database;
};

// The codec's choices; `replacement` keeps the text that is borrowed.
pgs_codec_options CodecOptions(duckdb::ClientContext &context, std::string &replacement);

// Names the log type PostgresQueryLog to DuckDB.
void RegisterQueryLog(duckdb::DatabaseInstance &db);

} // namespace pgs
