// SPDX-License-Identifier: MIT
#include "bridge/errors.hpp"

#include <cstring>

namespace pgs
{

using duckdb::ErrorData;
using duckdb::ExceptionType;
using duckdb::string;

static ExceptionType ServerErrorType(const char *sqlstate)
{
    struct Row {
        const char *prefix;
        ExceptionType type;
    };
    static const Row rows[] = {
        {"23", ExceptionType::CONSTRAINT},  {"42501", ExceptionType::PERMISSION},
        {"42P01", ExceptionType::CATALOG},  {"42703", ExceptionType::BINDER},
        {"42601", ExceptionType::SYNTAX},   {"42", ExceptionType::CATALOG},
        {"22", ExceptionType::CONVERSION},  {"3D", ExceptionType::IO},
        {"3F", ExceptionType::CATALOG},     {"28", ExceptionType::PERMISSION},
        {"40", ExceptionType::TRANSACTION}, {"25", ExceptionType::TRANSACTION},
        {"08", ExceptionType::IO},          {"57", ExceptionType::IO},
        {"53", ExceptionType::IO},          {"0A", ExceptionType::NOT_IMPLEMENTED},
    };
    for (auto &row : rows) {
        if (strncmp(sqlstate, row.prefix, strlen(row.prefix)) == 0) {
            return row.type;
        }
    }
    return ExceptionType::INVALID_INPUT;
}

static ExceptionType TypeOf(const pgs_error &err)
{
    switch (err.code) {
    case PGS_ERR_OOM:
        return ExceptionType::OUT_OF_MEMORY;
    case PGS_ERR_IO:
    case PGS_ERR_TIMEOUT:
    case PGS_ERR_AUTH:
    case PGS_ERR_PROTOCOL:
        return ExceptionType::IO;
    case PGS_ERR_CANCELLED:
        return ExceptionType::INTERRUPT;
    case PGS_ERR_SERVER:
        return ServerErrorType(err.sqlstate);
    case PGS_ERR_CONVERSION:
        return ExceptionType::CONVERSION;
    case PGS_ERR_UNSUPPORTED:
        return ExceptionType::NOT_IMPLEMENTED;
    default:
        return ExceptionType::BINDER;
    }
}

ErrorData ToErrorData(const pgs_error &err)
{
    string message = err.message;

    if (err.code == PGS_ERR_CANCELLED) {
        return ErrorData(ExceptionType::INTERRUPT, "Interrupted!");
    }
    if (err.sqlstate[0]) {
        message += string(" (SQLSTATE ") + err.sqlstate + ")";
    }
    if (err.detail[0]) {
        message += string("\nDETAIL: ") + err.detail;
    }
    if (err.hint[0]) {
        message += string("\nHINT: ") + err.hint;
    }
    if (err.statement[0]) {
        message += string("\nRemote statement: ") + err.statement;
    }
    return ErrorData(TypeOf(err), message);
}

void Throw(const pgs_error &err)
{
    ToErrorData(err).Throw();
    throw duckdb::InternalException("an error without a reason");
}

pgs_status Caught(pgs_error *err) noexcept
{
    try {
        throw;
    } catch (std::bad_alloc &) {
        return pgs_error_oom(err);
    } catch (std::exception &ex) {
        try {
            ErrorData data(ex);
            auto code = data.Type() == ExceptionType::INTERRUPT ? PGS_ERR_CANCELLED : PGS_ERR_USAGE;
            return pgs_error_set(err, code, "%s", data.RawMessage().c_str());
        } catch (...) {
            return pgs_error_oom(err);
        }
    } catch (...) {
        return pgs_error_set(err, PGS_ERR_USAGE, "unknown exception");
    }
}

} // namespace pgs
