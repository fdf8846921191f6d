/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "golden.h"

static void check(const struct pgs_type *xml, const char *text, const char *wanted)
{
    char hex[512] = "";

    for (; *wanted; wanted++)
        snprintf(hex + strlen(hex), sizeof(hex) - strlen(hex), "%02x", (unsigned char)*wanted);
    pgs_golden_check_text(xml, text, hex);
}

int main(void)
{
    struct pgs_type xml = pgs_golden_type(142, -1);

    CHECK_INT(xml.kind, PGS_KIND_XML);
    /* SELECT xml_send('<a>\u00e4</a>') */
    pgs_golden_check(&xml, "3c613ec3a43c2f613e", "<a>ä</a>", PGS_GOLDEN_ANY_SIZE);
    check(&xml, "<?xml version=\"1.0\"?><a/>", "<?xml version=\"1.0\"?><a/>");
    check(&xml, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>ä</a>",
          "<?xml version=\"1.0\"?><a>ä</a>");
    check(&xml, "<?xml version='1.0' encoding = 'latin1' standalone='yes'?><a/>",
          "<?xml version='1.0' standalone='yes'?><a/>");
    check(&xml, "<?xml-stylesheet encoding='x'?><a/>", "<?xml-stylesheet encoding='x'?><a/>");
    check(&xml, "<a encoding='x'/>", "<a encoding='x'/>");
    check(&xml, "<?xml version='1.0' encoding='x", "<?xml version='1.0' encoding='x");
    return pgs_check_report();
}
