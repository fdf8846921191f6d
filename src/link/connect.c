/* SPDX-License-Identifier: MIT */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/hosts.h"
#include "link/internal.h"

/* Given first, so that what the user says beats them. Keepalives and the user
 * timeout make a half-open socket known within about a minute. */
static const char *const default_options[][2] = {
    {"fallback_application_name", "duckdb/postgres_scanner"},
    {"keepalives_idle", "30"},
    {"keepalives_interval", "10"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "60000"},
};

#define DEFAULT_COUNT (sizeof(default_options) / sizeof(default_options[0]))

/* Remembers a FATAL that comes while no statement runs; all else is dropped. */
static void on_notice(void *context, const PGresult *notice)
{
    struct pgs_conn *conn = context;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *sqlstate = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);

    if (!severity || !sqlstate || !message || strlen(sqlstate) != 5)
        return;
    if (strcmp(severity, "FATAL") != 0 && strcmp(severity, "PANIC") != 0)
        return;
    memcpy(conn->fatal_sqlstate, sqlstate, 6);
    memset(conn->fatal_message, 0, sizeof(conn->fatal_message));
    memcpy(conn->fatal_message, message, strnlen(message, sizeof(conn->fatal_message) - 1));
}

/* connect_timeout as libpq understands it; 0 and less mean to wait for ever,
 * unset means PGS_CONNECT_WAIT_MS. */
static int64_t wait_of(const char *connect_timeout)
{
    long seconds;

    if (!connect_timeout || !connect_timeout[0])
        return PGS_CONNECT_WAIT_MS;
    seconds = strtol(connect_timeout, NULL, 10);
    return seconds > 0 && seconds < INT32_MAX ? (int64_t)seconds * 1000 : -1;
}

static enum pgs_status copy_list(char **list, const char *value, struct pgs_error *err)
{
    if (*list || !value || !value[0])
        return PGS_OK;
    *list = pgs_strndup(value, strlen(value));
    return *list ? PGS_OK : pgs_error_oom(err);
}

/* What text, environment and service say: the lists of hosts, unless known, and
 * how long each host may take. */
static enum pgs_status read_options(PGconn *pg, struct pgs_hosts *hosts, int64_t *wait_ms,
                                    struct pgs_error *err)
{
    PQconninfoOption *options = PQconninfo(pg);
    enum pgs_status status = options ? PGS_OK : pgs_error_oom(err);

    *wait_ms = PGS_CONNECT_WAIT_MS;
    for (PQconninfoOption *option = options; option && option->keyword; option++) {
        if (strcmp(option->keyword, "connect_timeout") == 0)
            *wait_ms = wait_of(option->val);
        else if (status == PGS_OK && strcmp(option->keyword, "host") == 0)
            status = copy_list(&hosts->host, option->val, err);
        else if (status == PGS_OK && strcmp(option->keyword, "hostaddr") == 0)
            status = copy_list(&hosts->hostaddr, option->val, err);
        else if (status == PGS_OK && strcmp(option->keyword, "port") == 0)
            status = copy_list(&hosts->port, option->val, err);
        if (option->val && pgs_conninfo_is_secret(pgs_str_of(option->keyword)))
            pgs_wipe(option->val, strlen(option->val));
    }
    PQconninfoFree(options);
    return status;
}

/* The last of equal keywords counts for libpq; NULL is as good as not given. */
static PGconn *start(const struct pgs_conninfo *conninfo, const struct pgs_hosts *hosts)
{
    const char *const last_options[][2] = {
        {"host", hosts->host},
        {"hostaddr", hosts->hostaddr},
        {"port", hosts->port},
        /* Whatever the user says, we read UTF-8. */
        {"client_encoding", "UTF8"},
    };
    size_t last_count = sizeof(last_options) / sizeof(last_options[0]);
    size_t count = DEFAULT_COUNT + pgs_conninfo_count(conninfo);
    const char **keywords = pgs_alloc_array(count + last_count + 1, sizeof(*keywords));
    const char **values = pgs_alloc_array(count + last_count + 1, sizeof(*values));
    PGconn *pg = NULL;

    if (keywords && values) {
        for (size_t i = 0; i < DEFAULT_COUNT; i++) {
            keywords[i] = default_options[i][0];
            values[i] = default_options[i][1];
        }
        pgs_conninfo_fill(conninfo, keywords + DEFAULT_COUNT, values + DEFAULT_COUNT);
        for (size_t i = 0; i < last_count; i++) {
            keywords[count + i] = last_options[i][0];
            values[count + i] = last_options[i][1];
        }
        pg = PQconnectStartParams(keywords, values, 0);
    }
    pgs_free(keywords);
    pgs_free(values);
    return pg;
}

static enum pgs_status fail_timeout(const struct pgs_conninfo *conninfo, PGconn *pg,
                                    struct pgs_error *err)
{
    const char *host = PQhost(pg);
    const char *port = PQport(pg);

    (void)pgs_error_set(err, PGS_ERR_TIMEOUT,
                        "could not connect to server at \"%s\", port %s: no answer in time",
                        host ? host : "", port ? port : "");
    if (err)
        pgs_conninfo_redact(conninfo, err->message);
    pgs_error_hint(err, "The wait is set by connect_timeout (seconds) in the connection string.");
    return PGS_ERR_TIMEOUT;
}

/* PQconnectPoll until the connection stands. */
static enum pgs_status poll_until_open(const struct pgs_conninfo *conninfo, PGconn *pg,
                                       int64_t wait_ms, const struct pgs_interrupt *interrupt,
                                       struct pgs_error *err)
{
    int64_t deadline_ms = wait_ms < 0 ? -1 : pgs_clock_ms() + wait_ms;
    PostgresPollingStatusType want = PGRES_POLLING_WRITING;

    while (PQstatus(pg) != CONNECTION_BAD && want != PGRES_POLLING_OK) {
        short events = want == PGRES_POLLING_READING ? POLLIN : POLLOUT;

        if (want == PGRES_POLLING_FAILED)
            break;
        switch (pgs_wait_socket(PQsocket(pg), events, deadline_ms, interrupt, NULL)) {
        case PGS_WAIT_INTERRUPTED:
            return pgs_error_set(err, PGS_ERR_CANCELLED, "interrupted while connecting");
        case PGS_WAIT_TIMEOUT:
            return fail_timeout(conninfo, pg, err);
        case PGS_WAIT_READY:
        case PGS_WAIT_FAILED:
            break;
        }
        want = PQconnectPoll(pg);
    }
    if (PQstatus(pg) != CONNECTION_OK)
        return pgs_failure_of_connect(conninfo, pg, err);
    return PGS_OK;
}

/* What the server said of itself while connecting. */
static void note_facts(struct pgs_conn *conn)
{
    const char *encoding = PQparameterStatus(conn->pg, "server_encoding");

    conn->facts.version = PQserverVersion(conn->pg);
    conn->facts.encoding_is_utf8 = encoding && strcmp(encoding, "UTF8") == 0;
}

/* One attempt on the hosts that are left. */
static enum pgs_status open_pg(struct pgs_conn *conn, struct pgs_hosts *hosts,
                               struct pgs_error *err)
{
    int64_t wait_ms;

    PQfinish(conn->pg);
    conn->pg = start(conn->conninfo, hosts);
    if (!conn->pg)
        return pgs_error_oom(err);
    (void)PQsetErrorVerbosity(conn->pg, PQERRORS_VERBOSE);
    (void)PQsetNoticeReceiver(conn->pg, on_notice, conn);
    PGS_TRY(read_options(conn->pg, hosts, &wait_ms, err));
    return poll_until_open(conn->conninfo, conn->pg, wait_ms, conn->interrupt, err);
}

static enum pgs_status connect_conn(struct pgs_conn *conn, struct pgs_error *err)
{
    struct pgs_hosts hosts = {NULL, NULL, NULL};
    enum pgs_status status;

    do {
        status = open_pg(conn, &hosts, err);
    } while (status == PGS_ERR_TIMEOUT &&
             pgs_hosts_drop(&hosts, PQhost(conn->pg), PQport(conn->pg)));
    pgs_hosts_release(&hosts);
    PGS_TRY(status);
    (void)PQsetErrorVerbosity(conn->pg, PQERRORS_DEFAULT);
    if (PQsetnonblocking(conn->pg, 1) != 0)
        return pgs_failure_of_conn(conn, err);
    conn->broken = false;
    conn->reused = false;
    conn->tainted = false;
    conn->pooled = false;
    conn->server_started[0] = '\0';
    conn->fatal_sqlstate[0] = '\0';
    conn->opened_ms = pgs_clock_ms();
    note_facts(conn);
    return PGS_OK;
}

enum pgs_status pgs_conn_reconnect(struct pgs_conn *conn, struct pgs_error *err)
{
    enum pgs_status status;

    status = connect_conn(conn, err);
    if (status != PGS_OK)
        conn->broken = true;
    return status;
}

enum pgs_status pgs_conn_open(const struct pgs_conninfo *conninfo,
                              const struct pgs_interrupt *interrupt, struct pgs_conn **conn,
                              struct pgs_error *err)
{
    struct pgs_conn *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    *conn = NULL;
    if (!made)
        return pgs_error_oom(err);
    made->conninfo = conninfo;
    made->interrupt = interrupt;
    made->deadline_ms = -1;
    atomic_init(&made->cancel_wanted, false);
    pgs_buf_init(&made->text, PGS_SQL_BYTES_MAX);
    status = connect_conn(made, err);
    if (status != PGS_OK) {
        pgs_conn_free(made);
        return status;
    }
    made->interrupt = NULL;
    *conn = made;
    return PGS_OK;
}

void pgs_conn_free(struct pgs_conn *conn)
{
    if (!conn)
        return;
    PQfinish(conn->pg);
    pgs_free(conn->pending);
    pgs_buf_release(&conn->text);
    pgs_free(conn);
}
