/* SPDX-License-Identifier: MIT */
#include "catalog_test.h"

static void check_ddl(void)
{
    struct eye eye = open_eye(NULL);
    const struct pgs_table *before;
    struct pgs_str found;
    struct pgs_error err;

    CHECK(find(&eye, "txn", "made") == NULL);
    before = find(&eye, "txn", "t");
    eye_run(&eye, "CREATE TABLE txn.made(i int); ALTER TABLE txn.t ADD COLUMN more text;"
                  "CREATE SCHEMA txn2");
    CHECK(find(&eye, "txn", "made") != NULL);
    CHECK_INT(find(&eye, "txn", "t")->column_count, 2);
    CHECK_INT(before->column_count, 1); /* still there for whoever holds it */
    CHECK_OK(pgs_view_find_schema(eye.view, pgs_str_of("txn2"), &found, &err));
    CHECK_TEXT(found, "txn2");
    pgs_view_end(eye.view, false);
    pgs_session_rollback(eye.session);
    CHECK(find(&eye, "txn", "made") == NULL);
    CHECK_INT(find(&eye, "txn", "t")->column_count, 1);
    CHECK_OK(pgs_view_find_schema(eye.view, pgs_str_of("txn2"), &found, &err));
    CHECK_INT(found.size_bytes, 0);
    close_eye(&eye);
}

static void check_temporary(void)
{
    struct eye eye = open_eye(NULL);
    struct eye other = open_eye(NULL);
    const struct pgs_str *schemas;
    const struct pgs_table *t;
    struct pgs_str found;
    struct pgs_error err;
    size_t count, count_other;

    eye_run(&eye, "CREATE TEMP TABLE tmp(i int)");
    t = find(&eye, "pg_temp", "tmp");
    if (CHECK(t != NULL)) {
        CHECK(t->schema.size_bytes > 8);
        CHECK_OK(pgs_view_find_schema(eye.view, pgs_str_of("pg_temp"), &found, &err));
        CHECK(pgs_str_equal(found, t->schema));
    }
    CHECK(find(&other, "pg_temp", "tmp") == NULL);
    CHECK_OK(pgs_session_commit(eye.session, &err));
    pgs_view_end(eye.view, true);
    CHECK_OK(pgs_view_list_schemas(eye.view, &schemas, &count, &err));
    CHECK_OK(pgs_view_list_schemas(other.view, &schemas, &count_other, &err));
    CHECK_INT(count, count_other + 1);
    close_eye(&other);
    eye_run(&eye, "DROP TABLE pg_temp.tmp");
    CHECK_OK(pgs_session_commit(eye.session, &err));
    close_eye(&eye);
}

static void check_restriction(void)
{
    struct eye eye = open_eye("txn");
    const struct pgs_table *const *tables;
    const struct pgs_str *schemas;
    struct pgs_str found;
    struct pgs_error err;
    size_t count;

    CHECK_OK(pgs_view_list_schemas(eye.view, &schemas, &count, &err));
    CHECK_INT(count, 1);
    CHECK_TEXT(schemas[0], "txn");
    CHECK_OK(pgs_view_find_schema(eye.view, pgs_str_of("public"), &found, &err));
    CHECK_INT(found.size_bytes, 0);
    statements = 0;
    CHECK(find(&eye, "pg_catalog", "pg_class") == NULL);
    CHECK_OK(pgs_view_list_tables(eye.view, pgs_str_of("cat"), &tables, &count, &err));
    CHECK_INT(count, 0);
    CHECK_INT(statements, 0);
    CHECK(find(&eye, "txn", "t") != NULL);
    close_eye(&eye);
}

/* Operators and functions in front of pg_catalog change nothing, and the
 * search_path is as it was afterwards. */
static void check_search_path(void)
{
    struct eye eye = open_eye(NULL);
    struct pgs_result *result = NULL;
    struct pgs_error err;

    prepare("DROP SCHEMA IF EXISTS evil CASCADE; CREATE SCHEMA evil;"
            "CREATE FUNCTION evil.no(oid, oid) RETURNS bool LANGUAGE sql AS 'SELECT false';"
            "CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.no);"
            "CREATE FUNCTION evil.format_type(oid, int) RETURNS text LANGUAGE sql AS"
            " 'SELECT ''evil''::text'; CREATE TABLE evil.pg_class(oid oid)");
    eye_run(&eye, "SET search_path = evil, pg_catalog");
    if (CHECK(find(&eye, "txn", "t") != NULL))
        CHECK_TEXT(find(&eye, "txn", "t")->columns[0].type->sql_name, "integer");
    CHECK_OK(pgs_session_exec(eye.session, "SHOW search_path", &result, &err));
    CHECK_TEXT(pgs_result_get(result, 0, 0), "evil, pg_catalog");
    pgs_result_free(result);
    close_eye(&eye);
    prepare("DROP SCHEMA evil CASCADE");
}

void test_transactions(void)
{
    prepare("DROP SCHEMA IF EXISTS txn CASCADE; DROP SCHEMA IF EXISTS txn2; CREATE SCHEMA txn;"
            "CREATE TABLE txn.t(i int)");
    check_ddl();
    check_temporary();
    check_restriction();
    check_search_path();
}
