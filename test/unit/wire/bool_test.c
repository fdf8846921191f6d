/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type boolean;

static const struct golden VALUES[] = {
    /* SELECT true */
    {&boolean, "01", "1", PGS_GOLDEN_EXACT},
    /* SELECT false */
    {&boolean, "00", "0", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&boolean, "", PGS_ERR_PROTOCOL, "has 0 bytes"},
    {&boolean, "0101", PGS_ERR_PROTOCOL, "expected 1"},
};

int main(void)
{
    boolean = pgs_golden_type(16, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    return pgs_check_report();
}
