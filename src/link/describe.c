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
        sent = !statement.broken &&
               PQsendQueryParams(conn->pg, statement.at, 0, NULL, NULL, NULL, NULL, 0);
        at += size + (at[size] == ';');
    }
    pgs_buf_release(&statement);
    return sent;
}

static bool send_pipeline(struct pgs_conn *conn, const char *sql)
{
    PGconn *pg = conn->pg;

    return PQenterPipelineMode(pg) && send_pending(conn) && PQsendPrepare(pg, "", sql, 0, NULL) &&
           PQsendDescribePrepared(pg, "") && PQpipelineSync(pg);
}

/* Reads up to the sync; *description gets the last good answer before it. */
static enum pgs_status read_pipeline(struct pgs_conn *conn, PGresult **description,
                                     struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;
    bool was_null = false;

    for (;;) {
        PGresult *result = NULL;
        ExecStatusType kind;

        PGS_TRY(pgs_conn_next(conn, &result, err));
        kind = PQresultStatus(result);
        if (!result && was_null && PQstatus(conn->pg) == CONNECTION_BAD)
            return status != PGS_OK ? status : pgs_failure_of_conn(conn, err);
        was_null = !result;
        if (kind == PGRES_COMMAND_OK) {
            PQclear(*description);
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

static enum pgs_status describe_once(struct pgs_conn *conn, const char *sql, PGresult **description,
                                     struct pgs_error *err)
{
    enum pgs_status status;

    PQclear(*description);
    *description = NULL;
    PGS_TRY(pgs_conn_prepare(conn, sql, err));
    if (!send_pipeline(conn, sql))
        return pgs_failure_of_conn(conn, err);
    PGS_TRY(pgs_conn_flush(conn, err));
    status = read_pipeline(conn, description, err);
    if (PQstatus(conn->pg) == CONNECTION_BAD)
        conn->broken = true;
    return status;
}

enum pgs_status pgs_conn_describe(struct pgs_conn *conn, const char *sql,
                                  struct pgs_result **result, size_t *param_count,
                                  struct pgs_error *err)
{
    PGresult *description = NULL;
    enum pgs_status status;

    *result = NULL;
    *param_count = 0;
    status = describe_once(conn, sql, &description, err);
    if (status != PGS_OK && status != PGS_ERR_CANCELLED && pgs_conn_died_unnoticed(conn)) {
        status = pgs_conn_reconnect(conn, err);
        if (status == PGS_OK)
            status = describe_once(conn, sql, &description, err);
    }
    if (status == PGS_OK && !description)
        status = pgs_error_set(err, PGS_ERR_PROTOCOL, "the server did not describe the statement");
    if (status != PGS_OK) {
        PQclear(description);
        pgs_failure_statement(conn, sql, err);
    } else {
        conn->reused = false;
        *param_count = (size_t)PQnparams(description);
        *result = pgs_result_of(description);
    }
    pgs_conn_ended(conn);
    return status;
}
