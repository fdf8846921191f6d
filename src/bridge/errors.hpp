// SPDX-License-Identifier: MIT
//
// The border between the core's statuses and DuckDB's exceptions.
//
// Nothing that may throw is called with a C frame between it and its catch:
// callbacks from C are noexcept and use Guarded(); calls into C use Check().
#pragma once

#include "base/error.h"
#include "duckdb.hpp"

namespace pgs
{

// The DuckDB error an error object stands for: its class, and a message with
// SQLSTATE, detail, hint and statement where there are any.
duckdb::ErrorData ToErrorData(const pgs_error &err);

// Throws ToErrorData(err).
[[noreturn]] void Throw(const pgs_error &err);

// Throws when `status` is not PGS_OK.
inline void Check(pgs_status status, const pgs_error &err)
{
    if (status != PGS_OK) {
        Throw(err);
    }
}

// Turns the exception in flight into an error object.
pgs_status Caught(pgs_error *err) noexcept;

// Runs `body`; whatever it throws becomes a status.
template <class BODY> pgs_status Guarded(pgs_error *err, BODY body) noexcept
{
    try {
        body();
        return PGS_OK;
    } catch (...) {
        return Caught(err);
    }
}

} // namespace pgs
