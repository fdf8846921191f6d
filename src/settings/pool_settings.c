/* SPDX-License-Identifier: MIT */
#include "settings/pool_settings.h"

#include <string.h>
#include <strings.h>

#include "settings/read.h"

static const char *const mode_names[] = {
    [PGS_ACQUIRE_FORCE] = "force", [PGS_ACQUIRE_WAIT] = "wait", [PGS_ACQUIRE_TRY] = "try"};

enum { MODE_COUNT = sizeof(mode_names) / sizeof(mode_names[0]) };

uint64_t pgs_pool_connections_default(size_t threads)
{
    uint64_t connections = (uint64_t)threads * 3 / 2;

    if (connections < 4)
        return 4;
    return connections > 32 ? 32 : connections;
}

/* A number of milliseconds as the pool wants it. */
static int64_t milliseconds(struct pgs_host_context *context, const char *name, uint64_t otherwise)
{
    uint64_t value = pgs_setting_number(context, name, otherwise);

    return value > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)value;
}

static void texts(struct pgs_host_context *context, struct pgs_pool_options *options)
{
    duckdb_value mode = pgs_host_setting(context, "pg_pool_acquire_mode");
    duckdb_value query = pgs_host_setting(context, "pg_pool_health_check_query");
    char *text;

    if (mode) {
        text = duckdb_get_varchar(mode);
        (void)pgs_acquire_mode_parse(pgs_str_of(text), &options->acquire_mode);
        duckdb_free(text);
    }
    if (query) {
        text = duckdb_get_varchar(query);
        (void)!pgs_health_check_set(options, text, NULL);
        duckdb_free(text);
    }
    duckdb_destroy_value(&mode);
    duckdb_destroy_value(&query);
}

void pgs_pool_options_limit(struct pgs_pool_options *options, uint64_t connections_max,
                            size_t threads)
{
    options->close_after_use = connections_max == 0;
    if (connections_max == 0)
        connections_max = pgs_pool_connections_default(threads);
    options->connections_max = (size_t)connections_max;
}

void pgs_pool_options_of_settings(struct pgs_host_context *context,
                                  struct pgs_pool_options *options)
{
    size_t threads = pgs_host_facts(context).threads;

    memset(options, 0, sizeof(*options));
    pgs_pool_options_limit(options,
                           pgs_setting_number(context, "pg_pool_max_connections",
                                              pgs_pool_connections_default(threads)),
                           threads);
    options->wait_timeout_ms = milliseconds(context, "pg_pool_wait_timeout_millis", 30000);
    options->idle_timeout_ms = milliseconds(context, "pg_pool_idle_timeout_millis", 60000);
    options->lifetime_max_ms = milliseconds(context, "pg_pool_max_lifetime_millis", 0);
    options->reaper_thread = pgs_setting_bool(context, "pg_pool_enable_reaper_thread", true);
    texts(context, options);
}

bool pgs_acquire_mode_parse(struct pgs_str name, enum pgs_acquire_mode *mode)
{
    for (size_t i = 0; i < MODE_COUNT; i++) {
        if (strlen(mode_names[i]) == name.size_bytes &&
            strncasecmp(mode_names[i], name.at, name.size_bytes) == 0) {
            *mode = (enum pgs_acquire_mode)i;
            return true;
        }
    }
    return false;
}

const char *pgs_acquire_mode_name(enum pgs_acquire_mode mode)
{
    return mode_names[mode];
}

enum pgs_status pgs_health_check_set(struct pgs_pool_options *options, const char *query,
                                     struct pgs_error *err)
{
    size_t size_bytes = strlen(query);

    if (size_bytes >= sizeof(options->health_check_query))
        return pgs_error_set(err, PGS_ERR_USAGE, "a health check query has at most %zu bytes",
                             sizeof(options->health_check_query) - 1);
    memcpy(options->health_check_query, query, size_bytes + 1);
    return PGS_OK;
}
