/* SPDX-License-Identifier: MIT
 *
 * What the catalog tests share: a session with a view on it, a second session
 * that prepares the database, and short ways to ask.
 */
#ifndef PGS_TEST_CATALOG_H
#define PGS_TEST_CATALOG_H

#include <stdio.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "catalog/catalog.h"
#include "check.h"
#include "link/conn.h"
#include "link/pool.h"
#include "link/session.h"

#define CHECK_OK(call)                                                                             \
    do {                                                                                           \
        struct pgs_error *check_err = &err;                                                        \
        check_err->message[0] = '\0';                                                              \
        if (!CHECK_INT((call), PGS_OK))                                                            \
            fprintf(stderr, "    %s\n", check_err->message);                                       \
    } while (0)
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), #got, __FILE__, __LINE__)

struct eye {
    struct pgs_session *session;
    struct pgs_catalog *catalog;
    struct pgs_view *view;
};

extern struct pgs_pool *pool;
extern int statements; /* messages sent by eyes since it was set to 0 */

void check_text(struct pgs_str got, const char *wanted, const char *what, const char *file,
                int line);
/* Runs statements on a connection of their own, outside any eye. */
void prepare(const char *sql);
/* The first cell of the answer as a number. */
long long ask(const char *sql);

/* A transaction with a view; `schema` restricts it, NULL = all. */
struct eye open_eye(const char *schema);
void close_eye(struct eye *eye);
/* Runs in the eye's own transaction. */
void eye_run(struct eye *eye, const char *sql);
const struct pgs_table *find(struct eye *eye, const char *schema, const char *name);
const struct pgs_column *column(const struct pgs_table *table, const char *name);
/* How a type looks: int4, numeric(10,2), varchar[][] … by target. */
const char *type_text(const struct pgs_type *type);

void test_tables(void);
void test_names(void);
void test_types(void);
void test_every_type(void);
void test_storage(void);
void test_transactions(void);
void test_listing(void);
void test_hostile(void);
void test_sharing(void);

#endif
