/* SPDX-License-Identifier: MIT
 *
 * Sessions, cursors, readers and their snapshot.
 */
#include "link_test.h"

static void make_table(void)
{
    CHECK(ask("DROP TABLE IF EXISTS link_numbers; CREATE TABLE link_numbers AS SELECT i, 1 AS v "
              "FROM generate_series(1, 100000) i; SELECT count(*) FROM link_numbers") == 100000);
}

static int64_t session_ask(struct pgs_session *session, const char *sql)
{
    struct pgs_result *result = NULL;
    struct pgs_error err;
    int64_t value;

    CHECK_OK(pgs_session_exec(session, sql, &result, &err));
    value = pgs_result_int(result, 0, 0, -1);
    pgs_result_free(result);
    return value;
}

static void check_begin_text(struct pgs_pool *pool)
{
    static const struct {
        enum pgs_isolation isolation;
        bool read_only;
        const char *level;
    } cases[] = {
        {PGS_ISOLATION_REPEATABLE_READ, false, "repeatable read/off"},
        {PGS_ISOLATION_READ_COMMITTED, true, "read committed/on"},
        {PGS_ISOLATION_SERIALIZABLE, true, "serializable/on"},
    };

    for (size_t i = 0; i < 3; i++) {
        struct pgs_session *session = make_session(pool, cases[i].isolation, cases[i].read_only);
        struct pgs_result *result = NULL;
        struct pgs_error err;

        CHECK_OK(pgs_session_exec(session,
                                  "SELECT current_setting('transaction_isolation') || '/' || "
                                  "current_setting('transaction_read_only')",
                                  &result, &err));
        CHECK(pgs_str_equal(pgs_result_get(result, 0, 0), pgs_str_of(cases[i].level)));
        pgs_result_free(result);
        CHECK(pgs_session_begin_write(session, &err) ==
              (cases[i].read_only ? PGS_ERR_USAGE : PGS_OK));
        CHECK_OK(pgs_session_commit(session, &err));
        pgs_session_free(session);
    }
}

static void check_commit(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_pool_stats before;
    struct pgs_pool_stats stats;
    struct pgs_error err;

    pgs_pool_stats(pool, &before);
    CHECK_OK(pgs_session_commit(session, &err));
    pgs_pool_stats(pool, &stats);
    CHECK(stats.hits == before.hits && stats.misses == before.misses);
    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_exec(session, "UPDATE link_numbers SET v = 2 WHERE i = 1", NULL, &err));
    CHECK(pgs_session_has_written(session));
    CHECK(session_ask(session, "SELECT v FROM link_numbers WHERE i = 1") == 2);
    CHECK(ask("SELECT v FROM link_numbers WHERE i = 1") == 1);
    pgs_session_rollback(session);
    CHECK(!pgs_session_has_written(session));
    CHECK(session_ask(session, "SELECT v FROM link_numbers WHERE i = 1") == 1);
    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK(session_ask(session, "UPDATE link_numbers SET v = 3 WHERE i = 1 RETURNING v") == 3);
    CHECK_OK(pgs_session_commit(session, &err));
    CHECK(ask("SELECT v FROM link_numbers WHERE i = 1") == 3);
    /* Aborted: an error when something was written, none otherwise. */
    CHECK(pgs_session_exec(session, "SELECT 1/0", NULL, &err) == PGS_ERR_SERVER);
    CHECK_OK(pgs_session_commit(session, &err));
    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_exec(session, "UPDATE link_numbers SET v = 4 WHERE i = 1", NULL, &err));
    CHECK(pgs_session_exec(session, "SELECT 1/0", NULL, &err) == PGS_ERR_SERVER);
    CHECK(pgs_session_commit(session, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "25P02") == 0);
    CHECK(ask("SELECT v FROM link_numbers WHERE i = 1") == 3);
    /* A deferred constraint fails at COMMIT itself. */
    CHECK(ask("DROP TABLE IF EXISTS link_deferred; CREATE TABLE link_deferred (i int UNIQUE "
              "DEFERRABLE INITIALLY DEFERRED); SELECT 1") == 1);
    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_exec(session, "INSERT INTO link_deferred VALUES (1), (1)", NULL, &err));
    CHECK(pgs_session_commit(session, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "23505") == 0);
    CHECK(session_ask(session, "SELECT 5") == 5);
    /* A COMMIT in the text: what follows is in a transaction again. */
    CHECK_OK(pgs_session_exec(session, "COMMIT", NULL, &err));
    CHECK_OK(pgs_session_exec(session, "UPDATE link_numbers SET v = 9 WHERE i = 1", NULL, &err));
    pgs_session_rollback(session);
    CHECK(ask("SELECT v FROM link_numbers WHERE i = 1") == 3);
    /* Nobody said that this writes, and still its COMMIT's failure is told. */
    CHECK_OK(pgs_session_exec(session, "INSERT INTO link_deferred VALUES (1), (1)", NULL, &err));
    CHECK(pgs_session_commit(session, &err) == PGS_ERR_SERVER);
    pgs_session_free(session);
}

static void check_alone(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_error err;

    CHECK_OK(pgs_session_exec_alone(session, "VACUUM link_numbers", NULL, &err));
    CHECK(session_ask(session, "SELECT 1") == 1);
    CHECK(pgs_session_exec_alone(session, "VACUUM link_numbers", NULL, &err) == PGS_ERR_USAGE);
    CHECK_OK(pgs_session_commit(session, &err));
    CHECK(pgs_session_exec_alone(session, "VACUUM missing", NULL, &err) == PGS_ERR_SERVER);
    CHECK(session_ask(session, "SELECT current_setting('transaction_isolation')::text = "
                               "'repeatable read' AND pg_backend_pid() > 0") == -1);
    pgs_session_free(session);
}

static size_t fetch_all(struct pgs_cursor *cursor)
{
    size_t total = 0;

    for (;;) {
        struct pgs_result *rows = NULL;
        struct pgs_error err;
        size_t count;

        CHECK_OK(pgs_cursor_fetch(cursor, &rows, &err));
        count = pgs_result_rows(rows);
        pgs_result_free(rows);
        total += count;
        if (count == 0)
            return total;
    }
}

static void fetch_in_thread(void *argument)
{
    CHECK(fetch_all(argument) == 100000);
}

static void check_cursors(struct pgs_pool *pool)
{
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_REPEATABLE_READ, false);
    struct pgs_cursor *cursors[4];
    struct test_thread threads[4];
    struct pgs_error err;
    struct pgs_result *rows = NULL;

    CHECK_OK(pgs_session_begin_write(session, &err));
    CHECK_OK(pgs_session_exec(session, "UPDATE link_numbers SET v = 77", NULL, &err));
    for (size_t i = 0; i < 4; i++)
        CHECK_OK(pgs_cursor_open(session, "SELECT v, i FROM link_numbers", &cursors[i], &err));
    for (size_t i = 0; i < 4; i++)
        start_thread(&threads[i], fetch_in_thread, cursors[i]);
    for (size_t i = 0; i < 4; i++)
        join_thread(&threads[i]);
    for (size_t i = 0; i < 4; i++)
        pgs_cursor_free(cursors[i]);
    CHECK_OK(pgs_cursor_open(session, "SELECT v FROM link_numbers LIMIT 1", &cursors[0], &err));
    CHECK_OK(pgs_cursor_fetch(cursors[0], &rows, &err));
    CHECK(pgs_result_rows(rows) == 1 && pgs_result_get(rows, 0, 0).size_bytes == 4);
    CHECK(memcmp(pgs_result_get(rows, 0, 0).at, "\0\0\0\115", 4) == 0);
    pgs_result_free(rows);
    pgs_cursor_free(cursors[0]);
    CHECK(session_ask(session, "SELECT count(*) FROM pg_cursors") == 0);
    CHECK_OK(pgs_cursor_open(session, "SELECT repeat('x', 1000000) FROM generate_series(1, 300)",
                             &cursors[0], &err));
    CHECK(fetch_all(cursors[0]) == 300);
    CHECK(fetch_all(cursors[0]) == 0);
    pgs_cursor_free(cursors[0]);
    CHECK_OK(pgs_cursor_open(session, "SELECT i FROM link_numbers", &cursors[0], &err));
    CHECK_OK(pgs_cursor_fetch(cursors[0], &rows, &err));
    pgs_result_free(rows);
    pgs_session_rollback(session);
    CHECK(pgs_cursor_fetch(cursors[0], &rows, &err) == PGS_ERR_USAGE);
    pgs_cursor_free(cursors[0]);
    CHECK(pgs_cursor_open(session, "SELECT nonsense", &cursors[0], &err) == PGS_ERR_SERVER);
    pgs_session_free(session);
}

void test_sessions(void)
{
    struct pgs_pool *pool = make_pool(4);
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_READ_COMMITTED, true);
    struct pgs_server_facts facts;
    struct pgs_result *result = NULL;
    struct pgs_pool_stats stats;
    struct pgs_error err;

    make_table();
    check_begin_text(pool);
    check_commit(pool);
    check_alone(pool);
    check_cursors(pool);
    CHECK_OK(pgs_session_facts(session, &facts, &err));
    CHECK(facts.version >= 140000);
    CHECK_OK(pgs_session_describe(session, "SELECT i, v FROM link_numbers", NULL, &result, &err));
    CHECK(pgs_result_columns(result) == 2 && pgs_result_parameters(result) == 0);
    pgs_result_free(result);
    CHECK(session_ask(session, "SELECT (transaction_timestamp() <= now())::int") == 1);
    pgs_session_free(session);
    pgs_pool_stats(pool, &stats);
    CHECK(stats.total == stats.available && stats.total >= 1 && stats.total <= 4);
    pgs_pool_free(pool);
}

struct reader {
    struct pgs_session *session;
    int64_t sum;
    bool opened;
};

/* Sums the text of a COPY of numbers. */
static int64_t copy_sum(struct pgs_copy_out *stream)
{
    int64_t sum = 0;
    int64_t value = 0;
    bool ended = false;

    while (!ended) {
        const uint8_t *at;
        size_t size_bytes;
        struct pgs_error err;

        if (pgs_copy_out_read(stream, &at, &size_bytes, &ended, &err) != PGS_OK) {
            CHECK(false);
            printf("    %s %s\n", err.sqlstate, err.message);
            return -1;
        }
        for (size_t i = 0; i < size_bytes; i++) {
            if (at[i] == '\n') {
                sum += value;
                value = 0;
            } else {
                value = value * 10 + (at[i] - '0');
            }
        }
        pgs_copy_out_consume(stream, size_bytes);
    }
    return sum;
}

static const char sum_sql[] = "COPY (SELECT v FROM link_balance) TO STDOUT";

static void read_balance(void *argument)
{
    struct reader *reader = argument;
    struct pgs_conn *conn = NULL;
    struct pgs_copy_out *stream = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_session_open_reader(reader->session, &conn, &err));
    reader->opened = conn != NULL;
    if (!conn)
        return;
    CHECK_OK(pgs_copy_out_open(conn, sum_sql, &stream, &err));
    if (stream)
        reader->sum = copy_sum(stream);
    pgs_copy_out_free(stream);
    pgs_session_close_reader(reader->session, conn);
}

static atomic_bool writers_stop;

static void write_balance(void *argument)
{
    struct pgs_conn *conn = connect_server();
    struct pgs_error err;

    (void)argument;
    while (!atomic_load(&writers_stop))
        CHECK_OK(pgs_conn_exec(conn,
                               "BEGIN; LOCK link_balance IN EXCLUSIVE MODE; INSERT INTO "
                               "link_balance SELECT 1 FROM generate_series(1, 100); DELETE FROM "
                               "link_balance WHERE ctid IN (SELECT ctid FROM link_balance WHERE v "
                               "= 1 LIMIT 10); COMMIT",
                               NULL, &err));
    pgs_conn_free(conn);
}

static void check_readers(struct pgs_pool *pool, enum pgs_isolation isolation)
{
    struct pgs_session *session = make_session(pool, isolation, false);
    struct reader readers[4];
    struct test_thread threads[4];
    struct pgs_copy_out *stream = NULL;
    struct pgs_error err;
    int64_t main_sum = -1;
    bool exported = false;

    CHECK_OK(pgs_session_share_snapshot(session, &exported, &err));
    CHECK(exported);
    for (size_t i = 0; i < 4; i++) {
        readers[i] = (struct reader){session, -1, false};
        start_thread(&threads[i], read_balance, &readers[i]);
    }
    CHECK_OK(pgs_session_open_copy(session, sum_sql, &stream, &err));
    if (stream)
        main_sum = copy_sum(stream);
    pgs_session_close_copy(session, stream);
    for (size_t i = 0; i < 4; i++)
        join_thread(&threads[i]);
    for (size_t i = 0; i < 4; i++)
        CHECK(readers[i].opened && readers[i].sum == readers[0].sum && readers[i].sum > 0);
    if (isolation == PGS_ISOLATION_REPEATABLE_READ)
        CHECK(main_sum == readers[0].sum);
    CHECK_OK(pgs_session_commit(session, &err));
    pgs_session_free(session);
}

void test_snapshots(void)
{
    struct pgs_pool *pool = make_pool(5);
    struct pgs_session *session = make_session(pool, PGS_ISOLATION_SERIALIZABLE, true);
    struct pgs_conn *reader = NULL;
    struct test_thread writers[2];
    struct pgs_error err;
    bool exported = true;

    CHECK(ask("DROP TABLE IF EXISTS link_balance; CREATE TABLE link_balance AS SELECT 5 AS v FROM "
              "generate_series(1, 20000); SELECT 1") == 1);
    atomic_store(&writers_stop, false);
    for (size_t i = 0; i < 2; i++)
        start_thread(&writers[i], write_balance, NULL);
    for (int round = 0; round < 10; round++)
        check_readers(pool,
                      round % 2 ? PGS_ISOLATION_READ_COMMITTED : PGS_ISOLATION_REPEATABLE_READ);
    atomic_store(&writers_stop, true);
    for (size_t i = 0; i < 2; i++)
        join_thread(&writers[i]);
    CHECK_OK(pgs_session_share_snapshot(session, &exported, &err));
    CHECK(!exported);
    CHECK_OK(pgs_session_open_reader(session, &reader, &err));
    CHECK(!reader);
    pgs_session_free(session);
    pgs_pool_free(pool);
}
