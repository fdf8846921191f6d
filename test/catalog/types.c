/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "catalog_test.h"

struct expectation {
    const char *sql;
    const char *type;
};

static const struct expectation expectations[] = {
    {"int", "integer"},
    {"numeric(10,2)", "decimal(10,2)"},
    {"numeric", "double"},
    {"numeric(10,2)[]", "decimal(10,2)[]"},
    {"int[][]", "integer[][]"},
    {"int[][][][][][]", "integer[][][][][][]"},
    {"int[][][][][][][]", "varchar*"},
    {"text[]", "varchar[]"},
    {"inet", "varchar"},
    {"inet[]", "varchar[]"},
    {"int4range", "varchar*"},
    {"int2vector", "varchar*"},
    {"typ.mood", "enum:sad|ok|happy"},
    {"typ.mood[]", "enum:sad|ok|happy[]"},
    {"typ.bare", "varchar*"},
    {"typ.d1", "varchar"},
    {"typ.d2", "varchar"},
    {"typ.dnum", "decimal(8,3)"},
    {"typ.dnum[]", "decimal(8,3)[]"},
    {"typ.darr", "integer[][]"},
    {"typ.darr[]", "integer[][][]"},
    {"typ.dmood", "enum:sad|ok|happy"},
    {"typ.comp", "struct(a integer, b enum:sad|ok|happy, c decimal(10,2)[])"},
    {"typ.comp[]", "struct(a integer, b enum:sad|ok|happy, c decimal(10,2)[])[]"},
    {"typ.outer_comp", "struct(x struct(a integer, b enum:sad|ok|happy, c decimal(10,2)[]), "
                       "X_1 struct(a integer, b enum:sad|ok|happy, c decimal(10,2)[])[])"},
    {"typ.withinet", "struct(i integer, n varchar)"},
    {"typ.empty", "varchar*"},
    {"typ.rowtab", "struct(i integer, t varchar)"},
    {"typ.dcomp", "struct(a integer, b enum:sad|ok|happy, c decimal(10,2)[])"},
    {"int4range[]", "varchar*[]"},
    {"money[]", "varchar*[]"},
    {"point", "struct(x double, y double)"},
    {"path", "double[]"},
    {"typ.frange", "varchar*"},
    {"typ.drange[]", "varchar*[]"},
    {"typ.withrange", "varchar*"},
    {"typ.withrange[]", "varchar*[]"},
};

enum { EXPECTATIONS = sizeof(expectations) / sizeof(expectations[0]) };

static void make_types(void)
{
    char sql[8192] = "CREATE TABLE typ.t(";

    prepare("DROP SCHEMA IF EXISTS typ CASCADE; CREATE SCHEMA typ;"
            "CREATE TYPE typ.mood AS ENUM ('sad', 'happy');"
            "ALTER TYPE typ.mood ADD VALUE 'ok' BEFORE 'happy';"
            "CREATE TYPE typ.bare AS ENUM (); CREATE DOMAIN typ.d1 AS varchar(30) NOT NULL;"
            "CREATE DOMAIN typ.d2 AS typ.d1 CHECK (length(value) > 1);"
            "CREATE DOMAIN typ.dnum AS numeric(8,3); CREATE DOMAIN typ.darr AS int[][];"
            "CREATE DOMAIN typ.dmood AS typ.mood;"
            "CREATE TYPE typ.comp AS (a int, b typ.mood, gone text, c numeric(10,2)[]);"
            "ALTER TYPE typ.comp DROP ATTRIBUTE gone; CREATE DOMAIN typ.dcomp AS typ.comp;"
            "CREATE TYPE typ.outer_comp AS (x typ.comp, \"X\" typ.comp[]);"
            "CREATE TYPE typ.withinet AS (i int, n inet); CREATE TYPE typ.empty AS ();"
            "CREATE TYPE typ.withrange AS (i int, r int4range);"
            "CREATE TYPE typ.frange AS RANGE (subtype = float8);"
            "CREATE DOMAIN typ.drange AS int4range;"
            "CREATE TABLE typ.rowtab(i int, t text)");
    for (size_t i = 0; i < EXPECTATIONS; i++)
        snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), "%sc%zu %s", i ? ", " : "", i,
                 expectations[i].sql);
    strcat(sql, ")");
    prepare(sql);
}

static void check_collations(void)
{
    const struct pgs_table *t;
    struct eye eye;

    prepare("DO $$ BEGIN CREATE COLLATION typ.nd (provider = icu, locale = 'und',"
            " deterministic = false); CREATE TABLE typ.nd(t text COLLATE typ.nd);"
            " EXCEPTION WHEN feature_not_supported THEN NULL; END $$");
    prepare("CREATE TABLE typ.coll(dflt text, c text COLLATE \"C\", p text COLLATE \"POSIX\","
            " u text COLLATE ucs_basic, n name, i int, citext_like typ.mood, d typ.d1, x xml,"
            " v varchar(3) COLLATE \"C\", b char(3) COLLATE \"C\")");
    eye = open_eye(NULL);
    t = find(&eye, "typ", "nd");
    if (t)
        CHECK_INT(column(t, "t")->collation, PGS_COLLATION_NONDETERMINISTIC);
    else
        printf("types: no ICU here\n");
    t = find(&eye, "typ", "coll");
    CHECK_INT(column(t, "c")->collation, PGS_COLLATION_C);
    CHECK_INT(column(t, "p")->collation, PGS_COLLATION_C);
    CHECK_INT(column(t, "u")->collation, PGS_COLLATION_C);
    CHECK_INT(column(t, "n")->collation, PGS_COLLATION_C);
    CHECK_INT(column(t, "v")->collation, PGS_COLLATION_C);
    CHECK_INT(column(t, "b")->collation, PGS_COLLATION_C);
    CHECK_INT(column(t, "i")->collation, PGS_COLLATION_NONE);
    CHECK_INT(column(t, "citext_like")->collation, PGS_COLLATION_NONE);
    CHECK_INT(column(t, "x")->collation, PGS_COLLATION_NONE);
    CHECK(column(t, "dflt")->collation == PGS_COLLATION_C ||
          column(t, "dflt")->collation == PGS_COLLATION_DETERMINISTIC);
    CHECK_INT(column(t, "d")->collation, column(t, "dflt")->collation);
    close_eye(&eye);
}

static void check_options(void)
{
    struct eye eye = open_eye(NULL);
    struct pgs_view_settings settings = {{.array_as_varchar = true, .numeric_as_varchar = true},
                                         .validation = true};
    const struct pgs_table *t = find(&eye, "typ", "t");

    CHECK_STR(type_text(t->columns[2].type), "double");
    pgs_view_configure(eye.view, &settings);
    CHECK_STR(type_text(t->columns[2].type), "double");
    t = find(&eye, "typ", "t");
    CHECK_STR(type_text(t->columns[1].type), "decimal(10,2)");
    CHECK_STR(type_text(t->columns[2].type), "varchar");
    CHECK_STR(type_text(t->columns[4].type), "varchar*");
    close_eye(&eye);
}

static enum pgs_status resolve(struct eye *eye, const struct pgs_result *described,
                               struct pgs_arena *arena, const struct pgs_type **types,
                               struct pgs_error *err)
{
    struct pgs_type_wanted wanted[4] = {{0}};
    size_t count = pgs_result_columns(described);

    for (size_t i = 0; i < count; i++) {
        wanted[i].oid = pgs_result_column_oid(described, i);
        wanted[i].typmod = pgs_result_column_typmod(described, i);
    }
    return pgs_view_resolve_types(eye->view, wanted, count, arena, types, err);
}

/* Types of values that are sent: exact, and with as many dimensions as asked. */
static void check_written(struct eye *eye, struct pgs_arena *arena)
{
    static const struct pgs_type_wanted wanted[] = {
        {1700, -1, 0, false}, {1700, -1, 0, true}, {1231, -1, 2, true}};
    const struct pgs_type *types[3];
    struct pgs_error err;

    CHECK_OK(pgs_view_resolve_types(eye->view, wanted, 3, arena, types, &err));
    CHECK_STR(type_text(types[0]), "double");
    CHECK(types[1]->kind == PGS_KIND_NUMERIC && types[1]->target == PGS_TARGET_VARCHAR);
    CHECK(types[2]->dimensions == 2 && types[2]->element->target == PGS_TARGET_VARCHAR);
}

static void check_described(struct eye *eye)
{
    struct pgs_result *described = NULL;
    const struct pgs_type *types[4];
    struct pgs_arena arena;
    struct pgs_error err;

    pgs_arena_init(&arena);
    CHECK_OK(pgs_session_describe(eye->session,
                                  "SELECT 1::int, 1::numeric(5,1), NULL::typ.dmood, "
                                  "NULL::typ.comp",
                                  NULL, &described, &err));
    statements = 0;
    CHECK_OK(resolve(eye, described, &arena, types, &err));
    CHECK_INT(statements, 1);
    CHECK_STR(type_text(types[0]), "integer");
    CHECK_STR(type_text(types[1]), "decimal(5,1)");
    CHECK_STR(type_text(types[2]), "enum:sad|ok|happy");
    CHECK_STR(type_text(types[3]), "struct(a integer, b enum:sad|ok|happy, c decimal(10,2)[])");
    pgs_result_free(described);
    CHECK_OK(
        pgs_session_describe(eye->session, "SELECT 1::int, '{x}'::text[]", NULL, &described, &err));
    statements = 0;
    CHECK_OK(resolve(eye, described, &arena, types, &err));
    CHECK_INT(statements, 0);
    CHECK_STR(type_text(types[1]), "varchar[]");
    pgs_result_free(described);
    check_written(eye, &arena);
    pgs_arena_release(&arena);
}

void test_types(void)
{
    struct eye eye;
    const struct pgs_table *t;

    make_types();
    eye = open_eye(NULL);
    t = find(&eye, "typ", "t");
    if (CHECK_INT(t->column_count, EXPECTATIONS)) {
        for (size_t i = 0; i < EXPECTATIONS; i++) {
            pgs_check_about(expectations[i].sql);
            CHECK_STR(type_text(t->columns[i].type), expectations[i].type);
            pgs_check_about("");
        }
    }
    CHECK_TEXT(column(t, "c1")->type->sql_name, "numeric(10,2)");
    CHECK_TEXT(column(t, "c13")->type->sql_name, "typ.mood[]");
    CHECK_TEXT(column(t, "c16")->type->sql_name, "typ.d2");
    /* A column of a domain travels as its base, an element as itself. */
    CHECK_INT(column(t, "c17")->type->oid, 1700);
    CHECK_INT(column(t, "c18")->type->element_declared_oid, ask("SELECT 'typ.dnum'::regtype::oid"));
    check_collations();
    check_described(&eye);
    close_eye(&eye);
    check_options();
}

/* One table for every 300 types that can be a column, extensions included. */
void test_every_type(void)
{
    struct eye eye;
    size_t seen = 0;

    prepare(
        "DROP SCHEMA IF EXISTS every CASCADE; CREATE SCHEMA every;"
        "DO $$ DECLARE e text; BEGIN FOR e IN SELECT name FROM pg_available_extensions"
        " WHERE name IN ('hstore', 'citext', 'ltree', 'cube', 'seg', 'isn', 'vector', 'lo',"
        " 'intarray', 'tablefunc', 'pg_trgm', 'postgis') LOOP"
        " EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA every', e);"
        " END LOOP; END $$;"
        "DO $$ DECLARE t record; BEGIN FOR i IN 0..9 LOOP"
        " EXECUTE format('CREATE TABLE every.t%s()', i); END LOOP;"
        " FOR t IN SELECT oid, format_type(oid, NULL) AS name,"
        "   row_number() OVER (ORDER BY oid) / 300 AS part FROM pg_type"
        "   WHERE typtype IN ('b', 'c', 'd', 'e', 'r', 'm') AND typisdefined"
        "   AND typnamespace <> 'every'::regnamespace OR typtype <> 'c' LOOP"
        " BEGIN EXECUTE format('ALTER TABLE every.t%s ADD COLUMN c%s %s', t.part, t.oid, t.name);"
        " EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$");
    eye = open_eye(NULL);
    for (int i = 0; i < 20; i++) {
        char name[16];
        const struct pgs_table *t;

        snprintf(name, sizeof(name), "t%d", i);
        t = find(&eye, "every", name);
        if (!t)
            break;
        for (size_t j = 0; j < t->column_count; j++) {
            CHECK(t->columns[j].type->sql_name.size_bytes > 0);
            CHECK(t->columns[j].type->kind < PGS_KIND_COUNT);
            seen++;
        }
    }
    CHECK(seen > 500);
    printf("types: %zu seen\n", seen);
    close_eye(&eye);
}
