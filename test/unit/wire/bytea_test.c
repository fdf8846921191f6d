/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type bytea;

static const struct golden VALUES[] = {
    /* SELECT '\x'::bytea */
    {&bytea, "", "", PGS_GOLDEN_ANY_SIZE},
    /* SELECT '\x00ff10'::bytea */
    {&bytea, "00ff10", "00ff10", PGS_GOLDEN_ANY_SIZE},
    /* SELECT decode(repeat('0a', 40), 'hex') */
    {&bytea,
     "0a0a0a0a 0a0a0a0a 0a0a0a0a 0a0a0a0a 0a0a0a0a 0a0a0a0a 0a0a0a0a 0a0a0a0a "
     "0a0a0a0a 0a0a0a0a",
     "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
     PGS_GOLDEN_ANY_SIZE},
};

int main(void)
{
    bytea = pgs_golden_type(17, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    return pgs_check_report();
}
