/* SPDX-License-Identifier: MIT
 *
 * The settings of the extension, one row each.
 */
#ifndef PGS_SETTINGS_SETTINGS_H
#define PGS_SETTINGS_SETTINGS_H

#include "bridge/host.h"

/* Ends with a row without a name. */
extern const struct pgs_setting pgs_settings[];

#endif
