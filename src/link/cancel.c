/* SPDX-License-Identifier: MIT
 *
 * Ending what a connection does. PQcancelStart/PQcancelPoll, so that the
 * request is as encrypted as the connection and waiting for it ends.
 *
 * Source: fe-cancel.c, 18; "Canceling Requests in Progress", frontend/backend
 * protocol.
 */
#include <poll.h>

#include "base/limits.h"
#include "link/internal.h"

void pgs_conn_cancel(struct pgs_conn *conn)
{
    atomic_store(&conn->cancel_wanted, true);
}

void pgs_conn_send_cancel(struct pgs_conn *conn, int64_t deadline_ms)
{
    PGcancelConn *request = PQcancelCreate(conn->pg);

    if (!request)
        return;
    if (PQcancelStart(request)) {
        PostgresPollingStatusType want = PGRES_POLLING_WRITING;

        while (want == PGRES_POLLING_READING || want == PGRES_POLLING_WRITING) {
            short events = want == PGRES_POLLING_READING ? POLLIN : POLLOUT;

            if (pgs_wait_socket(PQcancelSocket(request), events, deadline_ms, NULL, NULL) !=
                PGS_WAIT_READY)
                break;
            want = PQcancelPoll(request);
        }
    }
    PQcancelFinish(request);
}

/* Waits for something to happen on the socket, repeating the request. */
static bool drain_wait(struct pgs_conn *conn, int64_t deadline_ms)
{
    int unsent = PQflush(conn->pg);
    short events = (short)(POLLIN | (unsent > 0 ? POLLOUT : 0));
    int64_t now_ms = pgs_clock_ms();
    int64_t repeat_ms = now_ms + PGS_CANCEL_REPEAT_MS;
    enum pgs_wait_end end;

    if (now_ms >= deadline_ms)
        return false;
    end = pgs_wait_socket(PQsocket(conn->pg), events,
                          repeat_ms < deadline_ms ? repeat_ms : deadline_ms, NULL, NULL);
    if (end == PGS_WAIT_TIMEOUT) {
        pgs_conn_send_cancel(conn, deadline_ms);
        return true;
    }
    return end == PGS_WAIT_READY && PQconsumeInput(conn->pg) == 1;
}

static bool drain_copy_out(struct pgs_conn *conn, int64_t deadline_ms)
{
    char thrown[8192];

    for (;;) {
        int moved = PQgetlineAsync(conn->pg, thrown, sizeof(thrown));

        /* PQgetCopyData knows an empty message from none. */
        if (moved == 0) {
            char *row = NULL;

            moved = PQgetCopyData(conn->pg, &row, 1);
            PQfreemem(row);
        }
        if (moved < 0)
            return true;
        if (moved == 0 && !drain_wait(conn, deadline_ms))
            return false;
    }
}

/* Reads answers until the connection is idle. */
static bool drain(struct pgs_conn *conn, int64_t deadline_ms)
{
    for (;;) {
        PGresult *result;
        ExecStatusType kind;

        while (PQisBusy(conn->pg)) {
            if (!drain_wait(conn, deadline_ms))
                return false;
        }
        result = PQgetResult(conn->pg);
        kind = PQresultStatus(result);
        PQclear(result);
        if (!result && PQpipelineStatus(conn->pg) == PQ_PIPELINE_OFF)
            return PQtransactionStatus(conn->pg) != PQTRANS_ACTIVE;
        if (!result && PQstatus(conn->pg) != CONNECTION_OK)
            return false;
        if (kind == PGRES_PIPELINE_SYNC)
            return PQexitPipelineMode(conn->pg) == 1;
        if (kind == PGRES_COPY_OUT && !drain_copy_out(conn, deadline_ms))
            return false;
        if (kind == PGRES_COPY_IN && PQputCopyEnd(conn->pg, "cancelled") < 0)
            return false;
        if (pgs_clock_ms() >= deadline_ms)
            return false;
    }
}

void pgs_conn_stop(struct pgs_conn *conn)
{
    int64_t deadline_ms = pgs_clock_ms() + PGS_CANCEL_WAIT_MS;

    if (conn->broken || PQstatus(conn->pg) != CONNECTION_OK) {
        conn->broken = true;
        return;
    }
    if (PQtransactionStatus(conn->pg) == PQTRANS_ACTIVE) {
        pgs_conn_send_cancel(conn, deadline_ms);
        if (!drain(conn, deadline_ms))
            conn->broken = true;
    }
    atomic_store(&conn->cancel_wanted, false);
    pgs_conn_ended(conn);
}
