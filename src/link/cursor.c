/* SPDX-License-Identifier: MIT
 *
 * Cursors: how a transaction that has written reads, several scans at a time on
 * its one connection and none of them held in memory.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/query.h"
#include "link/session_internal.h"

/* What one FETCH should bring, and how many rows the first one asks for, before
 * the width of the rows is known. */
#define BATCH_BYTES ((size_t)4 * 1024 * 1024)
#define FIRST_ROWS  256

struct pgs_cursor {
    struct pgs_session *session;
    struct pgs_result *ahead; /* rows that came with the opening */
    unsigned number;
    unsigned transaction; /* the session's, when it was opened */
    size_t rows_next;
    bool ended; /* fewer rows came than were asked for */
};

/* Adapts the next FETCH to the rows seen. */
static void learn_width(struct pgs_cursor *cursor, const struct pgs_result *rows)
{
    size_t count = pgs_result_rows(rows);
    size_t row_bytes;

    if (count == 0)
        return;
    row_bytes = pgs_result_memory_bytes(rows) / count + 1;
    cursor->rows_next = BATCH_BYTES / row_bytes;
    if (cursor->rows_next < 1)
        cursor->rows_next = 1;
    if (cursor->rows_next > PGS_FETCH_ROWS)
        cursor->rows_next = PGS_FETCH_ROWS;
}

static enum pgs_status declare(struct pgs_cursor *cursor, struct pgs_conn *conn, const char *select,
                               const struct pgs_parameters *parameters, struct pgs_error *err)
{
    struct pgs_buf sql;
    enum pgs_status status;

    cursor->number = ++cursor->session->cursors_made;
    cursor->transaction = atomic_load(&cursor->session->transaction);
    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    pgs_buf_addf(&sql, "DECLARE pgs_cursor_%u BINARY NO SCROLL CURSOR FOR ", cursor->number);
    pgs_buf_add_text(&sql, select);
    cursor->rows_next = FIRST_ROWS;
    if (!parameters)
        pgs_buf_addf(&sql, ";\nFETCH FORWARD %d FROM pgs_cursor_%u", FIRST_ROWS, cursor->number);
    status = pgs_buf_status(&sql, err);
    if (status == PGS_OK && parameters)
        status = pgs_query_run(conn, sql.at, parameters, err);
    else if (status == PGS_OK)
        status = pgs_conn_exec(conn, sql.at, &cursor->ahead, err);
    pgs_buf_release(&sql);
    return status;
}

enum pgs_status pgs_cursor_open(struct pgs_session *session, const char *select,
                                struct pgs_cursor **cursor, struct pgs_error *err)
{
    return pgs_cursor_open_with(session, select, NULL, cursor, err);
}

enum pgs_status pgs_cursor_open_with(struct pgs_session *session, const char *select,
                                     const struct pgs_parameters *parameters,
                                     struct pgs_cursor **cursor, struct pgs_error *err)
{
    struct pgs_cursor *made = pgs_alloc_array(1, sizeof(*made));
    struct pgs_conn *conn;
    enum pgs_status status;

    *cursor = NULL;
    if (!made)
        return pgs_error_oom(err);
    made->session = session;
    status = pgs_session_lock(session, &conn, err);
    if (status == PGS_OK) {
        status = declare(made, conn, select, parameters, err);
        pgs_session_unlock(session);
    }
    if (status != PGS_OK) {
        pgs_free(made);
        return status;
    }
    *cursor = made;
    return PGS_OK;
}

static enum pgs_status fetch(struct pgs_cursor *cursor, struct pgs_result **rows,
                             struct pgs_error *err)
{
    char sql[96];
    struct pgs_conn *conn;
    enum pgs_status status;

    (void)snprintf(sql, sizeof(sql), "FETCH FORWARD %zu FROM pgs_cursor_%u", cursor->rows_next,
                   cursor->number);
    PGS_TRY(pgs_session_lock(cursor->session, &conn, err));
    if (cursor->transaction == atomic_load(&cursor->session->transaction))
        status = pgs_conn_exec(conn, sql, rows, err);
    else
        status = pgs_error_set(err, PGS_ERR_USAGE, "the cursor's transaction has ended");
    pgs_session_unlock(cursor->session);
    return status;
}

enum pgs_status pgs_cursor_fetch(struct pgs_cursor *cursor, struct pgs_result **rows,
                                 struct pgs_error *err)
{
    *rows = cursor->ahead;
    cursor->ahead = NULL;
    if (cursor->ended)
        return PGS_OK;
    if (!*rows)
        PGS_TRY(fetch(cursor, rows, err));
    cursor->ended = pgs_result_rows(*rows) < cursor->rows_next;
    learn_width(cursor, *rows);
    return PGS_OK;
}

/* Spares the server what it keeps for a cursor, even for one read to its end. */
static void close_cursor(struct pgs_cursor *cursor)
{
    struct pgs_session *session = cursor->session;
    struct pgs_conn *conn;
    char sql[64];

    if (!pgs_session_try_hold(session))
        return;
    conn = session->main_conn;
    (void)snprintf(sql, sizeof(sql), "CLOSE pgs_cursor_%u", cursor->number);
    if (conn && cursor->transaction == atomic_load(&session->transaction) &&
        pgs_conn_txn_status(conn) == PGS_TXN_OPEN && !pgs_interrupted(&session->interrupt))
        (void)!pgs_conn_exec(conn, sql, NULL, NULL);
    pgs_session_unlock(session);
}

void pgs_cursor_free(struct pgs_cursor *cursor)
{
    if (!cursor)
        return;
    close_cursor(cursor);
    pgs_result_free(cursor->ahead);
    pgs_free(cursor);
}
