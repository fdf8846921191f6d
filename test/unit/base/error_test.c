/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <string.h>

#include "check.h"

static void check_messages(void)
{
    struct pgs_error err;

    memset(&err, 'x', sizeof(err));
    CHECK_INT(pgs_error_set(&err, PGS_ERR_PROTOCOL, "row has %d columns", 3), PGS_ERR_PROTOCOL);
    CHECK_INT(err.code, PGS_ERR_PROTOCOL);
    CHECK_STR(err.message, "row has 3 columns");
    CHECK_STR(err.detail, "");
    CHECK_STR(err.hint, "");
    CHECK_STR(err.sqlstate, "");
    pgs_error_hint(&err, "set %s", "x");
    CHECK_INT(pgs_error_context(&err, "table \"%s\"", "t"), PGS_ERR_PROTOCOL);
    CHECK_STR(err.message, "table \"t\": row has 3 columns");
    CHECK_STR(err.hint, "set x");
    CHECK_INT(pgs_error_oom(&err), PGS_ERR_OOM);
    CHECK_STR(err.message, "out of memory");
    CHECK_STR(err.hint, "");
}

static void check_no_object(void)
{
    pgs_error_init(NULL);
    pgs_error_hint(NULL, "x");
    CHECK_INT(pgs_error_set(NULL, PGS_ERR_IO, "x"), PGS_ERR_IO);
    CHECK_INT(pgs_error_oom(NULL), PGS_ERR_OOM);
    CHECK_INT(pgs_error_context(NULL, "x"), PGS_OK);
}

/* What is too long is cut, never written past. */
static void check_long(void)
{
    char text[3000];
    struct pgs_error err;

    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    pgs_error_set(&err, PGS_ERR_IO, "%s", text);
    CHECK_INT(strlen(err.message), sizeof(err.message) - 1);
    pgs_error_context(&err, "%s", text);
    CHECK_INT(strlen(err.message), sizeof(err.message) - 1);
    CHECK(strstr(err.message, ": a") != NULL);
    pgs_error_hint(&err, "%s", text);
    CHECK_INT(strlen(err.hint), sizeof(err.hint) - 1);
}

int main(void)
{
    check_messages();
    check_no_object();
    check_long();
    return pgs_check_report();
}
