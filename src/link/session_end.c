/* SPDX-License-Identifier: MIT
 *
 * How a session's transaction ends.
 */
#include <string.h>

#include "link/session_internal.h"

/* The session is held: gives the connection back and is as new. */
static void forget(struct pgs_session *session)
{
    struct pgs_conn *conn;

    (void)pthread_mutex_lock(&session->mutex);
    conn = session->main_conn;
    session->main_conn = NULL;
    session->snapshot_id[0] = '\0';
    (void)pthread_mutex_unlock(&session->mutex);
    session->cursors_made = 0;
    atomic_store(&session->written, false);
    atomic_fetch_add(&session->transaction, 1);
    pgs_pool_release(session->pool, conn);
}

static enum pgs_status fail_aborted(struct pgs_error *err)
{
    (void)pgs_error_set(err, PGS_ERR_SERVER,
                        "the transaction was rolled back because a statement in it had failed");
    if (err)
        memcpy(err->sqlstate, "25P02", 6);
    return PGS_ERR_SERVER;
}

/* A lost connection during COMMIT leaves open what became of it. */
static enum pgs_status fail_unknown(struct pgs_error *err)
{
    if (err)
        (void)pgs_error_context(err, "the connection was lost during COMMIT and the outcome is "
                                     "unknown");
    return PGS_ERR_IO;
}

/* *lost_reads: the transaction had been aborted or lost before, or is lost now,
 * which only matters to one that has written. */
static enum pgs_status send_commit(struct pgs_conn *conn, bool *lost_reads, struct pgs_error *err)
{
    struct pgs_result *answer = NULL;
    enum pgs_txn_status before = pgs_conn_txn_status(conn);
    enum pgs_status status;

    conn->verdict_matters = true;
    status = pgs_conn_exec(conn, before == PGS_TXN_FAILED ? "ROLLBACK" : "COMMIT", &answer, err);
    conn->verdict_matters = false;
    conn->deadline_ms = -1;
    *lost_reads = before != PGS_TXN_OPEN || pgs_conn_is_broken(conn);
    /* COMMIT of an aborted transaction "succeeds" with the tag ROLLBACK. */
    if (status == PGS_OK && strcmp(pgs_result_tag(answer), "COMMIT") != 0)
        status = fail_aborted(err);
    else if (status != PGS_OK && before == PGS_TXN_OPEN && pgs_conn_is_broken(conn))
        status = fail_unknown(err);
    pgs_result_free(answer);
    return status;
}

enum pgs_status pgs_session_commit(struct pgs_session *session, struct pgs_error *err)
{
    bool must_hold =
        atomic_load(&session->written) || session->options.isolation == PGS_ISOLATION_SERIALIZABLE;
    enum pgs_status status = PGS_OK;
    bool lost_reads = false;
    struct pgs_conn *conn;

    PGS_TRY(pgs_session_hold(session, true, err));
    conn = session->main_conn;
    if (conn && !conn->pending)
        status = send_commit(conn, &lost_reads, err);
    forget(session);
    pgs_session_unlock(session);
    return lost_reads && !must_hold ? PGS_OK : status;
}

void pgs_session_rollback(struct pgs_session *session)
{
    (void)pthread_mutex_lock(&session->mutex);
    /* Whoever uses the connection now is to stop. */
    if (session->held && session->main_conn)
        pgs_conn_cancel(session->main_conn);
    (void)pthread_mutex_unlock(&session->mutex);
    if (pgs_session_hold(session, true, NULL) != PGS_OK)
        return;
    forget(session);
    pgs_session_unlock(session);
}
