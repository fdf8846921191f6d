/* SPDX-License-Identifier: MIT
 *
 * Statements on a connection: sending, answers, errors, and the one retry that
 * hides a pooled connection that died while it was idle.
 */
#include <poll.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/internal.h"

void pgs_conn_attend(struct pgs_conn *conn, const struct pgs_interrupt *interrupt,
                     const struct pgs_query_log *log)
{
    static const struct pgs_query_log silent = {NULL, NULL};

    conn->interrupt = interrupt;
    conn->log = log ? *log : silent;
}

const struct pgs_server_facts *pgs_conn_facts(const struct pgs_conn *conn)
{
    return &conn->facts;
}

int32_t pgs_conn_backend_pid(const struct pgs_conn *conn)
{
    return conn->pg ? PQbackendPID(conn->pg) : 0;
}

bool pgs_conn_is_broken(const struct pgs_conn *conn)
{
    return conn->broken || !conn->pg || PQstatus(conn->pg) != CONNECTION_OK;
}

enum pgs_txn_status pgs_conn_txn_status(const struct pgs_conn *conn)
{
    if (pgs_conn_is_broken(conn))
        return PGS_TXN_UNKNOWN;
    switch (PQtransactionStatus(conn->pg)) {
    case PQTRANS_IDLE:
        return PGS_TXN_IDLE;
    case PQTRANS_ACTIVE:
        return PGS_TXN_BUSY;
    case PQTRANS_INTRANS:
        return PGS_TXN_OPEN;
    case PQTRANS_INERROR:
        return PGS_TXN_FAILED;
    case PQTRANS_UNKNOWN:
        break;
    }
    return PGS_TXN_UNKNOWN;
}

void pgs_conn_taint(struct pgs_conn *conn)
{
    conn->tainted = true;
}

enum pgs_status pgs_conn_set_pending(struct pgs_conn *conn, const char *statements,
                                     struct pgs_error *err)
{
    char *copy = NULL;

    if (statements) {
        copy = pgs_strndup(statements, strlen(statements));
        if (!copy)
            return pgs_error_oom(err);
    }
    pgs_free(conn->pending);
    conn->pending = copy;
    return PGS_OK;
}

static void drop_pending(struct pgs_conn *conn)
{
    pgs_free(conn->pending);
    conn->pending = NULL;
}

static void tell_log(struct pgs_conn *conn)
{
    struct pgs_sent sent = {conn->sent, conn->sent_rows, pgs_clock_us() - conn->sent_us,
                            pgs_conn_backend_pid(conn)};
    char *redacted = NULL;

    if (pgs_conninfo_is_in(conn->conninfo, conn->sent.at)) {
        redacted = pgs_strndup(conn->sent.at, conn->sent.size_bytes);
        if (redacted)
            pgs_conninfo_redact(conn->conninfo, redacted);
        sent.sql = pgs_str_of(redacted ? redacted : "");
    }
    conn->log.statement(conn->log.context, &sent);
    pgs_free(redacted);
}

void pgs_conn_ended(struct pgs_conn *conn)
{
    if (conn->sent.at && conn->log.statement)
        tell_log(conn);
    conn->sent.at = NULL;
    conn->sent.size_bytes = 0;
    pgs_buf_release(&conn->text);
}

enum pgs_status pgs_conn_flush(struct pgs_conn *conn, struct pgs_error *err)
{
    for (;;) {
        int left = PQflush(conn->pg);

        /* When sending fails, why is found by reading. */
        if (left <= 0)
            return PGS_OK;
        PGS_TRY(pgs_conn_wait(conn, POLLIN | POLLOUT, err));
        if (!PQconsumeInput(conn->pg))
            return PGS_OK;
    }
}

enum pgs_status pgs_conn_next(struct pgs_conn *conn, PGresult **result, struct pgs_error *err)
{
    *result = NULL;
    while (PQisBusy(conn->pg)) {
        PGS_TRY(pgs_conn_wait(conn, POLLIN, err));
        if (PQconsumeInput(conn->pg))
            continue;
        /* With the socket gone libpq has the last answer; otherwise it would wait. */
        if (PQstatus(conn->pg) == CONNECTION_BAD)
            break;
        return pgs_failure_of_conn(conn, err);
    }
    *result = PQgetResult(conn->pg);
    if (*result && PQresultStatus(*result) != PGRES_FATAL_ERROR &&
        PQresultStatus(*result) != PGRES_PIPELINE_ABORTED) {
        conn->answers++;
        drop_pending(conn);
    }
    return PGS_OK;
}

/* Throws further answers away; an open stream is cancelled. */
static void skip_answers(struct pgs_conn *conn)
{
    PGresult *result = NULL;

    while (pgs_conn_next(conn, &result, NULL) == PGS_OK && result) {
        ExecStatusType kind = PQresultStatus(result);

        PQclear(result);
        if (kind == PGRES_COPY_IN || kind == PGRES_COPY_OUT || kind == PGRES_COPY_BOTH) {
            pgs_conn_stop(conn);
            return;
        }
    }
}

enum pgs_status pgs_conn_fail(struct pgs_conn *conn, PGresult *failure, struct pgs_error *err)
{
    enum pgs_status status = pgs_failure_of_result(conn, failure, err);

    PQclear(failure);
    skip_answers(conn);
    if (PQstatus(conn->pg) == CONNECTION_BAD)
        conn->broken = true;
    return status;
}

enum pgs_status pgs_conn_prepare(struct pgs_conn *conn, const char *sql, struct pgs_error *err)
{
    if (conn->broken)
        return pgs_failure_of_conn(conn, err);
    if (PQtransactionStatus(conn->pg) == PQTRANS_ACTIVE)
        return pgs_error_set(err, PGS_ERR_USAGE, "the connection is busy with another statement");
    if (!conn->verdict_matters && pgs_interrupted(conn->interrupt))
        return pgs_error_set(err, PGS_ERR_CANCELLED, "interrupted");
    atomic_store(&conn->cancel_wanted, false);
    conn->answers = 0;
    conn->sent_us = pgs_clock_us();
    conn->sent_rows = -1;
    pgs_buf_reset(&conn->text);
    conn->sent = pgs_str_of(sql);
    if (conn->pending) {
        pgs_buf_add_text(&conn->text, conn->pending);
        pgs_buf_add_text(&conn->text, ";\n");
        pgs_buf_add_text(&conn->text, sql);
        PGS_TRY(pgs_buf_status(&conn->text, err));
        conn->sent = pgs_buf_str(&conn->text);
    }
    return PGS_OK;
}

static enum pgs_status start_once(struct pgs_conn *conn, const char *sql, PGresult **first,
                                  struct pgs_error *err)
{
    PGS_TRY(pgs_conn_prepare(conn, sql, err));
    if (!PQsendQuery(conn->pg, conn->sent.at))
        return pgs_failure_of_conn(conn, err);
    PGS_TRY(pgs_conn_flush(conn, err));
    PGS_TRY(pgs_conn_next(conn, first, err));
    if (!*first)
        return pgs_failure_of_conn(conn, err);
    if (PQresultStatus(*first) == PGRES_FATAL_ERROR) {
        PGresult *failure = *first;

        *first = NULL;
        return pgs_conn_fail(conn, failure, err);
    }
    return PGS_OK;
}

bool pgs_conn_died_unnoticed(const struct pgs_conn *conn)
{
    return conn->reused && conn->pending && conn->answers == 0 && pgs_conn_is_broken(conn);
}

enum pgs_status pgs_conn_start(struct pgs_conn *conn, const char *sql, PGresult **first,
                               struct pgs_error *err)
{
    enum pgs_status status;

    *first = NULL;
    status = start_once(conn, sql, first, err);
    if (status != PGS_OK && status != PGS_ERR_CANCELLED && pgs_conn_died_unnoticed(conn)) {
        status = pgs_conn_reconnect(conn, err);
        if (status == PGS_OK)
            status = start_once(conn, sql, first, err);
    }
    if (status == PGS_OK) {
        conn->reused = false;
        return PGS_OK;
    }
    pgs_failure_statement(conn, sql, err);
    pgs_conn_ended(conn);
    return status;
}

static void clear_all(struct pgs_result **results, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pgs_result_free(results[i]);
        results[i] = NULL;
    }
}

/* Keeps the last `wanted` answers. */
static void keep(struct pgs_result **results, size_t wanted, PGresult *result)
{
    if (wanted == 0) {
        PQclear(result);
        return;
    }
    pgs_result_free(results[0]);
    memmove(results, results + 1, (wanted - 1) * sizeof(*results));
    results[wanted - 1] = pgs_result_of(result);
}

enum pgs_status pgs_conn_refuse_copy(struct pgs_conn *conn, PGresult *result, struct pgs_error *err)
{
    PQclear(result);
    pgs_conn_stop(conn);
    return pgs_error_set(err, PGS_ERR_USAGE, "a COPY stream cannot be used here");
}

/* All answers of a text whose first is `result`. */
static enum pgs_status gather(struct pgs_conn *conn, PGresult *result, struct pgs_result **results,
                              size_t wanted, struct pgs_error *err)
{
    while (result) {
        switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_EMPTY_QUERY:
            conn->sent_rows = pgs_result_affected(pgs_result_of(result));
            keep(results, wanted, result);
            break;
        case PGRES_COPY_OUT:
        case PGRES_COPY_IN:
        case PGRES_COPY_BOTH:
            return pgs_conn_refuse_copy(conn, result, err);
        default:
            return pgs_conn_fail(conn, result, err);
        }
        PGS_TRY(pgs_conn_next(conn, &result, err));
    }
    if (PQstatus(conn->pg) == CONNECTION_BAD)
        return pgs_failure_of_conn(conn, err);
    if (wanted && !results[0])
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "the server gave fewer answers than asked for");
    return PGS_OK;
}

enum pgs_status pgs_conn_exec_many(struct pgs_conn *conn, const char *sql,
                                   struct pgs_result **results, size_t wanted,
                                   struct pgs_error *err)
{
    PGresult *first = NULL;
    enum pgs_status status;

    for (size_t i = 0; i < wanted; i++)
        results[i] = NULL;
    PGS_TRY(pgs_conn_start(conn, sql, &first, err));
    status = gather(conn, first, results, wanted, err);
    if (status != PGS_OK) {
        clear_all(results, wanted);
        pgs_failure_statement(conn, sql, err);
    }
    pgs_conn_ended(conn);
    return status;
}

enum pgs_status pgs_conn_exec(struct pgs_conn *conn, const char *sql, struct pgs_result **result,
                              struct pgs_error *err)
{
    return pgs_conn_exec_many(conn, sql, result, result ? 1 : 0, err);
}

enum pgs_status pgs_conn_revive(struct pgs_conn *conn, struct pgs_error *err)
{
    char *pending = conn->pending;
    enum pgs_status status;

    if (!conn->reused && !pgs_conn_is_broken(conn))
        return PGS_OK;
    conn->pending = NULL;
    status = pgs_conn_exec(conn, "SELECT 1", NULL, err);
    if (status != PGS_OK && status != PGS_ERR_CANCELLED && pgs_conn_is_broken(conn))
        status = pgs_conn_reconnect(conn, err);
    conn->pending = pending;
    return status;
}

void pgs_conn_rollback(struct pgs_conn *conn)
{
    const struct pgs_interrupt *interrupt = conn->interrupt;

    drop_pending(conn);
    if (pgs_conn_txn_status(conn) == PGS_TXN_BUSY)
        pgs_conn_stop(conn);
    if (pgs_conn_is_broken(conn) || pgs_conn_txn_status(conn) == PGS_TXN_IDLE)
        return;
    conn->interrupt = NULL;
    conn->deadline_ms = pgs_clock_ms() + PGS_ROLLBACK_WAIT_MS;
    if (pgs_conn_exec(conn, "ROLLBACK", NULL, NULL) != PGS_OK)
        conn->broken = true;
    conn->deadline_ms = -1;
    conn->interrupt = interrupt;
}
