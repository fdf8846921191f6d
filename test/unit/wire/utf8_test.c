/* SPDX-License-Identifier: MIT */
#include "wire/utf8.h"

#include <string.h>

#include "check.h"

/* The definition, slowly: decode, then ask whether the code point is allowed
 * and could not be shorter. */
static bool valid_plainly(const uint8_t *at, size_t size)
{
    static const uint32_t FIRST[] = {0, 0, 0x80, 0x800, 0x10000};

    for (size_t i = 0; i < size;) {
        size_t count = at[i] < 0x80             ? 1
                       : (at[i] & 0xE0) == 0xC0 ? 2
                       : (at[i] & 0xF0) == 0xE0 ? 3
                       : (at[i] & 0xF8) == 0xF0 ? 4
                                                : 0;
        uint32_t point = count == 1 ? at[i] : at[i] & (0x7FU >> count);

        if (count == 0 || i + count > size)
            return false;
        for (size_t j = 1; j < count; j++) {
            if ((at[i + j] & 0xC0) != 0x80)
                return false;
            point = point << 6 | (at[i + j] & 0x3FU);
        }
        if (point < FIRST[count] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
            return false;
        i += count;
    }
    return true;
}

/* Every string of up to three bytes, and every first two of four. */
static void check_all_short(void)
{
    uint8_t bytes[4] = {0, 0, 0x80, 0xBF};
    long wrong = 0;

    for (uint32_t i = 0; i < 0x1000000; i += 3) {
        bytes[0] = (uint8_t)(i >> 16);
        bytes[1] = (uint8_t)(i >> 8);
        bytes[2] = (uint8_t)i;
        wrong += pgs_utf8_valid(bytes, 3) != valid_plainly(bytes, 3);
    }
    bytes[2] = 0x80;
    for (uint32_t i = 0; i < 0x10000; i++) {
        bytes[0] = (uint8_t)(i >> 8);
        bytes[1] = (uint8_t)i;
        wrong += pgs_utf8_valid(bytes, 1) != valid_plainly(bytes, 1);
        wrong += pgs_utf8_valid(bytes, 2) != valid_plainly(bytes, 2);
        wrong += pgs_utf8_valid(bytes, 4) != valid_plainly(bytes, 4);
    }
    CHECK_INT(wrong, 0);
}

/* One character at every place of texts around the eight-byte steps. */
static void check_places(const char *character, bool valid)
{
    size_t width = strlen(character);

    for (size_t size = width; size < 40; size++) {
        for (size_t place = 0; place + width <= size; place++) {
            uint8_t bytes[40];

            memset(bytes, 'x', sizeof(bytes));
            memcpy(bytes + place, character, width);
            CHECK(pgs_utf8_valid(bytes, size) == valid);
            if (valid && width > 1 && place + width == size)
                CHECK(!pgs_utf8_valid(bytes, size - 1));
        }
    }
}

int main(void)
{
    check_all_short();
    check_places("\303\237", true);
    check_places("\342\202\254", true);
    check_places("\360\237\230\200", true);
    check_places("\200", false);
    check_places("\377", false);
    check_places("\355\240\200", false);
    check_places("\364\220\200\200", false);
    return pgs_check_report();
}
