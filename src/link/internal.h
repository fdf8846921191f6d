/* SPDX-License-Identifier: MIT
 *
 * What the files of this folder share and nobody else may see: the fields of a
 * connection, waiting, and how libpq's answers become errors.
 *
 * Invariants:
 *  - libpq never waits: the socket is non-blocking and every wait is poll() in
 *    slices of PGS_INTERRUPT_POLL_MS (wait.c);
 *  - only the thread that owns the connection calls libpq; other threads set
 *    cancel_wanted, which the owner sees within one slice;
 *  - `broken` is final: such a connection is only good for pgs_conn_free().
 */
#ifndef PGS_LINK_INTERNAL_H
#define PGS_LINK_INTERNAL_H

#include <stdatomic.h>
#include <stdint.h>

#include <libpq-fe.h>

#include "base/buf.h"
#include "link/conn.h"

/* How long a ROLLBACK may take before its connection is dropped instead. */
#define PGS_ROLLBACK_WAIT_MS 5000
/* A cancel request that came too early is repeated this often. */
#define PGS_CANCEL_REPEAT_MS 250
/* date_part('epoch', ...) of a time with microseconds: 17 digits and a point. */
#define PGS_SERVER_STARTED_BYTES 32
/* connect_timeout, unless given. */
#define PGS_CONNECT_WAIT_MS 30000
/* How long sent data may stay unacknowledged, as in the default options. */
#define PGS_USER_TIMEOUT_MS 60000

struct pgs_conn {
    PGconn *pg;
    const struct pgs_conninfo *conninfo; /* borrowed, outlives the connection */
    const struct pgs_interrupt *interrupt;
    struct pgs_query_log log;
    struct pgs_server_facts facts;
    char *pending;       /* statements to put before the next one, or NULL */
    struct pgs_buf text; /* what was sent, when it is not the caller's text */
    struct pgs_str sent; /* the text on its way: the caller's or `text` */
    int64_t sent_us;     /* when */
    int64_t sent_rows;   /* what its last tag counted; -1: not known */
    int64_t deadline_ms; /* no wait lasts longer; -1: none */
    size_t answers;      /* statements of the text known to have succeeded */
    bool broken;
    bool reused;          /* was idle in a pool: may have died unnoticed */
    bool tainted;         /* session state may have been changed by user text */
    bool verdict_matters; /* COMMIT: an interrupt still waits for the outcome */
    bool pooled;          /* the process that answered is not the one connected to */
    char server_started[PGS_SERVER_STARTED_BYTES]; /* when, by its own word; "": not asked */
    atomic_bool cancel_wanted;
    char fatal_sqlstate[6]; /* the last FATAL that came outside a statement */
    char fatal_message[512];
    int64_t opened_ms;
    int64_t idle_since_ms;
    struct pgs_conn *next; /* the pool's list of idle ones */
};

/* ---- wait.c ---- */

enum pgs_wait_end { PGS_WAIT_READY, PGS_WAIT_INTERRUPTED, PGS_WAIT_TIMEOUT, PGS_WAIT_FAILED };

int64_t pgs_clock_ms(void); /* monotonic */
int64_t pgs_clock_us(void);
/* Until `events` (poll's) hold for the socket, or the deadline (-1: none), or
 * an interrupt. */
enum pgs_wait_end pgs_wait_socket(int socket, short events, int64_t deadline_ms,
                                  const struct pgs_interrupt *interrupt,
                                  const atomic_bool *cancel_wanted);
/* The same for a connection with a statement under way: an interrupt cancels
 * the statement and gives PGS_ERR_CANCELLED. */
enum pgs_status pgs_conn_wait(struct pgs_conn *conn, short events,
                              struct pgs_error *err) PGS_MUST_CHECK;
/* A pooled socket on which nothing waits to be read. No round trip. */
bool pgs_socket_is_quiet(int socket);

/* While the server may be slow to take data (a lock, a checkpoint), the kernel
 * must not take a full socket for a dead one: lifts TCP_USER_TIMEOUT when it is
 * our default; false sets it again. */
void pgs_socket_patience(struct pgs_conn *conn, bool patient);

/* ---- connect.c ---- */

/* Replaces a lost PGconn by a new one, in place. */
enum pgs_status pgs_conn_reconnect(struct pgs_conn *conn, struct pgs_error *err) PGS_MUST_CHECK;

/* ---- statement.c ---- */

/* Sends conn->pending and `sql` in one message and waits for the first answer,
 * which is no error. When the connection came out of a pool, starts a
 * transaction with this message and proves dead before anything was answered,
 * a new one is opened and the message is sent again, once. */
enum pgs_status pgs_conn_start(struct pgs_conn *conn, const char *sql, PGresult **first,
                               struct pgs_error *err) PGS_MUST_CHECK;
/* The two steps of it that describe.c shares. Readies the connection for `sql`: */
enum pgs_status pgs_conn_prepare(struct pgs_conn *conn, const char *sql,
                                 struct pgs_error *err) PGS_MUST_CHECK;
/* Nothing was answered, not even the BEGIN in front: the connection was dead
 * before, and nothing can have happened. */
bool pgs_conn_died_unnoticed(const struct pgs_conn *conn);
/* The next answer, or NULL after the last. Errors are answers too. */
enum pgs_status pgs_conn_next(struct pgs_conn *conn, PGresult **result,
                              struct pgs_error *err) PGS_MUST_CHECK;
/* Takes an error answer and everything after it; returns its status. */
enum pgs_status pgs_conn_fail(struct pgs_conn *conn, PGresult *failure, struct pgs_error *err);
/* Sends what libpq has buffered. */
enum pgs_status pgs_conn_flush(struct pgs_conn *conn, struct pgs_error *err) PGS_MUST_CHECK;
/* Tells the log, forgets the text. */
void pgs_conn_ended(struct pgs_conn *conn);
/* Puts `statements` before the next statement sent; NULL takes that back. */
enum pgs_status pgs_conn_set_pending(struct pgs_conn *conn, const char *statements,
                                     struct pgs_error *err) PGS_MUST_CHECK;
/* A round trip that finds out whether a reused connection lives; when it does
 * not, a new one takes its place. */
enum pgs_status pgs_conn_revive(struct pgs_conn *conn, struct pgs_error *err) PGS_MUST_CHECK;
/* ROLLBACK, bounded by PGS_ROLLBACK_WAIT_MS and deaf to interrupts; afterwards
 * the connection is idle or broken. */
void pgs_conn_rollback(struct pgs_conn *conn);

/* ---- copy_out.c ---- */

/* Sends `sql` and skips answers until the stream opens. */
enum pgs_status pgs_conn_start_copy(struct pgs_conn *conn, const char *sql, bool out,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* ---- cancel.c ---- */

/* One cancel request; returns when the server has taken it or at the deadline. */
void pgs_conn_send_cancel(struct pgs_conn *conn, int64_t deadline_ms);
/* Cancels what is under way and throws its answers away; after
 * PGS_CANCEL_WAIT_MS without an end the connection is broken. */
void pgs_conn_stop(struct pgs_conn *conn);
/* `result`, which is freed, began a COPY where none is wanted: PGS_ERR_USAGE. */
enum pgs_status pgs_conn_refuse_copy(struct pgs_conn *conn, PGresult *result,
                                     struct pgs_error *err) PGS_MUST_CHECK;

/* ---- failure.c ---- */

/* An error answer as an error object; libpq's own answers (no SQLSTATE) are
 * losses of the connection. Secrets are removed. */
enum pgs_status pgs_failure_of_result(struct pgs_conn *conn, const PGresult *result,
                                      struct pgs_error *err);
/* The connection's own trouble: lost. */
enum pgs_status pgs_failure_of_conn(struct pgs_conn *conn, struct pgs_error *err);
/* A connection attempt that failed. */
enum pgs_status pgs_failure_of_connect(const struct pgs_conninfo *conninfo, PGconn *pg,
                                       struct pgs_error *err);
/* Adds the shortened statement to an error. */
void pgs_failure_statement(struct pgs_conn *conn, const char *sql, struct pgs_error *err);

/* ---- pool.c ---- */

/* Whether connections of this pool can import each other's snapshots: not when
 * a pooler or a list of hosts sends them to different servers. Above 0: refused,
 * and so many transactions go without before it is tried anew (the refusal may
 * have had a passing reason). */
enum pgs_imports { PGS_IMPORTS_TRIED = 0, PGS_IMPORTS_REFUSED = 100 };

struct pgs_pool;
atomic_int *pgs_pool_imports(struct pgs_pool *pool);

/* ---- result.c ---- */

/* A result is libpq's under another name. */
struct pgs_result *pgs_result_of(PGresult *pg);
/* The command tag's text ("COMMIT"); "" for none. */
const char *pgs_result_tag(const struct pgs_result *result);
size_t pgs_result_memory_bytes(const struct pgs_result *result);

/* ---- query.c: what session_query.c notes about a query ---- */

struct pgs_query;
void pgs_query_note(struct pgs_query *query, bool holds, bool alone);
bool pgs_query_holds(const struct pgs_query *query);
bool pgs_query_is_alone(const struct pgs_query *query);

/* ---- conninfo.c ---- */

size_t pgs_conninfo_count(const struct pgs_conninfo *conninfo);
/* Arrays for PQconnectStartParams, NULL-terminated, with room for `extra` more. */
void pgs_conninfo_fill(const struct pgs_conninfo *conninfo, const char **keywords,
                       const char **values);
/* In place, every occurrence. */
void pgs_conninfo_redact_value(const char *secret, char *text);
/* conninfo_display.c: `text` with secret values replaced; NULL when out of memory. */
char *pgs_conninfo_make_display(struct pgs_str text);

#endif
