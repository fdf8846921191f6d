/* SPDX-License-Identifier: MIT
 *
 * Connection strings: libpq's "key=value" text and URIs, checked, merged and
 * shown without their secrets. No I/O, but libpq's parser decides.
 *
 * Source: PQconninfoParse, fe-connect.c, 18.
 */
#ifndef PGS_LINK_CONNINFO_H
#define PGS_LINK_CONNINFO_H

#include <stdbool.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

/* One option, as a secret or a setting gives it. */
struct pgs_conninfo_option {
    struct pgs_str keyword;
    struct pgs_str value;
};

struct pgs_conninfo;

/* Parses `text` (may be empty: environment and defaults only). `overridden`
 * options come first: what `text` says beats them. Errors: PGS_ERR_USAGE with
 * libpq's reason up to where it quotes the text (which may be a piece of an
 * unquoted password), so never with a value in it; PGS_ERR_OOM.
 * Owner: the caller; free with pgs_conninfo_free(), which wipes it. */
enum pgs_status pgs_conninfo_new(struct pgs_str text, const struct pgs_conninfo_option *overridden,
                                 size_t overridden_count, struct pgs_conninfo **conninfo,
                                 struct pgs_error *err) PGS_MUST_CHECK;
void pgs_conninfo_free(struct pgs_conninfo *conninfo); /* NULL is legal */

/* The text of the user with the values of secret options replaced by "***", for
 * errors and duckdb_databases(); valid as long as the object. Secret are
 * password, sslpassword, oauth_client_secret, scram_client_key and
 * scram_server_key, and what stands after the user in a URI; paths stay. */
const char *pgs_conninfo_display(const struct pgs_conninfo *conninfo);

/* Tells every keyword that libpq knows. Errors: PGS_ERR_OOM. */
enum pgs_status pgs_conninfo_each_keyword(void (*tell)(void *context, const char *keyword),
                                          void *context, struct pgs_error *err) PGS_MUST_CHECK;

/* Whether the values of `keyword` are never shown. */
bool pgs_conninfo_is_secret(struct pgs_str keyword);

/* The value of an option that was given, or NULL. */
const char *pgs_conninfo_get(const struct pgs_conninfo *conninfo, const char *keyword);

/* Replaces every occurrence of a secret value of `conninfo` in `text`
 * (NUL-terminated, in place) by asterisks: for messages of the server or libpq.
 * Secrets of less than 4 bytes only where they stand alone; one that is also the
 * user's or the database's name (user=app password=app) is left. */
void pgs_conninfo_redact(const struct pgs_conninfo *conninfo, char *text);

/* Whether `text` holds a secret value of `conninfo`. */
bool pgs_conninfo_is_in(const struct pgs_conninfo *conninfo, const char *text);

PGS_EXTERN_C_END

#endif
