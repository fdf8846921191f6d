/* SPDX-License-Identifier: MIT
 *
 * Growable text and lists of strings for the test runner. Not for the extension: running out of
 * memory ends the process, which the parent reports as a crashed test.
 *
 * A zeroed struct is a valid empty one. `at` is NULL until something was appended, then always
 * NUL-terminated. */
#ifndef UNITTEST_TEXT_H
#define UNITTEST_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct text {
    char *at;
    size_t size_bytes;
    size_t capacity_bytes;
};

/* A list that owns its strings. */
struct strings {
    char **at;
    size_t count;
    size_t capacity;
};

void *allocate(size_t size_bytes);
void *reallocate(void *old, size_t size_bytes);
char *copy_string(const char *source);
char *copy_bytes(const char *source, size_t size_bytes);
char *format_string(const char *format, ...) __attribute__((format(printf, 1, 2)));

void text_append(struct text *text, const char *bytes, size_t size_bytes);
void text_append_string(struct text *text, const char *string);
void text_append_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void text_release(struct text *text);

void strings_add(struct strings *list, char *owned);
void strings_release(struct strings *list);
bool strings_contain(const struct strings *list, const char *string);

bool starts_with(const char *string, const char *prefix);
bool ends_with(const char *string, const char *suffix);

/* Cuts blanks at both ends, in place; returns its argument. */
char *trim(char *string);
char *to_lower(char *string);

/* The caller owns the result; `source` stays. */
char *replace_all(const char *source, const char *what, const char *with);

/* Appends the pieces of `source` between `separator`s (at least one piece). */
void split(const char *source, const char *separator, struct strings *pieces);

/* Whole-string decimal number. Returns false if it is none. */
bool parse_long(const char *string, long *value);

#ifdef __cplusplus
}
#endif

#endif
