/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

int main(void)
{
    struct pgs_type tsvector = pgs_golden_type(3614, -1);

    CHECK_INT(pgs_type_cast(&tsvector), PGS_CAST_TEXT);
    /* SELECT tsvectorsend(v) FROM unnest(ARRAY['', 'a:1A,2B,3 ''it''''s'':16383D bc', 'x y']
     * ::tsvector[]) AS v */
    pgs_golden_check_text(&tsvector, "", "00000000");
    pgs_golden_check_text(&tsvector, "'a':1A,2B,3 'bc' 'it''s':16383",
                          "00000003 6100 0003 c001 8002 0003 626300 0000 6974277300 0001 3fff");
    pgs_golden_check_text(&tsvector, "'x' 'y'", "00000002 7800 0000 7900 0000");
    /* SELECT tsvectorsend('''a\\b'''): one backslash, printed doubled */
    pgs_golden_check_text(&tsvector, "'a\\\\b'", "00000001 615c6200 0000");
    pgs_golden_check_text_error(&tsvector, "a b", "invalid input syntax for type tsvector");
    pgs_golden_check_text_error(&tsvector, "'a", "invalid input syntax");
    pgs_golden_check_text_error(&tsvector, "'a\\", "invalid input syntax");
    pgs_golden_check_text_error(&tsvector, "'a':", "invalid input syntax");
    pgs_golden_check_text_error(&tsvector, "'a':16384", "invalid input syntax");
    pgs_golden_check_text_error(&tsvector, "'a'  'b'", "invalid input syntax");
    return pgs_check_report();
}
