/* SPDX-License-Identifier: MIT
 *
 * COPY FROM STDIN. libpq would buffer without end while the server is slow, so
 * each piece is flushed to the socket before the next is taken.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/copy.h"
#include "link/internal.h"

/* What libpq holds of ours at most. */
#define PIECE_BYTES          ((size_t)64 * 1024)
#define STATEMENT_KEPT_BYTES 512

struct pgs_copy_in {
    struct pgs_conn *conn;
    enum pgs_status status; /* once not PGS_OK, nothing more is sent */
    struct pgs_error err;
    char statement[STATEMENT_KEPT_BYTES];
};

enum pgs_status pgs_copy_in_open(struct pgs_conn *conn, const char *sql,
                                 struct pgs_copy_in **stream, struct pgs_error *err)
{
    struct pgs_copy_in *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    *stream = NULL;
    if (!made)
        return pgs_error_oom(err);
    status = pgs_conn_start_copy(conn, sql, false, err);
    if (status != PGS_OK) {
        pgs_free(made);
        return status;
    }
    pgs_socket_patience(conn, true);
    made->conn = conn;
    memcpy(made->statement, sql, strnlen(sql, sizeof(made->statement) - 1));
    *stream = made;
    return PGS_OK;
}

/* The server's verdict after the data's end: its row count or its error. */
static enum pgs_status read_verdict(struct pgs_conn *conn, int64_t *rows, struct pgs_error *err)
{
    PGresult *result = NULL;

    for (;;) {
        PGS_TRY(pgs_conn_next(conn, &result, err));
        if (!result)
            break;
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            return pgs_conn_fail(conn, result, err);
        *rows = pgs_result_affected(pgs_result_of(result));
        PQclear(result);
    }
    if (PQstatus(conn->pg) == CONNECTION_BAD)
        return pgs_failure_of_conn(conn, err);
    return PGS_OK;
}

/* Sending failed: the server has said why, or is gone. */
static enum pgs_status fail_sending(struct pgs_conn *conn, struct pgs_error *err)
{
    int64_t rows = -1;
    enum pgs_status status;

    (void)PQputCopyEnd(conn->pg, "the client failed");
    status = read_verdict(conn, &rows, err);
    return status != PGS_OK ? status : pgs_failure_of_conn(conn, err);
}

static enum pgs_status send_piece(struct pgs_conn *conn, const char *at, size_t size_bytes,
                                  struct pgs_error *err)
{
    for (;;) {
        int taken = PQputCopyData(conn->pg, at, (int)size_bytes);

        if (taken < 0)
            return fail_sending(conn, err);
        PGS_TRY(pgs_conn_flush(conn, err));
        if (PQstatus(conn->pg) == CONNECTION_BAD)
            return fail_sending(conn, err);
        if (taken > 0)
            return PGS_OK;
    }
}

enum pgs_status pgs_copy_in_write(struct pgs_copy_in *stream, const void *at, size_t size_bytes,
                                  struct pgs_error *err)
{
    const char *from = at;

    while (stream->status == PGS_OK && size_bytes) {
        size_t piece_bytes = size_bytes < PIECE_BYTES ? size_bytes : PIECE_BYTES;

        stream->status = send_piece(stream->conn, from, piece_bytes, &stream->err);
        from += piece_bytes;
        size_bytes -= piece_bytes;
        if (stream->status != PGS_OK)
            pgs_failure_statement(stream->conn, stream->statement, &stream->err);
    }
    if (stream->status != PGS_OK && err)
        *err = stream->err;
    return stream->status;
}

enum pgs_status pgs_copy_in_finish(struct pgs_copy_in *stream, int64_t *rows, struct pgs_error *err)
{
    struct pgs_conn *conn = stream->conn;
    enum pgs_status status = stream->status;

    *rows = 0;
    if (status == PGS_OK) {
        if (PQputCopyEnd(conn->pg, NULL) > 0)
            status = pgs_conn_flush(conn, err);
        if (status == PGS_OK)
            status = read_verdict(conn, rows, err);
        if (status != PGS_OK)
            pgs_failure_statement(conn, stream->statement, err);
    } else if (err) {
        *err = stream->err;
    }
    pgs_socket_patience(conn, false);
    pgs_free(stream);
    return status;
}

void pgs_copy_in_abort(struct pgs_copy_in *stream)
{
    if (!stream)
        return;
    if (PQtransactionStatus(stream->conn->pg) == PQTRANS_ACTIVE)
        pgs_conn_stop(stream->conn);
    pgs_socket_patience(stream->conn, false);
    pgs_free(stream);
}
