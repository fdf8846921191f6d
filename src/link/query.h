/* SPDX-License-Identifier: MIT
 *
 * A statement of the user's by the extended protocol: with parameters, rows in
 * binary, received in pieces of PGS_QUERY_ROWS and never held as a whole. For
 * what COPY and cursors cannot carry: SHOW, EXPLAIN, INSERT … RETURNING, CALL.
 * While it is open the connection can do nothing else.
 *
 * Source: PQsendQueryParams, PQsetChunkedRowsMode, fe-exec.c, 18.
 */
#ifndef PGS_LINK_QUERY_H
#define PGS_LINK_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "link/conn.h"
#include "link/result.h"
#include "link/session.h"

PGS_EXTERN_C_BEGIN

/* The value of one $n. */
struct pgs_parameter {
    struct pgs_str value; /* at == NULL: NULL; what is not binary ends with a NUL */
    uint32_t oid;         /* its type; 0: the server infers it */
    bool binary;          /* what xxx_recv reads, else xxx_in */
};

/* $1, $2, ...; PGS_ERR_USAGE for more than 65535. */
struct pgs_parameters {
    const struct pgs_parameter *values;
    size_t count;
};

struct pgs_query;

/* Sends `sql`, one statement, and waits for its first rows. A BEGIN that is due
 * goes ahead. Owner: the caller, pgs_query_free(). */
enum pgs_status pgs_query_open(struct pgs_conn *conn, const char *sql,
                               const struct pgs_parameters *parameters, struct pgs_query **query,
                               struct pgs_error *err) PGS_MUST_CHECK;
/* The next rows, binary; 0 rows = the end. Owner of *rows: the caller. */
enum pgs_status pgs_query_fetch(struct pgs_query *query, struct pgs_result **rows,
                                struct pgs_error *err) PGS_MUST_CHECK;
/* Receives all that is left, so that the connection is free again. Only for
 * statements that can be neither a cursor nor alone on their connection. */
enum pgs_status pgs_query_gather(struct pgs_query *query, struct pgs_error *err) PGS_MUST_CHECK;
/* Rows the statement changed or returned, from its tag, once it has ended; -1
 * when the tag has none. */
int64_t pgs_query_affected(const struct pgs_query *query);
/* Stops what is under way. NULL is legal. */
void pgs_query_free(struct pgs_query *query);

/* Runs a statement without a result to its end. */
enum pgs_status pgs_query_run(struct pgs_conn *conn, const char *sql,
                              const struct pgs_parameters *parameters,
                              struct pgs_error *err) PGS_MUST_CHECK;

/* How a session runs one. */
enum pgs_query_mode {
    PGS_QUERY_STREAM, /* the session's connection is taken until it is closed */
    PGS_QUERY_GATHER, /* received at once: the session is free again */
};

/* On the session's main connection; `alone`: with no transaction block around,
 * PGS_ERR_USAGE when one has begun. Close before the session ends. */
enum pgs_status pgs_session_open_query(struct pgs_session *session, const char *sql,
                                       const struct pgs_parameters *parameters,
                                       enum pgs_query_mode mode, bool alone,
                                       struct pgs_query **query,
                                       struct pgs_error *err) PGS_MUST_CHECK;
/* NULL is legal. */
void pgs_session_close_query(struct pgs_session *session, struct pgs_query *query);

/* pgs_session_describe() with no transaction block. */
enum pgs_status pgs_session_describe_alone(struct pgs_session *session, const char *sql,
                                           const struct pgs_declared *declared,
                                           struct pgs_result **result,
                                           struct pgs_error *err) PGS_MUST_CHECK;

/* Ends a transaction in which nothing happened but look-ups of our own, as if
 * nothing had been sent: for a statement that is to run without one. */
enum pgs_status pgs_session_begin_anew(struct pgs_session *session,
                                       struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
