/* SPDX-License-Identifier: MIT */
#include "wire/hstore.h"

#include "check.h"

/* Texts and their JSON, or the error. */
static const struct {
    const char *text;
    const char *wanted;
    bool fails;
} samples[] = {
    {"", "{}", false},
    {"  ", "{}", false},
    {"\"a\"=>\"1\"", "{\"a\": \"1\"}", false},
    {" a => 1 , b=>2", "{\"a\": \"1\", \"b\": \"2\"}", false},
    {"a=>NULL, b=>\"NULL\", c=>nUlL", "{\"a\": null, \"b\": \"NULL\", \"c\": null}", false},
    {"a=>1,a=>2", "{\"a\": \"1\", \"a\": \"2\"}", false},
    {"\"\"=>\"\"", "{\"\": \"\"}", false},
    {"\"q\\\"\\\\\"=>x\\ y", "{\"q\\\"\\\\\": \"x y\"}", false},
    {"a=>b=c", "{\"a\": \"b=c\"}", false},
    {"\"t\tn\n\x01\"=>1", "{\"t\\tn\\n\\u0001\": \"1\"}", false},
    {"a=>1,", "{\"a\": \"1\"}", false},
    {"a", "syntax error in hstore: unexpected end of string", true},
    {"a=", "syntax error in hstore: unexpected end of string", true},
    {"a=>", "syntax error in hstore: unexpected end of string", true},
    {"\"a", "syntax error in hstore: unexpected end of string", true},
    {"a\\", "syntax error in hstore: unexpected end of string", true},
    {"=>1", "syntax error in hstore, near \"=\" at position 0", true},
    {"a=1", "syntax error in hstore, near \"1\" at position 2", true},
    {"a b", "syntax error in hstore, near \"b\" at position 2", true},
    {"\"a\"=>\"1\" x", "syntax error in hstore, near \"x\" at position 9", true},
};

static void check_json(void)
{
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct pgs_error err = {.code = PGS_OK};
        struct pgs_buf json;
        enum pgs_status status;

        pgs_check_about(samples[i].text);
        pgs_buf_init(&json, 4096);
        status = pgs_hstore_to_json_text(pgs_str_of(samples[i].text), &json, &err);
        CHECK_INT(status, samples[i].fails ? PGS_ERR_CONVERSION : PGS_OK);
        CHECK_STR(samples[i].fails ? err.message : json.at, samples[i].wanted);
        pgs_buf_release(&json);
    }
}

static void check_get(const char *text, const char *key, const char *wanted)
{
    struct pgs_buf value;
    bool found = false;

    pgs_check_about(text);
    pgs_buf_init(&value, 4096);
    CHECK_INT(pgs_hstore_get_value(pgs_str_of(text), pgs_str_of(key), &value, &found, NULL),
              PGS_OK);
    CHECK(found == (wanted != NULL));
    if (wanted)
        CHECK_STR(value.at, wanted);
    pgs_buf_release(&value);
}

int main(void)
{
    check_json();
    check_get("a=>1, b=>2", "b", "2");
    check_get("a=>1, a=>2", "a", "2");
    check_get("a=>1, a=>NULL", "a", NULL);
    check_get("a=>1", "A", NULL);
    check_get("", "a", NULL);
    return pgs_check_report();
}
