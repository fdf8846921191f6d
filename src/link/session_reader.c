/* SPDX-License-Identifier: MIT
 *
 * Readers: further connections on the snapshot of the main one.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "link/session_internal.h"

static const char export_sql[] = "SELECT pg_catalog.pg_export_snapshot()";

static bool was_refused(struct pgs_pool *pool)
{
    atomic_int *imports = pgs_pool_imports(pool);
    int left = atomic_load(imports);

    if (left <= PGS_IMPORTS_UNKNOWN)
        return false;
    (void)atomic_compare_exchange_strong(imports, &left, left - 1);
    return true;
}

/* Snapshots of a standby can be exported since 10; SERIALIZABLE is in the header. */
static bool may_export(struct pgs_session *session, const struct pgs_conn *conn)
{
    const struct pgs_server_facts *facts = pgs_conn_facts(conn);

    return session->options.isolation != PGS_ISOLATION_SERIALIZABLE &&
           !atomic_load(&session->written) && facts->version >= 90200 &&
           (!facts->in_recovery || facts->version >= 100000) && !was_refused(session->pool);
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

static void remember(struct pgs_session *session, struct pgs_str id)
{
    (void)pthread_mutex_lock(&session->mutex);
    memcpy(session->snapshot_id, id.at, id.size_bytes);
    session->snapshot_id[id.size_bytes] = '\0';
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

/* What a reader says before its first statement. */
static bool make_begin(struct pgs_session *session, char *text, size_t text_bytes)
{
    bool shared;

    (void)pthread_mutex_lock(&session->mutex);
    shared = session->snapshot_id[0] != '\0';
    (void)snprintf(text, text_bytes,
                   "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                   "SET TRANSACTION SNAPSHOT '%s'" PGS_TEXT_SETTINGS "%s",
                   session->snapshot_id, session->timeouts);
    (void)pthread_mutex_unlock(&session->mutex);
    return shared;
}

/* Sends the BEGIN alone, to see whether this server knows the snapshot. */
static enum pgs_status try_out(struct pgs_session *session, struct pgs_conn *conn, bool *works,
                               struct pgs_error *err)
{
    enum pgs_status status = pgs_conn_exec(conn, "", NULL, err);

    *works = status == PGS_OK;
    if (status == PGS_OK)
        atomic_store(pgs_pool_imports(session->pool), PGS_IMPORTS_WORK);
    if (status != PGS_ERR_SERVER)
        return status;
    atomic_store(pgs_pool_imports(session->pool), PGS_IMPORTS_REFUSED);
    return PGS_OK;
}

/* Behind a list of hosts each connection may reach another server. */
static bool must_try_out(struct pgs_session *session)
{
    const struct pgs_conninfo *conninfo = pgs_pool_conninfo(session->pool);
    const char *hosts = pgs_conninfo_get(conninfo, "host");
    const char *addresses = pgs_conninfo_get(conninfo, "hostaddr");

    return atomic_load(pgs_pool_imports(session->pool)) != PGS_IMPORTS_WORK ||
           (hosts && strchr(hosts, ',')) || (addresses && strchr(addresses, ','));
}

enum pgs_status pgs_session_open_reader(struct pgs_session *session, struct pgs_conn **reader,
                                        struct pgs_error *err)
{
    struct pgs_conn *conn = NULL;
    char begin[PGS_BEGIN_BYTES + PGS_SNAPSHOT_ID_BYTES];
    bool works = true;
    struct pgs_error own;
    struct pgs_error *why = err ? err : &own;
    enum pgs_status status;

    *reader = NULL;
    if (!make_begin(session, begin, sizeof(begin)))
        return PGS_OK;
    status = pgs_pool_try_acquire(session->pool, &session->interrupt, &session->log, &conn, why);
    /* too_many_connections: the server has none to spare. */
    if (status == PGS_ERR_IO && strcmp(why->sqlstate, "53300") == 0)
        return PGS_OK;
    if (status != PGS_OK || !conn)
        return status;
    status = pgs_conn_set_pending(conn, begin, err);
    if (status == PGS_OK && must_try_out(session))
        status = try_out(session, conn, &works, err);
    if (status == PGS_OK && works)
        *reader = conn;
    else
        pgs_pool_release(session->pool, conn);
    return status;
}

void pgs_session_close_reader(struct pgs_session *session, struct pgs_conn *reader)
{
    pgs_pool_release(session->pool, reader);
}
