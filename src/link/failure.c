/* SPDX-License-Identifier: MIT
 *
 * libpq's answers as error objects. Every text that leaves this file has had
 * the secrets of the connection removed.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "link/internal.h"
#include "link/sqlstate.h"

/* Longest part of a statement that an error shows. */
#define STATEMENT_SHOWN_BYTES 400

/* Longest part of a text that is searched for secrets; what is shown is much
 * shorter, so that no secret is cut in two before it is found. */
#define SEARCHED_BYTES 4096

/* Where a text can be cut: at a character's start. */
static size_t cut_at(const char *text, size_t size_bytes)
{
    while (size_bytes > 0 && ((unsigned char)text[size_bytes] & 0xC0) == 0x80)
        size_bytes--;
    return size_bytes;
}

/* Copies text without secrets and trailing blanks, as much as fits. */
static void copy_text(const struct pgs_conninfo *conninfo, const PGconn *pg, char *target,
                      size_t target_bytes, const char *text)
{
    char searched[SEARCHED_BYTES];
    size_t size_bytes = text ? strnlen(text, sizeof(searched) - 1) : 0;
    const char *password = pg ? PQpass(pg) : NULL;

    if (size_bytes)
        memcpy(searched, text, size_bytes);
    searched[size_bytes] = '\0';
    pgs_conninfo_redact(conninfo, searched);
    if (password)
        pgs_conninfo_redact_value(password, searched);
    size_bytes = strlen(searched);
    if (size_bytes >= target_bytes)
        size_bytes = cut_at(searched, target_bytes - 1);
    while (size_bytes > 0 && isspace((unsigned char)searched[size_bytes - 1]))
        size_bytes--;
    memcpy(target, searched, size_bytes);
    target[size_bytes] = '\0';
    pgs_wipe(searched, sizeof(searched));
}

/* The first line is the message, what follows the detail, on one line. */
static void split_lines(struct pgs_error *err)
{
    char *end = strchr(err->message, '\n');
    char *target = err->detail;
    char *last = err->detail + sizeof(err->detail) - 1;

    if (!end)
        return;
    for (const char *at = end + 1; *at && target < last; at++) {
        bool blank = isspace((unsigned char)*at) != 0;

        if (blank && (target == err->detail || target[-1] == ' '))
            continue;
        *target++ = blank ? ' ' : *at;
    }
    *target = '\0';
    *end = '\0';
}

enum pgs_status pgs_failure_of_conn(struct pgs_conn *conn, struct pgs_error *err)
{
    const struct pgs_conninfo *conninfo = conn->conninfo;
    const PGconn *pg = conn->pg;
    const char *reason = pg ? PQerrorMessage(pg) : "";

    conn->broken = true;
    if (!err)
        return PGS_ERR_IO;
    pgs_error_init(err);
    err->code = PGS_ERR_IO;
    if (conn->fatal_sqlstate[0]) {
        copy_text(conninfo, pg, err->sqlstate, sizeof(err->sqlstate), conn->fatal_sqlstate);
        copy_text(conninfo, pg, err->message, sizeof(err->message), conn->fatal_message);
    } else {
        copy_text(conninfo, pg, err->sqlstate, sizeof(err->sqlstate), "08006");
        copy_text(conninfo, pg, err->message, sizeof(err->message),
                  reason[0] ? reason : "the connection to the server was lost");
    }
    split_lines(err);
    return PGS_ERR_IO;
}

enum pgs_status pgs_failure_of_result(struct pgs_conn *conn, const PGresult *result,
                                      struct pgs_error *err)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    enum pgs_status status = pgs_sqlstate_status(sqlstate);
    const struct pgs_conninfo *conninfo = conn->conninfo;
    const PGconn *pg = conn->pg;

    if (!sqlstate)
        return pgs_failure_of_conn(conn, err);
    if (!err)
        return status;
    pgs_error_init(err);
    err->code = status;
    copy_text(conninfo, pg, err->sqlstate, sizeof(err->sqlstate), sqlstate);
    copy_text(conninfo, pg, err->message, sizeof(err->message),
              PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    copy_text(conninfo, pg, err->detail, sizeof(err->detail),
              PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    copy_text(conninfo, pg, err->hint, sizeof(err->hint),
              PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    return status;
}

/* With verbose errors the server's SQLSTATE is in libpq's text and nowhere
 * else: "... FATAL:  28P01: password ...\nLOCATION:  ...". Takes the last one
 * out of the text and removes the location. Source: pqBuildErrorMessage3. */
static void extract_sqlstate(struct pgs_error *err)
{
    char *location = strstr(err->message, "\nLOCATION:");
    char *at = err->message;

    if (location)
        *location = '\0';
    while ((at = strstr(at, ":  ")) != NULL) {
        size_t size_bytes = 0;

        at += 3;
        while (size_bytes < 5 &&
               (isdigit((unsigned char)at[size_bytes]) || isupper((unsigned char)at[size_bytes])))
            size_bytes++;
        if (size_bytes < 5 || strncmp(at + 5, ": ", 2) != 0)
            continue;
        memcpy(err->sqlstate, at, 5);
        memmove(at, at + 7, strlen(at + 7) + 1);
    }
}

static enum pgs_status status_of_connect(PGconn *pg, const struct pgs_error *err)
{
    if (err->sqlstate[0])
        return pgs_sqlstate_status(err->sqlstate);
    if (PQconnectionNeedsPassword(pg) || strstr(err->message, "authentication") ||
        strstr(err->message, "SCRAM") || strstr(err->message, "no password supplied"))
        return PGS_ERR_AUTH;
    return PGS_ERR_IO;
}

enum pgs_status pgs_failure_of_connect(const struct pgs_conninfo *conninfo, PGconn *pg,
                                       struct pgs_error *err)
{
    struct pgs_error own;
    struct pgs_error *made = err ? err : &own;

    pgs_error_init(made);
    copy_text(conninfo, pg, made->message, sizeof(made->message), PQerrorMessage(pg));
    extract_sqlstate(made);
    made->code = status_of_connect(pg, made);
    split_lines(made);
    return made->code;
}

void pgs_failure_statement(struct pgs_conn *conn, const char *sql, struct pgs_error *err)
{
    char shown[STATEMENT_SHOWN_BYTES + 1];
    bool cut = strlen(sql) > STATEMENT_SHOWN_BYTES;

    if (!err)
        return;
    copy_text(conn->conninfo, conn->pg, shown, sizeof(shown), sql);
    (void)snprintf(err->statement, sizeof(err->statement), "%s%s", shown, cut ? " ..." : "");
}
