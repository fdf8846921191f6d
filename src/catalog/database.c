/* SPDX-License-Identifier: MIT */
#include "catalog/database.h"

#include "base/alloc.h"
#include "link/conninfo.h"

static struct pgs_str default_schema_of(const struct pgs_catalog_options *options)
{
    return options->schema_count ? options->schemas[0] : pgs_str_of("public");
}

/* One connection, opened and given back: proves that the options work. */
static enum pgs_status prove(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                             const struct pgs_query_log *log, struct pgs_server_facts *facts,
                             struct pgs_error *err)
{
    struct pgs_conn *conn = NULL;
    enum pgs_status status = pgs_pool_acquire(pool, interrupt, log, &conn, err);

    if (status != PGS_OK) {
        pgs_error_context(err, "unable to connect to Postgres at \"%s\"",
                          pgs_conninfo_display(pgs_pool_conninfo(pool)));
        return status;
    }
    *facts = *pgs_conn_facts(conn);
    pgs_pool_release(pool, conn);
    return PGS_OK;
}

enum pgs_status pgs_database_open(struct pgs_str conninfo,
                                  const struct pgs_database_options *options,
                                  const struct pgs_interrupt *interrupt,
                                  const struct pgs_query_log *log, struct pgs_database **database,
                                  struct pgs_error *err)
{
    struct pgs_str schema = default_schema_of(&options->catalog);
    struct pgs_conninfo *parsed = NULL;
    struct pgs_database *self = pgs_alloc_array(1, sizeof(*self));
    enum pgs_status status;

    if (!self)
        return pgs_error_oom(err);
    self->session_options = options->session;
    self->copy_use = options->copy_use;
    status = pgs_conninfo_new(conninfo, options->secret, options->secret_count, &parsed, err);
    if (status == PGS_OK)
        status = pgs_pool_new(parsed, &options->pool, &self->pool, err);
    if (status == PGS_OK)
        status = pgs_catalog_new(&options->catalog, &self->catalog, err);
    if (status == PGS_OK) {
        self->default_schema = pgs_strndup(schema.at, schema.size_bytes);
        status = self->default_schema ? PGS_OK : pgs_error_oom(err);
    }
    if (status == PGS_OK)
        status = prove(self->pool, interrupt, log, &self->facts, err);
    if (status != PGS_OK) {
        pgs_database_free(self);
        return status;
    }
    *database = self;
    return PGS_OK;
}

void pgs_database_free(struct pgs_database *database)
{
    if (!database)
        return;
    pgs_catalog_free(database->catalog);
    pgs_pool_free(database->pool);
    pgs_free(database->default_schema);
    pgs_free(database);
}

enum pgs_status pgs_transaction_new(struct pgs_database *database,
                                    const struct pgs_interrupt *interrupt,
                                    const struct pgs_query_log *log,
                                    struct pgs_transaction **transaction, struct pgs_error *err)
{
    struct pgs_transaction *self = pgs_alloc_array(1, sizeof(*self));
    enum pgs_status status;

    if (!self)
        return pgs_error_oom(err);
    self->database = database;
    status = pgs_session_new(database->pool, &database->session_options, interrupt, log,
                             &self->session, err);
    if (status == PGS_OK)
        status = pgs_view_new(database->catalog, self->session, &self->view, err);
    if (status != PGS_OK) {
        pgs_transaction_free(self);
        return status;
    }
    *transaction = self;
    return PGS_OK;
}

enum pgs_status pgs_transaction_commit(struct pgs_transaction *transaction, struct pgs_error *err)
{
    enum pgs_status status = pgs_session_commit(transaction->session, err);

    pgs_view_end(transaction->view, status == PGS_OK);
    return status;
}

void pgs_transaction_rollback(struct pgs_transaction *transaction)
{
    pgs_session_rollback(transaction->session);
    pgs_view_end(transaction->view, false);
}

void pgs_transaction_free(struct pgs_transaction *transaction)
{
    if (!transaction)
        return;
    pgs_view_free(transaction->view);
    pgs_session_free(transaction->session);
    pgs_free(transaction);
}

enum pgs_status pgs_transaction_database_size(struct pgs_transaction *transaction, int64_t *bytes,
                                              struct pgs_error *err)
{
    static const char sql[] = "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())";
    struct pgs_result *answer = NULL;

    PGS_TRY(pgs_session_exec(transaction->session, sql, &answer, err));
    *bytes = pgs_result_int(answer, 0, 0, 0);
    pgs_result_free(answer);
    return PGS_OK;
}
