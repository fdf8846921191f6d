/* SPDX-License-Identifier: MIT */
#include "settings/settings.h"

#include "settings/pool_settings.h"
#include "settings/setters.h"

#define AT_ATTACH "; taken at ATTACH"

const struct pgs_setting pgs_settings[] = {
    /* reading */
    {.name = "pg_use_ctid_scan",
     .description = "Whether large tables are read by several connections, each a range of blocks",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true"},
    {.name = "pg_pages_per_task",
     .description = "The largest number of table blocks read by one statement",
     .type = DUCKDB_TYPE_UBIGINT,
     .default_value = "1000"},
    {.name = "pg_experimental_filter_pushdown",
     .description = "Whether filters are sent to Postgres",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true"},
    {.name = "pg_catalog_validation",
     .description = "Whether each transaction asks Postgres if the tables known from earlier ones "
                    "have changed",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true"},
    {.name = "pg_order_pushdown",
     .description = "Whether ORDER BY and LIMIT are sent to Postgres; has no effect yet",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true"},
    {.name = "pg_array_as_varchar",
     .description = "Whether arrays are read as text; takes effect at the next ATTACH",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false"},
    {.name = "pg_numeric_as_varchar",
     .description = "Whether numeric values that fit no DECIMAL are read as text; takes effect at "
                    "the next ATTACH",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false"},
    {.name = "pg_numeric_nan_as_null",
     .description = "Whether NaN and infinity in a DECIMAL column are read as NULL",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false"},
    {.name = "pg_use_text_protocol",
     .description = "Whether rows are read as text instead of in binary; for servers without "
                    "binary COPY; has no effect yet",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false"},
    /* writing */
    {.name = "pg_use_binary_copy",
     .description =
         "Whether rows are written in binary where their types allow it; false: always as "
         "text",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true"},
    {.name = "pg_null_byte_replacement",
     .description = "What replaces zero bytes in text that is written; NULL refuses such text",
     .type = DUCKDB_TYPE_VARCHAR,
     .change = pgs_set_null_byte_replacement},
    /* the catalog */
    {.name = "pg_use_information_schema_introspection",
     .description =
         "Whether schemas and tables are looked up in information_schema; has no effect yet",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false",
     .change = pgs_set_forgetting_catalogs},
    {.name = "pg_staleness_query_enabled",
     .description =
         "Whether cached tables are compared with the server's before they are used; has no effect yet",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false",
     .global = true,
     .change = pgs_set_forgetting_catalogs},
    {.name = "pg_staleness_query",
     .description = "A query of one's own that tells of changed tables; it must contain "
                    "${SCHEMA} and return identity, name and revision; has no effect yet",
     .type = DUCKDB_TYPE_VARCHAR,
     .global = true,
     .change = pgs_set_forgetting_catalogs},
    /* sessions */
    {.name = "pg_statement_timeout_millis",
     .description = "After how long the server ends a statement, 0 for never; NULL: as the server "
                    "is set",
     .type = DUCKDB_TYPE_UINTEGER},
    {.name = "pg_idle_in_transaction_timeout_millis",
     .description = "After how long the server ends a session that idles in a transaction, 0 for "
                    "never; NULL: as the server is set",
     .type = DUCKDB_TYPE_UINTEGER},
    {.name = "pg_oauth_token",
     .description = "A bearer token for servers that ask for OAuth; has no effect yet",
     .type = DUCKDB_TYPE_VARCHAR},
    {.name = "pg_debug_show_queries",
     .description = "Whether every statement sent to Postgres is printed",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false"},
    /* the connection pool of each attached database */
    {.name = "pg_pool_max_connections",
     .description = "The largest number of connections to one attached database; 0 keeps no "
                    "connection for reuse" AT_ATTACH,
     .type = DUCKDB_TYPE_UBIGINT,
     .default_number = pgs_pool_connections_default,
     .global = true},
    {.name = "pg_pool_acquire_mode",
     .description = "What a statement does when all connections are in use: 'wait', or 'try', "
                    "which fails at once; 'force' is the same as 'wait'" AT_ATTACH,
     .type = DUCKDB_TYPE_VARCHAR,
     .default_value = "force",
     .global = true,
     .change = pgs_set_acquire_mode},
    {.name = "pg_pool_wait_timeout_millis",
     .description = "How long a statement waits for a free connection" AT_ATTACH,
     .type = DUCKDB_TYPE_UBIGINT,
     .default_value = "30000",
     .global = true},
    {.name = "pg_pool_enable_thread_local_cache",
     .description = "Accepted for compatibility: a pool has one list of connections for all "
                    "threads",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "false",
     .global = true},
    {.name = "pg_pool_max_lifetime_millis",
     .description = "After how long a connection is closed when it is free, 0 for never" AT_ATTACH,
     .type = DUCKDB_TYPE_UBIGINT,
     .default_value = "0",
     .global = true},
    {.name = "pg_pool_idle_timeout_millis",
     .description = "After how long an idle connection is closed, 0 for never" AT_ATTACH,
     .type = DUCKDB_TYPE_UBIGINT,
     .default_value = "60000",
     .global = true},
    {.name = "pg_pool_enable_reaper_thread",
     .description = "Whether a thread closes idle connections, not only the next "
                    "statement" AT_ATTACH,
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true",
     .global = true},
    {.name = "pg_pool_health_check_query",
     .description = "A query that must succeed on an idle connection before it is used; 'SELECT "
                    "1' and '' ask nothing, since a lost connection is noticed without" AT_ATTACH,
     .type = DUCKDB_TYPE_VARCHAR,
     .default_value = "SELECT 1",
     .global = true,
     .change = pgs_set_health_check_query},
    {.name = "pg_connection_limit",
     .description = "Deprecated, use pg_pool_max_connections: changes attached databases too",
     .type = DUCKDB_TYPE_UBIGINT,
     .default_number = pgs_pool_connections_default,
     .global = true,
     .change = pgs_set_connection_limit},
    {.name = "pg_connection_cache",
     .description = "Deprecated, use pg_pool_max_connections: whether connections are kept for "
                    "reuse",
     .type = DUCKDB_TYPE_BOOLEAN,
     .default_value = "true",
     .global = true,
     .change = pgs_set_connection_cache},
    {.name = NULL},
};
