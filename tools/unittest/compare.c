/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* qsort_r */
#include "compare.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REGEX_PREFIX     "<REGEX>:"
#define REGEX_NOT_PREFIX "<!REGEX>:"
#define REPORT_ROWS_MAX  200

bool parse_sort_style(const char *word, enum sort_style *style)
{
    static const struct {
        const char *word;
        enum sort_style style;
    } styles[] = {{"nosort", SORT_NONE},
                  {"none", SORT_NONE},
                  {"rowsort", SORT_ROWS},
                  {"sort", SORT_ROWS},
                  {"valuesort", SORT_VALUES}};
    for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
        if (strcmp(word, styles[i].word) == 0) {
            *style = styles[i].style;
            return true;
        }
    }
    return false;
}

static int order_rows(const void *left, const void *right, void *column_count)
{
    char *const *left_row = left;
    char *const *right_row = right;
    for (size_t column = 0; column < *(const size_t *)column_count; column++) {
        int order = strcmp(left_row[column], right_row[column]);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

void sort_result(struct host_result *result, enum sort_style style)
{
    size_t row_size = style == SORT_VALUES ? 1 : result->column_count;
    size_t value_count = result->row_count * result->column_count;
    if (style != SORT_NONE && value_count > 0) {
        qsort_r(result->values, value_count / row_size, row_size * sizeof(char *), order_rows,
                &row_size);
    }
}

static bool all_have_tabs(const struct strings *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (strchr(lines->at[i], '\t') == NULL) {
            return false;
        }
    }
    return true;
}

/* Turns expected lines into one value per entry, in the number that the result has. */
static char *expected_values(const struct host_result *result, const struct expectation *expected,
                             struct strings *values)
{
    size_t column_count = result->column_count;
    size_t line_count = expected->lines.count;
    bool row_wise =
        (column_count > 1 && line_count == result->row_count) || all_have_tabs(&expected->lines);
    for (size_t i = 0; i < line_count; i++) {
        size_t before = values->count;
        if (!row_wise) {
            strings_add(values, copy_string(expected->lines.at[i]));
            continue;
        }
        split(expected->lines.at[i], "\t", values);
        if (values->count - before != column_count) {
            return format_string("expected row %zu has %zu values, the result has %zu columns",
                                 i + 1, values->count - before, column_count);
        }
    }
    if (values->count % column_count != 0) {
        return format_string("%zu expected values do not make up rows of %zu columns",
                             values->count, column_count);
    }
    if (values->count / column_count != result->row_count) {
        return format_string("expected %zu rows, got %zu", values->count / column_count,
                             result->row_count);
    }
    return NULL;
}

/* -1: neither a true nor a false. */
static int boolean_of(const char *text)
{
    if (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0) {
        return 1;
    }
    return strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0 ? 0 : -1;
}

/* *error: an owned message about a bad pattern. */
static bool matches_pattern(const char *actual, const char *expected, char **error)
{
    if (starts_with(expected, REGEX_PREFIX)) {
        return host_regex_matches(actual, expected + strlen(REGEX_PREFIX), error);
    }
    if (starts_with(expected, REGEX_NOT_PREFIX)) {
        return !host_regex_matches(actual, expected + strlen(REGEX_NOT_PREFIX), error) &&
               *error == NULL;
    }
    return false;
}

static char *compare_value(struct host_connection *converter, const struct host_result *result,
                           size_t index, const char *expected)
{
    size_t column = index % result->column_count;
    const char *actual = result->values[index];
    char *error = NULL;
    if (strcmp(actual, expected) == 0 || matches_pattern(actual, expected, &error)) {
        return NULL;
    }
    if (error != NULL) {
        char *message = format_string("bad pattern '%s': %s", expected, error);
        free(error);
        return message;
    }
    if (result->kinds[column] == HOST_KIND_NUMERIC &&
        host_values_equal(converter, result, column, actual, expected)) {
        return NULL;
    }
    if (result->kinds[column] == HOST_KIND_BOOLEAN && boolean_of(actual) >= 0 &&
        boolean_of(actual) == boolean_of(expected)) {
        return NULL;
    }
    return format_string("row %zu, column %zu (%s): expected '%s', got '%s'",
                         index / result->column_count + 1, column + 1, result->names[column],
                         expected, actual);
}

char *compare_values(struct host_connection *converter, const struct host_result *result,
                     const struct expectation *expected)
{
    if (result->column_count == 0) {
        return copy_string("the query has no result");
    }
    if (result->column_count != expected->column_count) {
        return format_string("the test declares %zu columns, the result has %zu",
                             expected->column_count, result->column_count);
    }
    struct strings values = {0};
    char *failure = expected_values(result, expected, &values);
    for (size_t i = 0; failure == NULL && i < values.count; i++) {
        failure = compare_value(converter, result, i, values.at[i]);
    }
    strings_release(&values);
    return failure;
}

char *describe_hash(const struct host_result *result)
{
    size_t value_count = result->row_count * result->column_count;
    char hex[33];
    host_hash(result->values, value_count, hex);
    return format_string("%zu values hashing to %s", value_count, hex);
}

bool is_hash(const char *line)
{
    static const char middle[] = " values hashing to ";
    size_t digits = strspn(line, "0123456789");
    const char *hex = line + digits + strlen(middle);
    return digits > 0 && starts_with(line + digits, middle) && strlen(hex) == 32 &&
           strspn(hex, "0123456789abcdef") == 32;
}

char *compare_error(const char *actual, const char *expected)
{
    if (strstr(actual, expected) != NULL) {
        return NULL;
    }
    char *error = NULL;
    if (matches_pattern(actual, expected, &error)) {
        return NULL;
    }
    char *message = error != NULL
                        ? format_string("bad pattern: %s\nexpected error:\n%s", error, expected)
                        : format_string("wrong error\nexpected:\n%s", expected);
    free(error);
    return message;
}

void describe_result(const struct host_result *result, struct text *report)
{
    for (size_t row = 0; row < result->row_count && row < REPORT_ROWS_MAX; row++) {
        for (size_t column = 0; column < result->column_count; column++) {
            text_append_string(report, column > 0 ? "\t" : "    ");
            text_append_string(report, result->values[row * result->column_count + column]);
        }
        text_append_string(report, "\n");
    }
    if (result->row_count > REPORT_ROWS_MAX) {
        text_append_format(report, "    ... %zu rows in all\n", result->row_count);
    }
}
