/* SPDX-License-Identifier: MIT
 *
 * Types and constants to and from DuckDB's C API. Needs DuckDB's libraries and
 * no server.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "catalog/logical_type.h"
#include "check.h"

static struct pgs_arena arena;
static duckdb_connection connection;

/* DuckDB's own name of a type, by a cast of its. */
static struct pgs_source_type source_of(const char *sql_type)
{
    struct pgs_source_type source = {.id = PGS_SOURCE_OTHER};
    duckdb_result result;
    char sql[512];

    snprintf(sql, sizeof(sql), "SELECT NULL::%s", sql_type);
    pgs_check_about(sql_type);
    if (CHECK_INT(duckdb_query(connection, sql, &result), DuckDBSuccess)) {
        duckdb_logical_type type = duckdb_column_logical_type(&result, 0);

        CHECK_INT(pgs_source_type_of(type, &arena, &source, NULL), PGS_OK);
        duckdb_destroy_logical_type(&type);
    }
    duckdb_destroy_result(&result);
    return source;
}

static void test_source_types(void)
{
    static const struct {
        const char *sql;
        enum pgs_source_type_id id;
    } cases[] = {
        {"BOOLEAN", PGS_SOURCE_BOOLEAN},
        {"TINYINT", PGS_SOURCE_TINYINT},
        {"UBIGINT", PGS_SOURCE_UBIGINT},
        {"HUGEINT", PGS_SOURCE_HUGEINT},
        {"UHUGEINT", PGS_SOURCE_UHUGEINT},
        {"FLOAT", PGS_SOURCE_FLOAT},
        {"DECIMAL(12,3)", PGS_SOURCE_DECIMAL},
        {"VARCHAR", PGS_SOURCE_VARCHAR},
        {"BLOB", PGS_SOURCE_BLOB},
        {"UUID", PGS_SOURCE_UUID},
        {"TIMETZ", PGS_SOURCE_TIMETZ},
        {"TIMESTAMP_S", PGS_SOURCE_TIMESTAMP_S},
        {"TIMESTAMP_NS", PGS_SOURCE_TIMESTAMP_NS},
        {"TIMESTAMPTZ", PGS_SOURCE_TIMESTAMPTZ},
        {"INTERVAL", PGS_SOURCE_INTERVAL},
        {"INTEGER[]", PGS_SOURCE_LIST},
        {"INTEGER[3]", PGS_SOURCE_ARRAY},
        {"ENUM('a')", PGS_SOURCE_ENUM},
        {"STRUCT(a INTEGER)", PGS_SOURCE_STRUCT},
        {"MAP(INTEGER, INTEGER)", PGS_SOURCE_MAP},
        {"UNION(a INTEGER)", PGS_SOURCE_UNION},
        {"BIT", PGS_SOURCE_BIT},
        {"BIGNUM", PGS_SOURCE_OTHER},
    };
    struct pgs_source_type source;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        CHECK_INT(source_of(cases[i].sql).id, cases[i].id);
    source = source_of("DECIMAL(12,3)");
    CHECK_INT(source.precision, 12);
    CHECK_INT(source.scale, 3);
    source = source_of("BIGINT[][]");
    CHECK_INT(source.element->element->id, PGS_SOURCE_BIGINT);
    pgs_check_about("");
}

/* DuckDB's own user types carry no alias; types of an attached catalog may. */
static void test_alias(void)
{
    duckdb_logical_type type = duckdb_create_logical_type(DUCKDB_TYPE_INTEGER);
    struct pgs_source_type source;

    duckdb_logical_type_set_alias(type, "my type");
    CHECK_INT(pgs_source_type_of(type, &arena, &source, NULL), PGS_OK);
    CHECK_INT(source.id, PGS_SOURCE_USER);
    CHECK(pgs_str_equal(source.spelling, pgs_str_of("my type")));
    duckdb_destroy_logical_type(&type);
}

static void test_logical_types(void)
{
    static const struct pgs_str labels[] = {{"a", 1}, {"it's", 4}, {"", 0}};
    static const struct pgs_str repeated[] = {{"a", 1}, {"a", 1}};
    static const struct pgs_type json = {.target = PGS_TARGET_JSON};
    static const struct pgs_type decimal = {
        .target = PGS_TARGET_DECIMAL, .precision = 38, .scale = 4};
    static const struct pgs_type mood = {
        .target = PGS_TARGET_ENUM, .labels = labels, .label_count = 3};
    static const struct pgs_type wrong = {
        .target = PGS_TARGET_ENUM, .labels = repeated, .label_count = 2};
    static const struct pgs_type list = {
        .target = PGS_TARGET_LIST, .element = &mood, .dimensions = 2};
    static const struct pgs_field fields[] = {{{"x", 1}, &list, 0}, {{"y z", 3}, &decimal, 0}};
    static const struct pgs_type composite = {
        .target = PGS_TARGET_STRUCT, .fields = fields, .field_count = 2};
    struct pgs_source_type source;
    duckdb_logical_type type, child;
    char *text;

    for (int target = 0; target < PGS_TARGET_ENUM; target++) {
        struct pgs_type plain = {.target = (enum pgs_target)target, .precision = 5, .scale = 2};

        CHECK_INT(pgs_logical_type_of(&plain, &type, NULL), PGS_OK);
        CHECK(duckdb_get_type_id(type) != DUCKDB_TYPE_INVALID);
        duckdb_destroy_logical_type(&type);
    }
    CHECK_INT(pgs_logical_type_of(&json, &type, NULL), PGS_OK);
    CHECK_INT(pgs_source_type_of(type, &arena, &source, NULL), PGS_OK);
    CHECK_INT(source.id, PGS_SOURCE_JSON);
    duckdb_destroy_logical_type(&type);
    CHECK_INT(pgs_logical_type_of(&wrong, &type, NULL), PGS_ERR_UNSUPPORTED);
    CHECK_INT(pgs_logical_type_of(&composite, &type, NULL), PGS_OK);
    CHECK_INT(duckdb_struct_type_child_count(type), 2);
    text = duckdb_struct_type_child_name(type, 1);
    CHECK_STR(text, "y z");
    duckdb_free(text);
    child = duckdb_struct_type_child_type(type, 1);
    CHECK_INT(duckdb_decimal_width(child), 38);
    duckdb_destroy_logical_type(&child);
    duckdb_destroy_logical_type(&type);
    CHECK_INT(pgs_logical_type_of(&list, &type, NULL), PGS_OK);
    CHECK_INT(pgs_source_type_of(type, &arena, &source, NULL), PGS_OK);
    CHECK_INT(source.element->element->id, PGS_SOURCE_ENUM);
    duckdb_destroy_logical_type(&type);
}

static enum pgs_status constant_of(duckdb_value value, struct pgs_expr_const *constant)
{
    enum pgs_status status = pgs_const_of(value, &arena, constant, NULL);

    duckdb_destroy_value(&value);
    return status;
}

static void check_integer(duckdb_value value, enum pgs_target target, int64_t wanted)
{
    struct pgs_expr_const c;

    CHECK_INT(constant_of(value, &c), PGS_OK);
    CHECK_INT(c.target, target);
    CHECK_INT(c.value.integer, wanted);
}

static void test_integers(void)
{
    struct pgs_expr_const c;

    check_integer(duckdb_create_int8(-5), PGS_TARGET_SMALLINT, -5);
    check_integer(duckdb_create_uint8(255), PGS_TARGET_SMALLINT, 255);
    check_integer(duckdb_create_uint16(65535), PGS_TARGET_INTEGER, 65535);
    check_integer(duckdb_create_int32(INT32_MIN), PGS_TARGET_INTEGER, INT32_MIN);
    check_integer(duckdb_create_uint32(UINT32_MAX), PGS_TARGET_UINTEGER, UINT32_MAX);
    check_integer(duckdb_create_int64(INT64_MIN), PGS_TARGET_BIGINT, INT64_MIN);
    check_integer(duckdb_create_uint64(7), PGS_TARGET_BIGINT, 7);
    check_integer(duckdb_create_hugeint((duckdb_hugeint){UINT64_MAX, -1}), PGS_TARGET_BIGINT, -1);
    CHECK_INT(constant_of(duckdb_create_uint64(UINT64_MAX), &c), PGS_OK);
    CHECK_INT(c.target, PGS_TARGET_DECIMAL);
    CHECK(c.value.wide.lower == UINT64_MAX && c.value.wide.upper == 0 && c.scale == 0);
    CHECK_INT(constant_of(duckdb_create_uhugeint((duckdb_uhugeint){0, UINT64_MAX}), &c),
              PGS_ERR_UNSUPPORTED);
    CHECK_INT(constant_of(duckdb_create_decimal((duckdb_decimal){20, 3, {5, -1}}), &c), PGS_OK);
    CHECK(c.precision == 20 && c.scale == 3 && c.value.wide.lower == 5 && c.value.wide.upper == -1);
    CHECK_INT(constant_of(duckdb_create_decimal((duckdb_decimal){4, 1, {(uint64_t)-25, -1}}), &c),
              PGS_OK);
    CHECK(c.value.wide.lower == (uint64_t)-25 && c.value.wide.upper == -1);
}

static void test_times(void)
{
    struct pgs_expr_const c;

    check_integer(duckdb_create_date((duckdb_date){-3}), PGS_TARGET_DATE, -3);
    check_integer(duckdb_create_timestamp((duckdb_timestamp){5}), PGS_TARGET_TIMESTAMP, 5);
    check_integer(duckdb_create_timestamp_tz((duckdb_timestamp){5}), PGS_TARGET_TIMESTAMPTZ, 5);
    check_integer(duckdb_create_timestamp_s((duckdb_timestamp_s){-2}), PGS_TARGET_TIMESTAMP,
                  -2000000);
    check_integer(duckdb_create_timestamp_ms((duckdb_timestamp_ms){INT64_MAX}),
                  PGS_TARGET_TIMESTAMP, INT64_MAX);
    check_integer(duckdb_create_timestamp_ns((duckdb_timestamp_ns){-7000}), PGS_TARGET_TIMESTAMP,
                  -7);
    CHECK_INT(constant_of(duckdb_create_timestamp_ns((duckdb_timestamp_ns){7001}), &c),
              PGS_ERR_UNSUPPORTED);
    CHECK_INT(constant_of(duckdb_create_timestamp_s((duckdb_timestamp_s){INT64_MAX / 10}), &c),
              PGS_ERR_UNSUPPORTED);
    check_integer(duckdb_create_time_tz_value(duckdb_create_time_tz(1, 3600)), PGS_TARGET_TIMETZ,
                  (int64_t)duckdb_create_time_tz(1, 3600).bits);
    CHECK_INT(constant_of(duckdb_create_interval((duckdb_interval){1, -2, 3}), &c), PGS_OK);
    CHECK(c.value.interval.months == 1 && c.value.interval.days == -2 &&
          c.value.interval.micros == 3);
}

static void check_bytes(duckdb_value value, enum pgs_target target, const char *wanted,
                        size_t size_bytes)
{
    struct pgs_expr_const c;

    CHECK_INT(constant_of(value, &c), PGS_OK);
    CHECK_INT(c.target, target);
    CHECK_BYTES(c.value.text.at, c.value.text.size_bytes, wanted, size_bytes);
}

static void test_texts(void)
{
    static const char *labels[] = {"x", "y z"};
    static const uint8_t blob[] = {0, 255, '\\', 0};
    static const char longer[] = "longer than twelve bytes\0and with a zero";
    duckdb_logical_type mood = duckdb_create_enum_type(labels, 2);
    struct pgs_expr_const c;

    check_bytes(duckdb_create_varchar("short"), PGS_TARGET_VARCHAR, "short", 5);
    check_bytes(duckdb_create_varchar_length("a\0b", 3), PGS_TARGET_VARCHAR, "a\0b", 3);
    check_bytes(duckdb_create_varchar_length(longer, sizeof(longer) - 1), PGS_TARGET_VARCHAR,
                longer, sizeof(longer) - 1);
    check_bytes(duckdb_create_varchar(""), PGS_TARGET_VARCHAR, "", 0);
    check_bytes(duckdb_create_blob(blob, sizeof(blob)), PGS_TARGET_BLOB, (const char *)blob,
                sizeof(blob));
    check_bytes(duckdb_create_enum_value(mood, 1), PGS_TARGET_ENUM, "y z", 3);
    duckdb_destroy_logical_type(&mood);
    CHECK_INT(constant_of(duckdb_create_uuid((duckdb_uhugeint){1, UINT64_C(1) << 63}), &c), PGS_OK);
    CHECK(c.target == PGS_TARGET_UUID && c.value.wide.lower == 1 && c.value.wide.upper == 0);
    CHECK_INT(constant_of(duckdb_create_null_value(), &c), PGS_OK);
    CHECK(c.is_null);
    CHECK_INT(constant_of(duckdb_create_bool(true), &c), PGS_OK);
    CHECK(c.target == PGS_TARGET_BOOLEAN && c.value.boolean);
    CHECK_INT(constant_of(duckdb_create_float(0.1f), &c), PGS_OK);
    CHECK(c.target == PGS_TARGET_FLOAT && c.value.number == (double)0.1f);
}

int main(void)
{
    duckdb_database database;

    pgs_arena_init(&arena);
    CHECK_INT(duckdb_open(NULL, &database), DuckDBSuccess);
    CHECK_INT(duckdb_connect(database, &connection), DuckDBSuccess);
    test_source_types();
    test_alias();
    test_logical_types();
    test_integers();
    test_times();
    test_texts();
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    pgs_arena_release(&arena);
    return pgs_check_report();
}
