/* SPDX-License-Identifier: MIT
 *
 * The settings pg_pool_* as options of a connection pool.
 */
#ifndef PGS_SETTINGS_POOL_SETTINGS_H
#define PGS_SETTINGS_POOL_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "bridge/host.h"
#include "link/pool.h"

PGS_EXTERN_C_BEGIN

/* 1.5 connections for each thread, at least 4 and at most 32. */
uint64_t pgs_pool_connections_default(size_t threads);

/* What the running statement's settings say. */
void pgs_pool_options_of_settings(struct pgs_host_context *context,
                                  struct pgs_pool_options *options);

/* A maximum of 0 means a pool that keeps nothing, with the usual maximum. */
void pgs_pool_options_limit(struct pgs_pool_options *options, uint64_t connections_max,
                            size_t threads);

/* 'force', 'wait' and 'try', without regard to case. */
bool pgs_acquire_mode_parse(struct pgs_str name, enum pgs_acquire_mode *mode);
const char *pgs_acquire_mode_name(enum pgs_acquire_mode mode);

/* PGS_ERR_USAGE when it is too long. */
enum pgs_status pgs_health_check_set(struct pgs_pool_options *options, const char *query,
                                     struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
