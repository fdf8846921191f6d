/* SPDX-License-Identifier: MIT */
#include "link/query.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/internal.h"

struct pgs_query {
    struct pgs_conn *conn;
    char *sql; /* for errors */
    /* Answers received ahead: the first, or all. */
    struct pgs_result **ahead;
    size_t ahead_count, ahead_used;
    int64_t affected;
    bool ended; /* nothing more will come */
    bool holds; /* the session's lock */
    bool alone;
};

/* What libpq wants of the parameters, in one piece of memory. */
struct arguments {
    const char **values;
    Oid *types;
    int *lengths;
    int *formats;
};

static void *arguments_open(struct arguments *arguments, const struct pgs_parameters *parameters)
{
    size_t count = parameters ? parameters->count : 0;
    char *room = pgs_alloc_array(count + 1, sizeof(char *) + sizeof(Oid) + 2 * sizeof(int));

    if (!room)
        return NULL;
    arguments->values = (const char **)(void *)room;
    arguments->types = (Oid *)(void *)(arguments->values + count);
    arguments->lengths = (int *)(void *)(arguments->types + count);
    arguments->formats = arguments->lengths + count;
    for (size_t i = 0; i < count; i++) {
        arguments->values[i] = parameters->values[i].value.at;
        arguments->types[i] = parameters->values[i].oid;
        arguments->lengths[i] = (int)parameters->values[i].value.size_bytes;
        arguments->formats[i] = parameters->values[i].binary;
    }
    return room;
}

static enum pgs_status send(struct pgs_conn *conn, const char *sql,
                            const struct pgs_parameters *parameters, struct pgs_error *err)
{
    size_t count = parameters ? parameters->count : 0;
    struct arguments arguments;
    void *room;
    bool sent;

    if (count > PQ_QUERY_PARAM_MAX_LIMIT)
        return pgs_error_set(err, PGS_ERR_USAGE, "%zu parameters are more than %d", count,
                             PQ_QUERY_PARAM_MAX_LIMIT);
    room = arguments_open(&arguments, parameters);
    if (!room)
        return pgs_error_oom(err);
    sent = PQsendQueryParams(conn->pg, sql, (int)count, arguments.types, arguments.values,
                             arguments.lengths, arguments.formats, 1) &&
           PQsetChunkedRowsMode(conn->pg, PGS_QUERY_ROWS);
    pgs_free(room);
    return sent ? PGS_OK : pgs_failure_of_conn(conn, err);
}

/* The next piece; *rows = NULL at the end, whose empty answer is dropped. */
static enum pgs_status receive(struct pgs_query *query, struct pgs_result **rows,
                               struct pgs_error *err)
{
    struct pgs_conn *conn = query->conn;
    PGresult *result = NULL;

    *rows = NULL;
    while (!query->ended) {
        PGS_TRY(pgs_conn_next(conn, &result, err));
        if (!result) {
            query->ended = true;
            if (PQstatus(conn->pg) == CONNECTION_BAD)
                return pgs_failure_of_conn(conn, err);
            break;
        }
        switch (PQresultStatus(result)) {
        case PGRES_TUPLES_CHUNK:
        case PGRES_TUPLES_OK:
            if (PQntuples(result) > 0) {
                *rows = pgs_result_of(result);
                return PGS_OK;
            }
            PQclear(result);
            break;
        case PGRES_COMMAND_OK:
            query->affected = pgs_result_affected(pgs_result_of(result));
            PQclear(result);
            break;
        case PGRES_EMPTY_QUERY:
            PQclear(result);
            break;
        case PGRES_COPY_OUT:
        case PGRES_COPY_IN:
        case PGRES_COPY_BOTH:
            return pgs_conn_refuse_copy(conn, result, err);
        default:
            return pgs_conn_fail(conn, result, err);
        }
    }
    return PGS_OK;
}

static enum pgs_status keep(struct pgs_query *query, struct pgs_result *rows, struct pgs_error *err)
{
    struct pgs_result **grown =
        pgs_realloc_array(query->ahead, query->ahead_count + 1, sizeof(*grown));

    if (!grown) {
        pgs_result_free(rows);
        return pgs_error_oom(err);
    }
    query->ahead = grown;
    query->ahead[query->ahead_count++] = rows;
    return PGS_OK;
}

static enum pgs_status start(struct pgs_query *query, const struct pgs_parameters *parameters,
                             struct pgs_error *err)
{
    struct pgs_conn *conn = query->conn;
    struct pgs_result *rows = NULL;

    /* A BEGIN that is due: several statements are one message only without
     * parameters. */
    if (conn->pending)
        PGS_TRY(pgs_conn_exec(conn, "", NULL, err));
    PGS_TRY(pgs_conn_prepare(conn, query->sql, err));
    PGS_TRY(send(conn, query->sql, parameters, err));
    PGS_TRY(pgs_conn_flush(conn, err));
    PGS_TRY(receive(query, &rows, err));
    conn->reused = false;
    return rows ? keep(query, rows, err) : PGS_OK;
}

enum pgs_status pgs_query_open(struct pgs_conn *conn, const char *sql,
                               const struct pgs_parameters *parameters, struct pgs_query **query,
                               struct pgs_error *err)
{
    struct pgs_query *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    *query = NULL;
    if (!made)
        return pgs_error_oom(err);
    made->conn = conn;
    made->affected = -1;
    made->sql = pgs_strndup(sql, strlen(sql));
    status = made->sql ? start(made, parameters, err) : pgs_error_oom(err);
    if (status != PGS_OK)
        pgs_failure_statement(conn, sql, err);
    pgs_conn_ended(conn);
    if (status == PGS_OK)
        *query = made;
    else
        pgs_query_free(made);
    return status;
}

enum pgs_status pgs_query_fetch(struct pgs_query *query, struct pgs_result **rows,
                                struct pgs_error *err)
{
    enum pgs_status status;

    if (query->ahead_used < query->ahead_count) {
        *rows = query->ahead[query->ahead_used];
        query->ahead[query->ahead_used++] = NULL;
        return PGS_OK;
    }
    status = receive(query, rows, err);
    if (status != PGS_OK)
        pgs_failure_statement(query->conn, query->sql, err);
    return status;
}

enum pgs_status pgs_query_gather(struct pgs_query *query, struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;

    while (status == PGS_OK && !query->ended) {
        struct pgs_result *rows = NULL;

        status = receive(query, &rows, err);
        if (status == PGS_OK && rows)
            status = keep(query, rows, err);
    }
    if (status != PGS_OK)
        pgs_failure_statement(query->conn, query->sql, err);
    return status;
}

int64_t pgs_query_affected(const struct pgs_query *query)
{
    return query->affected;
}

void pgs_query_free(struct pgs_query *query)
{
    if (!query)
        return;
    if (!query->ended && pgs_conn_txn_status(query->conn) == PGS_TXN_BUSY)
        pgs_conn_stop(query->conn);
    for (size_t i = 0; i < query->ahead_count; i++)
        pgs_result_free(query->ahead[i]);
    pgs_free(query->ahead);
    pgs_free(query->sql);
    pgs_free(query);
}

enum pgs_status pgs_query_run(struct pgs_conn *conn, const char *sql,
                              const struct pgs_parameters *parameters, struct pgs_error *err)
{
    struct pgs_query *query = NULL;
    enum pgs_status status = pgs_query_open(conn, sql, parameters, &query, err);

    if (status == PGS_OK)
        status = pgs_query_gather(query, err);
    pgs_query_free(query);
    return status;
}

void pgs_query_note(struct pgs_query *query, bool holds, bool alone)
{
    query->holds = holds;
    query->alone = alone;
}

bool pgs_query_holds(const struct pgs_query *query)
{
    return query->holds;
}

bool pgs_query_is_alone(const struct pgs_query *query)
{
    return query->alone;
}
