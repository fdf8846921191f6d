/* SPDX-License-Identifier: MIT
 *
 * Connecting, statements, COPY streams.
 */
#include <stdlib.h>

#include "link_test.h"

static bool shows_secret(const struct pgs_error *err)
{
    return strstr(err->message, MARKER) || strstr(err->detail, MARKER) ||
           strstr(err->hint, MARKER) || strstr(err->statement, MARKER);
}

static void fails_to_connect(const char *text, enum pgs_status wanted, const char *sqlstate)
{
    struct pgs_conninfo *conninfo = server_conninfo(text);
    struct pgs_conn *conn = NULL;
    struct pgs_error err;
    enum pgs_status status = pgs_conn_open(conninfo, NULL, &conn, &err);

    CHECK(status == wanted && conn == NULL);
    CHECK(strcmp(err.sqlstate, sqlstate) == 0);
    CHECK(err.message[0] && !strchr(err.message, '\n'));
    CHECK(!shows_secret(&err));
    if (status != wanted || strcmp(err.sqlstate, sqlstate) != 0)
        printf("    %s: status %d, SQLSTATE \"%s\": %s\n", text, status, err.sqlstate, err.message);
    pgs_conninfo_free(conninfo);
}

void test_connecting(void)
{
    struct pgs_conn *conn = connect_server();
    const struct pgs_server_facts *facts = pgs_conn_facts(conn);
    struct pgs_conninfo *conninfo;
    struct pgs_result *result = NULL;
    struct pgs_error err;

    CHECK(facts->version >= 140000);
    CHECK(facts->encoding_is_utf8);
    CHECK(pgs_conn_backend_pid(conn) > 0);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_IDLE);
    pgs_conn_free(conn);
    conninfo = server_conninfo("client_encoding=LATIN1");
    CHECK_OK(pgs_conn_open(conninfo, NULL, &conn, &err));
    CHECK_OK(pgs_conn_exec(conn, "SHOW application_name", &result, &err));
    CHECK(pgs_str_equal(pgs_result_get(result, 0, 0), pgs_str_of("duckdb/postgres_scanner")));
    pgs_result_free(result);
    CHECK_OK(pgs_conn_exec(conn, "SHOW client_encoding", &result, &err));
    CHECK(pgs_str_equal(pgs_result_get(result, 0, 0), pgs_str_of("UTF8")));
    pgs_result_free(result);
    pgs_conn_free(conn);
    pgs_conninfo_free(conninfo);

    fails_to_connect("host=127.0.0.1 password=" MARKER " user=nobody_here", PGS_ERR_AUTH, "28P01");
    fails_to_connect("dbname=no_such_db password=postgres", PGS_ERR_SERVER, "3D000");
    fails_to_connect("host=127.0.0.1 port=1 password=" MARKER, PGS_ERR_IO, "");
    fails_to_connect("host=no.such.host.invalid password=" MARKER, PGS_ERR_IO, "");
    fails_to_connect("postgresql://u:" MARKER "@127.0.0.1:1/" MARKER, PGS_ERR_IO, "");
    fails_to_connect("host=127.0.0.1 sslmode=verify-full sslrootcert=/none password=" MARKER,
                     PGS_ERR_IO, "");
    fails_to_connect("host=127.0.0.1 dbname=" MARKER " password=" MARKER " user=" MARKER,
                     PGS_ERR_AUTH, "28P01");
}

struct seen {
    int count;
    char text[256];
};

static void on_statement(void *context, const struct pgs_sent *sent)
{
    struct seen *seen = context;

    seen->count++;
    snprintf(seen->text, sizeof(seen->text), "%.*s", PGS_STR_ARG(sent->sql));
    CHECK(sent->duration_us >= 0 && sent->backend_pid > 0);
}

static void check_describe(struct pgs_conn *conn)
{
    struct pgs_result *result = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_conn_describe(conn, "SELECT 1::int AS a, 'x'::varchar(7) AS b WHERE $1::int > 0",
                               NULL, &result, &err));
    CHECK(pgs_result_parameters(result) == 1 && pgs_result_parameter_oid(result, 0) == 23 &&
          pgs_result_columns(result) == 2);
    CHECK(pgs_result_column_oid(result, 0) == 23 && pgs_result_column_oid(result, 1) == 1043);
    CHECK(pgs_result_column_typmod(result, 1) == 11);
    CHECK(pgs_str_equal(pgs_result_column_name(result, 1), pgs_str_of("b")));
    pgs_result_free(result);
    CHECK_OK(pgs_conn_describe(conn, "CREATE TABLE x (i int)", NULL, &result, &err));
    CHECK(pgs_result_parameters(result) == 0 && pgs_result_columns(result) == 0);
    pgs_result_free(result);
    CHECK(pgs_conn_describe(conn, "SELECT nonsense", NULL, &result, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "42703") == 0 && strcmp(err.statement, "SELECT nonsense") == 0);
    CHECK(pgs_conn_describe(conn, "SELECT 1; SELECT 2", NULL, &result, &err) == PGS_ERR_SERVER);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_IDLE);
}

/* Types that are declared, and a refusal that leaves its transaction usable. */
static void check_declared(struct pgs_conn *conn)
{
    static const uint32_t oids[] = {1700, 0};
    struct pgs_declared declared = {oids, 2, true};
    struct pgs_result *result = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_conn_exec(conn, "BEGIN", NULL, &err));
    CHECK_OK(pgs_conn_describe(conn, "SELECT $1, $2::date", &declared, &result, &err));
    CHECK(pgs_result_column_oid(result, 0) == 1700 && pgs_result_column_oid(result, 1) == 1082);
    CHECK(pgs_result_parameters(result) == 2 && pgs_result_parameter_oid(result, 1) == 1082);
    pgs_result_free(result);
    CHECK(pgs_conn_describe(conn, "SELECT $1, $2 IS NULL", &declared, &result, &err) ==
          PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "42P18") == 0 && pgs_conn_txn_status(conn) == PGS_TXN_OPEN);
    declared.guarded = false;
    CHECK(pgs_conn_describe(conn, "SELECT $1, $2 IS NULL", &declared, &result, &err) ==
          PGS_ERR_SERVER);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_FAILED);
    CHECK_OK(pgs_conn_exec(conn, "ROLLBACK", NULL, &err));
}

void test_statements(void)
{
    struct pgs_conn *conn = connect_server();
    struct pgs_result *results[3];
    struct pgs_result *result = NULL;
    struct pgs_error err;
    struct seen seen = {0, ""};
    struct pgs_query_log log = {on_statement, &seen};

    pgs_conn_attend(conn, NULL, &log);
    CHECK_OK(pgs_conn_exec(conn, "SELECT 7, NULL, 't'::bool, -2.5e3, 'text'", &result, &err));
    CHECK(pgs_result_rows(result) == 1 && pgs_result_columns(result) == 5);
    CHECK(pgs_result_int(result, 0, 0, -1) == 7 && pgs_result_is_null(result, 0, 1));
    CHECK(pgs_result_int(result, 0, 1, -9) == -9 && pgs_result_int(result, 0, 4, -9) == -9);
    CHECK(pgs_result_int(result, 5, 5, -9) == -9 && pgs_result_bool(result, 0, 2));
    CHECK(pgs_result_double(result, 0, 3, 0) == -2500.0);
    CHECK(seen.count == 1 && strncmp(seen.text, "SELECT 7", 8) == 0);
    pgs_result_free(result);
    CHECK_OK(pgs_conn_exec_many(conn, "SELECT 1; SELECT 2; SELECT 3; SELECT 4", results, 3, &err));
    for (size_t i = 0; i < 3; i++) {
        CHECK(pgs_result_int(results[i], 0, 0, -1) == (int64_t)i + 2);
        pgs_result_free(results[i]);
    }
    CHECK(pgs_conn_exec_many(conn, "SELECT 1", results, 3, &err) == PGS_ERR_PROTOCOL);
    CHECK(pgs_conn_exec(conn, "SELECT 1/0", &result, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "22012") == 0 && strcmp(err.message, "division by zero") == 0);
    CHECK(pgs_conn_exec(conn, "DO $$BEGIN RAISE 'm' USING DETAIL='d', HINT='h'; END$$", NULL,
                        &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.message, "m") == 0 && strcmp(err.detail, "d") == 0 &&
          strcmp(err.hint, "h") == 0 && strncmp(err.statement, "DO $$", 5) == 0);
    CHECK_OK(pgs_conn_exec(conn, "DO $$BEGIN RAISE NOTICE 'x'; END$$", NULL, &err));
    CHECK(pgs_conn_exec(conn, "COPY (SELECT 1) TO STDOUT", NULL, &err) == PGS_ERR_USAGE);
    CHECK_OK(
        pgs_conn_exec(conn, "CREATE TEMP TABLE t AS SELECT generate_series(1, 10)", &result, &err));
    CHECK(pgs_result_affected(result) == 10);
    pgs_result_free(result);
    CHECK_OK(pgs_conn_exec(conn, "", &result, &err));
    pgs_result_free(result);
    check_describe(conn);
    check_declared(conn);
    pgs_conn_free(conn);
}

/* Reads a stream, consuming in odd pieces, and gives its size. */
static uint64_t read_all(struct pgs_copy_out *stream, size_t most_bytes, struct pgs_error *err)
{
    uint64_t total = 0;
    bool ended = false;

    while (!ended) {
        const uint8_t *at;
        size_t size_bytes;

        if (pgs_copy_out_read(stream, &at, &size_bytes, &ended, err) != PGS_OK)
            return total;
        if (!ended && size_bytes > most_bytes)
            size_bytes = most_bytes;
        total += size_bytes;
        pgs_copy_out_consume(stream, size_bytes);
    }
    return total;
}

static void check_copy_out(struct pgs_conn *conn, const char *sql, size_t most_bytes,
                           uint64_t wanted)
{
    struct pgs_copy_out *stream = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_copy_out_open(conn, sql, &stream, &err));
    if (!stream)
        return;
    CHECK(read_all(stream, most_bytes, &err) == wanted);
    CHECK(pgs_copy_out_bytes(stream) == wanted);
    pgs_copy_out_free(stream);
    CHECK(pgs_conn_txn_status(conn) != PGS_TXN_BUSY && !pgs_conn_is_broken(conn));
}

static void check_copy_in(struct pgs_conn *conn)
{
    struct pgs_copy_in *stream = NULL;
    struct pgs_error err;
    size_t size_bytes = 4 * 1024 * 1024;
    char *lines = malloc(size_bytes);
    int64_t rows = -1;

    for (size_t i = 0; i < size_bytes; i += 4)
        memcpy(lines + i, "123\n", 4);
    CHECK_OK(pgs_conn_exec(conn, "CREATE TEMP TABLE target (i int)", NULL, &err));
    CHECK_OK(pgs_copy_in_open(conn, "BEGIN; COPY target FROM STDIN", &stream, &err));
    if (!stream) {
        free(lines);
        return;
    }
    CHECK_OK(pgs_copy_in_write(stream, lines, size_bytes, &err));
    CHECK_OK(pgs_copy_in_write(stream, "7\n8\n9", 5, &err));
    CHECK_OK(pgs_copy_in_finish(stream, &rows, &err));
    CHECK(rows == (int64_t)size_bytes / 4 + 3);
    CHECK_OK(pgs_conn_exec(conn, "COMMIT", NULL, &err));
    memcpy(lines, "abc\n", 4);
    CHECK_OK(pgs_copy_in_open(conn, "COPY target FROM STDIN", &stream, &err));
    (void)!pgs_copy_in_write(stream, lines, size_bytes, &err);
    CHECK(pgs_copy_in_finish(stream, &rows, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "22P02") == 0 && strncmp(err.statement, "COPY", 4) == 0);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_IDLE);
    CHECK_OK(pgs_copy_in_open(conn, "COPY target FROM STDIN", &stream, &err));
    CHECK_OK(pgs_copy_in_write(stream, "1\n", 2, &err));
    pgs_copy_in_abort(stream);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_IDLE);
    CHECK(pgs_copy_in_open(conn, "COPY missing FROM STDIN", &stream, &err) == PGS_ERR_SERVER);
    CHECK(strcmp(err.sqlstate, "42P01") == 0);
    CHECK(pgs_copy_in_open(conn, "COPY (SELECT 1) TO STDOUT", &stream, &err) == PGS_ERR_USAGE);
    CHECK(!pgs_conn_is_broken(conn));
    free(lines);
}

void test_copy_streams(void)
{
    struct pgs_conn *conn = connect_server();
    struct pgs_copy_out *stream = NULL;
    struct pgs_error err;
    const uint8_t *at;
    size_t size_bytes;
    bool ended;

    check_copy_out(conn, "COPY (SELECT 1 WHERE false) TO STDOUT", 1, 0);
    check_copy_out(conn, "COPY (SELECT 'abc') TO STDOUT", 1, 4);
    check_copy_out(conn,
                   "BEGIN; SET TRANSACTION READ ONLY; COPY (SELECT 'abc' FROM "
                   "generate_series(1, 300000)) TO STDOUT",
                   100000, 1200000);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_OPEN);
    check_copy_out(conn, "COPY (SELECT repeat('x', 5000000) FROM generate_series(1, 3)) TO STDOUT",
                   SIZE_MAX, 15000003);
    check_copy_out(conn,
                   "COPY (SELECT i FROM generate_series(1, 100000) i) TO STDOUT (FORMAT "
                   "binary)",
                   4093, 19 + 100000 * 10 + 2);
    CHECK(pgs_copy_out_open(conn, "COPY missing TO STDOUT", &stream, &err) == PGS_ERR_SERVER);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_FAILED);
    CHECK_OK(pgs_conn_exec(conn, "ROLLBACK", NULL, &err));
    /* An error after rows have come. */
    CHECK_OK(pgs_copy_out_open(conn,
                               "COPY (SELECT 1/(100000 - i) FROM generate_series(1, 200000) i) TO "
                               "STDOUT",
                               &stream, &err));
    (void)read_all(stream, SIZE_MAX, &err);
    CHECK(err.code == PGS_ERR_SERVER && strcmp(err.sqlstate, "22012") == 0);
    CHECK(pgs_copy_out_read(stream, &at, &size_bytes, &ended, &err) == PGS_ERR_SERVER);
    pgs_copy_out_free(stream);
    /* Left in the middle. */
    CHECK_OK(pgs_copy_out_open(conn, "COPY (SELECT generate_series(1, 100000000)) TO STDOUT",
                               &stream, &err));
    CHECK_OK(pgs_copy_out_read(stream, &at, &size_bytes, &ended, &err));
    pgs_copy_out_free(stream);
    CHECK(pgs_conn_txn_status(conn) == PGS_TXN_IDLE);
    CHECK_OK(pgs_conn_exec(conn, "SELECT 1", NULL, &err));
    check_copy_in(conn);
    pgs_conn_free(conn);
}
