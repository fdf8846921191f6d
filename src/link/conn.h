/* SPDX-License-Identifier: MIT
 *
 * One physical connection. Every wait in here is interruptible and ends: an
 * interrupt sends a cancel request to the server, waits at most
 * PGS_CANCEL_WAIT_MS for the statement to end, and gives PGS_ERR_CANCELLED;
 * when the statement does not end in time the connection is marked broken.
 *
 * A connection does one thing at a time. Thread: one thread at a time; only
 * pgs_conn_cancel() may be called from another.
 * Source: libpq-fe.h, fe-exec.c, fe-cancel.c, 18.
 */
#ifndef PGS_LINK_CONN_H
#define PGS_LINK_CONN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/port.h"
#include "base/str.h"
#include "link/conninfo.h"
#include "link/result.h"

PGS_EXTERN_C_BEGIN

struct pgs_conn;

/* One statement that was sent; borrowed. */
struct pgs_sent {
    struct pgs_str sql; /* as it was sent, secrets of the connection replaced; NUL-terminated */
    int64_t rows;       /* returned or changed, by the last tag; -1: not known */
    int64_t duration_us;
    int32_t backend_pid;
};

/* Told about every statement sent, for logs: thread of the caller, after the
 * statement ended or the stream began. */
struct pgs_query_log {
    void (*statement)(void *context, const struct pgs_sent *sent);
    void *context;
};

/* What the server is. */
struct pgs_server_facts {
    int version;           /* PQserverVersion: 180006 */
    bool encoding_is_utf8; /* server_encoding */
};

/* Connects: PQconnectStart and polling, so that an interrupt or
 * connect_timeout (seconds; default 30; only the name lookup is libpq's and can
 * outlast it) ends it. The startup packet sets client_encoding UTF8, whatever
 * the text says, and application_name `duckdb/postgres_scanner` unless given;
 * nothing else, because poolers refuse other startup parameters. Keepalives
 * notice a half-open socket within about a minute unless given otherwise.
 * Owner: the caller of *conn; `conninfo` must outlive it. Errors: PGS_ERR_IO,
 * PGS_ERR_AUTH, PGS_ERR_TIMEOUT, PGS_ERR_CANCELLED, or PGS_ERR_SERVER when the
 * server refused for another reason (no such database); with SQLSTATE when the
 * server gave one; messages hold no secret. */
enum pgs_status pgs_conn_open(const struct pgs_conninfo *conninfo,
                              const struct pgs_interrupt *interrupt, struct pgs_conn **conn,
                              struct pgs_error *err) PGS_MUST_CHECK;
/* Closes and frees; NULL is legal. */
void pgs_conn_free(struct pgs_conn *conn);

/* Who watches; `log` is copied, `interrupt` borrowed until the next call; both
 * may be NULL. Set anew by each user of a pooled connection. */
void pgs_conn_attend(struct pgs_conn *conn, const struct pgs_interrupt *interrupt,
                     const struct pgs_query_log *log);

const struct pgs_server_facts *pgs_conn_facts(const struct pgs_conn *conn);
int32_t pgs_conn_backend_pid(const struct pgs_conn *conn);
/* Lost, out of step, or not in a state to be used again. */
bool pgs_conn_is_broken(const struct pgs_conn *conn);

enum pgs_txn_status {
    PGS_TXN_IDLE,   /* no transaction block */
    PGS_TXN_BUSY,   /* a statement or stream is under way */
    PGS_TXN_OPEN,   /* in a transaction block */
    PGS_TXN_FAILED, /* in an aborted transaction block */
    PGS_TXN_UNKNOWN /* broken */
};
enum pgs_txn_status pgs_conn_txn_status(const struct pgs_conn *conn);

/* Runs `sql` (NUL-terminated, one or several statements, simple protocol) to
 * its end. *result gets the answer of the last statement, or nothing when
 * `result` is NULL. Large answers belong elsewhere. */
enum pgs_status pgs_conn_exec(struct pgs_conn *conn, const char *sql, struct pgs_result **result,
                              struct pgs_error *err) PGS_MUST_CHECK;

/* As pgs_conn_exec, and gives the answers of the last `wanted` statements of
 * the text, in order (results[0..wanted)); fewer answers than that are a
 * PGS_ERR_PROTOCOL. */
enum pgs_status pgs_conn_exec_many(struct pgs_conn *conn, const char *sql,
                                   struct pgs_result **results, size_t wanted,
                                   struct pgs_error *err) PGS_MUST_CHECK;

/* Types for the first parameters of a statement; 0: the server infers it. */
struct pgs_declared {
    const uint32_t *oids;
    size_t count;
    bool guarded; /* in a transaction block: a refusal leaves it as it was (a savepoint) */
};

/* Parses `sql` as the unnamed statement and describes it, without running it:
 * result columns with names and type oids (0 columns when it returns none), and
 * the types of its parameters. `declared` may be NULL. One round trip; one more
 * after a refusal that is guarded. */
enum pgs_status pgs_conn_describe(struct pgs_conn *conn, const char *sql,
                                  const struct pgs_declared *declared, struct pgs_result **result,
                                  struct pgs_error *err) PGS_MUST_CHECK;

/* User text ran that may have changed the state of the server session (SET,
 * temporary tables, LISTEN): the pool cleans it (DISCARD ALL) before reuse. */
void pgs_conn_taint(struct pgs_conn *conn);

/* Asks for the end of what this connection is doing: its owner, waiting in any
 * function of this layer, cancels the statement within PGS_INTERRUPT_POLL_MS and
 * gets PGS_ERR_CANCELLED. No effect on a statement sent later. Any thread; does
 * not wait. */
void pgs_conn_cancel(struct pgs_conn *conn);

PGS_EXTERN_C_END

#endif
