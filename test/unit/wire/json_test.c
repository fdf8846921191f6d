/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type json;
static struct pgs_type jsonb;

static const struct golden VALUES[] = {
    /* SELECT '{"a": 1}'::json */
    {&json, "7b226122 3a20317d", "{\"a\": 1}", PGS_GOLDEN_ANY_SIZE},
    /* SELECT '{"a": [1, null, "long enough text"]}'::jsonb */
    {&jsonb,
     "017b2261 223a205b 312c206e 756c6c2c 20226c6f 6e672065 6e6f7567 68207465 "
     "7874225d 7d",
     "{\"a\": [1, null, \"long enough text\"]}", PGS_GOLDEN_ANY_SIZE},
    /* SELECT '1'::jsonb */
    {&jsonb, "0131", "1", PGS_GOLDEN_ANY_SIZE},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&jsonb, "", PGS_ERR_PROTOCOL, "no version byte"},
    {&jsonb, "0231", PGS_ERR_PROTOCOL, "jsonb version is 2, expected 1"},
    {&jsonb, "01ff", PGS_ERR_PROTOCOL, "UTF-8"},
    {&json, "80", PGS_ERR_PROTOCOL, "UTF-8"},
};

int main(void)
{
    json = pgs_golden_type(114, -1);
    jsonb = pgs_golden_type(3802, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    return pgs_check_report();
}
