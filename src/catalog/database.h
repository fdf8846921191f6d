/* SPDX-License-Identifier: MIT
 *
 * One attached database and the transactions on it: the pool, the catalog and
 * the options of ATTACH under one handle.
 *
 * Thread: pgs_database from any thread; a pgs_transaction belongs to one DuckDB
 * transaction, its parts say what they allow.
 */
#ifndef PGS_CATALOG_DATABASE_H
#define PGS_CATALOG_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/port.h"
#include "base/str.h"
#include "catalog/catalog.h"
#include "link/conninfo.h"
#include "link/pool.h"
#include "link/session.h"

PGS_EXTERN_C_BEGIN

/* Whether tables are read by COPY. */
enum pgs_copy_use {
    PGS_COPY_BY_SETTING, /* pg_use_text_protocol says */
    PGS_COPY_ALWAYS,
    PGS_COPY_NEVER
};

struct pgs_database_options {
    struct pgs_session_options session;
    struct pgs_pool_options pool;
    struct pgs_catalog_options catalog;
    enum pgs_copy_use copy_use;
    /* Of a secret; `conninfo` overrides them. */
    const struct pgs_conninfo_option *secret;
    size_t secret_count;
};

struct pgs_database {
    struct pgs_pool *pool;
    struct pgs_catalog *catalog;
    struct pgs_session_options session_options;
    enum pgs_copy_use copy_use;
    struct pgs_server_facts facts; /* as the first connection found them */
    char *default_schema;
};

/* Reads `conninfo`, opens one connection to prove that it works, and keeps it in
 * the pool. Errors: those of pgs_conninfo_new and pgs_conn_open, with "unable to
 * connect" context and without secrets. Owner: the caller. */
enum pgs_status pgs_database_open(struct pgs_str conninfo,
                                  const struct pgs_database_options *options,
                                  const struct pgs_interrupt *interrupt,
                                  const struct pgs_query_log *log, struct pgs_database **database,
                                  struct pgs_error *err) PGS_MUST_CHECK;
void pgs_database_free(struct pgs_database *database); /* NULL is legal */

struct pgs_transaction {
    struct pgs_database *database;
    struct pgs_session *session;
    struct pgs_view *view;
};

/* No round trip. `database` must outlive it. */
enum pgs_status pgs_transaction_new(struct pgs_database *database,
                                    const struct pgs_interrupt *interrupt,
                                    const struct pgs_query_log *log,
                                    struct pgs_transaction **transaction,
                                    struct pgs_error *err) PGS_MUST_CHECK;
/* Commits, and ends the view accordingly. Free it afterwards, whatever came. */
enum pgs_status pgs_transaction_commit(struct pgs_transaction *transaction,
                                       struct pgs_error *err) PGS_MUST_CHECK;
void pgs_transaction_rollback(struct pgs_transaction *transaction);
/* What the database takes on the server's disks. */
enum pgs_status pgs_transaction_database_size(struct pgs_transaction *transaction, int64_t *bytes,
                                              struct pgs_error *err) PGS_MUST_CHECK;
/* Rolls back what is open. NULL is legal. */
void pgs_transaction_free(struct pgs_transaction *transaction);

PGS_EXTERN_C_END

#endif
