/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"
#include "test_vector.h"
#include "wire/families.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type interval;

static const struct golden VALUES[] = {
    /* SELECT '1 year 2 months 3 days 04:05:06.789'::interval */
    {&interval, "00000003 6c97ca88 00000003 0000000e", "14/3/14706789000", PGS_GOLDEN_EXACT},
    /* SELECT '-1 month +1 day -00:00:01'::interval */
    {&interval, "ffffffff fff0bdc0 00000001 ffffffff", "-1/1/-1000000", PGS_GOLDEN_EXACT},
    /* SELECT '0'::interval */
    {&interval, "00000000 00000000 00000000 00000000", "0/0/0", PGS_GOLDEN_EXACT},
    /* SELECT '178956970 years 7 mons'::interval */
    {&interval, "00000000 00000000 00000000 7fffffff", "2147483647/0/0", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    /* SELECT 'infinity'::interval */
    {&interval, "7fffffff ffffffff 7fffffff 7fffffff", PGS_ERR_CONVERSION,
     "\"infinity\" is out of range"},
    /* SELECT '-infinity'::interval */
    {&interval, "80000000 00000000 80000000 80000000", PGS_ERR_CONVERSION,
     "\"-infinity\" is out of range"},
    {&interval, "00", PGS_ERR_PROTOCOL, "type interval has 1 bytes"},
};

/* Writing the host's own extreme would give infinity. */
static void check_refused(void)
{
    struct pgs_vector *vector = pgs_test_vector_new(&interval, 1);
    struct pgs_interval extreme = {INT32_MAX, INT32_MAX, INT64_MAX};
    struct pgs_buf out;

    pgs_buf_init(&out, 100);
    ((struct pgs_interval *)vector->data)[0] = extreme;
    CHECK_INT(pgs_interval_encode(&interval, NULL, vector, 0, &out, NULL), PGS_ERR_CONVERSION);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

int main(void)
{
    interval = pgs_golden_type(1186, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_refused();
    return pgs_check_report();
}
