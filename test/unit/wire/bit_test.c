/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

int main(void)
{
    struct pgs_type bit = pgs_golden_type(1560, -1);
    struct pgs_type varbit = pgs_golden_type(1562, -1);
    struct pgs_type bits = pgs_golden_array(&varbit, 1);

    /* SELECT bit_send(B'101'), varbit_send(b) FROM unnest('{"",10101010,101010101,0}'::varbit[]) */
    pgs_golden_check(&bit, "00000003 a0", "101", PGS_GOLDEN_EXACT);
    pgs_golden_check(&varbit, "00000000", "", PGS_GOLDEN_EXACT);
    pgs_golden_check(&varbit, "00000008 aa", "10101010", PGS_GOLDEN_EXACT);
    pgs_golden_check(&varbit, "00000009 aa80", "101010101", PGS_GOLDEN_EXACT);
    pgs_golden_check(&varbit, "00000001 00", "0", PGS_GOLDEN_EXACT);
    /* SELECT array_send('{1,NULL}'::varbit[]) */
    pgs_golden_check(&bits,
                     "00000001 00000001 0000061a 00000002 00000001 00000005 0000000180 ffffffff",
                     "[1, NULL]", PGS_GOLDEN_EXACT);
    pgs_golden_check_error(&bit, "00000003 a000", PGS_ERR_PROTOCOL, "bit string of 3 bits");
    pgs_golden_check_error(&bit, "ffffffff", PGS_ERR_PROTOCOL, "bit string of");
    pgs_golden_check_text_error(&bit, "102", "invalid input syntax for type bit: \"102\"");
    return pgs_check_report();
}
