/* SPDX-License-Identifier: MIT
 *
 * What kind of failure an SQLSTATE is. Pure: one table, exact codes before
 * classes.
 *
 * Source: "PostgreSQL Error Codes", errcodes.txt, 18.
 */
#ifndef PGS_LINK_SQLSTATE_H
#define PGS_LINK_SQLSTATE_H

#include "base/error.h"
#include "base/port.h"

PGS_EXTERN_C_BEGIN

/* PGS_ERR_IO for those that end or refuse the connection, PGS_ERR_AUTH for a
 * refused sign-in, PGS_ERR_PROTOCOL for a protocol violation, PGS_ERR_SERVER for
 * all others. An empty or malformed code (NULL is legal) comes from libpq, not
 * from a server: PGS_ERR_IO. 57014 (a cancelled statement) is PGS_ERR_SERVER:
 * whether the user asked for it, only the caller knows. */
enum pgs_status pgs_sqlstate_status(const char *sqlstate);

PGS_EXTERN_C_END

#endif
