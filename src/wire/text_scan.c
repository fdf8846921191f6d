/* SPDX-License-Identifier: MIT */
#include "wire/text_scan.h"

#include <string.h>

enum { SHOWN_BYTES_MAX = 64 };

bool pgs_text_scan_word(struct pgs_text_scan *scan, const char *word)
{
    size_t size_bytes = strlen(word);

    if ((size_t)(scan->end - scan->at) < size_bytes || memcmp(scan->at, word, size_bytes) != 0)
        return false;
    scan->at += size_bytes;
    return true;
}

bool pgs_text_scan_decimal(struct pgs_text_scan *scan, uint64_t max, uint64_t *value)
{
    uint64_t sum = 0;
    bool any = false;

    for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++) {
        uint64_t digit = (uint64_t)(*scan->at - '0');

        if (sum > max / 10 || digit > max - sum * 10)
            return false;
        sum = sum * 10 + digit;
        any = true;
    }
    *value = sum;
    return any;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool pgs_text_scan_hex(struct pgs_text_scan *scan, unsigned digits_max, uint64_t *value)
{
    unsigned digits = 0;

    *value = 0;
    while (digits < digits_max && scan->at < scan->end && hex_digit(*scan->at) >= 0) {
        *value = *value << 4 | (uint64_t)hex_digit(*scan->at);
        scan->at++;
        digits++;
    }
    return digits > 0;
}

enum pgs_status pgs_text_refuse(struct pgs_str text, const char *type_name, struct pgs_error *err)
{
    bool is_long = text.size_bytes > SHOWN_BYTES_MAX;

    return pgs_error_set(err, PGS_ERR_CONVERSION, "invalid input syntax for type %s: \"%.*s%s\"",
                         type_name, (int)(is_long ? SHOWN_BYTES_MAX : text.size_bytes),
                         text.at ? text.at : "", is_long ? "..." : "");
}
