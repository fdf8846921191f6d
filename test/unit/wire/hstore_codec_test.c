/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

int main(void)
{
    struct pgs_type hstore = pgs_golden_type(25, -1);

    hstore.kind = PGS_KIND_HSTORE;
    CHECK_INT(pgs_type_cast(&hstore), PGS_CAST_TEXT);
    /* SELECT hstore_send(h) FROM unnest(ARRAY['', 'a=>1, b=>NULL, "q\"x\\"=>"NULL"']::hstore[]) */
    pgs_golden_check_text(&hstore, "", "00000000");
    pgs_golden_check_text(&hstore, "\"a\"=>\"1\", \"b\"=>NULL, \"q\\\"x\\\\\"=>\"NULL\"",
                          "00000003 00000001 61 00000001 31 00000001 62 ffffffff "
                          "00000004 7122785c 00000004 4e554c4c");
    pgs_golden_check_text_error(&hstore, "a=>", "invalid input syntax for type hstore: \"a=>\"");
    pgs_golden_check_text_error(&hstore, "\"a\"", "invalid input syntax");
    pgs_golden_check_text_error(&hstore, "\"a\"=>", "invalid input syntax");
    pgs_golden_check_text_error(&hstore, "\"a\"=>\"b", "invalid input syntax");
    pgs_golden_check_text_error(&hstore, "\"a\"=>\"b\\", "invalid input syntax");
    pgs_golden_check_text_error(&hstore, "\"a\"=>\"b\" \"c\"=>\"d\"", "invalid input syntax");
    return pgs_check_report();
}
