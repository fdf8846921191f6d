/* SPDX-License-Identifier: MIT */
#include "wire/text_quote.h"

#include <string.h>

#include "base/alloc.h"
#include "check.h"

enum { BYTES_MAX = 1 << 16 };

static struct pgs_buf out;

/* What stands before is left alone. */
static const char *part(const char *text, char delimiter)
{
    pgs_check_about(text);
    pgs_buf_reset(&out);
    pgs_buf_add_text(&out, "{\"");
    pgs_buf_add_text(&out, text);
    pgs_text_quote_part(&out, 2, delimiter);
    CHECK(strncmp(out.at, "{\"", 2) == 0);
    CHECK_INT(out.size_bytes, strlen(out.at));
    return out.at + 2;
}

static const char *field(const char *text)
{
    pgs_check_about(text);
    pgs_buf_reset(&out);
    pgs_buf_add_text(&out, "\t");
    pgs_buf_add_text(&out, text);
    pgs_text_escape_field(&out, 1);
    CHECK(out.at[0] == '\t');
    CHECK_INT(out.size_bytes, strlen(out.at));
    return out.at + 1;
}

static void test_parts(void)
{
    CHECK_STR(part("a-1.5e+300_b:/Z", ','), "a-1.5e+300_b:/Z");
    CHECK_STR(part("", ','), "\"\"");
    CHECK_STR(part("a b", ','), "\"a b\"");
    CHECK_STR(part(" ", ','), "\" \"");
    CHECK_STR(part("a,b", ','), "\"a,b\"");
    CHECK_STR(part("a,b", ';'), "\"a,b\"");
    CHECK_STR(part("a:b", ':'), "\"a:b\"");
    CHECK_STR(part("a;b", ','), "\"a;b\"");
    CHECK_STR(part("{}", ','), "\"{}\"");
    CHECK_STR(part("(1)", ','), "\"(1)\"");
    CHECK_STR(part("null", ','), "\"null\"");
    CHECK_STR(part("NULL", ','), "\"NULL\"");
    CHECK_STR(part("NULLS", ','), "NULLS");
    CHECK_STR(part("NUL", ','), "NUL");
    CHECK_STR(part("\"", ','), "\"\\\"\"");
    CHECK_STR(part("\\", ','), "\"\\\\\"");
    CHECK_STR(part("\\\"x\\", ','), "\"\\\\\\\"x\\\\\"");
    CHECK_STR(part("\t\n\v", ','), "\"\t\n\v\"");
    CHECK_STR(part("\xc3\xa9", ','), "\"\xc3\xa9\"");
}

static void test_fields(void)
{
    CHECK_STR(field(""), "");
    CHECK_STR(field("plain, \"text\""), "plain, \"text\"");
    CHECK_STR(field("\\N"), "\\\\N");
    CHECK_STR(field("\\."), "\\\\.");
    CHECK_STR(field("\t"), "\\t");
    CHECK_STR(field("a\nb\r\n\\c\t"), "a\\nb\\r\\n\\\\c\\t");
    CHECK_STR(field("\b\f\v"), "\b\f\v");
}

/* A buffer that cannot grow breaks, and nothing else happens to it. */
static void test_no_room(void)
{
    struct pgs_buf small;

    pgs_check_about("no room");
    pgs_buf_init(&small, 4);
    pgs_buf_add_text(&small, "a\tb ");
    pgs_text_escape_field(&small, 0);
    CHECK(small.broken);
    pgs_buf_reset(&small);
    pgs_buf_add_text(&small, "a b ");
    pgs_text_quote_part(&small, 0, ',');
    CHECK(small.broken);
    pgs_text_quote_part(&small, 0, ',');
    pgs_text_escape_field(&small, 0);
    CHECK_INT(small.size_bytes, 4);
    pgs_buf_release(&small);
}

int main(void)
{
    pgs_buf_init(&out, BYTES_MAX);
    test_parts();
    test_fields();
    test_no_room();
    pgs_buf_release(&out);
    return pgs_check_report();
}
