/* SPDX-License-Identifier: MIT
 *
 * drain: runs statements as fast as libpq allows and throws their rows away. What
 * bench/run compares the extension with: the same statements, on the same number
 * of connections, with nothing done to the bytes.
 *
 *   drain [-c connections] [-s setup] [-i file] < statements
 *
 * One statement per line of standard input; each connection, on a thread of its
 * own, takes the next one until all are done. `setup` runs on every connection
 * before the clock starts. COPY … FROM STDIN is fed the file (-i), which is read
 * before the clock starts. Whom to connect to is said by PGHOST and the like.
 * Prints one line of JSON: seconds, bytes received or sent, and the CPU seconds
 * of this process in between.
 */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

enum { CONNECTIONS_MAX = 64, PIECE_BYTES = 256 * 1024 };

static char **statements;
static size_t statement_count;
static atomic_size_t statement_next;
static atomic_ullong bytes_moved;
static char *input;
static size_t input_bytes;

static _Noreturn void die(const char *what, const char *why)
{
    fprintf(stderr, "drain: %s: %s\n", what, why);
    exit(1);
}

static void check(PGconn *conn, PGresult *result, const char *sql)
{
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE)
        die(sql, PQerrorMessage(conn));
    PQclear(result);
}

static void finish(PGconn *conn, const char *sql)
{
    PGresult *result;

    while ((result = PQgetResult(conn)) != NULL)
        check(conn, result, sql);
}

/* Pieces of whatever size the socket gives, through one buffer. */
static void receive(PGconn *conn, const char *sql)
{
    static _Thread_local char buffer[PIECE_BYTES];
    struct pollfd socket = {.fd = PQsocket(conn), .events = POLLIN};
    unsigned long long bytes = 0;
    int got;

    while ((got = PQgetlineAsync(conn, buffer, sizeof(buffer))) >= 0) {
        bytes += (unsigned)got;
        if (got > 0)
            continue;
        if (poll(&socket, 1, -1) < 0 || !PQconsumeInput(conn))
            die(sql, PQerrorMessage(conn));
    }
    finish(conn, sql);
    atomic_fetch_add(&bytes_moved, bytes);
}

static void feed(PGconn *conn, const char *sql)
{
    for (size_t at = 0; at < input_bytes; at += PIECE_BYTES) {
        size_t piece = input_bytes - at < PIECE_BYTES ? input_bytes - at : PIECE_BYTES;

        if (PQputCopyData(conn, input + at, (int)piece) != 1)
            die(sql, PQerrorMessage(conn));
    }
    if (PQputCopyEnd(conn, NULL) != 1)
        die(sql, PQerrorMessage(conn));
    finish(conn, sql);
    atomic_fetch_add(&bytes_moved, input_bytes);
}

static void run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);

    check(conn, result, sql);
    if (status == PGRES_COPY_OUT)
        receive(conn, sql);
    else if (status == PGRES_COPY_IN)
        feed(conn, sql);
}

static void *work(void *conn)
{
    size_t number;

    while ((number = atomic_fetch_add(&statement_next, 1)) < statement_count)
        run(conn, statements[number]);
    return NULL;
}

static void read_statements(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, stdin)) > 0) {
        if (line[size - 1] == '\n')
            line[size - 1] = '\0';
        statements = realloc(statements, (statement_count + 1) * sizeof(*statements));
        if (!statements)
            die("memory", "out of it");
        statements[statement_count++] = strdup(line);
    }
    free(line);
}

static void read_input(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (!file || fseek(file, 0, SEEK_END) != 0)
        die(path, "cannot be read");
    input_bytes = (size_t)ftell(file);
    rewind(file);
    input = malloc(input_bytes + 1);
    if (!input || fread(input, 1, input_bytes, file) != input_bytes)
        die(path, "cannot be read");
    fclose(file);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static PGconn *open_connection(const char *setup)
{
    PGconn *conn = PQconnectdb("");

    if (PQstatus(conn) != CONNECTION_OK)
        die("cannot connect", PQerrorMessage(conn));
    if (setup)
        check(conn, PQexec(conn, setup), setup);
    return conn;
}

int main(int argc, char **argv)
{
    PGconn *connections[CONNECTIONS_MAX];
    pthread_t threads[CONNECTIONS_MAX];
    const char *setup = NULL;
    struct rusage before;
    struct rusage after;
    int count = 1;
    double start;
    int option;

    while ((option = getopt(argc, argv, "c:s:i:")) != -1) {
        if (option == 'c')
            count = atoi(optarg);
        else if (option == 's')
            setup = optarg;
        else if (option == 'i')
            read_input(optarg);
        else
            return 2;
    }
    if (count < 1 || count > CONNECTIONS_MAX)
        die("-c", "1 to 64 connections");
    read_statements();
    for (int i = 0; i < count; i++)
        connections[i] = open_connection(setup);

    getrusage(RUSAGE_SELF, &before);
    start = now();
    for (int i = 0; i < count; i++) {
        if (pthread_create(&threads[i], NULL, work, connections[i]) != 0)
            die("thread", "cannot be started");
    }
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    start = now() - start;
    getrusage(RUSAGE_SELF, &after);

    printf("{\"seconds\": %.6f, \"bytes\": %llu, \"user\": %.6f, \"sys\": %.6f}\n", start,
           atomic_load(&bytes_moved), seconds_of(after.ru_utime) - seconds_of(before.ru_utime),
           seconds_of(after.ru_stime) - seconds_of(before.ru_stime));
    for (int i = 0; i < count; i++)
        PQfinish(connections[i]);
    return 0;
}
