/* SPDX-License-Identifier: MIT */
#include "sql/ddl.h"

#include "check.h"
#include "fixture.h"

static struct pgs_buf sql;

static const char *create_of(const struct pgs_create_table *create)
{
    pgs_buf_reset(&sql);
    pgs_deparse_create_table(&sql, create);
    CHECK(pgs_buf_status(&sql, NULL) == PGS_OK);
    return sql.at;
}

static void test_create_table(void)
{
    struct pgs_expr_const five = integer_of(PGS_TARGET_INTEGER, -5);
    struct pgs_expr_const text = text_of(PGS_TARGET_VARCHAR, "it's");
    struct pgs_expr_const nothing = null_of(PGS_TARGET_VARCHAR);
    struct pgs_column_def columns[] = {
        {{"id", 2}, {"bigint", 6}, true, NULL},
        {{"n\"", 2}, {"numeric(10,2)", 13}, false, &five},
        {{"k", 1}, {"varchar", 7}, true, &text},
        {{"z", 1}, {"varchar[]", 9}, false, &nothing},
    };
    struct pgs_str one[] = {{"id", 2}};
    struct pgs_str two[] = {{"k", 1}, {"n\"", 2}};
    struct pgs_key_def keys[] = {{true, one, 1}, {false, two, 2}};
    struct pgs_create_table create = {.schema = {"s", 1}, .name = {"t", 1}, .columns = columns};

    CHECK_STR(create_of(&create), "CREATE TABLE \"s\".\"t\" ()");
    create.column_count = 1;
    CHECK_STR(create_of(&create), "CREATE TABLE \"s\".\"t\" (\"id\" bigint NOT NULL)");
    create.column_count = 4;
    create.keys = keys;
    create.key_count = 2;
    create.if_not_exists = true;
    CHECK_STR(create_of(&create),
              "CREATE TABLE IF NOT EXISTS \"s\".\"t\" (\"id\" bigint NOT NULL, "
              "\"n\"\"\" numeric(10,2) DEFAULT -5, \"k\" varchar NOT NULL DEFAULT 'it''s', "
              "\"z\" varchar[] DEFAULT NULL, PRIMARY KEY (\"id\"), UNIQUE (\"k\", \"n\"\"\"))");
}

static void test_bad_default(void)
{
    struct pgs_expr_const bad = bytes_of(PGS_TARGET_VARCHAR, "a\0b", 3);
    struct pgs_column_def column = {{"a", 1}, {"text", 4}, false, &bad};
    struct pgs_create_table create = {.name = {"t", 1}, .columns = &column, .column_count = 1};

    pgs_buf_reset(&sql);
    pgs_deparse_create_table(&sql, &create);
    CHECK(pgs_buf_status(&sql, NULL) != PGS_OK);
}

static void test_create_schema(void)
{
    pgs_buf_reset(&sql);
    pgs_deparse_create_schema(&sql, pgs_str_of("a\"b"), false);
    CHECK_STR(sql.at, "CREATE SCHEMA \"a\"\"b\"");
    pgs_buf_reset(&sql);
    pgs_deparse_create_schema(&sql, pgs_str_of("s"), true);
    CHECK_STR(sql.at, "CREATE SCHEMA IF NOT EXISTS \"s\"");
}

static void test_drop(void)
{
    static const char *const expected[] = {
        [PGS_OBJECT_TABLE] = "DROP TABLE \"s\".\"x\"",
        [PGS_OBJECT_VIEW] = "DROP VIEW \"s\".\"x\"",
        [PGS_OBJECT_MATERIALIZED_VIEW] = "DROP MATERIALIZED VIEW \"s\".\"x\"",
        [PGS_OBJECT_FOREIGN_TABLE] = "DROP FOREIGN TABLE \"s\".\"x\"",
        [PGS_OBJECT_INDEX] = "DROP INDEX \"s\".\"x\"",
        [PGS_OBJECT_TYPE] = "DROP TYPE \"s\".\"x\"",
        [PGS_OBJECT_SEQUENCE] = "DROP SEQUENCE \"s\".\"x\"",
    };

    for (int kind = PGS_OBJECT_TABLE; kind <= PGS_OBJECT_SEQUENCE; kind++) {
        pgs_buf_reset(&sql);
        pgs_deparse_drop(&sql, (enum pgs_object_kind)kind, pgs_str_of("s"), pgs_str_of("x"), false,
                         false);
        CHECK_STR(sql.at, expected[kind]);
    }
    pgs_buf_reset(&sql);
    pgs_deparse_drop(&sql, PGS_OBJECT_SCHEMA, pgs_str_of(""), pgs_str_of("s"), true, true);
    CHECK_STR(sql.at, "DROP SCHEMA IF EXISTS \"s\" CASCADE");
}

int main(void)
{
    pgs_buf_init(&sql, 4096);
    test_create_table();
    test_bad_default();
    test_create_schema();
    test_drop();
    pgs_buf_release(&sql);
    return pgs_check_report();
}
