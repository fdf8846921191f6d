/* SPDX-License-Identifier: MIT */
#include "settings/view_settings.h"

static bool is_set(struct pgs_host_context *context, const char *name, bool otherwise)
{
    duckdb_value value = pgs_host_setting(context, name);
    bool set = value ? duckdb_get_bool(value) : otherwise;

    duckdb_destroy_value(&value);
    return set;
}

void pgs_view_follow_settings(struct pgs_view *view, struct pgs_host_context *context)
{
    struct pgs_view_settings settings;

    settings.types.array_as_varchar = is_set(context, "pg_array_as_varchar", false);
    settings.types.numeric_as_varchar = is_set(context, "pg_numeric_as_varchar", false);
    settings.validation = is_set(context, "pg_catalog_validation", true);
    pgs_view_configure(view, &settings);
}
