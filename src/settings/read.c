/* SPDX-License-Identifier: MIT */
#include "settings/read.h"

uint64_t pgs_setting_number(struct pgs_host_context *context, const char *name, uint64_t otherwise)
{
    duckdb_value value = pgs_host_setting(context, name);
    uint64_t result = value ? duckdb_get_uint64(value) : otherwise;

    duckdb_destroy_value(&value);
    return result;
}

bool pgs_setting_bool(struct pgs_host_context *context, const char *name, bool otherwise)
{
    duckdb_value value = pgs_host_setting(context, name);
    bool result = value ? duckdb_get_bool(value) : otherwise;

    duckdb_destroy_value(&value);
    return result;
}
