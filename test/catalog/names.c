/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "catalog_test.h"

#define NAME_63 "a23456789012345678901234567890123456789012345678901234567890123"

void test_names(void)
{
    static const char *const odd[] = {
        "quo\"te", "d.ot", "apo'strophe",          "back\\slash", "{brace,}",      "SELECT",
        " blank ", "NULL", "\xC3\xA4\xE2\x82\xAC", NAME_63,       "tab\tnew\nline"};
    struct eye eye;
    const struct pgs_table *t;
    struct pgs_str found;
    struct pgs_error err;

    prepare("DROP SCHEMA IF EXISTS \"Na\"\"me's\" CASCADE; CREATE SCHEMA \"Na\"\"me's\";"
            "SET search_path = \"Na\"\"me's\";"
            "CREATE TABLE \"SameCase\"(i int); CREATE TABLE samecase(t text);"
            "CREATE TABLE \"OnlyUpper\"(i int);"
            "CREATE TABLE c(\"MyColumn\" int, mycolumn int, \"MYCOLUMN\" int, mycolumn_1 int);"
            "CREATE TABLE odd(\"quo\"\"te\" int, \"d.ot\" int, \"apo'strophe\" int,"
            " \"back\\slash\" int, \"{brace,}\" int, \"SELECT\" int, \" blank \" int,"
            " \"NULL\" int, \"\xC3\xA4\xE2\x82\xAC\" int, \"" NAME_63 "\" int,"
            " \"tab\tnew\nline\" int);"
            "CREATE TABLE \"" NAME_63 "\"(i int); CREATE TABLE \"a.b\"\"c'd\\e\"(i int);"
            "CREATE TYPE \"E'num\" AS ENUM ('a b', 'it''s', 'back\\slash', '', '\"', '{,}');"
            "CREATE TABLE e(e \"E'num\"); RESET search_path");
    eye = open_eye(NULL);
    CHECK_OK(pgs_view_find_schema(eye.view, pgs_str_of("na\"ME's"), &found, &err));
    CHECK_TEXT(found, "Na\"me's");
    CHECK_OK(pgs_view_find_schema(eye.view, pgs_str_of("nope"), &found, &err));
    CHECK_INT(found.size_bytes, 0);
    CHECK_TEXT(find(&eye, "Na\"me's", "SameCase")->columns[0].name, "i");
    CHECK_TEXT(find(&eye, "Na\"me's", "samecase")->columns[0].name, "t");
    CHECK_TEXT(find(&eye, "Na\"me's", "onlyupper")->name, "OnlyUpper");
    CHECK(find(&eye, "Na\"me's", "SAMECASE") != NULL);
    CHECK(find(&eye, "Na\"me's", NAME_63) != NULL);
    CHECK(find(&eye, "Na\"me's", NAME_63 "4") == NULL);
    CHECK(find(&eye, "Na\"me's", "a.b\"c'd\\e") != NULL);
    t = find(&eye, "Na\"me's", "c");
    CHECK_TEXT(column(t, "MyColumn")->shown_name, "MyColumn");
    CHECK_TEXT(column(t, "mycolumn_1")->shown_name, "mycolumn_1");
    CHECK_TEXT(column(t, "mycolumn")->shown_name, "mycolumn_2");
    CHECK_TEXT(column(t, "MYCOLUMN")->shown_name, "MYCOLUMN_3");
    t = find(&eye, "Na\"me's", "odd");
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
        CHECK_TEXT(column(t, odd[i])->shown_name, odd[i]);
    t = find(&eye, "Na\"me's", "e");
    CHECK_STR(type_text(column(t, "e")->type), "enum:a b|it's|back\\slash||\"|{,}");
    close_eye(&eye);
}
