/* SPDX-License-Identifier: MIT
 *
 * The remote side of one DuckDB transaction on one attached database.
 *
 * Invariants:
 *  - the main connection is taken from the pool at the first statement, and
 *    BEGIN travels in the same message as that statement;
 *  - all reads of a statement see one snapshot: readers on other connections
 *    import the snapshot that the main one exported;
 *  - after the first write, reads go through the main connection (cursors), so
 *    that they see the transaction's own changes;
 *  - pgs_session_commit() or _rollback() ends it and gives every connection
 *    back.
 *
 * Thread: the main connection is guarded by the session's lock; functions that
 * say so take it themselves, pgs_session_lock() is for a longer hold. Readers
 * belong to one thread each.
 */
#ifndef PGS_LINK_SESSION_H
#define PGS_LINK_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/port.h"
#include "link/conn.h"
#include "link/copy.h"
#include "link/pool.h"
#include "link/result.h"

PGS_EXTERN_C_BEGIN

enum pgs_isolation {
    PGS_ISOLATION_REPEATABLE_READ, /* the default */
    PGS_ISOLATION_READ_COMMITTED,
    PGS_ISOLATION_SERIALIZABLE
};

struct pgs_session_options {
    enum pgs_isolation isolation;
    bool read_only;
};

/* Limits that the server watches, set with each BEGIN for its transaction, on
 * the main connection and on readers; -1: the server's own, 0: none. */
struct pgs_session_timeouts {
    int64_t statement_ms;
    int64_t idle_in_transaction_ms;
};

struct pgs_session;

/* No connection is taken yet. `pool` must outlive the session; `interrupt` and
 * `log` are copied. */
enum pgs_status pgs_session_new(struct pgs_pool *pool, const struct pgs_session_options *options,
                                const struct pgs_interrupt *interrupt,
                                const struct pgs_query_log *log, struct pgs_session **session,
                                struct pgs_error *err) PGS_MUST_CHECK;
/* For the transactions that begin from now on. */
void pgs_session_set_timeouts(struct pgs_session *session,
                              const struct pgs_session_timeouts *timeouts);
/* Rolls back what is open. NULL is legal. */
void pgs_session_free(struct pgs_session *session);

/* COMMIT; PGS_OK without a round trip when nothing was started. When only reads
 * happened, an aborted or lost transaction is a success (not under SERIALIZABLE:
 * there the reads are only good if it commits); when pgs_session_begin_write()
 * was called it is an error. What the COMMIT itself fails with always is. An interrupt meanwhile
 * asks the server to stop, but what the server made of the COMMIT is what is reported; a connection
 * lost in mid-COMMIT says that the outcome is unknown. The session is then as new, whatever the
 * status. */
enum pgs_status pgs_session_commit(struct pgs_session *session,
                                   struct pgs_error *err) PGS_MUST_CHECK;
/* ROLLBACK; a lost connection is no error here. The session is then as new. */
void pgs_session_rollback(struct pgs_session *session);

/* Runs `sql` on the main connection inside the transaction (BEGIN in front of
 * the first). Takes the lock. When the text itself ends the transaction, what
 * follows is in a new one. */
enum pgs_status pgs_session_exec(struct pgs_session *session, const char *sql,
                                 struct pgs_result **result, struct pgs_error *err) PGS_MUST_CHECK;
/* As pgs_conn_exec_many and pgs_conn_describe. */
enum pgs_status pgs_session_exec_many(struct pgs_session *session, const char *sql,
                                      struct pgs_result **results, size_t wanted,
                                      struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_session_describe(struct pgs_session *session, const char *sql,
                                     const struct pgs_declared *declared,
                                     struct pgs_result **result,
                                     struct pgs_error *err) PGS_MUST_CHECK;
/* Runs `sql` on the main connection with no transaction block (VACUUM …).
 * PGS_ERR_USAGE when a transaction has begun or the session is read-only. Never
 * sent twice: an idle connection is asked first whether it lives. */
enum pgs_status pgs_session_exec_alone(struct pgs_session *session, const char *sql,
                                       struct pgs_result **result,
                                       struct pgs_error *err) PGS_MUST_CHECK;

/* The transaction is going to change something: from now on reads use the main
 * connection. Call before the first change is sent. PGS_ERR_USAGE (SQLSTATE
 * 25006) when the session is read-only. */
enum pgs_status pgs_session_begin_write(struct pgs_session *session,
                                        struct pgs_error *err) PGS_MUST_CHECK;
bool pgs_session_has_written(const struct pgs_session *session);

/* User text ran in the transaction that may have changed session state (SET …):
 * the connection is cleaned when it goes back to the pool. */
void pgs_session_taint(struct pgs_session *session);

/* The server's facts; takes the main connection when that has not happened. */
enum pgs_status pgs_session_facts(struct pgs_session *session, struct pgs_server_facts *facts,
                                  struct pgs_error *err) PGS_MUST_CHECK;

/* Makes the current snapshot importable, once per transaction (once per call
 * under READ COMMITTED), so that readers can be opened. Call before a stream
 * occupies the main connection. *exported = false when the server cannot, the
 * session has written, or it is SERIALIZABLE (PostgreSQL watches each reader as
 * a transaction of its own and would miss conflicts): then there are no readers,
 * use the main connection. The transaction stays usable in all these cases; a
 * server that refuses for a new reason after other statements ran in the
 * transaction gives its error, since that transaction is then aborted.
 * Source: pg_export_snapshot, ImportSnapshot, utils/time/snapmgr.c, 18. */
enum pgs_status pgs_session_share_snapshot(struct pgs_session *session, bool *exported,
                                           struct pgs_error *err) PGS_MUST_CHECK;

/* A connection of its own on the shared snapshot, REPEATABLE READ READ ONLY;
 * *reader = NULL with PGS_OK when the pool or the server has none to spare, when
 * no snapshot is shared, or when it turns out to be on another server (hosts in
 * a list, behind a name or a pooler): then read on the main connection. Its BEGIN
 * and SET TRANSACTION SNAPSHOT travel in front of its first statement, whichever
 * function of conn.h or copy.h sends it; which server it is on costs a round trip
 * once for each connection, and each time behind a pooler or a list of hosts. The
 * reader must be closed before the session's transaction ends. Any thread. Give
 * back with pgs_session_close_reader(). */
enum pgs_status pgs_session_open_reader(struct pgs_session *session, struct pgs_conn **reader,
                                        struct pgs_error *err) PGS_MUST_CHECK;
void pgs_session_close_reader(struct pgs_session *session, struct pgs_conn *reader);

/* The main connection for a longer hold: a stream, a batch of COPY data. The
 * lock is recursive for nobody: release before anything else is asked of the
 * session; any thread may release it. A BEGIN that is due travels in front of
 * the first statement sent with functions of conn.h and copy.h. */
enum pgs_status pgs_session_lock(struct pgs_session *session, struct pgs_conn **main_conn,
                                 struct pgs_error *err) PGS_MUST_CHECK;
void pgs_session_unlock(struct pgs_session *session);

/* A COPY … TO STDOUT on the main connection, BEGIN travelling with it when it
 * is the first statement; holds the lock until pgs_session_close_copy(). */
enum pgs_status pgs_session_open_copy(struct pgs_session *session, const char *sql,
                                      struct pgs_copy_out **stream,
                                      struct pgs_error *err) PGS_MUST_CHECK;
void pgs_session_close_copy(struct pgs_session *session, struct pgs_copy_out *stream);

/* A binary cursor on the main connection: several can be open and interleave.
 * `select` is one statement without a semicolon. The first rows come with the
 * opening. Free cursors before the session; they end with its transaction. */
struct pgs_cursor;
enum pgs_status pgs_cursor_open(struct pgs_session *session, const char *select,
                                struct pgs_cursor **cursor, struct pgs_error *err) PGS_MUST_CHECK;
struct pgs_parameters;
/* The same with parameters (link/query.h); the first rows come with the first
 * fetch. */
enum pgs_status pgs_cursor_open_with(struct pgs_session *session, const char *select,
                                     const struct pgs_parameters *parameters,
                                     struct pgs_cursor **cursor,
                                     struct pgs_error *err) PGS_MUST_CHECK;
/* The next rows (at most PGS_FETCH_ROWS, fewer when they are wide), binary; 0
 * rows, or NULL, = the end. Takes the lock. Owner of *rows: the caller. */
enum pgs_status pgs_cursor_fetch(struct pgs_cursor *cursor, struct pgs_result **rows,
                                 struct pgs_error *err) PGS_MUST_CHECK;
/* NULL is legal. Closes it on the server unless another thread holds the lock:
 * then the end of the transaction does. */
void pgs_cursor_free(struct pgs_cursor *cursor);

PGS_EXTERN_C_END

#endif
