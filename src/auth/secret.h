/* SPDX-License-Identifier: MIT
 *
 * Secrets of type postgres: which parameters they take, and how they become
 * connection options. No I/O.
 */
#ifndef PGS_AUTH_SECRET_H
#define PGS_AUTH_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "link/conninfo.h"

PGS_EXTERN_C_BEGIN

/* The parameter that stands for a whole connection string. */
#define PGS_SECRET_URI "uri"

/* Tells every parameter that CREATE SECRET takes: libpq's keywords, uri, and the
 * aliases database, hostname and username. */
enum pgs_status pgs_secret_each_parameter(void (*tell)(void *context, const char *name),
                                          void *context, struct pgs_error *err) PGS_MUST_CHECK;

/* The keyword that `parameter` stands for: an alias becomes libpq's own name. */
struct pgs_str pgs_secret_keyword(struct pgs_str parameter);

/* Whether the value of this keyword is never shown. */
bool pgs_secret_is_hidden(struct pgs_str keyword);

/* What connects: `text`, and options that it overrides. */
struct pgs_secret_use {
    struct pgs_str text;
    const struct pgs_conninfo_option *options;
    size_t option_count;
};

/* What ATTACH of `path` with these options of a secret connects with; borrows all.
 * `named`: ATTACH names the secret; else it is the default one, which gives way
 * when it is a URI and `path` is not empty.
 * Errors: PGS_ERR_USAGE when uri is given with something else. */
enum pgs_status pgs_secret_use_for(const struct pgs_conninfo_option *options, size_t count,
                                   struct pgs_str path, bool named, struct pgs_secret_use *use,
                                   struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
