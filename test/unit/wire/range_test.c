/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

static const struct {
    uint32_t oid;
    const char *text;
    const char *hex;
} VALUES[] = {
    /* SELECT r::text, range_send(r) FROM
     * unnest('{empty,"[1,10)","(,)","[5,)","(,7)"}'::int4range[]) AS r */
    {3904, "empty", "01"},
    {3904, "[1,10)", "02 00000004 00000001 00000004 0000000a"},
    {3904, "(,)", "18"},
    {3904, "[5,)", "12 00000004 00000005"},
    {3904, "(,7)", "08 00000004 00000007"},
    {3904, "[-2147483648,)", "12 00000004 80000000"},
    {3904, "[,]", "18"},
    /* int8range '[1,10]', numrange '[1.5,10]' and '(NaN,]' */
    {3926, "[1,11)", "02 00000008 0000000000000001 00000008 000000000000000b"},
    {3906, "[1.5,10]", "06 0000000c 0002000000000001 00011388 0000000a 0001000000000000 000a"},
    {3906, "(NaN,)", "10 00000008 00000000c0000000"},
    /* daterange '[2020-01-01,2020-02-01)', '[-infinity,infinity]', '[0044-03-15 BC,12345-01-01)' */
    {3912, "[2020-01-01,2020-02-01)", "02 00000004 00001c89 00000004 00001ca8"},
    {3912, "[-infinity,infinity]", "06 00000004 80000000 00000004 7fffffff"},
    {3912, "[\"0044-03-15 BC\",12345-01-01)", "02 00000004 fff49d7b 00000004 0039a782"},
    /* tsrange, and tstzrange in the zones UTC and America/St_Johns */
    {3908, "[\"2020-01-01 01:02:03.456\",\"2020-02-01 00:00:00\")",
     "02 00000008 00023e0864b1ce00 00000008 0002407723d70000"},
    {3908, "[-infinity,infinity]", "06 00000008 8000000000000000 00000008 7fffffffffffffff"},
    {3908, "[\"0044-03-15 23:59:59.999999 BC\",\"294276-12-31 23:59:59\"]",
     "06 00000008 ff1af9f30a327fff 00000008 7fffff5bb3a35dc0"},
    {3910, "[\"2020-01-01 01:02:03.456+00\",\"2020-02-01 00:00:00+05:30\")",
     "02 00000008 00023e0864b1ce00 00000008 0002407287aafa00"},
    {3910, "(-infinity,)", "10 00000008 8000000000000000"},
    {3910, "[\"1799-12-31 21:31:11.456-03:30:52\",)", "12 00000008 ffe993ddd6066e00"},
    /* SELECT multirange_send(r) FROM unnest(ARRAY['{}','{[1,2),[5,7)}','{(,)}']::int4multirange[])
     */
    {4451, "{}", "00000000"},
    {4451, "{[1,2),[5,7)}",
     "00000002 00000011 02 00000004 00000001 00000004 00000002 00000011 02 00000004 00000005 "
     "00000004 00000007"},
    {4451, "{(,)}", "00000001 00000001 18"},
    {4533, "{[\"2020-01-01 00:00:00\",\"2020-02-01 00:00:00\")}",
     "00000001 00000019 02 00000008 00023e0786c26000 00000008 0002407723d70000"},
};

static const struct {
    uint32_t oid;
    const char *text;
} REFUSED[] = {
    {3904, ""},
    {3904, "["},
    {3904, "[1"},
    {3904, "[1,"},
    {3904, "[1,2"},
    {3904, "[1,2))"},
    {3904, "1,2"},
    {3904, "[1,2,3]"},
    {3904, "[2147483648,)"},
    {3904, "[x,)"},
    {3904, "[\"1,)"},
    {3904, "[\"\",)"},
    {3906, "[1e,2]"},
    {3908, "[2020-02-30,)"},
    {3908, "[\"2020-01-01 25:00:00\",)"},
    {3908, "[\"2020-01-01 00:00:00+00\",)"},
    {3910, "[\"2020-01-01 00:00:00\",)"},
    {3910, "[\"2020-01-01 00:00:00 CET\",)"},
    {3912, "[01/02/2020,)"},
    {3912, "[5874898-01-01,)"},
    {4451, "[1,2)"},
    {4451, "{[1,2)"},
    {4451, "{[1,2)[3,4)}"},
};

int main(void)
{
    struct pgs_type numrange = pgs_golden_type(3906, -1);
    struct pgs_type ranges = pgs_golden_array(&numrange, 1);

    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++) {
        struct pgs_type type = pgs_golden_type(VALUES[i].oid, -1);

        CHECK_INT(pgs_type_cast(&type), PGS_CAST_TEXT);
        pgs_golden_check_text(&type, VALUES[i].text, VALUES[i].hex);
    }
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++) {
        struct pgs_type type = pgs_golden_type(REFUSED[i].oid, -1);

        pgs_golden_check_text_error(&type, REFUSED[i].text, "range: \"");
    }
    /* SELECT array_send('{empty,NULL}'::numrange[]::text[]): read as text, written as ranges. */
    CHECK_INT(pgs_type_cast(&ranges), PGS_CAST_TEXT_ARRAY);
    pgs_golden_check(&ranges,
                     "00000001 00000001 00000019 00000002 00000001 00000005 656d707479 ffffffff",
                     "[empty, NULL]", PGS_GOLDEN_ONE_WAY);
    pgs_golden_check_error(&ranges, "00000001 00000000 00000f42 00000001 00000001 00000001 01",
                           PGS_ERR_PROTOCOL, "elements of type 3906, expected 25");
    return pgs_check_report();
}
