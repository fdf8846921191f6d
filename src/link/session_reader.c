/* SPDX-License-Identifier: MIT
 *
 * Readers: further connections on the snapshot of the main one.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "link/session_internal.h"

/* How long a pooler may take to find a server for one more reader. */
#define READER_WAIT_MS 500

/* Which server this is, as no other one answers, and which of its processes. */
#define SERVER_COLUMNS                                                                             \
    "pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()), "                       \
    "pg_catalog.pg_backend_pid()"

static const char export_sql[] = "SELECT pg_catalog.pg_export_snapshot(), " SERVER_COLUMNS;
static const char server_sql[] = "SELECT " SERVER_COLUMNS;

static bool was_refused(struct pgs_pool *pool)
{
    atomic_int *imports = pgs_pool_imports(pool);
    int left = atomic_load(imports);

    if (left <= PGS_IMPORTS_TRIED)
        return false;
    (void)atomic_compare_exchange_strong(imports, &left, left - 1);
    return true;
}

/* Standbys export snapshots since 10; SERIALIZABLE is in the header. */
static bool may_export(struct pgs_session *session, const struct pgs_conn *conn)
{
    return session->options.isolation != PGS_ISOLATION_SERIALIZABLE &&
           !atomic_load(&session->written) && pgs_conn_facts(conn)->version >= 100000 &&
           !was_refused(session->pool);
}

/* The id becomes part of a statement: only what PostgreSQL makes. */
static bool is_snapshot_id(struct pgs_str id)
{
    if (id.size_bytes == 0 || id.size_bytes >= PGS_SNAPSHOT_ID_BYTES)
        return false;
    for (size_t i = 0; i < id.size_bytes; i++) {
        if (!isxdigit((unsigned char)id.at[i]) && id.at[i] != '-')
            return false;
    }
    return true;
}

/* Notes the answer to SERVER_COLUMNS. Who answers as another process than the
 * one that we connected to sits behind a pooler, and may sit elsewhere next time. */
static void note_server(struct pgs_conn *conn, const struct pgs_result *answer, size_t column)
{
    struct pgs_str started = pgs_result_get(answer, 0, column);

    conn->pooled = pgs_result_int(answer, 0, column + 1, 0) != pgs_conn_backend_pid(conn);
    conn->server_started[0] = '\0';
    if (started.size_bytes >= sizeof(conn->server_started))
        return;
    memcpy(conn->server_started, started.at, started.size_bytes);
    conn->server_started[started.size_bytes] = '\0';
}

static void remember(struct pgs_session *session, struct pgs_str id)
{
    (void)pthread_mutex_lock(&session->mutex);
    memcpy(session->snapshot_id, id.at, id.size_bytes);
    session->snapshot_id[id.size_bytes] = '\0';
    session->pooled = session->main_conn->pooled;
    memcpy(session->server_started, session->main_conn->server_started,
           sizeof(session->server_started));
    (void)pthread_mutex_unlock(&session->mutex);
}

/* The session is held. A refusal is only taken back silently when nothing else
 * happened in the transaction yet. */
static enum pgs_status export_snapshot(struct pgs_session *session, bool *exported,
                                       struct pgs_error *err)
{
    struct pgs_conn *conn = session->main_conn;
    bool was_first = conn->pending != NULL;
    struct pgs_result *answer = NULL;
    enum pgs_status status = pgs_conn_exec(conn, export_sql, &answer, err);

    if (status == PGS_OK && is_snapshot_id(pgs_result_get(answer, 0, 0))) {
        note_server(conn, answer, 1);
        remember(session, pgs_result_get(answer, 0, 0));
        *exported = true;
    } else if (status == PGS_ERR_SERVER) {
        atomic_store(pgs_pool_imports(session->pool), PGS_IMPORTS_REFUSED);
        if (was_first)
            status = pgs_session_begin_again(session, err);
    }
    pgs_result_free(answer);
    return status;
}

enum pgs_status pgs_session_share_snapshot(struct pgs_session *session, bool *exported,
                                           struct pgs_error *err)
{
    bool per_statement = session->options.isolation == PGS_ISOLATION_READ_COMMITTED;
    struct pgs_conn *conn;
    enum pgs_status status = PGS_OK;

    *exported = false;
    PGS_TRY(pgs_session_lock(session, &conn, err));
    if (may_export(session, conn)) {
        if (session->snapshot_id[0] && !per_statement)
            *exported = true;
        else
            status = export_snapshot(session, exported, err);
    }
    pgs_session_unlock(session);
    return status;
}

/* What is known of the shared snapshot, as one. */
struct shared {
    char begin[PGS_BEGIN_BYTES + PGS_SNAPSHOT_ID_BYTES]; /* what a reader says first */
    char server_started[PGS_SERVER_STARTED_BYTES];
    bool pooled;
};

static bool get_shared(struct pgs_session *session, struct shared *shared)
{
    bool is_shared;

    (void)pthread_mutex_lock(&session->mutex);
    is_shared = session->snapshot_id[0] != '\0';
    (void)snprintf(shared->begin, sizeof(shared->begin),
                   "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                   "SET TRANSACTION SNAPSHOT '%s'" PGS_TEXT_SETTINGS "%s",
                   session->snapshot_id, session->timeouts);
    memcpy(shared->server_started, session->server_started, sizeof(shared->server_started));
    shared->pooled = session->pooled;
    (void)pthread_mutex_unlock(&session->mutex);
    return is_shared;
}

/* Sends the BEGIN, to see whether this server knows the snapshot and which one it
 * is. A pooler that has no server left would keep us waiting for one that we hold
 * ourselves: then there is none to spare. */
static enum pgs_status ask_server(struct pgs_session *session, struct pgs_conn *conn, bool pooled,
                                  struct pgs_error *err)
{
    struct pgs_result *answer = NULL;
    enum pgs_status status;

    if (pooled)
        conn->deadline_ms = pgs_clock_ms() + READER_WAIT_MS;
    status = pgs_conn_exec(conn, server_sql, &answer, err);
    conn->deadline_ms = -1;
    if (status == PGS_OK)
        note_server(conn, answer, 0);
    else
        conn->server_started[0] = '\0';
    pgs_result_free(answer);
    if (status == PGS_ERR_TIMEOUT && atomic_load(&session->readers) == 0)
        atomic_store(pgs_pool_imports(session->pool), PGS_IMPORTS_REFUSED);
    return status == PGS_ERR_SERVER || (status == PGS_ERR_TIMEOUT && pooled) ? PGS_OK : status;
}

/* A connection stays with its server, unless a pooler chooses one each time. In a
 * list of hosts, one that dies unnoticed may come back elsewhere. */
static bool must_ask(const struct pgs_session *session, const struct pgs_conn *conn)
{
    const struct pgs_conninfo *conninfo = pgs_pool_conninfo(session->pool);
    const char *hosts = pgs_conninfo_get(conninfo, "host");
    const char *addresses = pgs_conninfo_get(conninfo, "hostaddr");

    return conn->pooled || !conn->server_started[0] || (hosts && strchr(hosts, ',')) ||
           (addresses && strchr(addresses, ','));
}

/* A snapshot is known by a number that each server counts by itself: another
 * server may have one of the same name. */
static enum pgs_status check_server(struct pgs_session *session, struct pgs_conn *conn,
                                    const struct shared *shared, bool *same, struct pgs_error *err)
{
    *same = false;
    if (must_ask(session, conn))
        PGS_TRY(ask_server(session, conn, shared->pooled, err));
    if (pgs_conn_is_broken(conn))
        return PGS_OK;
    *same = shared->server_started[0] && strcmp(conn->server_started, shared->server_started) == 0;
    if (!*same)
        atomic_store(pgs_pool_imports(session->pool), PGS_IMPORTS_REFUSED);
    return PGS_OK;
}

enum pgs_status pgs_session_open_reader(struct pgs_session *session, struct pgs_conn **reader,
                                        struct pgs_error *err)
{
    struct pgs_conn *conn = NULL;
    struct shared shared;
    bool same = false;
    enum pgs_status status;

    *reader = NULL;
    if (!get_shared(session, &shared))
        return PGS_OK;
    status = pgs_pool_try_acquire(session->pool, &session->interrupt, &session->log, &conn, err);
    /* Whatever keeps one more connection out, the main one still works. */
    if (status != PGS_OK && status != PGS_ERR_CANCELLED && status != PGS_ERR_OOM)
        return PGS_OK;
    if (status != PGS_OK || !conn)
        return status;
    status = pgs_conn_set_pending(conn, shared.begin, err);
    if (status == PGS_OK)
        status = check_server(session, conn, &shared, &same, err);
    if (status != PGS_OK || !same) {
        pgs_pool_release(session->pool, conn);
        return status;
    }
    atomic_fetch_add(&session->readers, 1);
    *reader = conn;
    return PGS_OK;
}

void pgs_session_close_reader(struct pgs_session *session, struct pgs_conn *reader)
{
    if (!reader)
        return;
    atomic_fetch_sub(&session->readers, 1);
    pgs_pool_release(session->pool, reader);
}
