/* SPDX-License-Identifier: MIT
 *
 * The settings that a transaction follows, as they are now for `context`.
 */
#ifndef PGS_SETTINGS_TRANSACTION_SETTINGS_H
#define PGS_SETTINGS_TRANSACTION_SETTINGS_H

#include "base/port.h"
#include "bridge/host.h"
#include "catalog/catalog.h"
#include "link/session.h"

PGS_EXTERN_C_BEGIN

/* What types become, and whether tables known before are validated. */
void pgs_view_follow_settings(struct pgs_view *view, struct pgs_host_context *context);

/* The timeouts of statements and of idle transactions; before its first one. */
void pgs_session_follow_settings(struct pgs_session *session, struct pgs_host_context *context);

PGS_EXTERN_C_END

#endif
