/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *allocate(size_t size_bytes)
{
    return reallocate(NULL, size_bytes);
}

void *reallocate(void *old, size_t size_bytes)
{
    void *memory = realloc(old, size_bytes > 0 ? size_bytes : 1);
    if (memory == NULL) {
        fputs("unittest: out of memory\n", stderr);
        abort();
    }
    return memory;
}

char *copy_bytes(const char *source, size_t size_bytes)
{
    char *copy = allocate(size_bytes + 1);
    if (size_bytes > 0) {
        memcpy(copy, source, size_bytes);
    }
    copy[size_bytes] = '\0';
    return copy;
}

char *copy_string(const char *source)
{
    return copy_bytes(source, strlen(source));
}

static void append_arguments(struct text *text, const char *format, va_list arguments)
{
    va_list measure;
    va_copy(measure, arguments);
    int size_bytes = vsnprintf(NULL, 0, format, measure);
    va_end(measure);
    if (size_bytes < 0) {
        abort();
    }
    char *piece = allocate((size_t)size_bytes + 1);
    vsnprintf(piece, (size_t)size_bytes + 1, format, arguments);
    text_append(text, piece, (size_t)size_bytes);
    free(piece);
}

char *format_string(const char *format, ...)
{
    struct text text = {0};
    va_list arguments;
    va_start(arguments, format);
    append_arguments(&text, format, arguments);
    va_end(arguments);
    return text.at;
}

void text_append(struct text *text, const char *bytes, size_t size_bytes)
{
    if (text->size_bytes + size_bytes + 1 > text->capacity_bytes) {
        text->capacity_bytes = 2 * (text->size_bytes + size_bytes) + 32;
        text->at = reallocate(text->at, text->capacity_bytes);
    }
    if (size_bytes > 0) {
        memcpy(text->at + text->size_bytes, bytes, size_bytes);
    }
    text->size_bytes += size_bytes;
    text->at[text->size_bytes] = '\0';
}

void text_append_string(struct text *text, const char *string)
{
    text_append(text, string, strlen(string));
}

void text_append_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append_arguments(text, format, arguments);
    va_end(arguments);
}

void text_release(struct text *text)
{
    free(text->at);
    *text = (struct text){0};
}

void strings_add(struct strings *list, char *owned)
{
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->at = reallocate(list->at, list->capacity * sizeof(*list->at));
    }
    list->at[list->count++] = owned;
}

void strings_release(struct strings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->at[i]);
    }
    free(list->at);
    *list = (struct strings){0};
}

bool strings_contain(const struct strings *list, const char *string)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i], string) == 0) {
            return true;
        }
    }
    return false;
}

bool starts_with(const char *string, const char *prefix)
{
    return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool ends_with(const char *string, const char *suffix)
{
    size_t string_size = strlen(string);
    size_t suffix_size = strlen(suffix);
    return string_size >= suffix_size && strcmp(string + string_size - suffix_size, suffix) == 0;
}

char *trim(char *string)
{
    size_t begin = strspn(string, " \t\r\n");
    size_t end = strlen(string);
    while (end > begin && strchr(" \t\r\n", string[end - 1]) != NULL) {
        end--;
    }
    memmove(string, string + begin, end - begin);
    string[end - begin] = '\0';
    return string;
}

char *to_lower(char *string)
{
    for (char *at = string; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return string;
}

char *replace_all(const char *source, const char *what, const char *with)
{
    struct text result = {0};
    size_t what_size = strlen(what);
    const char *hit = strstr(source, what);
    while (hit != NULL && what_size > 0) {
        text_append(&result, source, (size_t)(hit - source));
        text_append_string(&result, with);
        source = hit + what_size;
        hit = strstr(source, what);
    }
    text_append_string(&result, source);
    return result.at;
}

void split(const char *source, const char *separator, struct strings *pieces)
{
    const char *hit = strstr(source, separator);
    while (hit != NULL) {
        strings_add(pieces, copy_bytes(source, (size_t)(hit - source)));
        source = hit + strlen(separator);
        hit = strstr(source, separator);
    }
    strings_add(pieces, copy_string(source));
}

bool parse_long(const char *string, long *value)
{
    char *end = NULL;
    errno = 0;
    *value = strtol(string, &end, 10);
    return errno == 0 && end != string && *end == '\0';
}
