/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "catalog_test.h"

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check_equal(struct eye *eye, const struct pgs_table *listed)
{
    const struct pgs_table *found = NULL;
    struct pgs_error err;

    CHECK_OK(pgs_view_find_table(eye->view, listed->schema, listed->name, &found, &err));
    if (!CHECK(found != NULL) || !CHECK_INT(found->column_count, listed->column_count))
        return;
    CHECK_INT(found->oid, listed->oid);
    CHECK_INT(found->kind, listed->kind);
    CHECK_INT(found->key_count, listed->key_count);
    CHECK(pgs_str_equal(found->comment, listed->comment));
    for (size_t i = 0; i < found->column_count; i++) {
        const struct pgs_column *a = &found->columns[i];
        const struct pgs_column *b = &listed->columns[i];
        char text[4096];

        CHECK(pgs_str_equal(a->name, b->name));
        CHECK(pgs_str_equal(a->default_sql, b->default_sql));
        CHECK_INT(a->collation, b->collation);
        CHECK_INT(a->not_null, b->not_null);
        snprintf(text, sizeof(text), "%s", type_text(a->type));
        CHECK_STR(type_text(b->type), text);
    }
}

/* What a listing tells is what finding one by one tells. */
static void check_same(const char *schema)
{
    struct eye eye = open_eye(NULL);
    const struct pgs_table *const *tables = NULL;
    struct pgs_error err;
    size_t count = 0;

    CHECK_OK(pgs_view_list_tables(eye.view, pgs_str_of(schema), &tables, &count, &err));
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        check_equal(&eye, tables[i]);
        if (i) /* name order is byte order */
            CHECK(memcmp(tables[i - 1]->name.at, tables[i]->name.at,
                         tables[i]->name.size_bytes + 1) < 0);
    }
    close_eye(&eye);
}

void test_listing(void)
{
    struct eye eye;
    const struct pgs_table *const *tables = NULL;
    const struct pgs_str *schemas;
    struct pgs_error err;
    size_t count = 0;
    double start;

    check_same("cat");
    check_same("typ");
    check_same("Na\"me's");
    check_same("pg_catalog");
    check_same("information_schema");
    prepare("DROP SCHEMA IF EXISTS lots CASCADE; CREATE SCHEMA lots;"
            "CREATE TYPE lots.mood AS ENUM ('a', 'b')");
    for (int i = 0; i < 5; i++)
        prepare("DO $$ DECLARE n int := (SELECT count(*) FROM pg_class"
                " WHERE relnamespace = 'lots'::regnamespace AND relkind = 'r'); BEGIN"
                " FOR i IN n..n + 999 LOOP"
                " EXECUTE format('CREATE TABLE lots.t%s(%s, m lots.mood)', i, (SELECT"
                " string_agg(format('c%s int DEFAULT %s', j, j), ', ')"
                " FROM generate_series(1, 19) j)); END LOOP; END $$");
    eye = open_eye(NULL);
    CHECK_OK(pgs_view_list_schemas(eye.view, &schemas, &count, &err));
    statements = 0;
    start = seconds();
    CHECK_OK(pgs_view_list_tables(eye.view, pgs_str_of("lots"), &tables, &count, &err));
    printf("listing: 5000 tables in %.2f s\n", seconds() - start);
    CHECK_INT(count, 5000);
    CHECK_INT(statements, 2);
    CHECK_STR(type_text(tables[4999]->columns[19].type), "enum:a|b");
    CHECK_OK(pgs_view_list_tables(eye.view, pgs_str_of("lots"), &tables, &count, &err));
    CHECK_INT(statements, 2);
    close_eye(&eye);
    for (int i = 0; i < 5; i++)
        prepare("DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass::text FROM pg_class"
                " WHERE relnamespace = 'lots'::regnamespace AND relkind = 'r' LIMIT 1000 LOOP"
                " EXECUTE 'DROP TABLE ' || t; END LOOP; END $$");
    prepare("DROP SCHEMA lots CASCADE");
}
