/* SPDX-License-Identifier: MIT
 *
 * A database that one function call has to itself, named by connection options
 * instead of an alias: postgres_scan and postgres_attach.
 */
#ifndef PGS_FUNCTIONS_OWN_DATABASE_H
#define PGS_FUNCTIONS_OWN_DATABASE_H

#include "base/error.h"
#include "base/str.h"
#include "bridge/host.h"
#include "catalog/database.h"

/* Connects as ATTACH (READ_ONLY) of `dsn` would, and begins a transaction. `dsn`
 * may be what a view holds for a connection string (link/known.h). The pool takes
 * the settings pg_pool_*; errors hold no secret. Owner: the caller, of both; free
 * *transaction first. */
enum pgs_status pgs_own_database_open(const struct pgs_function_call *call, struct pgs_str dsn,
                                      struct pgs_database **database,
                                      struct pgs_transaction **transaction,
                                      struct pgs_error *err) PGS_MUST_CHECK;

#endif
