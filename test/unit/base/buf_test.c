/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <string.h>

#include "base/alloc.h"
#include "check.h"

static void check_appends(void)
{
    static const uint8_t NUMBERS[] = {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 7, 8};
    struct pgs_buf buf;
    char *text;

    pgs_buf_init(&buf, 1000);
    CHECK_STR(buf.at, "");
    pgs_buf_add(&buf, "", 0);
    CHECK_STR(buf.at, "");
    pgs_buf_add_text(&buf, "a");
    pgs_buf_add_char(&buf, 'b');
    pgs_buf_add_str(&buf, pgs_str_of("cd"));
    pgs_buf_addf(&buf, "%d-%s", 7, "x");
    pgs_buf_addf(&buf, "%s", "");
    CHECK_STR(buf.at, "abcd7-x");
    CHECK_INT(pgs_buf_str(&buf).size_bytes, 7);
    CHECK_INT(pgs_buf_status(&buf, NULL), PGS_OK);
    pgs_buf_reset(&buf);
    CHECK_STR(buf.at, "");
    pgs_buf_add_be16(&buf, 0x0102);
    pgs_buf_add_be32(&buf, 0x03040506);
    pgs_buf_add_be64(&buf, UINT64_C(0x0102030405060708));
    CHECK_BYTES(buf.at, buf.size_bytes, NUMBERS, sizeof(NUMBERS));
    text = pgs_buf_detach(&buf);
    CHECK_BYTES(text, strlen(text), NUMBERS, sizeof(NUMBERS));
    pgs_free(text);
    text = pgs_buf_detach(&buf);
    CHECK_STR(text, "");
    pgs_free(text);
    pgs_buf_release(&buf);
    pgs_buf_release(&buf);
}

/* Reserved but not used: the content stays a string. */
static void check_reserve(void)
{
    struct pgs_buf buf;
    char *at;

    pgs_buf_init(&buf, 1000);
    at = pgs_buf_reserve(&buf, 100);
    CHECK(at != NULL);
    CHECK_STR(buf.at, "");
    memset(at, 'x', 100);
    pgs_buf_advance(&buf, 2);
    CHECK_STR(buf.at, "xx");
    pgs_buf_release(&buf);
}

static void check_growth(void)
{
    struct pgs_buf buf;

    pgs_buf_init(&buf, 100000);
    for (size_t i = 0; i < 100000; i++) {
        pgs_buf_add_char(&buf, (char)('a' + i % 26));
        if (i % 997 == 0)
            CHECK(buf.size_bytes == i + 1 && buf.at[i + 1] == '\0' &&
                  buf.at[i] == (char)('a' + i % 26));
    }
    CHECK_INT(pgs_buf_status(&buf, NULL), PGS_OK);
    pgs_buf_add_char(&buf, 'x');
    CHECK_INT(pgs_buf_status(&buf, NULL), PGS_ERR_UNSUPPORTED);
    CHECK_INT(buf.size_bytes, 100000);
    CHECK(pgs_buf_detach(&buf) == NULL);
    CHECK_INT(pgs_buf_status(&buf, NULL), PGS_OK);
    CHECK(pgs_buf_reserve(&buf, SIZE_MAX) == NULL);
    pgs_buf_release(&buf);
}

/* After a failure nothing is added, and the status says so. */
static void check_sticky(void)
{
    struct pgs_buf buf;
    struct pgs_error err;

    pgs_buf_init(&buf, 1000);
    pgs_alloc_fail_after(0);
    pgs_buf_add_text(&buf, "a");
    pgs_alloc_fail_after(-1);
    pgs_buf_add_text(&buf, "b");
    pgs_buf_add_be32(&buf, 1);
    pgs_buf_advance(&buf, 0);
    CHECK_STR(buf.at, "");
    CHECK_INT(pgs_buf_status(&buf, &err), PGS_ERR_OOM);
    CHECK_STR(err.message, "out of memory");
    pgs_buf_reset(&buf);
    pgs_buf_add_text(&buf, "c");
    CHECK_STR(buf.at, "c");
    CHECK_INT(pgs_buf_status(&buf, &err), PGS_OK);
    pgs_buf_release(&buf);
}

int main(void)
{
    check_appends();
    check_reserve();
    check_growth();
    check_sticky();
    return pgs_check_report();
}
