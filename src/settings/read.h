/* SPDX-License-Identifier: MIT
 *
 * Settings as the running statement sees them.
 */
#ifndef PGS_SETTINGS_READ_H
#define PGS_SETTINGS_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/port.h"
#include "bridge/host.h"

PGS_EXTERN_C_BEGIN

/* `otherwise` when the setting is NULL or unknown. */
uint64_t pgs_setting_number(struct pgs_host_context *context, const char *name, uint64_t otherwise);
bool pgs_setting_bool(struct pgs_host_context *context, const char *name, bool otherwise);

PGS_EXTERN_C_END

#endif
