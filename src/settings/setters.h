/* SPDX-License-Identifier: MIT
 *
 * What happens when a setting is changed: pgs_setting.change of settings.c.
 */
#ifndef PGS_SETTINGS_SETTERS_H
#define PGS_SETTINGS_SETTERS_H

#include "bridge/host.h"

enum pgs_status pgs_set_null_byte_replacement(const struct pgs_setting_change *change,
                                              struct pgs_error *err);
/* What is cached of the catalogs was found under other rules. */
enum pgs_status pgs_set_forgetting_catalogs(const struct pgs_setting_change *change,
                                            struct pgs_error *err);
enum pgs_status pgs_set_acquire_mode(const struct pgs_setting_change *change,
                                     struct pgs_error *err);
enum pgs_status pgs_set_health_check_query(const struct pgs_setting_change *change,
                                           struct pgs_error *err);
/* These two change the pools of attached databases, and pg_pool_max_connections
 * for those attached later. */
enum pgs_status pgs_set_connection_limit(const struct pgs_setting_change *change,
                                         struct pgs_error *err);
enum pgs_status pgs_set_connection_cache(const struct pgs_setting_change *change,
                                         struct pgs_error *err);

#endif
