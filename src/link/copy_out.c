/* SPDX-License-Identifier: MIT
 *
 * COPY TO STDOUT into a window of our own: PQgetlineAsync copies message by
 * message out of libpq's buffer, with no allocation per row.
 */
#include <poll.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/copy.h"
#include "link/internal.h"

/* Longest statement text kept for errors. */
#define STATEMENT_KEPT_BYTES 512

struct pgs_copy_out {
    struct pgs_conn *conn;
    uint8_t *window;
    size_t capacity_bytes;
    size_t start_bytes; /* consumed up to here */
    size_t end_bytes;   /* filled up to here */
    uint64_t received_bytes;
    bool ended; /* the server has said all, or failed */
    enum pgs_status status;
    struct pgs_error err; /* why, for reads after a failure */
    char statement[STATEMENT_KEPT_BYTES];
};

enum pgs_status pgs_conn_start_copy(struct pgs_conn *conn, const char *sql, bool out,
                                    struct pgs_error *err)
{
    ExecStatusType wanted = out ? PGRES_COPY_OUT : PGRES_COPY_IN;
    ExecStatusType kind = PGRES_COMMAND_OK;
    PGresult *result = NULL;
    enum pgs_status status;

    status = pgs_conn_start(conn, sql, &result, err);
    if (status != PGS_OK)
        return status; /* the statement is in the error already */
    while (status == PGS_OK && result) {
        kind = PQresultStatus(result);
        if (kind == wanted) {
            PQclear(result);
            pgs_conn_ended(conn);
            return PGS_OK;
        }
        if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK)
            break;
        PQclear(result);
        status = pgs_conn_next(conn, &result, err);
    }
    if (status == PGS_OK && result && kind == PGRES_FATAL_ERROR) {
        status = pgs_conn_fail(conn, result, err);
    } else if (status == PGS_OK) {
        PQclear(result);
        pgs_conn_stop(conn);
        status = pgs_error_set(err, PGS_ERR_USAGE, "the statement opens no such COPY stream");
    }
    pgs_failure_statement(conn, sql, err);
    pgs_conn_ended(conn);
    return status;
}

enum pgs_status pgs_copy_out_open(struct pgs_conn *conn, const char *sql,
                                  struct pgs_copy_out **stream, struct pgs_error *err)
{
    struct pgs_copy_out *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    *stream = NULL;
    if (!made)
        return pgs_error_oom(err);
    made->capacity_bytes = PGS_RECEIVE_BYTES;
    made->window = pgs_alloc(made->capacity_bytes);
    if (!made->window) {
        pgs_free(made);
        return pgs_error_oom(err);
    }
    status = pgs_conn_start_copy(conn, sql, true, err);
    if (status != PGS_OK) {
        pgs_free(made->window);
        pgs_free(made);
        return status;
    }
    made->conn = conn;
    memcpy(made->statement, sql, strnlen(sql, sizeof(made->statement) - 1));
    *stream = made;
    return PGS_OK;
}

/* Makes room behind what is not yet consumed. */
static enum pgs_status make_room(struct pgs_copy_out *stream, struct pgs_error *err)
{
    size_t held_bytes = stream->end_bytes - stream->start_bytes;
    size_t capacity_bytes = stream->capacity_bytes;
    uint8_t *grown;

    if (stream->start_bytes) {
        memmove(stream->window, stream->window + stream->start_bytes, held_bytes);
        stream->start_bytes = 0;
        stream->end_bytes = held_bytes;
    }
    if (held_bytes < capacity_bytes)
        return PGS_OK;
    if (capacity_bytes >= PGS_ROW_BYTES_MAX)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "the server sent a row of more than %zu bytes",
                             (size_t)PGS_ROW_BYTES_MAX);
    capacity_bytes =
        capacity_bytes > PGS_ROW_BYTES_MAX / 2 ? PGS_ROW_BYTES_MAX : capacity_bytes * 2;
    grown = pgs_realloc_array(stream->window, capacity_bytes, 1);
    if (!grown)
        return pgs_error_oom(err);
    stream->window = grown;
    stream->capacity_bytes = capacity_bytes;
    return PGS_OK;
}

/* An empty message and "nothing yet" look alike to PQgetlineAsync. PQgetCopyData
 * skips the former; if it finds a row after all, that one is copied by hand. */
static int take_after_empty(struct pgs_copy_out *stream, size_t room_bytes)
{
    char *row = NULL;
    int size_bytes = PQgetCopyData(stream->conn->pg, &row, 1);

    if (size_bytes > 0 && (size_t)size_bytes <= room_bytes)
        memcpy(stream->window + stream->end_bytes, row, (size_t)size_bytes);
    else if (size_bytes > 0)
        size_bytes = -2;
    PQfreemem(row);
    return size_bytes;
}

/* Moves what libpq has into the window. Gives -1 at the end of the stream or
 * trouble, else the bytes moved. */
static int64_t fill(struct pgs_copy_out *stream)
{
    size_t before = stream->end_bytes;

    while (stream->end_bytes < stream->capacity_bytes) {
        size_t room_bytes = stream->capacity_bytes - stream->end_bytes;
        char *target = (char *)stream->window + stream->end_bytes;
        int moved = PQgetlineAsync(stream->conn->pg, target, (int)room_bytes);

        if (moved == 0)
            moved = take_after_empty(stream, room_bytes);
        if (moved < 0) {
            stream->ended = true;
            break;
        }
        if (moved == 0)
            break;
        stream->end_bytes += (size_t)moved;
    }
    stream->received_bytes += stream->end_bytes - before;
    return stream->ended ? -1 : (int64_t)(stream->end_bytes - before);
}

/* The server's last word on the COPY. */
static enum pgs_status read_verdict(struct pgs_copy_out *stream, struct pgs_error *err)
{
    struct pgs_conn *conn = stream->conn;
    PGresult *result = NULL;

    for (;;) {
        PGS_TRY(pgs_conn_next(conn, &result, err));
        if (!result)
            break;
        if (PQresultStatus(result) != PGRES_COMMAND_OK &&
            PQresultStatus(result) != PGRES_TUPLES_OK) {
            if (PQresultStatus(result) == PGRES_FATAL_ERROR)
                return pgs_conn_fail(conn, result, err);
            PQclear(result);
            pgs_conn_stop(conn);
            return pgs_error_set(err, PGS_ERR_PROTOCOL, "unexpected answer at the end of COPY");
        }
        PQclear(result);
    }
    if (PQstatus(conn->pg) == CONNECTION_BAD)
        return pgs_failure_of_conn(conn, err);
    return PGS_OK;
}

static enum pgs_status receive(struct pgs_copy_out *stream, struct pgs_error *err)
{
    struct pgs_conn *conn = stream->conn;

    PGS_TRY(make_room(stream, err));
    for (;;) {
        int64_t moved = fill(stream);

        if (moved < 0)
            return read_verdict(stream, err);
        if (moved > 0)
            return PGS_OK;
        if (PQstatus(conn->pg) == CONNECTION_BAD)
            return pgs_failure_of_conn(conn, err);
        PGS_TRY(pgs_conn_wait(conn, POLLIN, err));
        if (!PQconsumeInput(conn->pg) && PQstatus(conn->pg) != CONNECTION_BAD)
            return pgs_failure_of_conn(conn, err);
    }
}

enum pgs_status pgs_copy_out_read(struct pgs_copy_out *stream, const uint8_t **at,
                                  size_t *size_bytes, bool *ended, struct pgs_error *err)
{
    *at = NULL;
    *size_bytes = 0;
    *ended = false;
    if (!stream->ended && stream->status == PGS_OK) {
        stream->status = receive(stream, &stream->err);
        if (stream->status != PGS_OK)
            pgs_failure_statement(stream->conn, stream->statement, &stream->err);
    }
    if (stream->status != PGS_OK) {
        if (err)
            *err = stream->err;
        return stream->status;
    }
    *at = stream->window + stream->start_bytes;
    *size_bytes = stream->end_bytes - stream->start_bytes;
    *ended = stream->ended;
    return PGS_OK;
}

void pgs_copy_out_window(const struct pgs_copy_out *stream, const uint8_t **at, size_t *size_bytes,
                         bool *ended)
{
    *at = stream->window + stream->start_bytes;
    *size_bytes = stream->end_bytes - stream->start_bytes;
    *ended = stream->ended;
}

void pgs_copy_out_consume(struct pgs_copy_out *stream, size_t size_bytes)
{
    size_t held_bytes = stream->end_bytes - stream->start_bytes;

    stream->start_bytes += size_bytes < held_bytes ? size_bytes : held_bytes;
}

uint64_t pgs_copy_out_bytes(const struct pgs_copy_out *stream)
{
    return stream->received_bytes;
}

void pgs_copy_out_free(struct pgs_copy_out *stream)
{
    if (!stream)
        return;
    if (PQtransactionStatus(stream->conn->pg) == PQTRANS_ACTIVE)
        pgs_conn_stop(stream->conn);
    pgs_free(stream->window);
    pgs_free(stream);
}
