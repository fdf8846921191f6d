/* SPDX-License-Identifier: MIT
 *
 * Drives the link layer against a live server, named by PGHOST, PGPORT, PGUSER,
 * PGPASSWORD and PGDATABASE (a superuser of a server that may be disturbed).
 * Exits non-zero when a check fails. An argument runs the test of that name.
 */
#include "link_test.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

atomic_int checks_failed;
atomic_int checks_made;
const char *running = "";

struct pgs_conninfo *server_conninfo(const char *text)
{
    struct pgs_conninfo *conninfo = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_conninfo_new(pgs_str_of(text), NULL, 0, &conninfo, &err));
    return conninfo;
}

struct pgs_pool *make_pool(size_t connections_max)
{
    struct pgs_pool_options options = {.connections_max = connections_max,
                                       .wait_timeout_ms = 20000,
                                       .idle_timeout_ms = 60000,
                                       .reaper_thread = true};
    struct pgs_pool *pool = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_pool_new(server_conninfo(""), &options, &pool, &err));
    return pool;
}

struct pgs_session *make_session(struct pgs_pool *pool, enum pgs_isolation isolation,
                                 bool read_only)
{
    struct pgs_session_options options = {.isolation = isolation, .read_only = read_only};
    struct pgs_session *session = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_session_new(pool, &options, NULL, NULL, &session, &err));
    return session;
}

/* A connection whose conninfo lives as long as the program. */
struct pgs_conn *connect_server(void)
{
    static struct pgs_conninfo *conninfo;
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct pgs_conn *conn = NULL;
    struct pgs_error err;

    pthread_mutex_lock(&lock);
    if (!conninfo)
        conninfo = server_conninfo("application_name=link_test_admin");
    pthread_mutex_unlock(&lock);
    CHECK_OK(pgs_conn_open(conninfo, NULL, &conn, &err));
    if (!conn)
        exit(1);
    return conn;
}

int64_t ask(const char *sql)
{
    struct pgs_conn *conn = connect_server();
    struct pgs_result *result = NULL;
    struct pgs_error err;
    int64_t value;

    CHECK_OK(pgs_conn_exec(conn, sql, &result, &err));
    value = pgs_result_int(result, 0, 0, -1);
    pgs_result_free(result);
    pgs_conn_free(conn);
    return value;
}

void terminate(int32_t backend_pid)
{
    char sql[160];

    snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%d, 5000)::int", (int)backend_pid);
    CHECK(ask(sql) == 1);
}

int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void sleep_ms(int64_t milliseconds)
{
    struct timespec wait = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    nanosleep(&wait, NULL);
}

bool alarm_rings(void *context)
{
    struct alarm_at *alarm = context;

    return now_ms() >= atomic_load(&alarm->at_ms);
}

static void *thread_main(void *argument)
{
    struct test_thread *thread = argument;

    thread->run(thread->argument);
    return NULL;
}

void start_thread(struct test_thread *thread, void (*run)(void *argument), void *argument)
{
    pthread_t handle;

    thread->run = run;
    thread->argument = argument;
    if (pthread_create(&handle, NULL, thread_main, thread) != 0)
        abort();
    thread->handle = (unsigned long)handle;
}

void join_thread(struct test_thread *thread)
{
    pthread_join((pthread_t)thread->handle, NULL);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } tests[] = {
        {"connecting", test_connecting},
        {"statements", test_statements},
        {"copy_streams", test_copy_streams},
        {"interrupts", test_interrupts},
        {"pool", test_pool},
        {"sessions", test_sessions},
        {"snapshots", test_snapshots},
        {"faults", test_faults},
        {"random_failures", test_random_failures},
    };

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        int before = atomic_load(&checks_made);
        int64_t started_ms = now_ms();

        if (argc > 1 && strcmp(argv[1], tests[i].name) != 0)
            continue;
        running = tests[i].name;
        tests[i].run();
        printf("%-16s %6d checks %6lld ms\n", tests[i].name, atomic_load(&checks_made) - before,
               (long long)(now_ms() - started_ms));
    }
    printf("%d checks, %d failed\n", atomic_load(&checks_made), atomic_load(&checks_failed));
    return atomic_load(&checks_failed) || !atomic_load(&checks_made) ? 1 : 0;
}
