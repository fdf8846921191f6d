/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "check.h"
#include "fixture.h"
#include "sql/ddl.h"

static struct pgs_buf sql;
static struct pgs_error err;

/* The name, or the error's message. */
static const char *name_of(const struct pgs_source_type *type)
{
    enum pgs_status status;

    pgs_buf_reset(&sql);
    status = pgs_type_to_sql(&sql, type, &err);
    CHECK(status == PGS_OK || status == PGS_ERR_UNSUPPORTED);
    return status == PGS_OK ? sql.at : err.message;
}

struct sample {
    enum pgs_source_type_id id;
    const char *name;
};

static const struct sample samples[] = {
    {PGS_SOURCE_BOOLEAN, "boolean"},
    {PGS_SOURCE_TINYINT, "smallint"},
    {PGS_SOURCE_SMALLINT, "smallint"},
    {PGS_SOURCE_INTEGER, "integer"},
    {PGS_SOURCE_BIGINT, "bigint"},
    {PGS_SOURCE_HUGEINT, "numeric(38,0)"},
    {PGS_SOURCE_UTINYINT, "smallint"},
    {PGS_SOURCE_USMALLINT, "integer"},
    {PGS_SOURCE_UINTEGER, "bigint"},
    {PGS_SOURCE_UBIGINT, "numeric(20,0)"},
    {PGS_SOURCE_UHUGEINT, "numeric(38,0)"},
    {PGS_SOURCE_FLOAT, "real"},
    {PGS_SOURCE_DOUBLE, "double precision"},
    {PGS_SOURCE_DECIMAL, "numeric(18,3)"},
    {PGS_SOURCE_VARCHAR, "varchar"},
    {PGS_SOURCE_JSON, "json"},
    {PGS_SOURCE_BLOB, "bytea"},
    {PGS_SOURCE_UUID, "uuid"},
    {PGS_SOURCE_DATE, "date"},
    {PGS_SOURCE_TIME, "time"},
    {PGS_SOURCE_TIMETZ, "timetz"},
    {PGS_SOURCE_TIMESTAMP, "timestamp"},
    {PGS_SOURCE_TIMESTAMP_S, "timestamp"},
    {PGS_SOURCE_TIMESTAMP_MS, "timestamp"},
    {PGS_SOURCE_TIMESTAMP_NS, "timestamp"},
    {PGS_SOURCE_TIMESTAMPTZ, "timestamptz"},
    {PGS_SOURCE_INTERVAL, "interval"},
    {PGS_SOURCE_OTHER, "varchar"},
    {PGS_SOURCE_BIT, "varchar"},
    {PGS_SOURCE_TIME_NS, "varchar"},
    {PGS_SOURCE_GEOMETRY, "geometry"},
    {PGS_SOURCE_USER, "\"my schema\".\"Mood\"\"\""},
    {PGS_SOURCE_ENUM, "Enums in Postgres must be named - unnamed enums are not supported. "
                      "Use CREATE TYPE to create a named enum."},
    {PGS_SOURCE_STRUCT,
     "Composite types in Postgres must be named - unnamed composite types are not supported. "
     "Use CREATE TYPE to create a named composite type."},
    {PGS_SOURCE_MAP, "MAP type not supported in Postgres"},
    {PGS_SOURCE_UNION, "UNION type not supported in Postgres"},
};

static bool is_refused(enum pgs_source_type_id id)
{
    return id == PGS_SOURCE_ENUM || id == PGS_SOURCE_STRUCT || id == PGS_SOURCE_MAP ||
           id == PGS_SOURCE_UNION;
}

/* Every type alone and as a list; a list of what is refused is refused too. */
static void test_all(void)
{
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct pgs_source_type type = {.id = samples[i].id,
                                       .precision = 18,
                                       .scale = 3,
                                       .schema = {"my schema", 9},
                                       .spelling = {"Mood\"", 5}};
        struct pgs_source_type list = {.id = PGS_SOURCE_LIST, .element = &type};
        char expected[256];

        CHECK_STR(name_of(&type), samples[i].name);
        (void)snprintf(expected, sizeof(expected), "%s%s", samples[i].name,
                       is_refused(type.id) ? "" : "[]");
        CHECK_STR(name_of(&list), expected);
    }
}

static void test_lists(void)
{
    struct pgs_source_type levels[9] = {{.id = PGS_SOURCE_INTEGER}};
    struct pgs_source_type orphan = {.id = PGS_SOURCE_LIST};

    for (size_t i = 1; i < 9; i++) {
        levels[i].id = i % 2 ? PGS_SOURCE_ARRAY : PGS_SOURCE_LIST;
        levels[i].element = &levels[i - 1];
    }
    CHECK_STR(name_of(&levels[2]), "integer[][]");
    CHECK_STR(name_of(&levels[6]), "integer[][][][][][]");
    CHECK_STR(name_of(&levels[7]), "lists nested 7 deep exceed PostgreSQL's limit of 6 dimensions");
    CHECK_STR(name_of(&orphan), "list type without an element type");
}

static void test_no_memory(void)
{
    struct pgs_source_type type = {.id = PGS_SOURCE_DOUBLE};
    struct pgs_buf fresh;

    pgs_buf_init(&fresh, 4096);
    pgs_alloc_fail_after(0);
    CHECK(pgs_type_to_sql(&fresh, &type, &err) == PGS_ERR_OOM);
    pgs_alloc_fail_after(-1);
    pgs_buf_release(&fresh);
}

/* SELECT typname, oid FROM pg_type */
static void test_oids(void)
{
    struct pgs_source_type element = {.id = PGS_SOURCE_TIMESTAMPTZ};
    struct pgs_source_type inner = {.id = PGS_SOURCE_LIST, .element = &element};
    struct pgs_source_type outer = {.id = PGS_SOURCE_ARRAY, .element = &inner};
    struct pgs_source_type empty = {.id = PGS_SOURCE_LIST};

    CHECK_INT(pgs_type_to_oid(&element), 1184);
    CHECK_INT(pgs_type_to_oid(&inner), 1185);
    CHECK_INT(pgs_type_to_oid(&outer), 1185);
    CHECK_INT(pgs_type_to_oid(&empty), 0);
    element.id = PGS_SOURCE_HUGEINT;
    CHECK_INT(pgs_type_to_oid(&element), 1700);
    CHECK_INT(pgs_type_to_oid(&inner), 1231);
    element.id = PGS_SOURCE_STRUCT;
    CHECK_INT(pgs_type_to_oid(&element), 0);
    CHECK_INT(pgs_type_to_oid(&inner), 0);
    element.id = PGS_SOURCE_USER;
    CHECK_INT(pgs_type_to_oid(&element), 0);
}

int main(void)
{
    pgs_buf_init(&sql, 4096);
    test_all();
    test_lists();
    test_no_memory();
    pgs_buf_release(&sql);
    test_oids();
    return pgs_check_report();
}
