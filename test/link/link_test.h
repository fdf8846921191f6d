/* SPDX-License-Identifier: MIT
 *
 * What the live tests of the link layer share. Each test is a function that
 * checks with CHECK; a failed check is printed and counted, the test goes on.
 */
#ifndef PGS_TEST_LINK_TEST_H
#define PGS_TEST_LINK_TEST_H

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "link/copy.h"
#include "link/pool.h"
#include "link/session.h"

#define MARKER "s3cr3t-MARKER-pw"

extern atomic_int checks_failed;
extern atomic_int checks_made;
extern const char *running; /* name of the test */

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        atomic_fetch_add(&checks_made, 1);                                                         \
        if (!(condition)) {                                                                        \
            atomic_fetch_add(&checks_failed, 1);                                                   \
            printf("%s: %s:%d: CHECK(%s) failed\n", running, __FILE__, __LINE__, #condition);      \
        }                                                                                          \
    } while (0)

/* As CHECK(call == PGS_OK), and prints `err`. */
#define CHECK_OK(call)                                                                             \
    do {                                                                                           \
        enum pgs_status check_status = (call);                                                     \
        CHECK(check_status == PGS_OK);                                                             \
        if (check_status != PGS_OK)                                                                \
            printf("    status %d, SQLSTATE %s: %s\n", check_status, err.sqlstate, err.message);   \
    } while (0)

/* The server named by PGHOST and so on; free it. */
struct pgs_conninfo *server_conninfo(const char *text);
struct pgs_conn *connect_server(void);
struct pgs_pool *make_pool(size_t connections_max);
struct pgs_session *make_session(struct pgs_pool *pool, enum pgs_isolation isolation,
                                 bool read_only);

/* Runs statements on a connection of its own; the first cell of the last answer
 * as a number. */
int64_t ask(const char *sql);
/* Ends a server process. */
void terminate(int32_t backend_pid);
int64_t now_ms(void);
void sleep_ms(int64_t milliseconds);

/* An interrupt that fires once `at_ms` (now_ms) is reached. */
struct alarm_at {
    _Atomic int64_t at_ms;
};
bool alarm_rings(void *context);

/* Runs a thread to its end: start_thread() and join_thread(). */
struct test_thread {
    void (*run)(void *argument);
    void *argument;
    unsigned long handle;
};
void start_thread(struct test_thread *thread, void (*run)(void *argument), void *argument);
void join_thread(struct test_thread *thread);

void test_connecting(void);
void test_statements(void);
void test_copy_streams(void);
void test_interrupts(void);
void test_pool(void);
void test_sessions(void);
void test_snapshots(void);
void test_faults(void);
void test_random_failures(void);

#endif
