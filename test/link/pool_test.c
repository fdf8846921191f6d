/* SPDX-License-Identifier: MIT
 *
 * The pool: its cap, its counts, and when it closes what is idle.
 */
#include "link_test.h"

#define THREADS 32
#define CAP     4

struct load {
    struct pgs_pool *pool;
    atomic_int in_use;
    atomic_int most;
    atomic_int served;
};

static void use_connections(void *argument)
{
    struct load *load = argument;

    for (int i = 0; i < 25; i++) {
        struct pgs_conn *conn = NULL;
        struct pgs_error err;
        int now;
        int most;

        CHECK_OK(pgs_pool_acquire(load->pool, NULL, NULL, &conn, &err));
        if (!conn)
            continue;
        now = atomic_fetch_add(&load->in_use, 1) + 1;
        most = atomic_load(&load->most);
        while (now > most && !atomic_compare_exchange_weak(&load->most, &most, now))
            ;
        CHECK_OK(pgs_conn_exec(conn, i % 3 ? "SELECT 1" : "BEGIN; SELECT 1", NULL, &err));
        atomic_fetch_add(&load->served, 1);
        atomic_fetch_sub(&load->in_use, 1);
        pgs_pool_release(load->pool, conn);
    }
}

static void check_cap(void)
{
    struct load load = {.pool = make_pool(CAP)};
    struct test_thread threads[THREADS];
    struct pgs_pool_stats stats;

    for (size_t i = 0; i < THREADS; i++)
        start_thread(&threads[i], use_connections, &load);
    for (int i = 0; i < 5; i++) {
        CHECK(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                  "'duckdb/postgres_scanner'") <= CAP + 1); /* one may be closing */
        sleep_ms(10);
    }
    for (size_t i = 0; i < THREADS; i++)
        join_thread(&threads[i]);
    pgs_pool_stats(load.pool, &stats);
    CHECK(atomic_load(&load.most) <= CAP && atomic_load(&load.served) == THREADS * 25);
    CHECK(stats.total == stats.available && stats.total <= CAP);
    CHECK(stats.misses <= CAP && stats.hits + stats.misses == THREADS * 25);
    pgs_pool_free(load.pool);
}

static void check_limits(void)
{
    struct pgs_pool *pool = make_pool(2);
    struct pgs_pool_options options;
    struct pgs_pool_stats stats;
    struct pgs_conn *conns[3] = {NULL, NULL, NULL};
    struct pgs_error err;

    pgs_pool_options(pool, &options);
    options.wait_timeout_ms = 150;
    pgs_pool_configure(pool, &options);
    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conns[0], &err));
    CHECK_OK(pgs_pool_try_acquire(pool, NULL, NULL, &conns[1], &err));
    CHECK(conns[1] != NULL);
    CHECK_OK(pgs_pool_try_acquire(pool, NULL, NULL, &conns[2], &err));
    CHECK(conns[2] == NULL);
    CHECK(pgs_pool_acquire(pool, NULL, NULL, &conns[2], &err) == PGS_ERR_TIMEOUT);
    CHECK(strstr(err.message, "all 2 connections in use") != NULL);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == 2 && stats.available == 0 && stats.failures == 2);
    options.connections_max = 1;
    pgs_pool_configure(pool, &options);
    pgs_pool_release(pool, conns[0]);
    pgs_pool_release(pool, conns[1]);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == 1 && stats.available == 1);
    /* Session state made by user text does not survive. */
    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conns[0], &err));
    CHECK_OK(pgs_conn_exec(conns[0], "SET search_path = nowhere; CREATE TEMP TABLE tt (i int)",
                           NULL, &err));
    pgs_conn_taint(conns[0]);
    pgs_pool_release(pool, conns[0]);
    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conns[0], &err));
    CHECK(pgs_conn_exec(conns[0], "SELECT * FROM tt", NULL, &err) == PGS_ERR_SERVER);
    /* The pool outlives its owner until the last connection is back. */
    pgs_pool_free(pool);
    CHECK_OK(pgs_conn_exec(conns[0], "SELECT 1", NULL, &err));
    pgs_pool_release(pool, conns[0]);
}

static void check_reaping(bool with_thread)
{
    struct pgs_pool_options options = {.connections_max = 3,
                                       .wait_timeout_ms = 1000,
                                       .idle_timeout_ms = 200,
                                       .reaper_thread = with_thread};
    struct pgs_pool *pool = NULL;
    struct pgs_pool_stats stats;
    struct pgs_conn *conns[3];
    struct pgs_error err;

    CHECK_OK(pgs_pool_new(server_conninfo(""), &options, &pool, &err));
    for (size_t i = 0; i < 3; i++)
        CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conns[i], &err));
    for (size_t i = 0; i < 3; i++)
        pgs_pool_release(pool, conns[i]);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == 3);
    sleep_ms(500);
    if (!with_thread)
        pgs_pool_reap(pool);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == 0 && stats.available == 0);
    options.idle_timeout_ms = 0;
    options.lifetime_max_ms = 200;
    pgs_pool_configure(pool, &options);
    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conns[0], &err));
    pgs_pool_release(pool, conns[0]);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.available == 1);
    sleep_ms(500);
    CHECK_OK(pgs_pool_acquire(pool, NULL, NULL, &conns[0], &err));
    pgs_pool_stats(pool, &stats);
    CHECK(stats.misses == 5 && stats.total == 1);
    pgs_pool_release(pool, conns[0]);
    pgs_pool_free(pool);
}

void test_pool(void)
{
    check_cap();
    check_limits();
    check_reaping(false);
    check_reaping(true);
}
