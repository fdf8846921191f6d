/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check.h"
#include "golden.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type int4;
static struct pgs_type text;
static struct pgs_type ints;
static struct pgs_type decimal;
static struct pgs_type pair;
static struct pgs_type nested;
static struct pgs_type pairs;

static const struct pgs_field PAIR[] = {
    {{"a", 1}, &int4, 0},
    {{"b", 1}, &text, 0},
};
/* d is of type posint: CREATE DOMAIN posint AS int4, oid 16398. */
static const struct pgs_field NESTED[] = {
    {{"p", 1}, &pair, 0},
    {{"l", 1}, &ints, 0},
    {{"d", 1}, &int4, 16398},
    {{"n", 1}, &decimal, 0},
};

static struct pgs_type composite(uint32_t oid, const struct pgs_field *fields, uint32_t count)
{
    struct pgs_type type;

    memset(&type, 0, sizeof(type));
    type.oid = oid;
    type.typmod = -1;
    type.kind = PGS_KIND_COMPOSITE;
    type.target = PGS_TARGET_STRUCT;
    type.fields = fields;
    type.field_count = count;
    return type;
}

/* CREATE TYPE pair AS (a int4, b text);
 * CREATE TYPE nested AS (p pair, l int4[], d posint, n numeric(6,2)); */
static const struct golden VALUES[] = {
    /* SELECT ROW(1,'x')::pair */
    {&pair, "00000002 00000017 00000004 00000001 00000019 00000001 78", "{1, x}", PGS_GOLDEN_EXACT},
    /* SELECT ROW(NULL,NULL)::pair */
    {&pair, "00000002 00000017 ffffffff 00000019 ffffffff", "{NULL, NULL}", PGS_GOLDEN_EXACT},
    /* SELECT ROW(-1,'a longer text than twelve')::pair */
    {&pair,
     "00000002 00000017 00000004 ffffffff 00000019 00000019 61206c6f 6e676572 "
     "20746578 74207468 616e2074 77656c76 65",
     "{-1, a longer text than twelve}", PGS_GOLDEN_EXACT},
    /* SELECT ROW(ROW(1,'x'),'{1,NULL}',7,1.5)::nested */
    {&nested,
     "00000004 00004012 00000019 00000002 00000017 00000004 00000001 00000019 "
     "00000001 78000003 ef000000 20000000 01000000 01000000 17000000 02000000 "
     "01000000 04000000 01ffffff ff000040 0e000000 04000000 07000006 a4000000 "
     "0c000200 00000000 02000113 88",
     "{{1, x}, [1, NULL], 7, 1.50}", PGS_GOLDEN_EXACT},
    /* SELECT ROW(NULL,NULL,NULL,NULL)::nested */
    {&nested,
     "00000004 00004012 ffffffff 000003ef ffffffff 0000400e ffffffff 000006a4 "
     "ffffffff",
     "{NULL, NULL, NULL, NULL}", PGS_GOLDEN_EXACT},
    /* SELECT ROW(ROW(NULL,'x'),'{}',7,0)::nested */
    {&nested,
     "00000004 00004012 00000015 00000002 00000017 ffffffff 00000019 00000001 "
     "78000003 ef000000 0c000000 00000000 00000000 17000040 0e000000 04000000 "
     "07000006 a4000000 08000000 00000000 02",
     "{{NULL, x}, [], 7, 0.00}", PGS_GOLDEN_EXACT},
    /* SELECT ARRAY[ROW(1,'x'),NULL,ROW(2,'a longer text than twelve')]::pair[] */
    {&pairs,
     "00000001 00000001 00004012 00000003 00000001 00000019 00000002 00000017 "
     "00000004 00000001 00000019 00000001 78ffffff ff000000 31000000 02000000 "
     "17000000 04000000 02000000 19000000 1961206c 6f6e6765 72207465 78742074 "
     "68616e20 7477656c 7665",
     "[{1, x}, NULL, {2, a longer text than twelve}]", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&pair, "00000003", PGS_ERR_PROTOCOL, "has 3 fields, expected 2"},
    {&pair, "", PGS_ERR_PROTOCOL, "fields"},
    {&pair, "00000002 00000014 00000000", PGS_ERR_PROTOCOL, "field \"a\" has type 20, expected 23"},
    {&pair, "00000002 00000017 ffffffff 00000019 ffffffff 00", PGS_ERR_PROTOCOL,
     "1 bytes too many"},
    {&pair, "00000002 00000017 00000005 00000019 ffffffff 00", PGS_ERR_PROTOCOL, "has 5 bytes"},
};

int main(void)
{
    int4 = pgs_golden_type(23, -1);
    text = pgs_golden_type(25, -1);
    ints = pgs_golden_array(&int4, 1);
    decimal = pgs_golden_numeric(6, 2);
    pair = composite(16402, PAIR, 2);
    nested = composite(16405, NESTED, 4);
    pairs = pgs_golden_array(&pair, 1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    return pgs_check_report();
}
