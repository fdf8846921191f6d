/* SPDX-License-Identifier: MIT
 *
 * Lost connections: one clear error, or none at all when nothing had happened.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "link_test.h"

static int32_t main_pid(struct pgs_session *session)
{
    struct pgs_conn *conn = NULL;
    struct pgs_error err;
    int32_t pid = 0;

    CHECK_OK(pgs_session_lock(session, &conn, &err));
    if (conn) {
        pid = pgs_conn_backend_pid(conn);
        pgs_session_unlock(session);
    }
    return pid;
}

/* Takes a pooled connection without sending anything, and ends its server
 * process: the first statement must not show it. */
static void die_before_first(struct pgs_pool *pool, int kind)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_copy_out *stream = NULL;
    struct pgs_result *result = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    CHECK_OK(pgs_session_commit(session, &err));
    terminate(main_pid(session));
    if (kind == 0)
        CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    if (kind == 1) {
        CHECK_OK(pgs_session_open_copy(session, "COPY (SELECT 1) TO STDOUT", &stream, &err));
        pgs_session_close_copy(session, stream);
    }
    if (kind == 2) {
        CHECK_OK(pgs_session_describe(session, "SELECT 1", NULL, &result, &err));
        pgs_result_free(result);
        CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    }
    if (kind == 3)
        CHECK_OK(pgs_session_exec_alone(session, "VACUUM pg_class", NULL, &err));
    CHECK_OK(pgs_session_commit(session, &err));
    pgs_session_free(session);
}

/* In mid-transaction: an error with the server's reason, then all is well. */
static void die_in_transaction(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_error err;

    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_exec(session, "CREATE TEMP TABLE gone (i int)", NULL, &err));
    terminate(main_pid(session));
    CHECK(pgs_session_exec(session, "SELECT 1", NULL, &err) == PGS_ERR_IO);
    CHECK(strcmp(err.sqlstate, "57P01") == 0 && strstr(err.message, "administrator command"));
    CHECK(pgs_session_exec(session, "SELECT 1", NULL, &err) == PGS_ERR_IO);
    CHECK(pgs_session_commit(session, &err) == PGS_ERR_IO);
    CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    pgs_session_rollback(session);
    /* The server's own time-out says why. */
    CHECK_OK(pgs_session_exec(session, "SET LOCAL idle_in_transaction_session_timeout = 100", NULL,
                              &err));
    sleep_ms(300);
    CHECK(pgs_session_exec(session, "SELECT 1", NULL, &err) == PGS_ERR_IO);
    CHECK(strcmp(err.sqlstate, "25P03") == 0);
    pgs_session_free(session);
}

/* A statement that had begun is never sent twice. */
static void die_in_first(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_error err;

    CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    CHECK_OK(pgs_session_commit(session, &err));
    CHECK(pgs_session_exec(session, "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(9)",
                           NULL, &err) == PGS_ERR_IO);
    CHECK(strcmp(err.sqlstate, "57P01") == 0);
    pgs_session_free(session);
}

static void die_in_copy(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, true);
    struct pgs_conn *reader = NULL;
    struct pgs_copy_out *stream = NULL;
    struct pgs_error err;
    bool exported = false;
    bool ended = false;
    enum pgs_status status = PGS_OK;
    int64_t started_ms;

    CHECK_OK(pgs_session_share_snapshot(session, &exported, &err));
    CHECK_OK(pgs_session_open_reader(session, &reader, &err));
    CHECK_OK(pgs_copy_out_open(reader, "COPY (SELECT generate_series(1, 100000000)) TO STDOUT",
                               &stream, &err));
    started_ms = now_ms();
    terminate(pgs_conn_backend_pid(reader));
    while (status == PGS_OK && !ended) {
        const uint8_t *at;
        size_t size_bytes;

        status = pgs_copy_out_read(stream, &at, &size_bytes, &ended, &err);
        pgs_copy_out_consume(stream, size_bytes);
    }
    CHECK(status == PGS_ERR_IO && now_ms() - started_ms < 6000);
    /* When the socket was full the reason may have been lost with it. */
    CHECK(strcmp(err.sqlstate, "57P01") == 0 || strcmp(err.sqlstate, "08006") == 0);
    pgs_copy_out_free(stream);
    pgs_session_close_reader(session, reader);
    CHECK_OK(pgs_session_commit(session, &err));
    pgs_session_free(session);
}

static void die_in_copy_in(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_conn *conn = NULL;
    struct pgs_copy_in *stream = NULL;
    struct pgs_error err;
    enum pgs_status status = PGS_OK;
    int64_t rows = 0;
    char line[8] = "1234567\n";

    CHECK(ask("DROP TABLE IF EXISTS link_lost; CREATE TABLE link_lost (i int); SELECT 1") == 1);
    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_lock(session, &conn, &err));
    CHECK_OK(pgs_copy_in_open(conn, "COPY link_lost FROM STDIN", &stream, &err));
    CHECK_OK(pgs_copy_in_write(stream, line, 8, &err));
    terminate(pgs_conn_backend_pid(conn));
    for (int i = 0; i < 100 && status == PGS_OK; i++)
        status = pgs_copy_in_write(stream, line, 8, &err);
    CHECK(pgs_copy_in_finish(stream, &rows, &err) == PGS_ERR_IO);
    CHECK(strcmp(err.sqlstate, "57P01") == 0);
    pgs_session_unlock(session);
    CHECK(pgs_session_commit(session, &err) == PGS_ERR_IO);
    CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    pgs_session_free(session);
}

/* A snapshot that cannot be imported gives no reader and no error, and for a
 * while none is tried. */
static void import_refused(void)
{
    struct pgs_pool *pool = make_pool(3);
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, true);
    struct pgs_conn *reader = NULL;
    struct pgs_pool_stats stats;
    struct pgs_error err;
    bool exported = false;
    int without = 0;

    CHECK_OK(pgs_session_share_snapshot(session, &exported, &err));
    CHECK(exported);
    terminate(main_pid(session));
    CHECK_OK(pgs_session_open_reader(session, &reader, &err));
    CHECK(!reader);
    pgs_session_rollback(session);
    do {
        CHECK_OK(pgs_session_share_snapshot(session, &exported, &err));
        CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
        CHECK_OK(pgs_session_commit(session, &err));
        without += !exported;
    } while (!exported && without < 1000);
    CHECK(without == 100);
    pgs_session_free(session);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == stats.available);
    pgs_pool_free(pool);
}

/* Every server process of ours ended, as a restart does. */
static void restart_between(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_error err;

    for (int i = 0; i < 3; i++) {
        CHECK(ask("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE "
                  "application_name = 'duckdb/postgres_scanner'") >= 1);
        CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
        CHECK_OK(pgs_session_commit(session, &err));
    }
    pgs_session_free(session);
}

/* Each allocation of a small life fails once. */
static void fail_allocations(void)
{
    int failures = 0;

    for (long n = 0; n < 60; n++) {
        struct pgs_pool *pool = make_pool(2);
        struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
        struct pgs_copy_out *stream = NULL;
        struct pgs_cursor *cursor = NULL;
        struct pgs_error err;
        bool exported;
        enum pgs_status status;

        pgs_alloc_fail_after(n);
        status = pgs_session_share_snapshot(session, &exported, &err);
        if (status == PGS_OK)
            status = pgs_session_open_copy(session, "COPY (SELECT repeat('x', 999999)) TO STDOUT",
                                           &stream, &err);
        while (status == PGS_OK) {
            const uint8_t *at;
            size_t size_bytes;
            bool ended;

            status = pgs_copy_out_read(stream, &at, &size_bytes, &ended, &err);
            if (ended)
                break;
        }
        pgs_session_close_copy(session, stream);
        if (status == PGS_OK)
            status = pgs_cursor_open(session, "SELECT 1", &cursor, &err);
        pgs_alloc_fail_after(-1);
        failures += status == PGS_ERR_OOM;
        CHECK(status == PGS_OK || status == PGS_ERR_OOM);
        pgs_cursor_free(cursor);
        CHECK_OK(pgs_session_commit(session, &err));
        CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
        pgs_session_free(session);
        pgs_pool_free(pool);
    }
    CHECK(failures > 10);
}

void test_faults(void)
{
    struct pgs_pool *pool = make_pool(3);
    struct pgs_pool_stats stats;

    for (int kind = 0; kind < 4; kind++)
        die_before_first(pool, kind);
    die_in_transaction(pool);
    die_in_first(pool);
    die_in_copy(pool);
    die_in_copy_in(pool);
    restart_between(pool);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == stats.available);
    pgs_pool_free(pool);
    import_refused();
    fail_allocations();
}
