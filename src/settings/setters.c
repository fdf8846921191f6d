/* SPDX-License-Identifier: MIT */
#include "settings/setters.h"

#include <string.h>

#include "catalog/database.h"
#include "settings/pool_settings.h"
#include "settings/read.h"

static const char max_connections[] = "pg_pool_max_connections";

static bool has_zero_byte(struct pgs_str text)
{
    return text.size_bytes && memchr(text.at, '\0', text.size_bytes);
}

enum pgs_status pgs_set_null_byte_replacement(const struct pgs_setting_change *change,
                                              struct pgs_error *err)
{
    if (change->value && has_zero_byte(pgs_host_text(change->value)))
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "NULL byte replacement string cannot contain NULL values");
    return PGS_OK;
}

static void forget_catalog(void *argument, struct pgs_str name, struct pgs_database *database)
{
    (void)name;
    (void)argument;
    pgs_catalog_clear(database->catalog);
}

enum pgs_status pgs_set_forgetting_catalogs(const struct pgs_setting_change *change,
                                            struct pgs_error *err)
{
    (void)err;
    pgs_host_each_database(change->context, forget_catalog, NULL);
    return PGS_OK;
}

/* Zero when the pools keep nothing. */
static uint64_t connections_max(struct pgs_host_context *context)
{
    return pgs_setting_number(context, max_connections, 1);
}

enum pgs_status pgs_set_acquire_mode(const struct pgs_setting_change *change, struct pgs_error *err)
{
    char *name = change->value ? duckdb_get_varchar(change->value) : NULL;
    enum pgs_acquire_mode mode = PGS_ACQUIRE_FORCE;
    enum pgs_status status = PGS_OK;

    if (!name || !pgs_acquire_mode_parse(pgs_str_of(name), &mode))
        status = pgs_error_set(err, PGS_ERR_USAGE, "Invalid unsupported acquire mode: '%s'",
                               name ? name : "NULL");
    else if (mode != PGS_ACQUIRE_FORCE && connections_max(change->context) == 0)
        status = pgs_error_set(err, PGS_ERR_USAGE,
                               "pg_pool_acquire_mode='%s' requires pg_pool_max_connections > 0 "
                               "(pooling enabled)",
                               name);
    duckdb_free(name);
    return status;
}

enum pgs_status pgs_set_health_check_query(const struct pgs_setting_change *change,
                                           struct pgs_error *err)
{
    struct pgs_pool_options options;
    char *query;
    enum pgs_status status;

    if (!change->value)
        return PGS_OK;
    query = duckdb_get_varchar(change->value);
    status = pgs_health_check_set(&options, query, err);
    duckdb_free(query);
    return status;
}

struct limit {
    uint64_t connections_max;
    size_t threads;
};

static void apply_limit(void *argument, struct pgs_str name, struct pgs_database *database)
{
    const struct limit *limit = argument;
    struct pgs_pool_options options;

    (void)name;
    pgs_pool_options(database->pool, &options);
    pgs_pool_options_limit(&options, limit->connections_max, limit->threads);
    pgs_pool_configure(database->pool, &options);
}

static enum pgs_status limit_all(struct pgs_host_context *context, uint64_t maximum,
                                 struct pgs_error *err)
{
    struct limit limit = {maximum, pgs_host_facts(context).threads};
    duckdb_value value = duckdb_create_uint64(maximum);
    enum pgs_status status = pgs_host_set_global(context, max_connections, value, err);

    duckdb_destroy_value(&value);
    if (status == PGS_OK)
        pgs_host_each_database(context, apply_limit, &limit);
    return status;
}

enum pgs_status pgs_set_connection_limit(const struct pgs_setting_change *change,
                                         struct pgs_error *err)
{
    size_t threads = pgs_host_facts(change->context).threads;

    if (change->session)
        return pgs_error_set(err, PGS_ERR_USAGE, "pg_connection_limit can only be set globally");
    return limit_all(change->context,
                     change->value ? duckdb_get_uint64(change->value)
                                   : pgs_pool_connections_default(threads),
                     err);
}

enum pgs_status pgs_set_connection_cache(const struct pgs_setting_change *change,
                                         struct pgs_error *err)
{
    size_t threads = pgs_host_facts(change->context).threads;
    bool keep = !change->value || duckdb_get_bool(change->value);

    if (change->session)
        return pgs_error_set(err, PGS_ERR_USAGE, "pg_connection_cache can only be set globally");
    return limit_all(change->context, keep ? pgs_pool_connections_default(threads) : 0, err);
}
