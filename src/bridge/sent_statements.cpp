// SPDX-License-Identifier: MIT
#include "bridge/sent_statements.hpp"

#include "base/limits.h"
#include "bridge/errors.hpp"
#include "bridge/services.hpp"

namespace pgs
{

duckdb::shared_ptr<SentStatements> SentStatements::Of(duckdb::ClientContext &context)
{
    return context.registered_state->GetOrCreate<SentStatements>("postgres_sent_statements");
}

void SentStatements::QueryBegin(duckdb::ClientContext &)
{
    std::lock_guard<std::mutex> guard(lock);

    is_new = true;
}

// Cut between characters.
static std::string Shortened(pgs_str sql)
{
    size_t size_bytes = sql.size_bytes;

    if (size_bytes <= PGS_SENT_BYTES_MAX) {
        return FromStr(sql);
    }
    size_bytes = PGS_SENT_BYTES_MAX;
    while (size_bytes > 0 && (static_cast<unsigned char>(sql.at[size_bytes]) & 0xC0) == 0x80) {
        size_bytes--;
    }
    return std::string(sql.at, size_bytes) + " ...";
}

void SentStatements::Add(const std::string &database, const pgs_sent &sent)
{
    std::lock_guard<std::mutex> guard(lock);

    if (is_new) {
        entries.clear();
        is_new = false;
    }
    if (entries.size() < PGS_SENT_STATEMENTS_MAX) {
        entries.push_back(
            {database, Shortened(sent.sql), sent.rows, sent.duration_us, sent.backend_pid});
    }
}

std::vector<SentStatements::Entry> SentStatements::List()
{
    std::lock_guard<std::mutex> guard(lock);

    return entries;
}

} // namespace pgs

pgs_status pgs_host_each_sent(pgs_host_context *context,
                              pgs_status (*each)(void *argument, pgs_str database,
                                                 const pgs_sent *sent, pgs_error *err),
                              void *argument, pgs_error *err)
{
    pgs_status status = PGS_OK;
    auto listed = pgs::Guarded(err, [&]() {
        for (auto &entry : pgs::SentStatements::Of(pgs::FromHost(context))->List()) {
            pgs_sent sent = {pgs::ToStr(entry.sql), entry.rows, entry.duration_us,
                             entry.backend_pid};
            status = each(argument, pgs::ToStr(entry.database), &sent, err);
            if (status != PGS_OK) {
                return;
            }
        }
    });
    return listed == PGS_OK ? status : listed;
}
