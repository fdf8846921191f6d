/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "catalog/internal.h"
#include "check.h"

/* The elements with | behind each, or "malformed". */
static const char *read_all(struct pgs_str text)
{
    static char got[512];
    struct pgs_array_text array;
    struct pgs_str element;
    enum pgs_status status;
    bool more = true;

    got[0] = '\0';
    pgs_array_text_init(&array, text);
    status = pgs_array_text_next(&array, &element, &more, NULL);
    while (status == PGS_OK && more) {
        strncat(got, element.at, element.size_bytes);
        strcat(got, "|");
        status = pgs_array_text_next(&array, &element, &more, NULL);
    }
    pgs_array_text_release(&array);
    return status == PGS_OK ? got : "malformed";
}

static void test_elements(void)
{
    static const char *const cases[][2] = {
        /* SELECT ARRAY[...]::text[], as psql prints it */
        {"{}", ""},
        {"{a}", "a|"},
        {"{a,b c,\"d e\"}", "a|b c|d e|"},
        {"{\"\",x}", "|x|"},
        {"{\"NULL\",null2}", "NULL|null2|"},
        {"{\"a\\\"b\",\"c\\\\d\",\"{,}\"}", "a\"b|c\\d|{,}|"},
        {"{\"1 23 -1 0 tfff n the \\\"id\\\"\"}", "1 23 -1 0 tfff n the \"id\"|"},
        {"", "malformed"},
        {"{", "malformed"},
        {"}", "malformed"},
        {"a", "malformed"},
        {"{a", "malformed"},
        {"{a,", "malformed"},
        {"{a,}", "malformed"},
        {"{,a}", "malformed"},
        {"{NULL}", "malformed"},
        {"{{a},{b}}", "malformed"},
        {"{a}x", "malformed"},
        {"{\"a", "malformed"},
        {"{\"a\\", "malformed"},
        {"{\"a\"b}", "malformed"},
        {"[0:1]={a,b}", "malformed"},
        {"{a\\b}", "malformed"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        pgs_check_about(cases[i][0]);
        CHECK_STR(read_all(pgs_str_of(cases[i][0])), cases[i][1]);
    }
    pgs_check_about("");
}

/* Cut at each byte, in memory of exactly that size: never read past. */
static void test_cut(void)
{
    static const char whole[] = "{a,\"b\\\"c\",NULLS,\"\\\\\"}";

    for (size_t size = 0; size < sizeof(whole) - 1; size++) {
        char *piece = malloc(size ? size : 1);
        struct pgs_str text = {piece, size};

        memcpy(piece, whole, size);
        CHECK_STR(read_all(text), "malformed");
        free(piece);
    }
    CHECK_STR(read_all(pgs_str_of(whole)), "a|b\"c|NULLS|\\|");
}

static void test_words(void)
{
    struct pgs_str text = pgs_str_of("12 -7 x 9223372036854775807  y");
    size_t count = 0;
    int64_t value;

    CHECK(pgs_take_int(&text, &value));
    CHECK_INT(value, 12);
    CHECK(pgs_take_int(&text, &value));
    CHECK_INT(value, -7);
    CHECK(!pgs_take_int(&text, &value));
    CHECK(!pgs_take_int(&text, &value)); /* too long to be one of ours */
    CHECK(!pgs_take_int(&text, &value)); /* empty word */
    CHECK_INT(pgs_take_word(&text).size_bytes, 1);
    CHECK_INT(text.size_bytes, 0);
    CHECK(!pgs_take_int(&text, &value));
    CHECK_INT(pgs_array_text_count(pgs_str_of("{a,\"b,c\"}"), &count, NULL), PGS_OK);
    CHECK_INT(count, 2);
}

int main(void)
{
    test_elements();
    test_cut();
    test_words();
    return pgs_check_report();
}
