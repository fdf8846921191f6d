/* SPDX-License-Identifier: MIT
 *
 * What one transaction learnt, another uses: when it still holds, and never
 * what is one's own alone.
 */
#include "catalog_test.h"

/* Another transaction on the same attached database. */
static struct eye open_beside(const struct eye *first)
{
    struct eye eye = open_eye(NULL);
    struct pgs_error err;

    pgs_view_free(eye.view);
    pgs_catalog_free(eye.catalog);
    eye.catalog = NULL;
    eye.view = NULL;
    CHECK_OK(pgs_view_new(first->catalog, eye.session, &eye.view, &err));
    return eye;
}

/* A transaction that looks up the schema, then the table, as the host does. */
static const struct pgs_table *look(struct eye *eye, const char *schema, const char *name)
{
    struct pgs_str found;
    struct pgs_error err;

    statements = 0;
    CHECK_OK(pgs_view_guess_schema(eye->view, pgs_str_of(schema), &found, &err));
    return find(eye, schema, name);
}

static void check_column_count(const struct eye *first, size_t columns, int messages)
{
    struct eye eye = open_beside(first);
    const struct pgs_table *table = look(&eye, "sha", "t");

    if (CHECK(table != NULL))
        CHECK_INT(table->column_count, columns);
    CHECK_INT(statements, messages);
    close_eye(&eye);
}

static void check_changes(const struct eye *first)
{
    check_column_count(first, 2, 1);
    prepare("ALTER TABLE sha.t ADD COLUMN c text");
    check_column_count(first, 3, 2);
    check_column_count(first, 3, 1);
    prepare("ALTER TABLE sha.t DROP COLUMN c");
    check_column_count(first, 2, 2);
    prepare("ALTER TYPE sha.mood ADD VALUE 'b'");
    check_column_count(first, 2, 2);
    prepare("CREATE SCHEMA sha2");
    check_column_count(first, 2, 1);
    check_column_count(first, 2, 2); /* asks for the schemas anew */
    check_column_count(first, 2, 1);
    prepare("DROP TABLE sha.t; CREATE TABLE sha.t(i int)");
    check_column_count(first, 1, 2);
    prepare("DROP SCHEMA sha2");
}

static void check_own(const struct eye *first)
{
    struct eye eye = open_beside(first);

    eye_run(&eye, "ALTER TABLE sha.u ADD COLUMN own int; CREATE TABLE sha.own(i int)");
    CHECK(look(&eye, "sha", "own") != NULL);
    CHECK_INT(look(&eye, "sha", "u")->column_count, 2);
    /* Nobody could read it while it is locked: only what is known is asked. */
    pgs_session_rollback(eye.session);
    pgs_view_end(eye.view, false);
    CHECK(look(&eye, "sha", "own") == NULL);
    CHECK_INT(look(&eye, "sha", "u")->column_count, 1);
    close_eye(&eye);
}

/* The check waits for no lock, whatever somebody does to a table known before. */
static void check_locked(const struct eye *first)
{
    struct eye eye = open_beside(first);
    struct eye locker = open_eye(NULL);

    CHECK(look(&eye, "sha", "u") != NULL);
    pgs_view_end(eye.view, true);
    eye_run(&locker, "LOCK TABLE sha.u IN ACCESS EXCLUSIVE MODE");
    CHECK(look(&eye, "sha", "t") != NULL);
    CHECK(look(&eye, "sha", "u") != NULL);
    close_eye(&locker);
    close_eye(&eye);
}

static void check_trusting(const struct eye *first)
{
    struct eye eye = open_beside(first);

    pgs_view_configure(eye.view, &(struct pgs_view_settings){.validation = false});
    CHECK(look(&eye, "sha", "t") != NULL);
    CHECK_INT(statements, 0);
    pgs_view_end(eye.view, true);
    pgs_catalog_clear(first->catalog);
    CHECK(look(&eye, "sha", "t") != NULL);
    CHECK_INT(statements, 2);
    close_eye(&eye);
}

/* Every allocation fails once; nothing leaks and the next try works. */
static void check_allocations(const struct eye *first)
{
    for (long n = 0; n < 100000; n++) {
        struct eye eye = open_beside(first);
        const struct pgs_table *table = NULL;
        enum pgs_status status;
        struct pgs_error err;

        pgs_alloc_fail_after(n);
        status = pgs_view_find_table(eye.view, pgs_str_of("sha"), pgs_str_of("t"), &table, &err);
        pgs_alloc_fail_after(-1);
        close_eye(&eye);
        if (status == PGS_OK)
            return;
        CHECK_INT(status, PGS_ERR_OOM);
    }
    CHECK(false);
}

/* More tables than are kept: the oldest go. */
static void check_many(const struct eye *first)
{
    struct eye eye = open_beside(first);
    char name[16];

    prepare("DO $$ BEGIN FOR i IN 1..600 LOOP EXECUTE format('CREATE TABLE sha.m%s()', i);"
            " END LOOP; END $$");
    for (int i = 1; i <= 600; i++) {
        snprintf(name, sizeof(name), "m%d", i);
        CHECK(find(&eye, "sha", name) != NULL);
    }
    pgs_view_end(eye.view, true);
    CHECK(look(&eye, "sha", "m1") != NULL);
    CHECK_INT(statements, 2);
    pgs_view_end(eye.view, true);
    CHECK(look(&eye, "sha", "m300") != NULL);
    CHECK_INT(statements, 1);
    close_eye(&eye);
}

static void check_similar(const struct eye *first)
{
    struct eye eye = open_beside(first);
    const struct pgs_str *names;
    struct pgs_error err;
    size_t count = 0;

    CHECK_OK(pgs_view_list_similar(eye.view, pgs_str_of("sha"), pgs_str_of("m60"), &names, &count,
                                   &err));
    CHECK(count > 0 && count <= 50);
    statements = 0;
    CHECK_OK(pgs_view_list_similar(eye.view, pgs_str_of("public"), pgs_str_of("m60"), &names,
                                   &count, &err));
    CHECK_INT(statements, 0);
    close_eye(&eye);
}

void test_sharing(void)
{
    struct eye first;

    prepare("DROP SCHEMA IF EXISTS sha CASCADE; CREATE SCHEMA sha; CREATE TYPE sha.mood AS ENUM"
            " ('a'); CREATE TABLE sha.t(i int, m sha.mood[]); CREATE TABLE sha.u(i int)");
    first = open_eye(NULL);
    CHECK(look(&first, "sha", "t") != NULL);
    CHECK_INT(statements, 2);
    pgs_session_rollback(first.session);
    pgs_view_end(first.view, true);
    check_changes(&first);
    check_own(&first);
    check_locked(&first);
    check_trusting(&first);
    check_allocations(&first);
    check_many(&first);
    check_similar(&first);
    close_eye(&first);
    prepare("DROP SCHEMA sha CASCADE");
}
