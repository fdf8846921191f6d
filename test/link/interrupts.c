/* SPDX-License-Identifier: MIT
 *
 * Interrupts reach the server within a second, from every kind of wait.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link_test.h"

/* How long the test waits before it interrupts, and what may pass in all. */
#define AFTER_MS  200
#define WITHIN_MS 1300

static void set_alarm(struct pgs_conn *conn, struct alarm_at *alarm,
                      struct pgs_interrupt *interrupt)
{
    atomic_store(&alarm->at_ms, now_ms() + AFTER_MS);
    *interrupt = (struct pgs_interrupt){alarm_rings, alarm};
    if (conn)
        pgs_conn_attend(conn, interrupt, NULL);
}

static void check_gone(struct pgs_conn *conn, int64_t started_ms)
{
    char sql[128];
    struct pgs_error err;

    CHECK(now_ms() - started_ms < WITHIN_MS);
    CHECK(!pgs_conn_is_broken(conn));
    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND state = "
             "'active'",
             (int)pgs_conn_backend_pid(conn));
    CHECK(ask(sql) == 0);
    pgs_conn_attend(conn, NULL, NULL);
    if (pgs_conn_txn_status(conn) != PGS_TXN_IDLE)
        CHECK_OK(pgs_conn_exec(conn, "ROLLBACK", NULL, &err));
    CHECK_OK(pgs_conn_exec(conn, "SELECT 1", NULL, &err));
}

static void interrupt_sleep(struct pgs_conn *conn, const char *sql)
{
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_error err;
    int64_t started_ms = now_ms();

    set_alarm(conn, &alarm, &interrupt);
    CHECK(pgs_conn_exec(conn, sql, NULL, &err) == PGS_ERR_CANCELLED);
    check_gone(conn, started_ms);
}

static void interrupt_copy_out(struct pgs_conn *conn, const char *sql)
{
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_copy_out *stream = NULL;
    struct pgs_error err;
    int64_t started_ms = now_ms();
    enum pgs_status status;

    set_alarm(conn, &alarm, &interrupt);
    status = pgs_copy_out_open(conn, sql, &stream, &err);
    while (status == PGS_OK) {
        const uint8_t *at;
        size_t size_bytes;
        bool ended;

        status = pgs_copy_out_read(stream, &at, &size_bytes, &ended, &err);
        CHECK(!ended);
        pgs_copy_out_consume(stream, size_bytes);
    }
    CHECK(status == PGS_ERR_CANCELLED);
    pgs_copy_out_free(stream);
    check_gone(conn, started_ms);
}

/* The table is locked, so that the server takes no data. */
static void interrupt_copy_in(struct pgs_conn *conn)
{
    struct pgs_conn *locker = connect_server();
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_copy_in *stream = NULL;
    struct pgs_error err;
    enum pgs_status status;
    size_t size_bytes = 1024 * 1024;
    char *lines = malloc(size_bytes);
    int64_t rows = 0;
    int64_t started_ms;

    memset(lines, '1', size_bytes);
    for (size_t i = 7; i < size_bytes; i += 8)
        lines[i] = '\n';
    CHECK(ask("DROP TABLE IF EXISTS link_in; CREATE TABLE link_in (i int PRIMARY KEY); SELECT 1") ==
          1);
    CHECK_OK(pgs_conn_exec(locker, "BEGIN; INSERT INTO link_in VALUES (1111111)", NULL, &err));
    started_ms = now_ms();
    set_alarm(conn, &alarm, &interrupt);
    status = pgs_copy_in_open(conn, "BEGIN; COPY link_in FROM STDIN", &stream, &err);
    while (status == PGS_OK)
        status = pgs_copy_in_write(stream, lines, size_bytes, &err);
    CHECK(status == PGS_ERR_CANCELLED);
    CHECK(pgs_copy_in_finish(stream, &rows, &err) == PGS_ERR_CANCELLED);
    check_gone(conn, started_ms);
    pgs_conn_free(locker);
    free(lines);
}

static void interrupt_describe(struct pgs_conn *conn)
{
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_result *result = NULL;
    struct pgs_error err;
    int64_t started_ms = now_ms();

    set_alarm(conn, &alarm, &interrupt);
    CHECK(pgs_conn_describe(conn, "SELECT * FROM link_in", NULL, &result, &err) ==
          PGS_ERR_CANCELLED);
    check_gone(conn, started_ms);
}

static void interrupt_lock(struct pgs_conn *conn)
{
    struct pgs_conn *locker = connect_server();
    struct pgs_error err;

    CHECK_OK(pgs_conn_exec(locker, "BEGIN; LOCK link_in", NULL, &err));
    interrupt_sleep(conn, "BEGIN; LOCK link_in");
    interrupt_describe(conn);
    pgs_conn_free(locker);
}

/* A socket that accepts nothing: the backlog takes the connection, then silence. */
static int make_black_hole(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size_bytes = sizeof(address);
    int hole = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(hole, (struct sockaddr *)&address, size_bytes) != 0 || listen(hole, 8) != 0)
        abort();
    getsockname(hole, (struct sockaddr *)&address, &size_bytes);
    *port = ntohs(address.sin_port);
    return hole;
}

static void black_hole(const char *more, bool by_alarm, enum pgs_status wanted)
{
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_conninfo *conninfo;
    struct pgs_conn *conn = NULL;
    struct pgs_error err;
    char text[160];
    int port;
    int hole = make_black_hole(&port);
    int64_t started_ms = now_ms();

    set_alarm(NULL, &alarm, &interrupt);
    snprintf(text, sizeof(text), "host=127.0.0.1 port=%d password=" MARKER " %s", port, more);
    conninfo = server_conninfo(text);
    CHECK(pgs_conn_open(conninfo, by_alarm ? &interrupt : NULL, &conn, &err) == wanted);
    CHECK(!conn && !strstr(err.message, MARKER));
    CHECK(now_ms() - started_ms < (by_alarm ? 500 : 2500));
    pgs_conninfo_free(conninfo);
    close(hole);
}

static void cancel_soon(void *argument)
{
    sleep_ms(AFTER_MS);
    pgs_conn_cancel(argument);
}

static void cancel_from_thread(struct pgs_conn *conn)
{
    struct test_thread thread;
    struct pgs_error err;
    int64_t started_ms = now_ms();

    start_thread(&thread, cancel_soon, conn);
    CHECK(pgs_conn_exec(conn, "SELECT pg_sleep(60)", NULL, &err) == PGS_ERR_CANCELLED);
    join_thread(&thread);
    check_gone(conn, started_ms);
    /* One that comes when nothing runs does nothing. */
    pgs_conn_cancel(conn);
    CHECK_OK(pgs_conn_exec(conn, "SELECT pg_sleep(0.1)", NULL, &err));
}

/* Waiting for a connection of the pool and for the session's lock. */
static void interrupt_waiters(void)
{
    struct pgs_pool *pool = make_pool(1);
    struct pgs_session_options options = {PGS_ISOLATION_REPEATABLE_READ, false};
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_session *session = NULL;
    struct pgs_conn *conn = NULL;
    struct pgs_conn *other = NULL;
    struct pgs_error err;
    int64_t started_ms = now_ms();

    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conn, &err));
    set_alarm(NULL, &alarm, &interrupt);
    CHECK(pgs_pool_acquire(pool, &interrupt, NULL, &other, &err) == PGS_ERR_CANCELLED);
    pgs_pool_release(pool, conn);
    CHECK_OK(pgs_session_new(pool, &options, &interrupt, NULL, &session, &err));
    atomic_store(&alarm.at_ms, INT64_MAX);
    CHECK_OK(pgs_session_lock(session, &conn, &err));
    set_alarm(NULL, &alarm, &interrupt);
    CHECK(pgs_session_exec(session, "SELECT 1", NULL, &err) == PGS_ERR_CANCELLED);
    pgs_session_unlock(session);
    CHECK(now_ms() - started_ms < 1000);
    /* Still interrupted: the end of the transaction must work all the same. */
    pgs_session_rollback(session);
    pgs_session_free(session);
    CHECK(ask("SELECT 1") == 1);
    pgs_pool_free(pool);
}

/* A COMMIT that takes long is asked to stop, and its real outcome reported. */
static void interrupt_commit(void)
{
    struct pgs_pool *pool = make_pool(1);
    struct pgs_session_options options = {PGS_ISOLATION_REPEATABLE_READ, false};
    struct alarm_at alarm;
    struct pgs_interrupt interrupt;
    struct pgs_session *session = NULL;
    struct pgs_pool_stats stats;
    struct pgs_error err;

    CHECK(ask("DROP TABLE IF EXISTS link_slow; CREATE TABLE link_slow (i int); CREATE OR REPLACE "
              "FUNCTION link_slow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM "
              "pg_sleep(30); RETURN NULL; END$$; CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON "
              "link_slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_slow(); "
              "SELECT 1") == 1);
    atomic_store(&alarm.at_ms, INT64_MAX);
    interrupt = (struct pgs_interrupt){alarm_rings, &alarm};
    CHECK_OK(pgs_session_new(pool, &options, &interrupt, NULL, &session, &err));
    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_exec(session, "INSERT INTO link_slow VALUES (1)", NULL, &err));
    set_alarm(NULL, &alarm, &interrupt);
    CHECK(pgs_session_commit(session, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "57014") == 0);
    atomic_store(&alarm.at_ms, INT64_MAX);
    pgs_session_free(session);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == 1 && stats.available == 1);
    CHECK(ask("SELECT count(*) FROM link_slow") == 0);
    pgs_pool_free(pool);
}

void test_interrupts(void)
{
    struct pgs_conn *conn = connect_server();

    interrupt_sleep(conn, "SELECT pg_sleep(60)");
    interrupt_sleep(conn, "BEGIN; SELECT pg_sleep(60)");
    interrupt_copy_out(conn, "COPY (SELECT pg_sleep(60)) TO STDOUT");
    interrupt_copy_out(conn, "BEGIN; COPY (SELECT repeat('x', 1000) FROM generate_series(1, "
                             "100000000)) TO STDOUT");
    interrupt_copy_in(conn);
    interrupt_lock(conn);
    cancel_from_thread(conn);
    pgs_conn_free(conn);
    black_hole("", true, PGS_ERR_CANCELLED);
    black_hole("sslmode=disable", true, PGS_ERR_CANCELLED);
    black_hole("connect_timeout=2", false, PGS_ERR_TIMEOUT);
    interrupt_waiters();
    interrupt_commit();
}
