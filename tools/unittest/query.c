/* SPDX-License-Identifier: MIT
 *
 * `statement` and `query`: run the SQL, judge the answer. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note_progress(struct runner *runner, const struct record *record, const char *sql)
{
    pthread_mutex_lock(&runner->lock);
    runner->progress->line = record->line;
    snprintf(runner->progress->sql, sizeof(runner->progress->sql), "%s", sql);
    runner->has_run_sql = true;
    pthread_mutex_unlock(&runner->lock);
}

/* An expected error that holds one of these is still a fault of the program. */
static const char *fatal_part(const struct runner *runner, const char *error)
{
    for (size_t i = 0; i < runner->fatal_errors.count; i++) {
        if (strstr(error, runner->fatal_errors.at[i]) != NULL) {
            return runner->fatal_errors.at[i];
        }
    }
    return NULL;
}

/* Skips the file if the error is one that the test asked to be ignored. */
static bool is_ignored(struct runner *runner, const char *error)
{
    for (size_t i = 0; i < runner->ignored_errors.count; i++) {
        if (strstr(error, runner->ignored_errors.at[i]) != NULL) {
            char *reason = format_string("ignored error: %s", runner->ignored_errors.at[i]);
            report_skip(runner, reason);
            free(reason);
            return true;
        }
    }
    return false;
}

static void fail(struct runner *runner, const struct record *record, const char *sql,
                 const char *description, const char *error)
{
    char *text = error == NULL ? copy_string(description)
                               : format_string("%s\nactual error:\n%s", description, error);
    report_failure(runner, record->line, sql, text);
    free(text);
}

static char *join_lines(const struct scope *scope, const struct strings *lines)
{
    struct text joined = {0};
    text_append(&joined, "", 0);
    for (size_t i = 0; i < lines->count; i++) {
        text_append_string(&joined, i > 0 ? "\n" : "");
        text_append_string(&joined, lines->at[i]);
    }
    char *result = substitute(scope, joined.at);
    text_release(&joined);
    return result;
}

static void judge_statement(struct scope *scope, const struct record *record, const char *sql,
                            const struct host_result *result)
{
    struct runner *runner = scope->runner;
    const char *outcome = record->parameters.at[0];
    bool wants_error = strcmp(outcome, "error") == 0;
    if (result->error == NULL) {
        if (wants_error) {
            fail(runner, record, sql, "the statement succeeded, an error was expected", NULL);
        }
        return;
    }
    const char *fatal = strcmp(outcome, "ok") != 0 ? fatal_part(runner, result->error) : NULL;
    if (fatal != NULL) {
        fail(runner, record, sql, "an internal error is never expected", result->error);
    } else if (strcmp(outcome, "ok") == 0) {
        if (!is_ignored(runner, result->error)) {
            fail(runner, record, sql, "the statement failed", result->error);
        }
    } else if (wants_error || strcmp(outcome, "maybe") == 0) {
        char *expected = join_lines(scope, &record->expected);
        char *description = compare_error(result->error, expected);
        if (description != NULL && !is_ignored(runner, result->error)) {
            fail(runner, record, sql, description, result->error);
        }
        free(description);
        free(expected);
    }
}

/* The hash is remembered under the label; a later query with it must give the same. */
static char *check_label(struct runner *runner, const char *name, const char *hash)
{
    char *failure = NULL;
    bool found = false;
    pthread_mutex_lock(&runner->lock);
    for (size_t i = 0; i < runner->label_count; i++) {
        if (strcmp(runner->labels[i].name, name) == 0) {
            found = true;
            if (strcmp(runner->labels[i].hash, hash) != 0) {
                failure = format_string("label %s: expected %s, got %s", name,
                                        runner->labels[i].hash, hash);
            }
        }
    }
    if (!found) {
        runner->labels =
            reallocate(runner->labels, (runner->label_count + 1) * sizeof(*runner->labels));
        runner->labels[runner->label_count++] =
            (struct label){.name = copy_string(name), .hash = copy_string(hash)};
    }
    pthread_mutex_unlock(&runner->lock);
    return failure;
}

static char *check_hash(struct runner *runner, const struct record *record,
                        const struct host_result *result, const struct expectation *expected)
{
    char *hash = describe_hash(result);
    char *failure = NULL;
    if (record->parameters.count > 2) {
        failure = check_label(runner, record->parameters.at[2], hash);
    }
    if (failure == NULL && expected->lines.count == 1 && is_hash(expected->lines.at[0]) &&
        strcmp(expected->lines.at[0], hash) != 0) {
        failure = format_string("expected %s, got %s", expected->lines.at[0], hash);
    }
    free(hash);
    return failure;
}

/* <FILE>:path names a CSV file with | between columns and a header. */
static char *read_expected_file(struct scope *scope, const struct host_result *like,
                                struct expectation *expected)
{
    struct text sql = {0};
    char *path = replace_all(expected->lines.at[0] + strlen("<FILE>:"), "'", "''");
    text_append_format(
        &sql, "SELECT * FROM read_csv('%s', header=1, sep='|', auto_detect=false, columns={", path);
    for (size_t i = 0; i < like->column_count; i++) {
        char *name = replace_all(like->names[i], "\"", "\"\"");
        text_append_format(&sql, "%s\"%s\": 'VARCHAR'", i > 0 ? ", " : "", name);
        free(name);
    }
    text_append_string(&sql, "})");
    free(path);
    struct host_connection *connection =
        scope->connection != NULL ? scope->connection : scope->runner->connection;
    struct host_result file;
    host_query(connection, connection, sql.at, &file);
    text_release(&sql);
    strings_release(&expected->lines);
    char *failure = file.error != NULL ? copy_string(file.error) : NULL;
    for (size_t i = 0; failure == NULL && i < file.row_count * file.column_count; i++) {
        strings_add(&expected->lines, copy_string(file.values[i]));
    }
    host_result_release(&file);
    return failure;
}

static char *check_result(struct scope *scope, const struct record *record,
                          struct host_result *result, struct expectation *expected)
{
    struct runner *runner = scope->runner;
    enum sort_style style = SORT_NONE;
    if (record->parameters.count > 1) {
        parse_sort_style(record->parameters.at[1], &style);
    }
    sort_result(result, style);
    if (runner->output_hash) {
        char *hash = describe_hash(result);
        printf("%s:%zu: %s\n", runner->path, record->line, hash);
        free(hash);
        return NULL;
    }
    long value_count = (long)(result->row_count * result->column_count);
    bool is_large = runner->hash_threshold > 0 && value_count > runner->hash_threshold;
    if (record->parameters.count > 2 || is_large ||
        (expected->lines.count == 1 && is_hash(expected->lines.at[0]))) {
        return check_hash(runner, record, result, expected);
    }
    if (expected->lines.count == 1 && starts_with(expected->lines.at[0], "<FILE>:")) {
        char *failure = read_expected_file(scope, result, expected);
        if (failure != NULL) {
            return failure;
        }
    }
    return compare_values(runner->connection, result, expected);
}

static void judge_query(struct scope *scope, const struct record *record, const char *sql,
                        struct host_result *result)
{
    if (result->error != NULL) {
        if (!is_ignored(scope->runner, result->error)) {
            fail(scope->runner, record, sql, "the query failed", result->error);
        }
        return;
    }
    struct expectation expected = {.column_count = strlen(record->parameters.at[0])};
    for (size_t i = 0; i < record->expected.count; i++) {
        strings_add(&expected.lines, substitute(scope, record->expected.at[i]));
    }
    char *failure = check_result(scope, record, result, &expected);
    if (failure != NULL) {
        struct text report = {0};
        text_append_format(&report, "wrong result: %s\nexpected:\n", failure);
        for (size_t i = 0; i < expected.lines.count; i++) {
            text_append_format(&report, "    %s\n", expected.lines.at[i]);
        }
        text_append_string(&report, "actual:\n");
        describe_result(result, &report);
        report.at[report.size_bytes - 1] = '\0';
        fail(scope->runner, record, sql, report.at, NULL);
        text_release(&report);
        free(failure);
    }
    strings_release(&expected.lines);
}

/* The connection named by the record, else the loop's own, else the file's. */
static struct host_connection *pick_connection(struct scope *scope, const struct record *record)
{
    enum sort_style ignored;
    const char *name = record->parameters.count > 1 ? record->parameters.at[1] : NULL;
    if (name == NULL || (record->kind == RECORD_QUERY && parse_sort_style(name, &ignored))) {
        return scope->connection != NULL ? scope->connection : scope->runner->connection;
    }
    if (scope->connection != NULL) {
        report_failure(scope->runner, record->line, NULL,
                       "named connections are not supported in concurrent loops");
        return NULL;
    }
    return database_connection(scope->runner, name, record->line);
}

static void print_result(struct runner *runner, const struct record *record, const char *sql,
                         const struct host_result *result)
{
    struct text report = {0};
    describe_result(result, &report);
    pthread_mutex_lock(&runner->lock);
    printf("%s:%zu: %s\n%s", runner->path, record->line, sql, report.at != NULL ? report.at : "");
    if (result->error != NULL) {
        printf("    %s\n", result->error);
    }
    pthread_mutex_unlock(&runner->lock);
    text_release(&report);
}

void run_sql(struct scope *scope, const struct record *record)
{
    struct host_connection *connection = pick_connection(scope, record);
    if (connection == NULL) {
        return;
    }
    char *sql = substitute(scope, record->sql);
    note_progress(scope->runner, record, sql);
    struct host_result result;
    host_query(connection, scope->runner->connection, sql, &result);
    if (scope->runner->output_result || starts_with(record->parameters.at[0], "debug")) {
        print_result(scope->runner, record, sql, &result);
    }
    if (record->kind == RECORD_STATEMENT) {
        judge_statement(scope, record, sql, &result);
    } else {
        judge_query(scope, record, sql, &result);
    }
    host_result_release(&result);
    free(sql);
}
