/* SPDX-License-Identifier: MIT */
#include "settings/transaction_settings.h"

#include "settings/read.h"

void pgs_view_follow_settings(struct pgs_view *view, struct pgs_host_context *context)
{
    struct pgs_view_settings settings;

    settings.types.array_as_varchar = pgs_setting_bool(context, "pg_array_as_varchar", false);
    settings.types.numeric_as_varchar = pgs_setting_bool(context, "pg_numeric_as_varchar", false);
    settings.validation = pgs_setting_bool(context, "pg_catalog_validation", true);
    pgs_view_configure(view, &settings);
}

/* -1: as the server is set. */
static int64_t timeout(struct pgs_host_context *context, const char *name)
{
    uint64_t millis = pgs_setting_number(context, name, UINT64_MAX);

    return millis > UINT32_MAX ? -1 : (int64_t)millis;
}

void pgs_session_follow_settings(struct pgs_session *session, struct pgs_host_context *context)
{
    struct pgs_session_timeouts timeouts = {
        timeout(context, "pg_statement_timeout_millis"),
        timeout(context, "pg_idle_in_transaction_timeout_millis"),
    };

    pgs_session_set_timeouts(session, &timeouts);
}
