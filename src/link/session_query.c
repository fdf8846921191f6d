/* SPDX-License-Identifier: MIT
 *
 * The user's statements on a session's main connection, in its transaction or
 * with no transaction block.
 */
#include "link/query.h"
#include "link/session_internal.h"

/* Puts the BEGIN that is due aside; the session is held. */
static enum pgs_status leave_transaction(struct pgs_session *session, struct pgs_error *err)
{
    struct pgs_conn *conn = session->main_conn;

    if (session->options.read_only)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "Execution without a Transaction is not possible in Read Only Mode");
    if (!conn->pending)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "Execution without a Transaction is not possible if a Transaction "
                             "already started");
    PGS_TRY(pgs_conn_set_pending(conn, NULL, err));
    return pgs_conn_revive(conn, err);
}

/* A block that the text opened is not ours to keep. The session is held. */
static void return_to_transaction(struct pgs_session *session)
{
    struct pgs_conn *conn = session->main_conn;

    if (pgs_conn_txn_status(conn) != PGS_TXN_IDLE)
        pgs_conn_rollback(conn);
    if (!conn->pending && pgs_conn_set_pending(conn, session->begin, NULL) != PGS_OK)
        conn->broken = true;
}

enum pgs_status pgs_session_describe_alone(struct pgs_session *session, const char *sql,
                                           const struct pgs_declared *declared,
                                           struct pgs_result **result, struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status;

    *result = NULL;
    PGS_TRY(pgs_session_lock(session, &conn, err));
    status = leave_transaction(session, err);
    if (status == PGS_OK) {
        status = pgs_conn_describe(conn, sql, declared, result, err);
        return_to_transaction(session);
    }
    pgs_session_unlock(session);
    return status;
}

enum pgs_status pgs_session_begin_anew(struct pgs_session *session, struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status = PGS_OK;

    PGS_TRY(pgs_session_lock(session, &conn, err));
    if (!conn->pending)
        status = pgs_session_begin_again(session, err);
    pgs_session_unlock(session);
    return status;
}

enum pgs_status pgs_session_open_query(struct pgs_session *session, const char *sql,
                                       const struct pgs_parameters *parameters,
                                       enum pgs_query_mode mode, bool alone,
                                       struct pgs_query **query, struct pgs_error *err)
{
    struct pgs_conn *conn;
    enum pgs_status status;

    *query = NULL;
    PGS_TRY(pgs_session_lock(session, &conn, err));
    status = alone ? leave_transaction(session, err) : PGS_OK;
    if (status != PGS_OK) {
        pgs_session_unlock(session);
        return status;
    }
    status = pgs_query_open(conn, sql, parameters, query, err);
    if (status == PGS_OK && mode == PGS_QUERY_GATHER)
        status = pgs_query_gather(*query, err);
    if (status == PGS_OK && mode == PGS_QUERY_STREAM) {
        pgs_query_note(*query, true, alone);
        return PGS_OK;
    }
    if (status != PGS_OK) {
        pgs_query_free(*query);
        *query = NULL;
    }
    if (alone)
        return_to_transaction(session);
    pgs_session_unlock(session);
    return status;
}

void pgs_session_close_query(struct pgs_session *session, struct pgs_query *query)
{
    bool holds;
    bool alone;

    if (!query)
        return;
    holds = pgs_query_holds(query);
    alone = pgs_query_is_alone(query);
    pgs_query_free(query);
    if (!holds)
        return;
    if (alone)
        return_to_transaction(session);
    pgs_session_unlock(session);
}
