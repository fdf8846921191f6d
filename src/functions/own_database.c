/* SPDX-License-Identifier: MIT */
#include "functions/own_database.h"

#include "settings/pool_settings.h"
#include "settings/view_settings.h"

enum pgs_status pgs_own_database_open(struct pgs_host_context *context, struct pgs_str dsn,
                                      struct pgs_database **database,
                                      struct pgs_transaction **transaction, struct pgs_error *err)
{
    struct pgs_interrupt interrupt = pgs_host_interrupt(context);
    struct pgs_database_options options = {.session = {.read_only = true}};
    struct pgs_database *opened = NULL;
    enum pgs_status status = pgs_host_check_external_access(context, err);

    if (status != PGS_OK)
        return status;
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
