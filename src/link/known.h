/* SPDX-License-Identifier: MIT
 *
 * Connection strings with secrets that texts refer to without holding them: what
 * the views of postgres_attach name. Each is kept by its display, the last given
 * with that display wins; kept until the object is freed, and wiped then.
 *
 * Thread: any.
 */
#ifndef PGS_LINK_KNOWN_H
#define PGS_LINK_KNOWN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_known;

/* NULL: out of memory. */
struct pgs_known *pgs_known_new(void) PGS_MUST_CHECK;
void pgs_known_free(struct pgs_known *known); /* NULL is legal */

/* Appends to `shown` what may stand in a text for the connection string `text`:
 * itself when it holds no secret, else its display; then `text` is kept.
 * Errors: those of pgs_conninfo_new(); PGS_ERR_USAGE for more than
 * PGS_KNOWN_CONNECTIONS_MAX. */
enum pgs_status pgs_known_keep(struct pgs_known *known, struct pgs_str text, struct pgs_buf *shown,
                               struct pgs_error *err) PGS_MUST_CHECK;

/* The connection string that `shown` stands for: what was kept; else `shown`
 * without the options that it masks, so that PGPASSWORD or a password file can
 * supply them, and *lacks_secret = true. Owner of *text: the caller,
 * pgs_free_secret() with its length. */
enum pgs_status pgs_known_find(struct pgs_known *known, struct pgs_str shown, char **text,
                               bool *lacks_secret, struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
