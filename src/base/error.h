/* SPDX-License-Identifier: MIT
 *
 * How every function of the core fails: a status as return value, and an error
 * object on the caller's stack that says why.
 *
 * Everything that can fail returns enum pgs_status and takes `struct pgs_error
 * *err` last. `err` may be NULL. Its content is meaningful only after a status
 * other than PGS_OK. Nothing here allocates; no state outside the object.
 *
 * The lowest function that knows the reason writes the message, in PostgreSQL's
 * style (lower case, no full stop, "could not" = may work later, "cannot" =
 * never will); upper ones add context once with pgs_error_context() or pass it
 * on unchanged.
 *
 * Thread: an error object belongs to one thread at a time.
 * Source: "Error Message Style Guide", PostgreSQL documentation, 18.
 */
#ifndef PGS_BASE_ERROR_H
#define PGS_BASE_ERROR_H

#include <stddef.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

/* A new code needs a caller that acts differently on it. */
enum pgs_status {
    PGS_OK = 0,
    PGS_ERR_OOM,         /* our allocator refused */
    PGS_ERR_IO,          /* connection refused, lost or reset */
    PGS_ERR_TIMEOUT,     /* a wait named in base/limits.h or a setting ran out */
    PGS_ERR_CANCELLED,   /* the user interrupted */
    PGS_ERR_AUTH,        /* the server refused the sign-in (class 28) */
    PGS_ERR_PROTOCOL,    /* the server sent bytes that make no sense */
    PGS_ERR_SERVER,      /* the server answered ERROR; see sqlstate */
    PGS_ERR_CONVERSION,  /* a value has no exact form on the other side */
    PGS_ERR_UNSUPPORTED, /* well understood, and not offered */
    PGS_ERR_USAGE        /* the user's own text or option is wrong */
};

struct pgs_error {
    enum pgs_status code;
    char sqlstate[6]; /* "" unless the server gave one */
    char message[1024];
    char detail[1024];
    char hint[512];
    char statement[512]; /* the remote statement, shortened; "" if none */
};

/* Empties the object. */
void pgs_error_init(struct pgs_error *err);

/* Writes code and formatted message, empties the other fields and returns
 * `code`, so that failing is one line. `err` may be NULL. */
enum pgs_status pgs_error_set(struct pgs_error *err, enum pgs_status code, const char *fmt, ...)
    PGS_PRINTF(3, 4);

/* Out of memory: needs no memory itself. */
enum pgs_status pgs_error_oom(struct pgs_error *err);

/* Puts "<formatted>: " before the message; returns err's code (PGS_OK if NULL). */
enum pgs_status pgs_error_context(struct pgs_error *err, const char *fmt, ...) PGS_PRINTF(2, 3);

/* Adds a hint; keeps everything else. */
void pgs_error_hint(struct pgs_error *err, const char *fmt, ...) PGS_PRINTF(2, 3);

/* Leaves the calling function when `call` fails. Only where nothing must be
 * released. */
#define PGS_TRY(call)                                                                              \
    do {                                                                                           \
        enum pgs_status pgs_try_status = (call);                                                   \
        if (pgs_try_status != PGS_OK)                                                              \
            return pgs_try_status;                                                                 \
    } while (0)

PGS_EXTERN_C_END

#endif
