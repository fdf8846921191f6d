/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

struct golden {
    const char *hex;
    const char *text;
};

/* SELECT inet_send(i), i::text FROM unnest('{1.2.3.4, …}'::inet[]) AS i */
static const struct golden INET[] = {
    {"02200004 01020304", "1.2.3.4/32"},
    {"02080004 0a000000", "10.0.0.0/8"},
    {"02000004 00000000", "0.0.0.0/0"},
    {"03800010 00000000000000000000000000000001", "::1/128"},
    {"03800010 00000000000000000000000000000000", "::/128"},
    {"03800010 00000000000000000000ffff01020304", "::ffff:1.2.3.4/128"},
    {"03400010 20010db8000000000000000000000001", "2001:db8::1/64"},
    {"03800010 00010000000000020000000000000003", "1:0:0:2::3/128"},
    {"03800010 00000000000000000000000001020304", "::1.2.3.4/128"},
    {"03800010 00010002000300040005000600070008", "1:2:3:4:5:6:7:8/128"},
    {"03800010 fe800000000100000000000000000000", "fe80:0:1::/128"},
    {"03800010 00000000000000000000000000010000", "::0.1.0.0/128"},
    {"03800010 00000001000000000000000000000000", "0:1::/128"},
    {"03800010 00010000000000000000000000000008", "1::8/128"},
};

/* SELECT cidr_send(c), c::text FROM unnest('{10.0.0.0/8,::/0,2001:db8::/32}'::cidr[]) AS c */
static const struct golden CIDR[] = {
    {"02080104 0a000000", "10.0.0.0/8"},
    {"03000110 00000000000000000000000000000000", "::/0"},
    {"03200110 20010db8000000000000000000000000", "2001:db8::/32"},
};

/* Other spellings of what PostgreSQL takes for the same. */
static const struct golden WRITTEN[] = {
    {"02200004 01020304", "1.2.3.4"},
    {"03800010 00000000000000000000000000000001", "0:0:0:0:0:0:0:1"},
    {"03800010 0000000000000000000000000000000a", "::A"},
    {"03800010 00010002000300040005000601020304", "1:2:3:4:5:6:1.2.3.4"},
};

static const char *const REFUSED[] = {
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.4/33",
    "1.2.3.4/",
    ":",
    ":::",
    "1::2::",
    "::1/129",
    "12345::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:",
    "1.2.3.4::",
    "1:2:3:4:5:6:7:8::",
    "x",
    "::1.2.3",
    "1:2:3:4:5:6:7:1.2.3.4",
};

static void check_addresses(void)
{
    struct pgs_type inet = pgs_golden_type(869, -1);
    struct pgs_type cidr = pgs_golden_type(650, -1);

    for (size_t i = 0; i < sizeof(INET) / sizeof(INET[0]); i++)
        pgs_golden_check(&inet, INET[i].hex, INET[i].text, PGS_GOLDEN_EXACT);
    for (size_t i = 0; i < sizeof(CIDR) / sizeof(CIDR[0]); i++)
        pgs_golden_check(&cidr, CIDR[i].hex, CIDR[i].text, PGS_GOLDEN_EXACT);
    for (size_t i = 0; i < sizeof(WRITTEN) / sizeof(WRITTEN[0]); i++)
        pgs_golden_check_text(&inet, WRITTEN[i].text, WRITTEN[i].hex);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_text_error(&inet, REFUSED[i], "invalid input syntax for type inet");
    pgs_golden_check_text_error(&cidr, "10.0.0.1/8", "for type cidr: \"10.0.0.1/8\"");
    pgs_golden_check_error(&inet, "04200004 01020304", PGS_ERR_PROTOCOL, "malformed");
    pgs_golden_check_error(&inet, "02210004 01020304", PGS_ERR_PROTOCOL, "malformed");
    pgs_golden_check_error(&inet, "02200004 0102030405", PGS_ERR_PROTOCOL, "malformed");
}

static void check_hardware(void)
{
    struct pgs_type mac = pgs_golden_type(829, -1);
    struct pgs_type mac8 = pgs_golden_type(774, -1);

    /* SELECT macaddr_send('08:00:2b:01:02:03'), macaddr8_send('08:00:2b:01:02:03:04:ff') */
    pgs_golden_check(&mac, "08002b010203", "08:00:2b:01:02:03", PGS_GOLDEN_EXACT);
    pgs_golden_check(&mac8, "08002b01020304ff", "08:00:2b:01:02:03:04:ff", PGS_GOLDEN_EXACT);
    pgs_golden_check_text(&mac, "08-00-2B-01-02-03", "08002b010203");
    pgs_golden_check_text(&mac, "08002b010203", "08002b010203");
    pgs_golden_check_text_error(&mac, "08:00:2b:01:02", "invalid input syntax for type macaddr");
    pgs_golden_check_text_error(&mac, "08:00-2b:01:02:03", "invalid input syntax");
    pgs_golden_check_text_error(&mac, "8:00:2b:01:02:03", "invalid input syntax");
    pgs_golden_check_text_error(&mac8, "08:00:2b:01:02:03", "type macaddr8");
    pgs_golden_check_error(&mac, "08002b01020304", PGS_ERR_PROTOCOL, "macaddr has 7 bytes");
}

int main(void)
{
    check_addresses();
    check_hardware();
    return pgs_check_report();
}
