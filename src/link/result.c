/* SPDX-License-Identifier: MIT */
#include "link/result.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "link/internal.h"

struct pgs_result *pgs_result_of(PGresult *pg)
{
    return (struct pgs_result *)pg;
}

/* libpq takes no const here but changes nothing. */
static PGresult *pg_of(const struct pgs_result *result)
{
    union {
        const struct pgs_result *from;
        PGresult *to;
    } cast = {.from = result};

    return cast.to;
}

static bool is_cell(const struct pgs_result *result, size_t row, size_t column)
{
    return result && row < pgs_result_rows(result) && column < pgs_result_columns(result);
}

void pgs_result_free(struct pgs_result *result)
{
    PQclear(pg_of(result));
}

size_t pgs_result_rows(const struct pgs_result *result)
{
    return result ? (size_t)PQntuples(pg_of(result)) : 0;
}

size_t pgs_result_columns(const struct pgs_result *result)
{
    return result ? (size_t)PQnfields(pg_of(result)) : 0;
}

bool pgs_result_is_null(const struct pgs_result *result, size_t row, size_t column)
{
    return !is_cell(result, row, column) || PQgetisnull(pg_of(result), (int)row, (int)column);
}

struct pgs_str pgs_result_get(const struct pgs_result *result, size_t row, size_t column)
{
    struct pgs_str cell = {"", 0};

    if (!is_cell(result, row, column))
        return cell;
    cell.at = PQgetvalue(pg_of(result), (int)row, (int)column);
    cell.size_bytes = (size_t)PQgetlength(pg_of(result), (int)row, (int)column);
    return cell;
}

int64_t pgs_result_int(const struct pgs_result *result, size_t row, size_t column,
                       int64_t otherwise)
{
    struct pgs_str cell = pgs_result_get(result, row, column);
    char *end = NULL;
    long long value;

    if (cell.size_bytes == 0 || strlen(cell.at) != cell.size_bytes)
        return otherwise;
    errno = 0;
    value = strtoll(cell.at, &end, 10);
    return errno == 0 && *end == '\0' ? (int64_t)value : otherwise;
}

/* Digits with at most one point, as a number; *at moves behind them. Not
 * strtod: the host may have a locale with another decimal point. */
static double parse_digits(const char **at)
{
    double value = 0;
    double unit = 0;

    for (; isdigit((unsigned char)**at) || (**at == '.' && unit == 0); (*at)++) {
        if (**at == '.') {
            unit = 1;
            continue;
        }
        value = value * 10 + (**at - '0');
        unit *= 10;
    }
    return unit > 1 ? value / unit : value;
}

double pgs_result_double(const struct pgs_result *result, size_t row, size_t column,
                         double otherwise)
{
    const char *at = pgs_result_get(result, row, column).at;
    bool negative = *at == '-';
    long exponent = 0;
    double value;

    if (negative)
        at++;
    if (!isdigit((unsigned char)*at) && *at != '.')
        return otherwise;
    value = parse_digits(&at);
    if (*at == 'e' || *at == 'E') {
        char *end = NULL;

        exponent = strtol(at + 1, &end, 10);
        at = end;
    }
    if (*at != '\0' || exponent < -400 || exponent > 400)
        return otherwise;
    for (; exponent > 0; exponent--)
        value *= 10;
    for (; exponent < 0; exponent++)
        value /= 10;
    return negative ? -value : value;
}

bool pgs_result_bool(const struct pgs_result *result, size_t row, size_t column)
{
    struct pgs_str cell = pgs_result_get(result, row, column);

    return cell.size_bytes == 1 && cell.at[0] == 't';
}

struct pgs_str pgs_result_column_name(const struct pgs_result *result, size_t column)
{
    if (column >= pgs_result_columns(result))
        return pgs_str_of("");
    return pgs_str_of(PQfname(pg_of(result), (int)column));
}

uint32_t pgs_result_column_oid(const struct pgs_result *result, size_t column)
{
    if (column >= pgs_result_columns(result))
        return 0;
    return PQftype(pg_of(result), (int)column);
}

int32_t pgs_result_column_typmod(const struct pgs_result *result, size_t column)
{
    if (column >= pgs_result_columns(result))
        return -1;
    return PQfmod(pg_of(result), (int)column);
}

size_t pgs_result_parameters(const struct pgs_result *result)
{
    return result ? (size_t)PQnparams(pg_of(result)) : 0;
}

uint32_t pgs_result_parameter_oid(const struct pgs_result *result, size_t parameter)
{
    if (parameter >= pgs_result_parameters(result))
        return 0;
    return PQparamtype(pg_of(result), (int)parameter);
}

int64_t pgs_result_affected(const struct pgs_result *result)
{
    const char *count = result ? PQcmdTuples(pg_of(result)) : "";
    char *end = NULL;
    long long value;

    if (!count[0])
        return -1;
    errno = 0;
    value = strtoll(count, &end, 10);
    return errno == 0 && *end == '\0' && value >= 0 ? (int64_t)value : -1;
}

const char *pgs_result_tag(const struct pgs_result *result)
{
    return result ? PQcmdStatus(pg_of(result)) : "";
}

size_t pgs_result_memory_bytes(const struct pgs_result *result)
{
    return result ? PQresultMemorySize(pg_of(result)) : 0;
}
