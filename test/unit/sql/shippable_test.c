/* SPDX-License-Identifier: MIT */
#include "sql/shippable.h"

#include <math.h>

#include "check.h"
#include "fixture.h"

static struct pgs_arena arena;
static struct pgs_buf sql;
static const struct pgs_ship_facts utf8 = {.encoding_is_utf8 = true};
static const struct pgs_ship_facts latin1 = {.encoding_is_utf8 = false};

static const char TYPE[] = "the type compares differently on the server";
static const char ORDER[] = "the type is ordered differently on the server";
static const char NONDETERMINISTIC[] = "collation is not deterministic";
static const char UNKNOWN[] = "collation is not known";
static const char ENCODING[] = "text order depends on the server's encoding";
static const char FORM[] = "constant may have no form in the server's encoding";
static const char NO_FORM[] = "constant has no form in PostgreSQL";
static const char DIFFER[] = "constant and column differ in type";

/* NULL when shippable, else the reason. */
static const char *reason_of(const struct pgs_expr *expr, const struct pgs_ship_facts *facts)
{
    const char *reason = NULL;
    bool shippable = pgs_expr_is_shippable(expr, facts, &reason);

    CHECK(shippable == !reason);
    CHECK(pgs_expr_is_shippable(expr, facts, NULL) == shippable);
    return reason;
}

static void check_reason(const struct pgs_expr *expr, const struct pgs_ship_facts *facts,
                         const char *expected)
{
    const char *reason = reason_of(expr, facts);

    CHECK_STR(reason ? reason : "shippable", expected ? expected : "shippable");
}

/* The expression as sent, or the reason for not sending it. */
static const char *outcome(const struct pgs_expr *expr, const struct pgs_ship_facts *facts)
{
    const char *reason = reason_of(expr, facts);

    if (reason)
        return reason;
    pgs_buf_reset(&sql);
    pgs_deparse_expr(&sql, expr);
    CHECK(pgs_buf_status(&sql, NULL) == PGS_OK);
    return sql.at;
}

struct pair {
    enum pgs_kind kind;
    uint32_t oid;
    enum pgs_target target;
    enum pgs_collation collation;
    const struct pgs_ship_facts *facts;
    struct pgs_expr_const constant;
    /* What follows the column's name and the operator follows ("%s" not needed:
     * the left side and the literal), or the reason. */
    const char *equality;
    const char *order;
    const char *left;
    const char *literal;
};

static const struct pgs_expr *pair_column(const struct pair *pair, struct pgs_type *type)
{
    *type = type_of(pair->kind, pair->oid, pair->target);
    return column_of(&arena, "c", type, pair->collation);
}

static void check_pair(const struct pair *pair)
{
    static const char *const ops[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    struct pgs_type type;
    const struct pgs_expr *column = pair_column(pair, &type);
    const struct pgs_expr *constant = const_of(&arena, pair->constant);
    const struct pgs_expr *in[] = {column, constant, constant};
    struct pgs_buf expected;

    pgs_buf_init(&expected, 4096);
    for (int i = 0; i < 6; i++) {
        enum pgs_compare_op op = (enum pgs_compare_op)i;
        const char *reason = i < 2 ? pair->equality : pair->order;

        pgs_buf_reset(&expected);
        pgs_buf_addf(&expected, "(%s%s%s)", i < 2 ? "\"c\"" : pair->left, ops[i], pair->literal);
        CHECK_STR(outcome(pgs_expr_compare_new(&arena, op, column, constant), pair->facts),
                  reason ? reason : expected.at);
        /* The constant on the left: the same text, the column still first. */
        CHECK_STR(outcome(pgs_expr_compare_new(&arena, pgs_compare_op_flip(op), constant, column),
                          pair->facts),
                  reason ? reason : expected.at);
    }
    pgs_buf_reset(&expected);
    pgs_buf_addf(&expected, "(\"c\" IN (%s, %s))", pair->literal, pair->literal);
    CHECK_STR(outcome(pgs_expr_new(&arena, PGS_EXPR_IN, in, 3), pair->facts),
              pair->equality ? pair->equality : expected.at);
    pgs_buf_release(&expected);
}

static void check_plain(enum pgs_kind kind, uint32_t oid, struct pgs_expr_const constant,
                        const char *literal)
{
    struct pair pair = {kind, oid,     constant.target, PGS_COLLATION_NONE, &latin1, constant, NULL,
                        NULL, "\"c\"", literal};

    check_pair(&pair);
}

static void test_numbers(void)
{
    check_plain(PGS_KIND_BOOL, 16, boolean_of(true), "true");
    check_plain(PGS_KIND_INT2, 21, integer_of(PGS_TARGET_SMALLINT, -5), "-5");
    check_plain(PGS_KIND_INT4, 23, integer_of(PGS_TARGET_INTEGER, 42), "42");
    check_plain(PGS_KIND_INT8, 20, integer_of(PGS_TARGET_BIGINT, INT64_MIN),
                "'-9223372036854775808'::int8");
    check_plain(PGS_KIND_OID, 26, integer_of(PGS_TARGET_UINTEGER, UINT32_MAX), "'4294967295'::oid");
    check_plain(PGS_KIND_FLOAT4, 700, number_of(PGS_TARGET_FLOAT, 0.5), "'0.5'::float4");
    check_plain(PGS_KIND_FLOAT4, 700, number_of(PGS_TARGET_FLOAT, (double)NAN), "'NaN'::float4");
    check_plain(PGS_KIND_FLOAT8, 701, number_of(PGS_TARGET_DOUBLE, -0.0), "'-0'::float8");
    check_plain(PGS_KIND_FLOAT8, 701, number_of(PGS_TARGET_DOUBLE, -(double)INFINITY),
                "'-Infinity'::float8");
    check_plain(PGS_KIND_NUMERIC, 1700, decimal_of(0, 12345, 2), "'123.45'::numeric");
}

static void test_others(void)
{
    check_plain(PGS_KIND_UUID, 2950, uuid_of(0, 1), "'00000000-0000-0000-0000-000000000001'::uuid");
    check_plain(PGS_KIND_BYTEA, 17, bytes_of(PGS_TARGET_BLOB, "\0\xff", 2), "E'\\\\x00ff'::bytea");
    check_plain(PGS_KIND_DATE, 1082, integer_of(PGS_TARGET_DATE, -735160), "'0044-03-15 BC'::date");
    check_plain(PGS_KIND_DATE, 1082, integer_of(PGS_TARGET_DATE, INT32_MAX), "'infinity'::date");
    check_plain(PGS_KIND_TIME, 1083, integer_of(PGS_TARGET_TIME, 1), "'00:00:00.000001'::time");
    check_plain(PGS_KIND_TIMESTAMP, 1114, integer_of(PGS_TARGET_TIMESTAMP, 0),
                "'1970-01-01 00:00:00'::timestamp");
    check_plain(PGS_KIND_TIMESTAMPTZ, 1184, integer_of(PGS_TARGET_TIMESTAMPTZ, -1),
                "'1969-12-31 23:59:59.999999+00'::timestamptz");
    check_plain(PGS_KIND_TIMESTAMPTZ, 1184, integer_of(PGS_TARGET_TIMESTAMPTZ, -INT64_MAX),
                "'-infinity'::timestamptz");
    check_plain(PGS_KIND_ENUM, 16385, text_of(PGS_TARGET_ENUM, "it's"), "'it''s'");
    check_plain(PGS_KIND_ENUM, 16385, text_of(PGS_TARGET_ENUM, "a\\b"), "E'a\\\\b'");
}

static void check_text(uint32_t oid, enum pgs_collation collation,
                       const struct pgs_ship_facts *facts, const char *equality, const char *order)
{
    bool bpchar = oid == 1042;
    struct pair pair = {bpchar ? PGS_KIND_BPCHAR : PGS_KIND_TEXT,
                        oid,
                        PGS_TARGET_VARCHAR,
                        collation,
                        facts,
                        text_of(PGS_TARGET_VARCHAR, "it's"),
                        equality,
                        order,
                        collation == PGS_COLLATION_C ? "\"c\"" : "\"c\" COLLATE \"C\"",
                        "'it''s'"};

    check_pair(&pair);
}

static void test_texts(void)
{
    static const uint32_t oids[] = {25, 1043, 19};

    for (size_t i = 0; i < 3; i++) {
        check_text(oids[i], PGS_COLLATION_C, &utf8, NULL, NULL);
        check_text(oids[i], PGS_COLLATION_DETERMINISTIC, &utf8, NULL, NULL);
        check_text(oids[i], PGS_COLLATION_NONDETERMINISTIC, &utf8, NONDETERMINISTIC,
                   NONDETERMINISTIC);
        check_text(oids[i], PGS_COLLATION_NONE, &utf8, UNKNOWN, UNKNOWN);
        check_text(oids[i], PGS_COLLATION_C, &latin1, NULL, ENCODING);
        check_text(oids[i], PGS_COLLATION_DETERMINISTIC, &latin1, NULL, ENCODING);
        check_text(oids[i], PGS_COLLATION_NONDETERMINISTIC, &latin1, NONDETERMINISTIC,
                   NONDETERMINISTIC);
    }
    check_text(142, PGS_COLLATION_C, &utf8, TYPE, TYPE); /* xml has no operators */
    check_text(1042, PGS_COLLATION_C, &utf8, NULL, ORDER);
    check_text(1042, PGS_COLLATION_DETERMINISTIC, &latin1, NULL, ORDER);
    check_text(1042, PGS_COLLATION_NONDETERMINISTIC, &utf8, NONDETERMINISTIC, ORDER);
}

/* Types that are compared locally, and yet tested for NULL by the server. */
static void test_local_types(void)
{
    static const struct {
        enum pgs_kind kind;
        uint32_t oid;
        enum pgs_target target;
        const char *is_null;
        const char *not_null;
    } types[] = {
        {PGS_KIND_TEXT_CAST, 869, PGS_TARGET_VARCHAR, "(\"c\" IS NOT DISTINCT FROM NULL)",
         "(\"c\" IS DISTINCT FROM NULL)"},
        {PGS_KIND_COMPOSITE, 16400, PGS_TARGET_STRUCT, "(\"c\" IS NOT DISTINCT FROM NULL)",
         "(\"c\" IS DISTINCT FROM NULL)"},
        {PGS_KIND_NUMERIC, 1700, PGS_TARGET_DOUBLE, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_NUMERIC, 1700, PGS_TARGET_VARCHAR, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_CHAR, 18, PGS_TARGET_VARCHAR, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_TIMETZ, 1266, PGS_TARGET_TIMETZ, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_INTERVAL, 1186, PGS_TARGET_INTERVAL, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_JSON, 114, PGS_TARGET_JSON, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_JSONB, 3802, PGS_TARGET_JSON, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_JSONB, 3802, PGS_TARGET_VARCHAR, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_ARRAY, 1007, PGS_TARGET_LIST, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_TEXT, 142, PGS_TARGET_VARCHAR, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
        {PGS_KIND_OID, 28, PGS_TARGET_UINTEGER, "(\"c\" IS NULL)", "(\"c\" IS NOT NULL)"},
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        struct pair pair = {.kind = types[i].kind,
                            .oid = types[i].oid,
                            .target = types[i].target,
                            .collation = PGS_COLLATION_C,
                            .facts = &utf8,
                            .constant = text_of(PGS_TARGET_VARCHAR, "1"),
                            .equality = TYPE,
                            .order = TYPE,
                            .left = "",
                            .literal = ""};
        struct pgs_type type;
        const struct pgs_expr *column = pair_column(&pair, &type);

        check_pair(&pair);
        CHECK_STR(outcome(pgs_expr_new(&arena, PGS_EXPR_IS_NULL, &column, 1), &latin1),
                  types[i].is_null);
        CHECK_STR(outcome(pgs_expr_new(&arena, PGS_EXPR_NOT_NULL, &column, 1), &latin1),
                  types[i].not_null);
    }
}

/* column = constant of a type, or the reason. */
static void check_const(struct pgs_type type, struct pgs_expr_const constant,
                        const struct pgs_ship_facts *facts, const char *reason)
{
    const struct pgs_expr *column = column_of(&arena, "c", &type, PGS_COLLATION_DETERMINISTIC);
    const struct pgs_expr *value = const_of(&arena, constant);
    const struct pgs_expr *in[] = {column, value};

    check_reason(pgs_expr_compare_new(&arena, PGS_OP_EQ, column, value), facts, reason);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, in, 2), facts, reason);
}

static void test_constant_types(void)
{
    struct pgs_type int2 = type_of(PGS_KIND_INT2, 21, PGS_TARGET_SMALLINT);
    struct pgs_type int8 = type_of(PGS_KIND_INT8, 20, PGS_TARGET_BIGINT);
    struct pgs_type oid = type_of(PGS_KIND_OID, 26, PGS_TARGET_UINTEGER);
    struct pgs_type float4 = type_of(PGS_KIND_FLOAT4, 700, PGS_TARGET_FLOAT);
    struct pgs_type date = type_of(PGS_KIND_DATE, 1082, PGS_TARGET_DATE);

    check_const(int2, integer_of(PGS_TARGET_BIGINT, INT64_MAX), &utf8, NULL);
    check_const(int8, integer_of(PGS_TARGET_SMALLINT, 1), &utf8, NULL);
    check_const(int8, integer_of(PGS_TARGET_UINTEGER, 1), &utf8, DIFFER);
    check_const(int8, decimal_of(0, 1, 0), &utf8, DIFFER);
    check_const(int8, number_of(PGS_TARGET_DOUBLE, 1), &utf8, DIFFER);
    check_const(int8, null_of(PGS_TARGET_BIGINT), &utf8, "comparison with NULL");
    check_const(oid, integer_of(PGS_TARGET_INTEGER, 1), &utf8, DIFFER);
    check_const(oid, integer_of(PGS_TARGET_UINTEGER, -1), &utf8, NO_FORM);
    check_const(float4, number_of(PGS_TARGET_DOUBLE, 0.1), &utf8, DIFFER);
    check_const(date, integer_of(PGS_TARGET_TIMESTAMP, 0), &utf8, DIFFER);
    check_const(date, integer_of(PGS_TARGET_DATE, -2440588), &utf8, NULL);
    check_const(date, integer_of(PGS_TARGET_DATE, -2440589), &utf8, NO_FORM);
    check_const(date, integer_of(PGS_TARGET_DATE, 2145042905), &utf8, NULL);
    check_const(date, integer_of(PGS_TARGET_DATE, 2145042906), &utf8, NO_FORM);
}

static void test_constant_times(void)
{
    struct pgs_type time = type_of(PGS_KIND_TIME, 1083, PGS_TARGET_TIME);
    struct pgs_type timestamp = type_of(PGS_KIND_TIMESTAMP, 1114, PGS_TARGET_TIMESTAMP);
    int64_t first = INT64_C(-2440588) * INT64_C(86400000000);

    check_const(time, integer_of(PGS_TARGET_TIME, INT64_C(86400000000)), &utf8, NULL);
    check_const(time, integer_of(PGS_TARGET_TIME, INT64_C(86400000001)), &utf8, NO_FORM);
    check_const(timestamp, integer_of(PGS_TARGET_TIMESTAMP, first), &utf8, NULL);
    check_const(timestamp, integer_of(PGS_TARGET_TIMESTAMP, first - 1), &utf8, NO_FORM);
    check_const(timestamp, integer_of(PGS_TARGET_TIMESTAMP, INT64_MAX - 1), &utf8, NULL);
    check_const(timestamp, integer_of(PGS_TARGET_TIMESTAMP, INT64_MIN), &utf8, NO_FORM);
    check_const(timestamp, integer_of(PGS_TARGET_TIMESTAMPTZ, 0), &utf8, DIFFER);
}

static void test_constant_texts(void)
{
    static const char long_name[] =
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl";
    struct pgs_type text = type_of(PGS_KIND_TEXT, 25, PGS_TARGET_VARCHAR);
    struct pgs_type name = type_of(PGS_KIND_TEXT, 19, PGS_TARGET_VARCHAR);
    struct pgs_type bpchar = type_of(PGS_KIND_BPCHAR, 1042, PGS_TARGET_VARCHAR);
    struct pgs_type label = type_of(PGS_KIND_ENUM, 16385, PGS_TARGET_ENUM);

    check_const(text, bytes_of(PGS_TARGET_VARCHAR, "a\0b", 3), &utf8, NO_FORM);
    check_const(text, text_of(PGS_TARGET_VARCHAR, "\xc3\xa4"), &utf8, NULL);
    check_const(text, text_of(PGS_TARGET_VARCHAR, "\xc3\xa4"), &latin1, FORM);
    check_const(text, text_of(PGS_TARGET_VARCHAR, "\xed\xa0\x80"), &utf8,
                "constant is not valid UTF-8");
    check_const(text, text_of(PGS_TARGET_VARCHAR, "a "), &utf8, NULL);
    check_const(text, text_of(PGS_TARGET_VARCHAR, ""), &utf8, NULL);
    check_const(text, text_of(PGS_TARGET_VARCHAR, long_name), &utf8, NULL);
    check_const(text, text_of(PGS_TARGET_JSON, "{}"), &utf8, DIFFER);
    check_const(name, bytes_of(PGS_TARGET_VARCHAR, long_name, 63), &utf8, NULL);
    check_const(name, bytes_of(PGS_TARGET_VARCHAR, long_name, 64), &utf8,
                "constant is longer than a name can be");
    check_const(bpchar, text_of(PGS_TARGET_VARCHAR, ""), &utf8, NULL);
    check_const(bpchar, text_of(PGS_TARGET_VARCHAR, " a"), &utf8, NULL);
    check_const(bpchar, text_of(PGS_TARGET_VARCHAR, "a "), &utf8,
                "blanks at the end count differently in char(n)");
    check_const(bpchar, text_of(PGS_TARGET_VARCHAR, "a\t"), &utf8, NULL);
    check_const(label, text_of(PGS_TARGET_ENUM, "sad"), &utf8, NULL);
    check_const(label, text_of(PGS_TARGET_ENUM, "Sad"), &utf8,
                "constant is not a label of the enum");
    check_const(label, text_of(PGS_TARGET_VARCHAR, "sad"), &utf8, DIFFER);
    check_const(label, text_of(PGS_TARGET_ENUM, "\xc3\xa4"), &latin1, FORM);
}

static void test_long_constants(void)
{
    size_t size = 1024 * 1024 + 1;
    char *bytes = pgs_alloc_array(size, 1);
    struct pgs_type bytea = type_of(PGS_KIND_BYTEA, 17, PGS_TARGET_BLOB);

    CHECK(bytes);
    if (!bytes)
        return;
    check_const(bytea, bytes_of(PGS_TARGET_BLOB, bytes, size - 1), &utf8, NULL);
    check_const(bytea, bytes_of(PGS_TARGET_BLOB, bytes, size), &utf8, "constant is too long");
    pgs_free(bytes);
}

static void test_domain_over_enum(void)
{
    struct pgs_type type = type_of(PGS_KIND_ENUM, 16385, PGS_TARGET_ENUM);
    struct pgs_expr_column column = {.name = {"c", 1}, .type = &type, .is_domain = true};
    const struct pgs_expr *left = pgs_expr_column_new(&arena, &column);
    const struct pgs_expr *right = const_of(&arena, text_of(PGS_TARGET_ENUM, "sad"));

    check_reason(pgs_expr_compare_new(&arena, PGS_OP_EQ, left, right), &utf8,
                 "domains over enums have no comparison operators");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IS_NULL, &left, 1), &utf8, NULL);
    type = type_of(PGS_KIND_INT4, 23, PGS_TARGET_INTEGER);
    right = const_of(&arena, integer_of(PGS_TARGET_INTEGER, 1));
    check_reason(pgs_expr_compare_new(&arena, PGS_OP_EQ, left, right), &utf8, NULL);
}

static void test_numeric_nan(void)
{
    static const struct pgs_ship_facts facts = {.encoding_is_utf8 = true,
                                                .numeric_nan_is_null = true};
    struct pgs_type type = type_of(PGS_KIND_NUMERIC, 1700, PGS_TARGET_DECIMAL);
    const struct pgs_expr *column = column_of(&arena, "c", &type, PGS_COLLATION_NONE);
    const char *reason = "numeric NaN is read as NULL";

    check_const(type, decimal_of(0, 1, 0), &utf8, NULL);
    check_const(type, decimal_of(0, 1, 0), &facts, reason);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IS_NULL, &column, 1), &facts, reason);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_NOT_NULL, &column, 1), &facts, reason);
    type.target = PGS_TARGET_DOUBLE;
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IS_NULL, &column, 1), &facts, NULL);
}

static void test_shapes(void)
{
    struct pgs_type int4 = type_of(PGS_KIND_INT4, 23, PGS_TARGET_INTEGER);
    struct pgs_type boolean = type_of(PGS_KIND_BOOL, 16, PGS_TARGET_BOOLEAN);
    const struct pgs_expr *a = column_of(&arena, "a", &int4, PGS_COLLATION_NONE);
    const struct pgs_expr *flag = column_of(&arena, "flag", &boolean, PGS_COLLATION_NONE);
    const struct pgs_expr *one = const_of(&arena, integer_of(PGS_TARGET_INTEGER, 1));
    const struct pgs_expr *mixed[] = {a, one, const_of(&arena, null_of(PGS_TARGET_INTEGER)), a};
    const struct pgs_expr *untyped = column_of(&arena, "a", NULL, PGS_COLLATION_C);

    check_reason(NULL, &utf8, "not an expression");
    check_reason(a, &utf8, "not a predicate");
    check_reason(one, &utf8, "not a predicate");
    check_reason(untyped, &utf8, "not a predicate");
    check_reason(const_of(&arena, null_of(PGS_TARGET_BOOLEAN)), &utf8, "not a predicate");
    CHECK_STR(outcome(flag, &utf8), "\"flag\"");
    CHECK_STR(outcome(pgs_expr_new(&arena, PGS_EXPR_NOT, &flag, 1), &utf8), "(NOT \"flag\")");
    CHECK_STR(outcome(const_of(&arena, boolean_of(false)), &utf8), "false");
    check_reason(pgs_expr_compare_new(&arena, PGS_OP_EQ, a, a), &utf8,
                 "not a comparison of a column with a constant");
    check_reason(pgs_expr_compare_new(&arena, PGS_OP_EQ, one, one), &utf8,
                 "not a comparison of a column with a constant");
    check_reason(pgs_expr_compare_new(&arena, PGS_OP_EQ, untyped, one), &utf8, TYPE);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, mixed, 1), &utf8,
                 "not IN over a column and constants");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, mixed, 2), &utf8, NULL);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, mixed, 3), &utf8, "comparison with NULL");
    mixed[2] = a;
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, mixed, 3), &utf8,
                 "not IN over a column and constants");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IS_NULL, &one, 1), &utf8,
                 "not a null test of a column");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IS_NULL, mixed, 2), &utf8,
                 "not a null test of a column");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_AND, mixed, 0), &utf8, "wrong number of operands");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_NOT, mixed, 2), &utf8, "wrong number of operands");
}

/* One branch that stays local keeps the whole tree local. */
static void test_trees(void)
{
    struct pgs_type int4 = type_of(PGS_KIND_INT4, 23, PGS_TARGET_INTEGER);
    struct pgs_type json = type_of(PGS_KIND_JSONB, 3802, PGS_TARGET_JSON);
    const struct pgs_expr *a = column_of(&arena, "a", &int4, PGS_COLLATION_NONE);
    const struct pgs_expr *j = column_of(&arena, "j", &json, PGS_COLLATION_NONE);
    const struct pgs_expr *good = pgs_expr_compare_new(
        &arena, PGS_OP_GT, a, const_of(&arena, integer_of(PGS_TARGET_INTEGER, 1)));
    const struct pgs_expr *bad = pgs_expr_compare_new(
        &arena, PGS_OP_EQ, j, const_of(&arena, text_of(PGS_TARGET_JSON, "{}")));
    const struct pgs_expr *both[] = {good, bad};
    const struct pgs_expr *twice[] = {good, good};
    const struct pgs_expr *deep = good;

    CHECK_STR(outcome(pgs_expr_new(&arena, PGS_EXPR_OR, twice, 2), &utf8),
              "((\"a\" > 1) OR (\"a\" > 1))");
    CHECK_STR(outcome(pgs_expr_new(&arena, PGS_EXPR_AND, twice, 1), &utf8), "(\"a\" > 1)");
    check_reason(pgs_expr_new(&arena, PGS_EXPR_OR, both, 2), &utf8, TYPE);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_AND, both, 2), &utf8, TYPE);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_NOT, &bad, 1), &utf8, TYPE);
    for (int i = 0; i < 100; i++)
        deep = pgs_expr_new(&arena, PGS_EXPR_NOT, &deep, 1);
    check_reason(deep, &utf8, NULL);
    deep = pgs_expr_new(&arena, PGS_EXPR_NOT, &deep, 1);
    check_reason(deep, &utf8, "expression is nested too deeply");
}

static void test_long_list(void)
{
    size_t count = 100002;
    struct pgs_type int4 = type_of(PGS_KIND_INT4, 23, PGS_TARGET_INTEGER);
    const struct pgs_expr *one = const_of(&arena, integer_of(PGS_TARGET_INTEGER, 1));
    const struct pgs_expr **args = pgs_alloc_array(count, sizeof(const struct pgs_expr *));

    CHECK(args);
    if (!args)
        return;
    args[0] = column_of(&arena, "a", &int4, PGS_COLLATION_NONE);
    for (size_t i = 1; i < count; i++)
        args[i] = one;
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, args, count - 1), &utf8, NULL);
    check_reason(pgs_expr_new(&arena, PGS_EXPR_IN, args, count), &utf8, "IN list is too long");
    pgs_free(args);
}

int main(void)
{
    pgs_arena_init(&arena);
    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    test_numbers();
    test_others();
    test_texts();
    test_local_types();
    test_constant_types();
    test_constant_times();
    test_constant_texts();
    test_long_constants();
    test_domain_over_enum();
    test_numeric_nan();
    test_shapes();
    test_trees();
    test_long_list();
    pgs_buf_release(&sql);
    pgs_arena_release(&arena);
    return pgs_check_report();
}
