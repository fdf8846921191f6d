/* SPDX-License-Identifier: MIT */
#include "functions/own_database.h"

#include <string.h>

#include "base/alloc.h"
#include "link/known.h"
#include "settings/pool_settings.h"
#include "settings/transaction_settings.h"

static enum pgs_status open_database(struct pgs_host_context *context, struct pgs_str dsn,
                                     struct pgs_database **database,
                                     struct pgs_transaction **transaction, struct pgs_error *err)
{
    struct pgs_interrupt interrupt = pgs_host_interrupt(context);
    struct pgs_database_options options = {.session = {.read_only = true}};
    struct pgs_database *opened = NULL;
    enum pgs_status status;

    pgs_pool_options_of_settings(context, &options.pool);
    status = pgs_database_open(dsn, &options, &interrupt, NULL, &opened, err);
    if (status == PGS_OK)
        status = pgs_transaction_new(opened, &interrupt, NULL, transaction, err);
    if (status != PGS_OK) {
        pgs_database_free(opened);
        return status;
    }
    pgs_view_follow_settings((*transaction)->view, context);
    *database = opened;
    return PGS_OK;
}

enum pgs_status pgs_own_database_open(const struct pgs_function_call *call, struct pgs_str dsn,
                                      struct pgs_database **database,
                                      struct pgs_transaction **transaction, struct pgs_error *err)
{
    char *text = NULL;
    bool lacks_secret = false;
    enum pgs_status status;

    PGS_TRY(pgs_host_check_external_access(call->context, err));
    PGS_TRY(pgs_known_find(call->known, dsn, &text, &lacks_secret, err));
    status = open_database(call->context, pgs_str_of(text), database, transaction, err);
    if (status == PGS_ERR_AUTH && lacks_secret)
        pgs_error_hint(err, "views of postgres_attach hold no password: CALL postgres_attach with "
                            "the whole connection string once per session, or use PGPASSWORD or "
                            "a password file");
    pgs_free_secret(text, strlen(text));
    return status;
}
