/* SPDX-License-Identifier: MIT */
#include "functions/arguments.h"

#include <string.h>

#include "base/alloc.h"

enum pgs_status pgs_argument_text(const struct pgs_function_call *call, size_t index,
                                  const char *function, char **text, struct pgs_error *err)
{
    char *value;

    if (!call->arguments[index])
        return pgs_error_set(err, PGS_ERR_USAGE, "Parameters to %s cannot be NULL", function);
    value = duckdb_get_varchar(call->arguments[index]);
    if (!value)
        return pgs_error_oom(err);
    *text = pgs_strndup(value, strlen(value));
    duckdb_free(value);
    return *text ? PGS_OK : pgs_error_oom(err);
}

bool pgs_option_bool(const struct pgs_function_call *call, size_t index, bool otherwise)
{
    return call->options[index] ? duckdb_get_bool(call->options[index]) : otherwise;
}

void pgs_trim_statement(char *text)
{
    size_t size_bytes = strlen(text);

    while (size_bytes > 0 && strchr(" \t\r\n\f\v;", text[size_bytes - 1]))
        size_bytes--;
    text[size_bytes] = '\0';
}
