/* SPDX-License-Identifier: MIT
 *
 * A thousand failures of every kind, from several threads on one pool: each one
 * is reported, none leaves anything behind.
 */
#include <stdlib.h>

#include "link_test.h"

#define THREADS 4
#define ROUNDS  250

struct storm {
    struct pgs_pool *pool;
    unsigned seed;
    int failures;
};

static unsigned next_random(struct storm *storm)
{
    storm->seed = storm->seed * 1103515245u + 12345u;
    return storm->seed >> 16;
}

/* A statement that fails, from text. */
static enum pgs_status fail_statement(struct pgs_session *session, unsigned which,
                                      struct pgs_error *err)
{
    static const char *const texts[] = {
        "SELEC 1",
        "SELECT 1/0",
        "SELECT * FROM missing",
        "SELECT 'x'::int",
        "INSERT INTO link_storm VALUES (1)",
        "SELECT 1; SELECT 2; SELECT 1/0; SELECT 3",
        "COPY link_storm FROM STDIN",
        "SET LOCAL statement_timeout = 10; SELECT pg_sleep(10)",
        "SELECT pg_terminate_backend(pg_backend_pid())",
    };

    return pgs_session_exec(session, texts[which % 9], NULL, err);
}

/* A stream that is left in the middle or fails there. */
static enum pgs_status fail_copy_out(struct pgs_session *session, unsigned which,
                                     struct pgs_error *err)
{
    struct pgs_copy_out *stream = NULL;
    enum pgs_status status;
    const uint8_t *at;
    size_t size_bytes;
    bool ended = false;

    status = pgs_session_open_copy(session,
                                   which % 2 ? "COPY (SELECT generate_series(1, 9999999)) TO STDOUT"
                                             : "COPY (SELECT 1/(2000 - i) FROM generate_series(1, "
                                               "3000) i) TO STDOUT",
                                   &stream, err);
    while (status == PGS_OK && !ended) {
        status = pgs_copy_out_read(stream, &at, &size_bytes, &ended, err);
        pgs_copy_out_consume(stream, size_bytes);
        if (which % 2)
            status = PGS_ERR_CANCELLED;
    }
    pgs_session_close_copy(session, stream);
    return status;
}

static enum pgs_status fail_copy_in(struct pgs_session *session, unsigned which,
                                    struct pgs_error *err)
{
    struct pgs_copy_in *stream = NULL;
    struct pgs_conn *conn;
    enum pgs_status status = pgs_session_lock(session, &conn, err);
    int64_t rows;

    if (status != PGS_OK)
        return status;
    status = pgs_copy_in_open(conn, "COPY link_storm FROM STDIN", &stream, err);
    if (status == PGS_OK) {
        status = pgs_copy_in_write(stream, "nonsense\n", 9, err);
        if (which % 2) {
            pgs_copy_in_abort(stream);
            status = PGS_ERR_CANCELLED;
        } else {
            status = pgs_copy_in_finish(stream, &rows, err);
        }
    }
    pgs_session_unlock(session);
    return status;
}

static enum pgs_status fail_interrupt(struct pgs_session *session, struct alarm_at *alarm,
                                      struct pgs_error *err)
{
    enum pgs_status status;

    atomic_store(&alarm->at_ms, now_ms() + 5);
    status = pgs_session_exec(session, "SELECT pg_sleep(20)", NULL, err);
    atomic_store(&alarm->at_ms, INT64_MAX);
    return status;
}

static void fail_once(struct storm *storm)
{
    struct pgs_session_options options = {PGS_ISOLATION_REPEATABLE_READ, false};
    struct alarm_at alarm = {INT64_MAX};
    struct pgs_interrupt interrupt = {alarm_rings, &alarm};
    struct pgs_session *session = NULL;
    struct pgs_error err;
    unsigned which = next_random(storm);
    enum pgs_status status = PGS_OK;

    CHECK_OK(pgs_session_new(storm->pool, &options, &interrupt, NULL, &session, &err));
    if (which % 3 == 0)
        CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    switch (next_random(storm) % 8) {
    case 0:
        status = fail_copy_out(session, which, &err);
        break;
    case 1:
        status = fail_copy_in(session, which, &err);
        break;
    case 2:
        status = fail_interrupt(session, &alarm, &err);
        break;
    default:
        status = fail_statement(session, which, &err);
        break;
    }
    CHECK(status != PGS_OK);
    storm->failures += status != PGS_OK;
    if (which % 2)
        CHECK_OK(pgs_session_commit(session, &err));
    pgs_session_free(session);
}

static void fail_often(void *argument)
{
    struct storm *storm = argument;

    for (int i = 0; i < ROUNDS; i++)
        fail_once(storm);
}

void test_random_failures(void)
{
    struct pgs_pool *pool = make_pool(3);
    struct storm storms[THREADS];
    struct test_thread threads[THREADS];
    struct pgs_pool_stats stats;
    struct pgs_session *session;
    struct pgs_error err;
    int failures = 0;

    CHECK(ask("DROP TABLE IF EXISTS link_storm; CREATE TABLE link_storm (i int CHECK (i > 5)); "
              "SELECT 1") == 1);
    for (unsigned i = 0; i < THREADS; i++) {
        storms[i] = (struct storm){pool, i * 7919 + 1, 0};
        start_thread(&threads[i], fail_often, &storms[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        join_thread(&threads[i]);
        failures += storms[i].failures;
    }
    CHECK(failures == THREADS * ROUNDS);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == stats.available && stats.total <= 3);
    session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    CHECK_OK(pgs_session_exec(session, "SELECT 1", NULL, &err));
    CHECK_OK(pgs_session_commit(session, &err));
    pgs_session_free(session);
    CHECK(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = "
              "'duckdb/postgres_scanner' AND state <> 'idle'") == 0);
    pgs_pool_free(pool);
}
