/* SPDX-License-Identifier: MIT
 *
 * Catalogs that nobody would write by hand.
 */
#include <string.h>

#include "catalog_test.h"

/* Composite types, each of five fields of the one before: 5^7 leaves in a tree.
 * The server's own checks do not get much further either. */
static void check_cascade(void)
{
    struct eye eye = open_eye(NULL);
    const struct pgs_table *t;

    prepare("DO $$ BEGIN CREATE TYPE hos.c0 AS (a int); FOR i IN 1..7 LOOP EXECUTE format("
            "'CREATE TYPE hos.c%s AS (%s)', i, (SELECT string_agg(format('f%s hos.c%s', j, i - 1),"
            " ', ') FROM generate_series(1, 5) AS j)); END LOOP;"
            " CREATE TABLE hos.cascade(i int, big hos.c7, small hos.c3);"
            " CREATE TYPE hos.s0 AS (a int); FOR i IN 1..40 LOOP EXECUTE format("
            "'CREATE TYPE hos.s%s AS (a hos.s%s)', i, i - 1); END LOOP;"
            " CREATE TABLE hos.deep(i int, deep hos.s40, flat hos.s20); END $$");
    t = find(&eye, "hos", "cascade");
    CHECK_STR(type_text(column(t, "big")->type), "varchar*");
    CHECK_INT(column(t, "small")->type->target, PGS_TARGET_STRUCT);
    t = find(&eye, "hos", "deep");
    CHECK_STR(type_text(column(t, "deep")->type), "varchar*");
    CHECK_INT(column(t, "flat")->type->target, PGS_TARGET_STRUCT);
    close_eye(&eye);
}

/* More columns than fit in anything small; a wide enum. */
static void check_wide(void)
{
    struct eye eye = open_eye(NULL);
    const struct pgs_table *t;

    prepare("DO $$ BEGIN EXECUTE (SELECT format('CREATE TABLE hos.wide(%s)', string_agg("
            "format('\"C%s\" int', i), ', ')) FROM generate_series(1, 1600) i);"
            " EXECUTE (SELECT format('CREATE TYPE hos.many AS ENUM (%s)', string_agg("
            "quote_literal('label ' || i), ', ')) FROM generate_series(1, 70000) i);"
            " CREATE TABLE hos.labels(m hos.many); END $$");
    t = find(&eye, "hos", "wide");
    CHECK_INT(t->column_count, 1600);
    CHECK_INT(column(t, "C1600")->attnum, 1600);
    t = find(&eye, "hos", "labels");
    CHECK_INT(column(t, "m")->type->label_count, 70000);
    CHECK_TEXT(column(t, "m")->type->labels[69999], "label 70000");
    close_eye(&eye);
}

/* The user may see little. */
static void check_privileges(void)
{
    struct eye eye;
    const struct pgs_str *schemas;
    const struct pgs_table *t;
    struct pgs_error err;
    size_t count;

    prepare("DROP ROLE IF EXISTS hos_user; CREATE ROLE hos_user;"
            "CREATE TABLE hos.secret AS SELECT i, i % 2 AS two FROM generate_series(1, 1000) i;"
            "ANALYZE hos.secret; REVOKE SELECT ON pg_catalog.pg_stats FROM PUBLIC");
    eye = open_eye(NULL);
    eye_run(&eye, "SET LOCAL ROLE hos_user");
    CHECK_OK(pgs_view_list_schemas(eye.view, &schemas, &count, &err));
    t = find(&eye, "hos", "secret");
    if (CHECK(t != NULL)) {
        CHECK(t->rows == 1000);
        CHECK(column(t, "two")->distinct == 0);
    }
    close_eye(&eye);
    prepare("GRANT SELECT ON pg_catalog.pg_stats TO PUBLIC; DROP ROLE hos_user");
}

/* A table under an exclusive lock does not stop a listing. */
static void check_locked(void)
{
    struct eye holder = open_eye(NULL);
    struct eye eye = open_eye(NULL);
    const struct pgs_table *const *tables = NULL;
    struct pgs_error err;
    size_t count = 0;

    eye_run(&holder, "LOCK TABLE hos.secret IN ACCESS EXCLUSIVE MODE");
    eye_run(&eye, "SET LOCAL statement_timeout = '3s'");
    CHECK_OK(pgs_view_list_tables(eye.view, pgs_str_of("hos"), &tables, &count, &err));
    CHECK(count > 0);
    close_eye(&eye);
    close_eye(&holder);
}

void test_hostile(void)
{
    prepare("DROP SCHEMA IF EXISTS hos CASCADE; CREATE SCHEMA hos");
    check_cascade();
    check_wide();
    check_privileges();
    check_locked();
    prepare("DROP SCHEMA hos CASCADE");
}
