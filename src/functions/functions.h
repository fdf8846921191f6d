/* SPDX-License-Identifier: MIT
 *
 * The SQL functions of the extension, one file each; listed in extension.c.
 */
#ifndef PGS_FUNCTIONS_FUNCTIONS_H
#define PGS_FUNCTIONS_FUNCTIONS_H

#include "bridge/host.h"

extern const struct pgs_table_function pgs_postgres_query;
extern const struct pgs_table_function pgs_postgres_execute;
extern const struct pgs_table_function pgs_clear_cache;

#endif
