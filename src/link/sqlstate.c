/* SPDX-License-Identifier: MIT */
#include "link/sqlstate.h"

#include <string.h>

struct row {
    char code[6]; /* five characters: exact; two: a class */
    enum pgs_status status;
};

static const struct row exact[] = {
    {"08P01", PGS_ERR_PROTOCOL}, /* protocol_violation */
    {"25P03", PGS_ERR_IO},       /* idle_in_transaction_session_timeout: FATAL */
    {"25P04", PGS_ERR_IO},       /* transaction_timeout: FATAL */
    {"53300", PGS_ERR_IO},       /* too_many_connections */
    {"57P01", PGS_ERR_IO},       /* admin_shutdown */
    {"57P02", PGS_ERR_IO},       /* crash_shutdown */
    {"57P03", PGS_ERR_IO},       /* cannot_connect_now */
    {"57P04", PGS_ERR_IO},       /* database_dropped */
    {"57P05", PGS_ERR_IO},       /* idle_session_timeout */
};

static const struct row classes[] = {
    {"08", PGS_ERR_IO},   /* connection exception */
    {"28", PGS_ERR_AUTH}, /* invalid authorization specification */
};

enum pgs_status pgs_sqlstate_status(const char *sqlstate)
{
    if (!sqlstate || strlen(sqlstate) != 5)
        return PGS_ERR_IO;
    for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++) {
        if (strcmp(sqlstate, exact[i].code) == 0)
            return exact[i].status;
    }
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (strncmp(sqlstate, classes[i].code, 2) == 0)
            return classes[i].status;
    }
    return PGS_ERR_SERVER;
}
