/* SPDX-License-Identifier: MIT
 *
 * Describing a statement without running it: Parse and Describe of the unnamed
 * statement in one pipeline, so in one round trip.
 *
 * Source: "Pipeline Mode", libpq documentation, 18.
 */
#include <string.h>

#include "base/limits.h"
#include "link/internal.h"

static const struct pgs_declared nothing = {NULL, 0, false};

static bool send_plain(PGconn *pg, const char *sql)
{
    return PQsendQueryParams(pg, sql, 0, NULL, NULL, NULL, NULL, 0);
}

/* The statements that are due, one by one: a pipeline takes no text of several.
 * They are ours, and have no semicolon but between them. */
static bool send_pending(struct pgs_conn *conn)
{
    const char *at = conn->pending ? conn->pending : "";
    struct pgs_buf statement;
    bool sent = true;

    pgs_buf_init(&statement, PGS_SQL_BYTES_MAX);
    while (*at && sent) {
        size_t size = strcspn(at, ";");

        pgs_buf_reset(&statement);
        pgs_buf_add(&statement, at, size);
        sent = !statement.broken && send_plain(conn->pg, statement.at);
        at += size + (at[size] == ';');
    }
    pgs_buf_release(&statement);
    return sent;
}

/* Answers before the description: those to send_pending(), SAVEPOINT, and that it
 * was parsed. */
static size_t answers_before(const struct pgs_conn *conn, const struct pgs_declared *declared)
{
    size_t pending = conn->pending ? 1 : 0;

    for (const char *at = conn->pending; at && *at; at++)
        pending += *at == ';';
    return pending + declared->guarded + 1;
}

static bool send_pipeline(struct pgs_conn *conn, const char *sql,
                          const struct pgs_declared *declared)
{
    PGconn *pg = conn->pg;

    return PQenterPipelineMode(pg) && send_pending(conn) &&
           (!declared->guarded || send_plain(pg, "SAVEPOINT pgs_describe")) &&
           PQsendPrepare(pg, "", sql, (int)declared->count, declared->oids) &&
           PQsendDescribePrepared(pg, "") &&
           (!declared->guarded || send_plain(pg, "RELEASE SAVEPOINT pgs_describe")) &&
           PQpipelineSync(pg);
}

/* Reads up to the sync; *description gets the good answer number `wanted`. */
static enum pgs_status read_pipeline(struct pgs_conn *conn, size_t wanted, PGresult **description,
                                     struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;
    bool was_null = false;
    size_t good = 0;

    for (;;) {
        PGresult *result = NULL;
        ExecStatusType kind;

        PGS_TRY(pgs_conn_next(conn, &result, err));
        kind = PQresultStatus(result);
        if (!result && was_null && PQstatus(conn->pg) == CONNECTION_BAD)
            return status != PGS_OK ? status : pgs_failure_of_conn(conn, err);
        was_null = !result;
        if (kind == PGRES_COMMAND_OK && good++ == wanted) {
            *description = result;
            continue;
        }
        if (result && kind == PGRES_FATAL_ERROR && status == PGS_OK)
            status = pgs_failure_of_result(conn, result, err);
        PQclear(result);
        if (result && kind == PGRES_PIPELINE_SYNC)
            break;
    }
    if (!PQexitPipelineMode(conn->pg))
        conn->broken = true;
    return status;
}

static enum pgs_status describe_once(struct pgs_conn *conn, const char *sql,
                                     const struct pgs_declared *declared, PGresult **description,
                                     struct pgs_error *err)
{
    enum pgs_status status;
    size_t before;

    PQclear(*description);
    *description = NULL;
    PGS_TRY(pgs_conn_prepare(conn, sql, err));
    before = answers_before(conn, declared);
    if (!send_pipeline(conn, sql, declared))
        return pgs_failure_of_conn(conn, err);
    PGS_TRY(pgs_conn_flush(conn, err));
    status = read_pipeline(conn, before, description, err);
    if (PQstatus(conn->pg) == CONNECTION_BAD)
        conn->broken = true;
    return status;
}

/* Takes a refusal back; there is no savepoint when BEGIN was refused. */
static void go_back(struct pgs_conn *conn)
{
    if (pgs_conn_txn_status(conn) == PGS_TXN_FAILED)
        (void)!pgs_conn_exec(conn,
                             "ROLLBACK TO SAVEPOINT pgs_describe; "
                             "RELEASE SAVEPOINT pgs_describe",
                             NULL, NULL);
}

enum pgs_status pgs_conn_describe(struct pgs_conn *conn, const char *sql,
                                  const struct pgs_declared *declared, struct pgs_result **result,
                                  struct pgs_error *err)
{
    PGresult *description = NULL;
    enum pgs_status status;

    *result = NULL;
    if (!declared)
        declared = &nothing;
    status = describe_once(conn, sql, declared, &description, err);
    if (status != PGS_OK && status != PGS_ERR_CANCELLED && pgs_conn_died_unnoticed(conn)) {
        status = pgs_conn_reconnect(conn, err);
        if (status == PGS_OK)
            status = describe_once(conn, sql, declared, &description, err);
    }
    if (status == PGS_OK && !description)
        status = pgs_error_set(err, PGS_ERR_PROTOCOL, "the server did not describe the statement");
    if (status != PGS_OK) {
        PQclear(description);
        pgs_failure_statement(conn, sql, err);
    } else {
        conn->reused = false;
        *result = pgs_result_of(description);
    }
    pgs_conn_ended(conn);
    if (status != PGS_OK && declared->guarded)
        go_back(conn);
    return status;
}
