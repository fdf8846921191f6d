/* SPDX-License-Identifier: MIT
 *
 * The settings that a transaction's look at the catalog follows.
 */
#ifndef PGS_SETTINGS_VIEW_SETTINGS_H
#define PGS_SETTINGS_VIEW_SETTINGS_H

#include "base/port.h"
#include "bridge/host.h"
#include "catalog/catalog.h"

PGS_EXTERN_C_BEGIN

/* As they are now for `context`. */
void pgs_view_follow_settings(struct pgs_view *view, struct pgs_host_context *context);

PGS_EXTERN_C_END

#endif
