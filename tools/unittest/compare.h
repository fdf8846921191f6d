/* SPDX-License-Identifier: MIT
 *
 * Whether what DuckDB answered is what the test expects. The texts that come in have their
 * variables replaced already. Every function returns NULL when all is well, else an owned
 * description. */
#ifndef UNITTEST_COMPARE_H
#define UNITTEST_COMPARE_H

#include "host.h"

enum sort_style { SORT_NONE, SORT_ROWS, SORT_VALUES };

/* False if the word names no sort style. */
bool parse_sort_style(const char *word, enum sort_style *style);

struct expectation {
    struct strings lines;
    size_t column_count; /* as declared by the query */
};

/* Sorts the values of a result in place. */
void sort_result(struct host_result *result, enum sort_style style);

/* Compares values, given row by row (tabs between columns) or one per line. */
char *compare_values(struct host_connection *converter, const struct host_result *result,
                     const struct expectation *expected);

/* "6 values hashing to acbd18db4cc2f85cedef654fccc4a4d8", owned. */
char *describe_hash(const struct host_result *result);
bool is_hash(const char *line);

/* Whether an error's text contains the expected one or matches its <REGEX>: or <!REGEX>:. */
char *compare_error(const char *actual, const char *expected);

/* All values as an indented table for a failure report. */
void describe_result(const struct host_result *result, struct text *report);

#endif
