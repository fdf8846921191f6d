/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

int main(void)
{
    struct pgs_type tid = pgs_golden_type(27, -1);
    struct pgs_type xid = pgs_golden_type(28, -1);
    struct pgs_type xid8 = pgs_golden_type(5069, -1);
    struct pgs_type lsn = pgs_golden_type(3220, -1);
    struct pgs_type jsonpath = pgs_golden_type(4072, -1);

    /* SELECT tidsend(t) FROM unnest('{"(0,1)","(4294967295,65535)"}'::tid[]) AS t */
    pgs_golden_check(&tid, "00000000 0001", "(0,1)", PGS_GOLDEN_EXACT);
    pgs_golden_check(&tid, "ffffffff ffff", "(4294967295,65535)", PGS_GOLDEN_EXACT);
    pgs_golden_check_text_error(&tid, "(0,65536)", "invalid input syntax for type tid");
    pgs_golden_check_text_error(&tid, "(0)", "invalid input syntax for type tid");
    /* SELECT xidsend('0'), xidsend('4294967295'), xid8send('18446744073709551615') */
    pgs_golden_check(&xid, "00000000", "0", PGS_GOLDEN_EXACT);
    pgs_golden_check(&xid, "ffffffff", "4294967295", PGS_GOLDEN_EXACT);
    pgs_golden_check_text_error(&xid, "4294967296", "invalid input syntax for type xid");
    pgs_golden_check(&xid8, "ffffffffffffffff", "18446744073709551615", PGS_GOLDEN_EXACT);
    pgs_golden_check_text_error(&xid8, "18446744073709551616", "type xid8");
    pgs_golden_check_text_error(&xid8, "", "type xid8");
    /* SELECT pg_lsn_send(l) FROM unnest('{0/0,16/B374D848,FFFFFFFF/FFFFFFFF}'::pg_lsn[]) AS l */
    pgs_golden_check(&lsn, "0000000000000000", "0/0", PGS_GOLDEN_EXACT);
    pgs_golden_check(&lsn, "00000016b374d848", "16/B374D848", PGS_GOLDEN_EXACT);
    pgs_golden_check(&lsn, "ffffffffffffffff", "FFFFFFFF/FFFFFFFF", PGS_GOLDEN_EXACT);
    pgs_golden_check_text_error(&lsn, "123456789/0", "invalid input syntax for type pg_lsn");
    /* SELECT jsonpath_send('$.a') */
    pgs_golden_check(&jsonpath, "01 242e226122", "$.\"a\"", PGS_GOLDEN_ANY_SIZE);
    pgs_golden_check_error(&jsonpath, "02 24", PGS_ERR_PROTOCOL, "version is 2, expected 1");
    return pgs_check_report();
}
