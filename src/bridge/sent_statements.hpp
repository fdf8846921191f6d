// SPDX-License-Identifier: MIT
//
// The remote statements that the last statement of a connection to DuckDB sent,
// kept with its client context: the first PGS_SENT_STATEMENTS_MAX of them. One that
// sent nothing leaves those of an earlier one.
#pragma once

#include "duckdb/main/client_context_state.hpp"
#include "link/conn.h"

namespace pgs
{

class SentStatements : public duckdb::ClientContextState
{
  public:
    struct Entry {
        std::string database; // empty: not an attached one
        std::string sql;      // at most PGS_SENT_BYTES_MAX
        int64_t rows;
        int64_t duration_us;
        int32_t backend_pid;
    };

    // Those of `context`, made when there are none. Any thread.
    static duckdb::shared_ptr<SentStatements> Of(duckdb::ClientContext &context);

    void QueryBegin(duckdb::ClientContext &context) override;
    // Forgets those of earlier statements of DuckDB's. Any thread.
    void Add(const std::string &database, const pgs_sent &sent);
    std::vector<Entry> List();

  private:
    std::mutex lock; // what follows
    bool is_new = true;
    std::vector<Entry> entries;
};

} // namespace pgs
