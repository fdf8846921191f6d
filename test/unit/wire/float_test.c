/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type float4;
static struct pgs_type float8;

static const struct golden VALUES[] = {
    /* SELECT 1.5::float4 */
    {&float4, "3fc00000", "1.5", PGS_GOLDEN_EXACT},
    /* SELECT 'NaN'::float4 */
    {&float4, "7fc00000", "NaN", PGS_GOLDEN_EXACT},
    /* SELECT '-Infinity'::float4 */
    {&float4, "ff800000", "-inf", PGS_GOLDEN_EXACT},
    /* SELECT 1e-45::float4 */
    {&float4, "00000001", "1.40129846e-45", PGS_GOLDEN_EXACT},
    /* SELECT '-0'::float4 */
    {&float4, "80000000", "-0", PGS_GOLDEN_EXACT},
    /* SELECT 0.1::float8 */
    {&float8, "3fb99999 9999999a", "0.10000000000000001", PGS_GOLDEN_EXACT},
    /* SELECT 'NaN'::float8 */
    {&float8, "7ff80000 00000000", "NaN", PGS_GOLDEN_EXACT},
    /* SELECT 'Infinity'::float8 */
    {&float8, "7ff00000 00000000", "inf", PGS_GOLDEN_EXACT},
    /* SELECT 5e-324::float8 */
    {&float8, "00000000 00000001", "4.9406564584124654e-324", PGS_GOLDEN_EXACT},
    /* SELECT 1.7976931348623157e308::float8 */
    {&float8, "7fefffff ffffffff", "1.7976931348623157e+308", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&float4, "0000", PGS_ERR_PROTOCOL, "type real has 2 bytes"},
    {&float8, "00000000", PGS_ERR_PROTOCOL, "double precision"},
};

int main(void)
{
    float4 = pgs_golden_type(700, -1);
    float8 = pgs_golden_type(701, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    return pgs_check_report();
}
