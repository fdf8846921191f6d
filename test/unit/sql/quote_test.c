/* SPDX-License-Identifier: MIT */
#include "sql/quote.h"

#include "base/alloc.h"
#include "check.h"

struct sample {
    const char *text;
    const char *ident;
    const char *literal;
};

static const struct sample samples[] = {
    {"", "\"\"", "''"},
    {"a", "\"a\"", "'a'"},
    {"Mixed Case", "\"Mixed Case\"", "'Mixed Case'"},
    {"select", "\"select\"", "'select'"},
    {"it's", "\"it's\"", "'it''s'"},
    {"'", "\"'\"", "''''"},
    {"''", "\"''\"", "''''''"},
    {"\"", "\"\"\"\"", "'\"'"},
    {"a\"b\"", "\"a\"\"b\"\"\"", "'a\"b\"'"},
    {"a\\b", "\"a\\b\"", "E'a\\\\b'"},
    {"\\", "\"\\\"", "E'\\\\'"},
    {"\\'", "\"\\'\"", "E'\\\\'''"},
    {"x\"; DROP TABLE t; --", "\"x\"\"; DROP TABLE t; --\"", "'x\"; DROP TABLE t; --'"},
    {"x'; DROP TABLE t; --", "\"x'; DROP TABLE t; --\"", "'x''; DROP TABLE t; --'"},
    {"x\\'; DROP TABLE t; --", "\"x\\'; DROP TABLE t; --\"", "E'x\\\\''; DROP TABLE t; --'"},
    {"a.b", "\"a.b\"", "'a.b'"},
    {"a\nb\tc", "\"a\nb\tc\"", "'a\nb\tc'"},
    {"$1 $$ %s", "\"$1 $$ %s\"", "'$1 $$ %s'"},
    {"\xc3\xa4\xe6\xbc\xa2\xf0\x9f\x98\x80", "\"\xc3\xa4\xe6\xbc\xa2\xf0\x9f\x98\x80\"",
     "'\xc3\xa4\xe6\xbc\xa2\xf0\x9f\x98\x80'"},
    {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk",
     "\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk\"",
     "'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk'"},
};

static void test_samples(struct pgs_buf *sql)
{
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        pgs_buf_reset(sql);
        pgs_quote_ident(sql, pgs_str_of(samples[i].text));
        CHECK_STR(sql->at, samples[i].ident);
        pgs_buf_reset(sql);
        pgs_quote_literal(sql, pgs_str_of(samples[i].text));
        CHECK_STR(sql->at, samples[i].literal);
        CHECK(pgs_sql_text_is_safe(pgs_str_of(samples[i].text)));
        CHECK(pgs_buf_status(sql, NULL) == PGS_OK);
    }
}

static void test_qualified(struct pgs_buf *sql)
{
    pgs_buf_reset(sql);
    pgs_quote_qualified(sql, pgs_str_of("s.x"), pgs_str_of("t\""));
    CHECK_STR(sql->at, "\"s.x\".\"t\"\"\"");
    pgs_buf_reset(sql);
    pgs_quote_qualified(sql, pgs_str_of(""), pgs_str_of("t"));
    CHECK_STR(sql->at, "\"t\"");
    pgs_buf_reset(sql);
    pgs_quote_qualified(sql, pgs_str_of(NULL), pgs_str_of("t"));
    CHECK_STR(sql->at, "\"t\"");
}

/* E'…' must not become the end of the word before it. */
static void test_word_boundary(struct pgs_buf *sql)
{
    static const char *const before[] = {"LIKE", "x_", "a1", "a$", "\xc3\xa4"};

    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
        size_t length = strlen(before[i]);

        pgs_buf_reset(sql);
        pgs_buf_add_text(sql, before[i]);
        pgs_quote_literal(sql, pgs_str_of("\\"));
        CHECK_STR(sql->at + length, " E'\\\\'");
    }
    pgs_buf_reset(sql);
    pgs_buf_add_text(sql, "= (");
    pgs_quote_literal(sql, pgs_str_of("\\"));
    CHECK_STR(sql->at, "= (E'\\\\'");
}

static void test_zero_byte(struct pgs_buf *sql)
{
    struct pgs_str text = {"a\0b", 3};

    CHECK(!pgs_sql_text_is_safe(text));
    pgs_buf_reset(sql);
    pgs_quote_ident(sql, text);
    CHECK(pgs_buf_status(sql, NULL) != PGS_OK);
    pgs_buf_reset(sql);
    pgs_quote_literal(sql, text);
    CHECK(pgs_buf_status(sql, NULL) != PGS_OK);
    pgs_buf_reset(sql);
    pgs_quote_qualified(sql, text, text);
    CHECK(pgs_buf_status(sql, NULL) != PGS_OK);
}

static void test_no_memory(void)
{
    struct pgs_buf sql;

    pgs_buf_init(&sql, 1024);
    pgs_alloc_fail_after(0);
    pgs_quote_literal(&sql, pgs_str_of("it's"));
    pgs_alloc_fail_after(-1);
    CHECK(pgs_buf_status(&sql, NULL) == PGS_ERR_OOM);
    pgs_buf_release(&sql);
}

int main(void)
{
    struct pgs_buf sql;

    pgs_buf_init(&sql, 4096);
    test_samples(&sql);
    test_qualified(&sql);
    test_word_boundary(&sql);
    test_zero_byte(&sql);
    test_no_memory();
    pgs_buf_release(&sql);
    return pgs_check_report();
}
