/* SPDX-License-Identifier: MIT */
#include "sql/statement.h"

#include "check.h"
#include "fixture.h"

static struct pgs_arena arena;
static struct pgs_buf sql;
static struct pgs_type int4;
static struct pgs_type inet; /* selected as text */

static const char *select_of(const struct pgs_select *select)
{
    pgs_buf_reset(&sql);
    pgs_deparse_select(&sql, select);
    CHECK(pgs_buf_status(&sql, NULL) == PGS_OK);
    return sql.at;
}

static const struct pgs_expr *equals_one(const char *name)
{
    return pgs_expr_compare_new(&arena, PGS_OP_EQ,
                                column_of(&arena, name, &int4, PGS_COLLATION_NONE),
                                const_of(&arena, integer_of(PGS_TARGET_INTEGER, 1)));
}

static struct pgs_select plain_select(void)
{
    struct pgs_select select = {.from = {.schema = {"s", 1}, .name = {"t", 1}}, .limit = -1};

    return select;
}

static void test_columns(void)
{
    struct pgs_select_column columns[] = {{{"a", 1}, &int4}, {{"b\"", 2}, &inet}, {{"c", 1}, NULL}};
    struct pgs_select select = plain_select();

    CHECK_STR(select_of(&select), "SELECT FROM \"s\".\"t\"");
    select.columns = columns;
    select.column_count = 1;
    CHECK_STR(select_of(&select), "SELECT \"a\" FROM \"s\".\"t\"");
    select.column_count = 3;
    CHECK_STR(select_of(&select), "SELECT \"a\", \"b\"\"\"::text, \"c\" FROM \"s\".\"t\"");
    select.from.only = true;
    select.from.schema.size_bytes = 0;
    select.from.name = pgs_str_of("x\"; DROP TABLE t; --");
    CHECK_STR(select_of(&select),
              "SELECT \"a\", \"b\"\"\"::text, \"c\" FROM ONLY \"x\"\"; DROP TABLE t; --\"");
}

static void test_everything(void)
{
    struct pgs_select_column columns[] = {{{"a", 1}, &int4}, {{"b", 1}, &inet}};
    const struct pgs_expr *where[] = {equals_one("a"), equals_one("b")};
    struct pgs_block_range blocks = {10, 1000};
    struct pgs_select select = plain_select();

    select.columns = columns;
    select.column_count = 2;
    select.where = where;
    select.where_count = 2;
    select.blocks = &blocks;
    select.limit = 5;
    select.offset = 2;
    CHECK_STR(select_of(&select),
              "SELECT \"a\", \"b\"::text FROM \"s\".\"t\" WHERE ctid >= '(10,0)'::tid AND "
              "ctid < '(1000,0)'::tid AND (\"a\" = 1) AND (\"b\" = 1) LIMIT 5 OFFSET 2");
    select.blocks = NULL;
    select.where_count = 1;
    select.limit = 0;
    select.offset = 0;
    CHECK_STR(select_of(&select),
              "SELECT \"a\", \"b\"::text FROM \"s\".\"t\" WHERE (\"a\" = 1) LIMIT 0");
    select.limit = -1;
    select.offset = INT64_MAX;
    CHECK_STR(select_of(&select), "SELECT \"a\", \"b\"::text FROM \"s\".\"t\" WHERE (\"a\" = 1) "
                                  "OFFSET 9223372036854775807");
}

static void test_blocks(void)
{
    static const struct {
        struct pgs_block_range range;
        const char *expected;
    } samples[] = {
        {{0, UINT64_C(4294967296)}, "SELECT FROM \"s\".\"t\""},
        {{0, 7}, "SELECT FROM \"s\".\"t\" WHERE ctid < '(7,0)'::tid"},
        {{7, UINT64_C(4294967296)}, "SELECT FROM \"s\".\"t\" WHERE ctid >= '(7,0)'::tid"},
        {{7, 8}, "SELECT FROM \"s\".\"t\" WHERE ctid >= '(7,0)'::tid AND ctid < '(8,0)'::tid"},
        {{0, UINT32_MAX}, "SELECT FROM \"s\".\"t\" WHERE ctid < '(4294967295,0)'::tid"},
    };

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct pgs_select select = plain_select();

        select.blocks = &samples[i].range;
        CHECK_STR(select_of(&select), samples[i].expected);
    }
}

static void test_query(void)
{
    static const struct {
        const char *query;
        const char *expected;
    } samples[] = {
        {"SELECT 1 AS a", "SELECT FROM (\nSELECT 1 AS a\n) AS q"},
        {"SELECT 1 AS a -- last", "SELECT FROM (\nSELECT 1 AS a -- last\n) AS q"},
        {"VALUES (1) ; ;\n", "SELECT FROM (\nVALUES (1)\n) AS q"},
        {"SELECT ';'", "SELECT FROM (\nSELECT ';'\n) AS q"},
    };
    static const struct pgs_str names[] = {{"a", 1}, {"b\"", 2}};
    struct pgs_select select = {.limit = -1};

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        select.from.query = pgs_str_of(samples[i].query);
        CHECK_STR(select_of(&select), samples[i].expected);
    }
    select.from.query = pgs_str_of("SELECT 1, 2");
    select.from.query_columns = names;
    select.from.query_column_count = 2;
    CHECK_STR(select_of(&select), "SELECT FROM (\nSELECT 1, 2\n) AS q(\"a\", \"b\"\"\")");
    select.from.query.at = "SELECT 'a\0b'";
    select.from.query.size_bytes = 12;
    pgs_buf_reset(&sql);
    pgs_deparse_select(&sql, &select);
    CHECK(pgs_buf_status(&sql, NULL) != PGS_OK);
}

static void test_copy(void)
{
    struct pgs_str columns[] = {{"a", 1}, {"b\"", 2}};
    struct pgs_select select = plain_select();

    pgs_buf_reset(&sql);
    pgs_deparse_copy_out(&sql, &select);
    CHECK_STR(sql.at, "COPY (SELECT FROM \"s\".\"t\") TO STDOUT (FORMAT binary)");
    pgs_buf_reset(&sql);
    pgs_deparse_copy_in(&sql, pgs_str_of("s"), pgs_str_of("t"), columns, 2, PGS_ROWS_BINARY);
    CHECK_STR(sql.at, "COPY \"s\".\"t\" (\"a\", \"b\"\"\") FROM STDIN (FORMAT binary)");
    pgs_buf_reset(&sql);
    pgs_deparse_copy_in(&sql, pgs_str_of(""), pgs_str_of("t"), NULL, 0, PGS_ROWS_TEXT);
    CHECK_STR(sql.at, "COPY \"t\" FROM STDIN (FORMAT text)");
}

static void test_aliases(void)
{
    struct pgs_expr_column column = {.relation = 2, .name = {"a", 1}, .type = &int4};
    const struct pgs_expr *null_test = pgs_expr_column_new(&arena, &column);

    pgs_buf_reset(&sql);
    pgs_deparse_expr(&sql, pgs_expr_new(&arena, PGS_EXPR_IS_NULL, &null_test, 1));
    CHECK_STR(sql.at, "(r2.\"a\" IS NULL)");
}

static void test_nesting(void)
{
    const struct pgs_expr *pair[] = {equals_one("a"), equals_one("b")};
    const struct pgs_expr *either = pgs_expr_new(&arena, PGS_EXPR_OR, pair, 2);
    const struct pgs_expr *outer[2];

    outer[0] = pgs_expr_new(&arena, PGS_EXPR_NOT, &either, 1);
    outer[1] = pgs_expr_new(&arena, PGS_EXPR_AND, pair, 2);
    pgs_buf_reset(&sql);
    pgs_deparse_expr(&sql, pgs_expr_new(&arena, PGS_EXPR_OR, outer, 2));
    CHECK_STR(sql.at, "((NOT ((\"a\" = 1) OR (\"b\" = 1))) OR ((\"a\" = 1) AND (\"b\" = 1)))");
}

/* Trees without meaning break the buffer instead of giving wrong SQL. */
static void test_malformed(void)
{
    static const enum pgs_expr_kind kinds[] = {PGS_EXPR_COMPARE,  PGS_EXPR_IN,  PGS_EXPR_IS_NULL,
                                               PGS_EXPR_NOT_NULL, PGS_EXPR_AND, PGS_EXPR_OR,
                                               PGS_EXPR_NOT};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        pgs_buf_reset(&sql);
        pgs_deparse_expr(&sql, pgs_expr_new(&arena, kinds[i], NULL, 0));
        CHECK(pgs_buf_status(&sql, NULL) != PGS_OK);
    }
}

/* The same tree, and a copy of it, always give the same text. */
static void test_idempotence(void)
{
    const struct pgs_expr *pair[] = {equals_one("a"), equals_one("b")};
    const struct pgs_expr *expr = pgs_expr_new(&arena, PGS_EXPR_AND, pair, 2);
    struct pgs_buf first;

    pgs_buf_init(&first, 4096);
    pgs_deparse_expr(&first, expr);
    for (int i = 0; i < 3; i++) {
        expr = pgs_expr_copy(&arena, expr);
        pgs_buf_reset(&sql);
        pgs_deparse_expr(&sql, expr);
        CHECK_STR(sql.at, first.at);
    }
    pgs_buf_release(&first);
}

static void test_no_memory(void)
{
    struct pgs_select_column columns[] = {{{"a_rather_long_name_of_a_column", 30}, &int4},
                                          {{"another_long_name_of_a_column", 29}, &inet}};
    const struct pgs_expr *where = equals_one("a");
    enum pgs_status status = PGS_ERR_OOM;
    struct pgs_select select = plain_select();

    select.columns = columns;
    select.column_count = 2;
    select.where = &where;
    select.where_count = 1;
    for (long n = 0; status != PGS_OK; n++) {
        struct pgs_buf fresh;

        pgs_buf_init(&fresh, 4096);
        pgs_alloc_fail_after(n);
        pgs_deparse_copy_out(&fresh, &select);
        pgs_alloc_fail_after(-1);
        status = pgs_buf_status(&fresh, NULL);
        CHECK(status == PGS_OK || status == PGS_ERR_OOM);
        CHECK(n < 1000);
        pgs_buf_release(&fresh);
    }
}

int main(void)
{
    pgs_arena_init(&arena);
    pgs_buf_init(&sql, 4096);
    int4 = type_of(PGS_KIND_INT4, 23, PGS_TARGET_INTEGER);
    inet = type_of(PGS_KIND_TEXT_CAST, 869, PGS_TARGET_VARCHAR);
    test_columns();
    test_everything();
    test_blocks();
    test_query();
    test_copy();
    test_aliases();
    test_nesting();
    test_malformed();
    test_idempotence();
    test_no_memory();
    pgs_buf_release(&sql);
    pgs_arena_release(&arena);
    return pgs_check_report();
}
