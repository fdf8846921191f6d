/* SPDX-License-Identifier: MIT */
#include "wire/utf8.h"

#include <string.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

static inline uint64_t word_at(const uint8_t *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return word;
}

static inline bool is_continuation(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The size of the character of more than one byte at `at`, or 0 if it is none. */
static size_t character_bytes(const uint8_t *at, size_t left)
{
    uint8_t first = at[0];
    uint8_t second;

    if (first < 0xC2 || first > 0xF4 || left < 2 || !is_continuation(at[1]))
        return 0;
    second = at[1];
    if (first < 0xE0)
        return 2;
    if (left < 3 || !is_continuation(at[2]))
        return 0;
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F))
        return 0;
    if (first < 0xF0)
        return 3;
    if (left < 4 || !is_continuation(at[3]))
        return 0;
    if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
        return 0;
    return 4;
}

static bool valid_from(const uint8_t *at, const uint8_t *end)
{
    while (at < end) {
        size_t size;

        if (end - at >= 8 && !(word_at(at) & HIGH_BITS)) {
            at += 8;
            continue;
        }
        if (*at < 0x80) {
            at++;
            continue;
        }
        size = character_bytes(at, (size_t)(end - at));
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

bool pgs_utf8_valid(const uint8_t *at, size_t size_bytes)
{
    const uint8_t *end = at + size_bytes;
    const uint8_t *next = at;

    if (size_bytes < 8)
        return valid_from(at, end);
    while (end - next >= 8) {
        if (PGS_UNLIKELY(word_at(next) & HIGH_BITS))
            return valid_from(next, end);
        next += 8;
    }
    /* The last eight bytes may overlap what was already seen to be ASCII. */
    if (!(word_at(end - 8) & HIGH_BITS))
        return true;
    return valid_from(next, end);
}
