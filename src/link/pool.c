/* SPDX-License-Identifier: MIT */
#include "link/pool.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/internal.h"

/* Invariants, under `lock`: total = idle + in use + being opened <= the maximum
 * at the time it grew; the pool is freed when it is closing, total is 0 and
 * nobody waits. Nothing that may take long happens under the lock. */
struct pgs_pool {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a connection or a place became free */
    pthread_cond_t reap;    /* the reaper has something to look at */
    struct pgs_conninfo *conninfo;
    struct pgs_pool_options options;
    struct pgs_pool_stats stats;
    struct pgs_conn *idle; /* latest first */
    size_t waiting;
    bool closing;
    bool has_reaper;
    pthread_t reaper;
    atomic_int imports; /* enum pgs_imports */
};

static enum pgs_status make_locks(struct pgs_pool *pool, struct pgs_error *err)
{
    pthread_condattr_t attributes;

    if (pthread_condattr_init(&attributes) != 0)
        return pgs_error_oom(err);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->changed, &attributes);
    (void)pthread_cond_init(&pool->reap, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    return PGS_OK;
}

static void wait_ms(pthread_cond_t *cond, pthread_mutex_t *lock, int64_t milliseconds)
{
    struct timespec until;
    int64_t until_ms = pgs_clock_ms() + milliseconds;

    until.tv_sec = (time_t)(until_ms / 1000);
    until.tv_nsec = (long)(until_ms % 1000) * 1000000;
    (void)pthread_cond_timedwait(cond, lock, &until);
}

static void set_options(struct pgs_pool *pool, const struct pgs_pool_options *options)
{
    pool->options = *options;
    if (pool->options.connections_max == 0)
        pool->options.connections_max = 1;
}

enum pgs_status pgs_pool_new(struct pgs_conninfo *conninfo, const struct pgs_pool_options *options,
                             struct pgs_pool **pool, struct pgs_error *err)
{
    struct pgs_pool *made = pgs_alloc_array(1, sizeof(*made));

    *pool = NULL;
    if (!made || make_locks(made, err) != PGS_OK) {
        pgs_free(made);
        pgs_conninfo_free(conninfo);
        return pgs_error_oom(err);
    }
    made->conninfo = conninfo;
    set_options(made, options);
    atomic_init(&made->imports, PGS_IMPORTS_TRIED);
    *pool = made;
    return PGS_OK;
}

static void destroy(struct pgs_pool *pool)
{
    (void)pthread_cond_destroy(&pool->changed);
    (void)pthread_cond_destroy(&pool->reap);
    (void)pthread_mutex_destroy(&pool->lock);
    pgs_conninfo_free(pool->conninfo);
    pgs_free(pool);
}

static void close_list(struct pgs_conn *list)
{
    while (list) {
        struct pgs_conn *next = list->next;

        pgs_conn_free(list);
        list = next;
    }
}

static bool is_due(const struct pgs_pool *pool, const struct pgs_conn *conn, int64_t now_ms)
{
    const struct pgs_pool_options *options = &pool->options;

    return options->close_after_use ||
           (options->idle_timeout_ms > 0 &&
            now_ms - conn->idle_since_ms >= options->idle_timeout_ms) ||
           (options->lifetime_max_ms > 0 && now_ms - conn->opened_ms >= options->lifetime_max_ms);
}

/* Under the lock: takes idle ones out that are due (or all) or beyond the
 * maximum. The caller closes them outside, then calls forget(). */
static struct pgs_conn *take_due(struct pgs_pool *pool, bool all, size_t *count)
{
    struct pgs_conn **link = &pool->idle;
    struct pgs_conn *taken = NULL;
    int64_t now_ms = pgs_clock_ms();

    *count = 0;
    while (*link) {
        struct pgs_conn *conn = *link;
        bool beyond = pool->stats.total - *count > pool->options.connections_max;

        if (!all && !beyond && !is_due(pool, conn, now_ms)) {
            link = &conn->next;
            continue;
        }
        *link = conn->next;
        conn->next = taken;
        taken = conn;
        pool->stats.available--;
        ++*count;
    }
    return taken;
}

/* Under the lock: `count` connections exist no more. */
static void forget(struct pgs_pool *pool, size_t count)
{
    pool->stats.total -= count;
    if (count)
        (void)pthread_cond_broadcast(&pool->changed);
}

/* Leaves the lock; frees the pool when it was the last to hold it. */
static void leave(struct pgs_pool *pool)
{
    bool last = pool->closing && pool->stats.total == 0 && pool->waiting == 0;

    (void)pthread_mutex_unlock(&pool->lock);
    if (last)
        destroy(pool);
}

/* Under the lock, which is left for the closing and taken again. */
static void close_due(struct pgs_pool *pool, bool all)
{
    size_t count;
    struct pgs_conn *due = take_due(pool, all, &count);

    if (!due)
        return;
    (void)pthread_mutex_unlock(&pool->lock);
    close_list(due);
    (void)pthread_mutex_lock(&pool->lock);
    forget(pool, count);
}

void pgs_pool_reap(struct pgs_pool *pool)
{
    (void)pthread_mutex_lock(&pool->lock);
    close_due(pool, false);
    leave(pool);
}

/* When the next idle connection is due, in milliseconds from now; -1: never. */
static int64_t next_due_ms(const struct pgs_pool *pool)
{
    int64_t now_ms = pgs_clock_ms();
    int64_t soonest = -1;

    if (!pool->options.reaper_thread)
        return -1;
    for (const struct pgs_conn *conn = pool->idle; conn; conn = conn->next) {
        const struct pgs_pool_options *options = &pool->options;
        int64_t idle_left = conn->idle_since_ms + options->idle_timeout_ms - now_ms;
        int64_t life_left = conn->opened_ms + options->lifetime_max_ms - now_ms;

        if (options->idle_timeout_ms > 0 && (soonest < 0 || idle_left < soonest))
            soonest = idle_left > 0 ? idle_left : 0;
        if (options->lifetime_max_ms > 0 && (soonest < 0 || life_left < soonest))
            soonest = life_left > 0 ? life_left : 0;
    }
    return soonest;
}

static void *reaper_main(void *argument)
{
    struct pgs_pool *pool = argument;

    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->closing) {
        int64_t due_ms = next_due_ms(pool);

        if (due_ms < 0)
            (void)pthread_cond_wait(&pool->reap, &pool->lock);
        else if (due_ms > 0)
            wait_ms(&pool->reap, &pool->lock, due_ms);
        if (!pool->closing && pool->options.reaper_thread)
            close_due(pool, false);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Under the lock: something is idle. Without a thread it is closed later. */
static void start_reaper(struct pgs_pool *pool)
{
    bool wanted = pool->options.reaper_thread &&
                  (pool->options.idle_timeout_ms > 0 || pool->options.lifetime_max_ms > 0);
    sigset_t all;
    sigset_t before;

    if (!pool->has_reaper && wanted && !pool->closing) {
        /* The host's signals are for the host's threads. */
        (void)sigfillset(&all);
        (void)pthread_sigmask(SIG_SETMASK, &all, &before);
        pool->has_reaper = pthread_create(&pool->reaper, NULL, reaper_main, pool) == 0;
        (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    (void)pthread_cond_signal(&pool->reap);
}

void pgs_pool_free(struct pgs_pool *pool)
{
    bool has_reaper;

    if (!pool)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    has_reaper = pool->has_reaper;
    pool->stats.total++; /* our own hold while the reaper ends */
    (void)pthread_cond_broadcast(&pool->reap);
    (void)pthread_cond_broadcast(&pool->changed);
    (void)pthread_mutex_unlock(&pool->lock);
    if (has_reaper)
        (void)pthread_join(pool->reaper, NULL);
    (void)pthread_mutex_lock(&pool->lock);
    close_due(pool, true);
    forget(pool, 1);
    leave(pool);
}

void pgs_pool_configure(struct pgs_pool *pool, const struct pgs_pool_options *options)
{
    (void)pthread_mutex_lock(&pool->lock);
    set_options(pool, options);
    close_due(pool, false);
    if (pool->idle || pool->has_reaper)
        start_reaper(pool);
    (void)pthread_cond_broadcast(&pool->changed);
    leave(pool);
}

void pgs_pool_options(struct pgs_pool *pool, struct pgs_pool_options *options)
{
    (void)pthread_mutex_lock(&pool->lock);
    *options = pool->options;
    (void)pthread_mutex_unlock(&pool->lock);
}

void pgs_pool_stats(struct pgs_pool *pool, struct pgs_pool_stats *stats)
{
    (void)pthread_mutex_lock(&pool->lock);
    *stats = pool->stats;
    stats->reaper_running = pool->has_reaper && pool->options.reaper_thread;
    (void)pthread_mutex_unlock(&pool->lock);
}

const struct pgs_conninfo *pgs_pool_conninfo(const struct pgs_pool *pool)
{
    return pool->conninfo;
}

atomic_int *pgs_pool_imports(struct pgs_pool *pool)
{
    return &pool->imports;
}

enum place { PLACE_IDLE, PLACE_NEW, PLACE_NONE };

/* Under the lock: an idle connection, or the right to open one. */
static enum place take_place(struct pgs_pool *pool, struct pgs_conn **conn)
{
    if (pool->idle) {
        *conn = pool->idle;
        pool->idle = (*conn)->next;
        (*conn)->next = NULL;
        pool->stats.available--;
        return PLACE_IDLE;
    }
    if (pool->stats.total < pool->options.connections_max) {
        pool->stats.total++;
        return PLACE_NEW;
    }
    return PLACE_NONE;
}

/* Under the lock: waits for a place, a connection, or a reason to give up. */
static enum pgs_status wait_for_place(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                                      struct pgs_conn **conn, enum place *place,
                                      struct pgs_error *err)
{
    int64_t started_ms = pgs_clock_ms();
    bool may_wait = pool->options.acquire_mode != PGS_ACQUIRE_TRY;
    int64_t wait_timeout_ms = may_wait ? pool->options.wait_timeout_ms : 0;

    for (;;) {
        int64_t waited_ms = pgs_clock_ms() - started_ms;

        *place = take_place(pool, conn);
        if (*place != PLACE_NONE)
            return PGS_OK;
        if (pool->closing)
            return pgs_error_set(err, PGS_ERR_USAGE, "the connection pool has been shut down");
        if (pgs_interrupted(interrupt))
            return pgs_error_set(err, PGS_ERR_CANCELLED,
                                 "interrupted while waiting for a "
                                 "connection");
        if (waited_ms >= wait_timeout_ms) {
            pool->stats.failures++;
            (void)pgs_error_set(err, PGS_ERR_TIMEOUT,
                                "connection pool timeout: all %zu connections in use, waited "
                                "%lld ms",
                                pool->options.connections_max, (long long)waited_ms);
            pgs_error_hint(err, "Raise pg_pool_max_connections or pg_pool_wait_timeout_millis.");
            return PGS_ERR_TIMEOUT;
        }
        pool->waiting++;
        wait_ms(&pool->changed, &pool->lock,
                wait_timeout_ms - waited_ms < PGS_INTERRUPT_POLL_MS ? wait_timeout_ms - waited_ms
                                                                    : PGS_INTERRUPT_POLL_MS);
        pool->waiting--;
    }
}

/* An idle connection that may be given out. */
static bool is_usable(const struct pgs_conn *conn, bool due)
{
    return !due && !pgs_conn_is_broken(conn) && pgs_socket_is_quiet(PQsocket(conn->pg));
}

/* Asks the user's own question. */
static bool is_healthy(struct pgs_conn *conn, const char *query, const struct pgs_interrupt *caller)
{
    enum pgs_status status;

    if (!query[0] || strcmp(query, "SELECT 1") == 0)
        return true;
    conn->interrupt = caller;
    conn->deadline_ms = pgs_clock_ms() + PGS_ROLLBACK_WAIT_MS;
    status = pgs_conn_exec(conn, query, NULL, NULL);
    conn->deadline_ms = -1;
    conn->interrupt = NULL;
    return status == PGS_OK && pgs_conn_txn_status(conn) == PGS_TXN_IDLE;
}

/* Opens a connection on a place of the pool that is already ours. */
static enum pgs_status open_place(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                                  struct pgs_conn **conn, struct pgs_error *err)
{
    enum pgs_status status = pgs_conn_open(pool->conninfo, interrupt, conn, err);

    (void)pthread_mutex_lock(&pool->lock);
    if (status == PGS_OK)
        pool->stats.misses++;
    else
        forget(pool, 1);
    leave(pool);
    return status;
}

static enum pgs_status acquire(struct pgs_pool *pool, bool may_wait,
                               const struct pgs_interrupt *interrupt, struct pgs_conn **conn,
                               struct pgs_error *err)
{
    for (;;) {
        enum place place = PLACE_NONE;
        char query[PGS_HEALTH_QUERY_BYTES];
        enum pgs_status status = PGS_OK;
        bool due = false;

        (void)pthread_mutex_lock(&pool->lock);
        if (may_wait)
            status = wait_for_place(pool, interrupt, conn, &place, err);
        else if (!pool->closing && pool->waiting == 0)
            place = take_place(pool, conn);
        memcpy(query, pool->options.health_check_query, sizeof(query));
        if (place == PLACE_IDLE)
            due = is_due(pool, *conn, pgs_clock_ms());
        if (place == PLACE_NONE && status == PGS_OK)
            pool->stats.failures++;
        leave(pool);
        if (place == PLACE_NONE)
            return status;
        if (place == PLACE_NEW)
            return open_place(pool, interrupt, conn, err);
        if (is_usable(*conn, due) && is_healthy(*conn, query, interrupt)) {
            (void)pthread_mutex_lock(&pool->lock);
            pool->stats.hits++;
            (void)pthread_mutex_unlock(&pool->lock);
            (*conn)->reused = true;
            return PGS_OK;
        }
        pgs_conn_free(*conn);
        *conn = NULL;
        (void)pthread_mutex_lock(&pool->lock);
        forget(pool, 1);
        leave(pool);
    }
}

enum pgs_status pgs_pool_acquire(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                                 const struct pgs_query_log *log, struct pgs_conn **conn,
                                 struct pgs_error *err)
{
    enum pgs_status status;

    *conn = NULL;
    status = acquire(pool, true, interrupt, conn, err);
    if (status == PGS_OK)
        pgs_conn_attend(*conn, interrupt, log);
    return status;
}

enum pgs_status pgs_pool_try_acquire(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                                     const struct pgs_query_log *log, struct pgs_conn **conn,
                                     struct pgs_error *err)
{
    enum pgs_status status;

    *conn = NULL;
    status = acquire(pool, false, interrupt, conn, err);
    if (status == PGS_OK && *conn)
        pgs_conn_attend(*conn, interrupt, log);
    return status;
}

/* Makes a returned connection as good as new, or says that it cannot be. */
static bool clean(struct pgs_conn *conn)
{
    pgs_conn_attend(conn, NULL, NULL);
    pgs_conn_rollback(conn);
    if (pgs_conn_txn_status(conn) != PGS_TXN_IDLE)
        return false;
    if (!conn->tainted)
        return true;
    conn->tainted = false;
    conn->deadline_ms = pgs_clock_ms() + PGS_ROLLBACK_WAIT_MS;
    if (pgs_conn_exec(conn, "DISCARD ALL", NULL, NULL) != PGS_OK)
        return false;
    conn->deadline_ms = -1;
    return true;
}

void pgs_pool_release(struct pgs_pool *pool, struct pgs_conn *conn)
{
    bool keep;

    if (!conn)
        return;
    keep = clean(conn);
    (void)pthread_mutex_lock(&pool->lock);
    conn->idle_since_ms = pgs_clock_ms();
    keep = keep && !pool->closing && pool->stats.total <= pool->options.connections_max &&
           !is_due(pool, conn, conn->idle_since_ms);
    if (keep) {
        conn->next = pool->idle;
        pool->idle = conn;
        pool->stats.available++;
        (void)pthread_cond_signal(&pool->changed);
        start_reaper(pool);
        close_due(pool, false);
        leave(pool);
        return;
    }
    (void)pthread_mutex_unlock(&pool->lock);
    pgs_conn_free(conn);
    (void)pthread_mutex_lock(&pool->lock);
    forget(pool, 1);
    leave(pool);
}
