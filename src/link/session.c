/* SPDX-License-Identifier: MIT */
#include "link/session.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/session_internal.h"

static const char *const begin_texts[][2] = {
    [PGS_ISOLATION_REPEATABLE_READ] =
        {"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ",
         "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"},
    [PGS_ISOLATION_READ_COMMITTED] = {"BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED",
                                      "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY"},
    [PGS_ISOLATION_SERIALIZABLE] = {"BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                                    "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE READ ONLY"},
};

static void make_begin(struct pgs_session *session)
{
    (void)snprintf(session->begin, sizeof(session->begin), "%s" PGS_TEXT_SETTINGS "%s",
                   begin_texts[session->options.isolation][session->options.read_only],
                   session->timeouts);
}

static void add_timeout(char *text, size_t text_bytes, const char *name, int64_t milliseconds)
{
    size_t used = strlen(text);

    if (milliseconds >= 0)
        (void)snprintf(text + used, text_bytes - used, "; SET LOCAL %s = %lld", name,
                       (long long)milliseconds);
}

void pgs_session_set_timeouts(struct pgs_session *session,
                              const struct pgs_session_timeouts *timeouts)
{
    session->timeouts[0] = '\0';
    add_timeout(session->timeouts, sizeof(session->timeouts), "statement_timeout",
                timeouts->statement_ms);
    add_timeout(session->timeouts, sizeof(session->timeouts), "idle_in_transaction_session_timeout",
                timeouts->idle_in_transaction_ms);
    make_begin(session);
}

enum pgs_status pgs_session_new(struct pgs_pool *pool, const struct pgs_session_options *options,
                                const struct pgs_interrupt *interrupt,
                                const struct pgs_query_log *log, struct pgs_session **session,
                                struct pgs_error *err)
{
    struct pgs_session *made = pgs_alloc_array(1, sizeof(*made));
    pthread_condattr_t attributes;

    *session = NULL;
    if (!made || pthread_condattr_init(&attributes) != 0) {
        pgs_free(made);
        return pgs_error_oom(err);
    }
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&made->mutex, NULL);
    (void)pthread_cond_init(&made->freed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    made->pool = pool;
    made->options = *options;
    if (interrupt)
        made->interrupt = *interrupt;
    if (log)
        made->log = *log;
    make_begin(made);
    atomic_init(&made->written, false);
    atomic_init(&made->transaction, 0);
    atomic_init(&made->readers, 0);
    *session = made;
    return PGS_OK;
}

void pgs_session_free(struct pgs_session *session)
{
    if (!session)
        return;
    pgs_session_rollback(session);
    (void)pthread_cond_destroy(&session->freed);
    (void)pthread_mutex_destroy(&session->mutex);
    pgs_free(session);
}

enum pgs_status pgs_session_hold(struct pgs_session *session, bool patient, struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;

    (void)pthread_mutex_lock(&session->mutex);
    while (session->held) {
        struct timespec until;
        int64_t until_ms = pgs_clock_ms() + PGS_INTERRUPT_POLL_MS;

        if (!patient && pgs_interrupted(&session->interrupt)) {
            status = pgs_error_set(err, PGS_ERR_CANCELLED, "interrupted");
            break;
        }
        until.tv_sec = (time_t)(until_ms / 1000);
        until.tv_nsec = (long)(until_ms % 1000) * 1000000;
        (void)pthread_cond_timedwait(&session->freed, &session->mutex, &until);
    }
    if (status == PGS_OK)
        session->held = true;
    (void)pthread_mutex_unlock(&session->mutex);
    return status;
}

bool pgs_session_try_hold(struct pgs_session *session)
{
    bool taken;

    (void)pthread_mutex_lock(&session->mutex);
    taken = !session->held;
    session->held = true;
    (void)pthread_mutex_unlock(&session->mutex);
    return taken;
}

void pgs_session_unlock(struct pgs_session *session)
{
    (void)pthread_mutex_lock(&session->mutex);
    session->held = false;
    (void)pthread_cond_signal(&session->freed);
    (void)pthread_mutex_unlock(&session->mutex);
}

enum pgs_status pgs_session_take(struct pgs_session *session, struct pgs_error *err)
{
    struct pgs_conn *conn = NULL;
    enum pgs_status status;

    if (session->main_conn)
        return PGS_OK;
    PGS_TRY(pgs_pool_acquire(session->pool, &session->interrupt, &session->log, &conn, err));
    status = pgs_conn_set_pending(conn, session->begin, err);
    if (status != PGS_OK) {
        pgs_pool_release(session->pool, conn);
        return status;
    }
    (void)pthread_mutex_lock(&session->mutex);
    session->main_conn = conn;
    (void)pthread_mutex_unlock(&session->mutex);
    return PGS_OK;
}

enum pgs_status pgs_session_begin_again(struct pgs_session *session, struct pgs_error *err)
{
    pgs_conn_rollback(session->main_conn);
    if (pgs_conn_is_broken(session->main_conn))
        return pgs_failure_of_conn(session->main_conn, err);
    return pgs_conn_set_pending(session->main_conn, session->begin, err);
}

/* Holds the main connection, a BEGIN being due or done. */
enum pgs_status pgs_session_lock(struct pgs_session *session, struct pgs_conn **main_conn,
                                 struct pgs_error *err)
{
    enum pgs_status status;

    *main_conn = NULL;
    PGS_TRY(pgs_session_hold(session, false, err));
    status = pgs_session_take(session, err);
    if (status != PGS_OK)
        pgs_session_unlock(session);
    else
        *main_conn = session->main_conn;
    return status;
}

/* User text may hold a COMMIT or ROLLBACK of its own: what follows it is in a
 * transaction again. The session is held. */
static enum pgs_status begin_after_end(struct pgs_session *session, struct pgs_error *err)
{
    struct pgs_conn *conn = session->main_conn;

    if (conn->pending || pgs_conn_txn_status(conn) != PGS_TXN_IDLE)
        return PGS_OK;
    (void)pthread_mutex_lock(&session->mutex);
    session->snapshot_id[0] = '\0';
    (void)pthread_mutex_unlock(&session->mutex);
    atomic_fetch_add(&session->transaction, 1);
    return pgs_conn_set_pending(conn, session->begin, err);
}

enum pgs_status pgs_session_exec_many(struct pgs_session *session, const char *sql,
                                      struct pgs_result **results, size_t wanted,
                                      struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status;

    for (size_t i = 0; i < wanted; i++)
        results[i] = NULL;
    PGS_TRY(pgs_session_lock(session, &conn, err));
    status = pgs_conn_exec_many(conn, sql, results, wanted, err);
    if (status == PGS_OK)
        status = begin_after_end(session, err);
    pgs_session_unlock(session);
    if (status != PGS_OK) {
        for (size_t i = 0; i < wanted; i++) {
            pgs_result_free(results[i]);
            results[i] = NULL;
        }
    }
    return status;
}

enum pgs_status pgs_session_exec(struct pgs_session *session, const char *sql,
                                 struct pgs_result **result, struct pgs_error *err)
{
    return pgs_session_exec_many(session, sql, result, result ? 1 : 0, err);
}

enum pgs_status pgs_session_describe(struct pgs_session *session, const char *sql,
                                     const struct pgs_declared *declared,
                                     struct pgs_result **result, struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status;

    *result = NULL;
    PGS_TRY(pgs_session_lock(session, &conn, err));
    status = pgs_conn_describe(conn, sql, declared, result, err);
    pgs_session_unlock(session);
    return status;
}

/* Runs with the BEGIN put aside. */
static enum pgs_status exec_alone(struct pgs_session *session, struct pgs_conn *conn,
                                  const char *sql, struct pgs_result **result,
                                  struct pgs_error *err)
{
    enum pgs_status status;

    if (!conn->pending)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "cannot run outside a transaction: one has begun already");
    PGS_TRY(pgs_conn_set_pending(conn, NULL, err));
    status = pgs_conn_revive(conn, err);
    if (status == PGS_OK)
        status = pgs_conn_exec(conn, sql, result, err);
    /* A BEGIN or an open block in the text is not ours to keep. */
    if (pgs_conn_txn_status(conn) != PGS_TXN_IDLE)
        pgs_conn_rollback(conn);
    if (pgs_conn_set_pending(conn, session->begin, status == PGS_OK ? err : NULL) != PGS_OK) {
        conn->broken = true;
        return status == PGS_OK ? PGS_ERR_OOM : status;
    }
    return status;
}

enum pgs_status pgs_session_exec_alone(struct pgs_session *session, const char *sql,
                                       struct pgs_result **result, struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status;

    if (result)
        *result = NULL;
    if (session->options.read_only)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "cannot run outside a transaction: the database is attached "
                             "read-only");
    PGS_TRY(pgs_session_lock(session, &conn, err));
    status = exec_alone(session, conn, sql, result, err);
    pgs_session_unlock(session);
    return status;
}

enum pgs_status pgs_session_begin_write(struct pgs_session *session, struct pgs_error *err)
{
    if (session->options.read_only) {
        (void)pgs_error_set(err, PGS_ERR_USAGE, "cannot write: the transaction is read-only");
        if (err)
            memcpy(err->sqlstate, "25006", 6);
        return PGS_ERR_USAGE;
    }
    atomic_store(&session->written, true);
    return PGS_OK;
}

bool pgs_session_has_written(const struct pgs_session *session)
{
    return atomic_load(&session->written);
}

void pgs_session_taint(struct pgs_session *session)
{
    if (pgs_session_hold(session, true, NULL) != PGS_OK)
        return;
    if (session->main_conn)
        pgs_conn_taint(session->main_conn);
    pgs_session_unlock(session);
}

enum pgs_status pgs_session_facts(struct pgs_session *session, struct pgs_server_facts *facts,
                                  struct pgs_error *err)
{
    struct pgs_conn *conn;

    PGS_TRY(pgs_session_lock(session, &conn, err));
    *facts = *pgs_conn_facts(conn);
    pgs_session_unlock(session);
    return PGS_OK;
}

enum pgs_status pgs_session_open_copy(struct pgs_session *session, const char *sql,
                                      struct pgs_copy_out **stream, struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status;

    *stream = NULL;
    PGS_TRY(pgs_session_lock(session, &conn, err));
    status = pgs_copy_out_open(conn, sql, stream, err);
    if (status != PGS_OK)
        pgs_session_unlock(session);
    return status;
}

void pgs_session_close_copy(struct pgs_session *session, struct pgs_copy_out *stream)
{
    if (!stream)
        return;
    pgs_copy_out_free(stream);
    pgs_session_unlock(session);
}
