/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void run_record(struct scope *scope, const struct record *record);

static void run_children(struct scope *scope, const struct record *loop)
{
    for (size_t i = 0; i < loop->child_count && !atomic_load(&scope->runner->finished); i++) {
        run_record(scope, &loop->children[i]);
    }
}

static void *run_thread(void *argument)
{
    struct scope *scope = argument;
    run_children(scope, scope->loops[scope->depth - 1].loop);
    return NULL;
}

/* One thread and one connection per round. */
static void run_concurrently(const struct scope *outer, const struct record *loop, long begin,
                             long end)
{
    struct runner *runner = outer->runner;
    size_t count = (size_t)(end - begin);
    struct scope *scopes = allocate(count * sizeof(*scopes));
    pthread_t *threads = allocate(count * sizeof(*threads));
    size_t started = 0;
    while (started < count && !atomic_load(&runner->finished)) {
        struct scope *scope = &scopes[started];
        *scope = *outer;
        scope->loops[scope->depth].loop = loop;
        scope->loops[scope->depth].round = begin + (long)started;
        scope->depth++;
        char *error = NULL;
        scope->connection = host_connection_open(runner->database, &error);
        if (scope->connection == NULL ||
            pthread_create(&threads[started], NULL, run_thread, scope) != 0) {
            report_failure(runner, loop->line, NULL,
                           error != NULL ? error : "cannot start a thread");
            host_connection_close(scope->connection);
            free(error);
            break;
        }
        started++;
    }
    for (size_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        host_connection_close(scopes[i].connection);
    }
    free(threads);
    free(scopes);
}

static void run_loop(struct scope *scope, const struct record *loop)
{
    long begin = loop->kind == RECORD_FOREACH ? 0 : loop->begin;
    long end = loop->kind == RECORD_FOREACH ? (long)loop->values.count : loop->end;
    if (scope->depth == LOOP_DEPTH_MAX) {
        report_failure(scope->runner, loop->line, NULL, "loops are nested too deeply");
        return;
    }
    if (loop->concurrent && scope->connection != NULL) {
        report_failure(scope->runner, loop->line, NULL, "concurrent loops cannot be nested");
        return;
    }
    if (loop->concurrent) {
        run_concurrently(scope, loop, begin, end);
        return;
    }
    scope->loops[scope->depth++].loop = loop;
    for (long round = begin; round < end && !atomic_load(&scope->runner->finished); round++) {
        scope->loops[scope->depth - 1].round = round;
        run_children(scope, loop);
    }
    scope->depth--;
}

static void fail(struct runner *runner, const struct record *record, char *owned_message)
{
    report_failure(runner, record->line, NULL, owned_message);
    free(owned_message);
}

static void skip(struct runner *runner, char *owned_reason)
{
    report_skip(runner, owned_reason);
    free(owned_reason);
}

static void run_require_env(struct runner *runner, const struct record *record)
{
    const char *name = record->parameters.at[0];
    const char *value = getenv(name);
    const char *wanted = record->parameters.count > 1 ? record->parameters.at[1] : value;
    if (value == NULL || strcmp(value, wanted) != 0) {
        skip(runner, format_string("require-env %s%s%s", name, wanted != NULL ? " " : "",
                                   wanted != NULL ? wanted : ""));
    } else if (has_variable(runner, name)) {
        fail(runner, record, format_string("variable '%s' is already defined", name));
    } else {
        set_variable(runner, name, value);
    }
}

static void run_test_env(struct runner *runner, const struct record *record)
{
    const char *name = record->parameters.at[0];
    const char *value = getenv(name);
    if (has_variable(runner, name)) {
        fail(runner, record, format_string("variable '%s' is already defined", name));
    } else {
        set_variable(runner, name, value != NULL ? value : record->parameters.at[1]);
    }
}

/* set NAME part of a message, another message: a list with commas between messages with blanks. */
static void set_messages(struct strings *messages, const struct record *record)
{
    struct text joined = {0};
    struct strings pieces = {0};
    for (size_t i = 1; i < record->parameters.count; i++) {
        text_append_format(&joined, "%s%s", i > 1 ? " " : "", record->parameters.at[i]);
    }
    split(joined.at != NULL ? joined.at : "", ",", &pieces);
    strings_release(messages);
    for (size_t i = 0; i < pieces.count; i++) {
        if (trim(pieces.at[i])[0] != '\0') {
            strings_add(messages, copy_string(pieces.at[i]));
        }
    }
    strings_release(&pieces);
    text_release(&joined);
}

static void run_set(struct runner *runner, const struct record *record)
{
    const char *name = record->parameters.at[0];
    if (strcmp(name, "ignore_error_messages") == 0) {
        set_messages(&runner->ignored_errors, record);
    } else if (strcmp(name, "always_fail_error_messages") == 0) {
        set_messages(&runner->fatal_errors, record);
    } else if (strcmp(name, "seed") == 0 && record->parameters.count == 2) {
        char *sql = format_string("SELECT setseed(%s)", record->parameters.at[1]);
        struct host_result result;
        host_query(runner->connection, runner->connection, sql, &result);
        if (result.error != NULL) {
            report_failure(runner, record->line, sql, result.error);
        }
        host_result_release(&result);
        free(sql);
    } else {
        fail(runner, record, format_string("unknown setting '%s'", name));
    }
}

static void run_reset(struct runner *runner, const struct record *record)
{
    const char *name = record->parameters.at[1];
    if (strcmp(record->parameters.at[0], "label") != 0) {
        fail(runner, record, format_string("unknown reset '%s'", record->parameters.at[0]));
        return;
    }
    for (size_t i = 0; i < runner->label_count; i++) {
        if (strcmp(runner->labels[i].name, name) == 0) {
            free(runner->labels[i].name);
            free(runner->labels[i].hash);
            runner->labels[i] = runner->labels[--runner->label_count];
            return;
        }
    }
    fail(runner, record, format_string("no label '%s'", name));
}

static void run_mode(struct runner *runner, const struct record *record)
{
    const char *mode = record->parameters.at[0];
    if (strcmp(mode, "output_hash") == 0) {
        runner->output_hash = true;
    } else if (strcmp(mode, "output_result") == 0 || strcmp(mode, "debug") == 0) {
        runner->output_result = true;
    } else if (strcmp(mode, "no_output") == 0) {
        runner->output_hash = false;
        runner->output_result = false;
    } else {
        fail(runner, record, format_string("unknown mode '%s'", mode));
    }
}

static void run_sleep(struct runner *runner, const struct record *record)
{
    static const struct {
        const char *prefix;
        long nanoseconds;
    } units[] = {{"sec", 1000000000}, {"milli", 1000000}, {"micro", 1000}, {"nano", 1}};
    long count = 0;
    long unit = 0;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        unit = starts_with(record->parameters.at[1], units[i].prefix) ? units[i].nanoseconds : unit;
    }
    if (!parse_long(record->parameters.at[0], &count) || count < 0 || unit == 0) {
        fail(runner, record,
             copy_string("expected: sleep N second|millisecond|microsecond|nanosecond"));
        return;
    }
    long per_second = 1000000000 / unit;
    struct timespec rest = {.tv_sec = count / per_second, .tv_nsec = count % per_second * unit};
    while (nanosleep(&rest, &rest) != 0) {
    }
}

static void run_load(struct scope *scope, const struct record *record)
{
    struct runner *runner = scope->runner;
    const struct strings *parameters = &record->parameters;
    const char *access_mode = parameters->count > 1 ? parameters->at[1] : "readwrite";
    runner->read_only = strcmp(access_mode, "readonly") == 0;
    if (!runner->read_only && strcmp(access_mode, "readwrite") != 0) {
        fail(runner, record,
             format_string("load: '%s' is neither readonly nor readwrite", access_mode));
        return;
    }
    database_close(runner);
    free(runner->database_path);
    free(runner->storage_version);
    runner->database_path = substitute(scope, parameters->count > 0 ? parameters->at[0] : "");
    runner->storage_version = parameters->count > 2 ? copy_string(parameters->at[2]) : NULL;
    if (!runner->read_only && runner->database_path[0] != '\0') {
        char *log_path = format_string("%s.wal", runner->database_path);
        unlink(runner->database_path);
        unlink(log_path);
        free(log_path);
    }
    database_open(runner, runner->database_path, true, record->line);
}

static void run_restart(struct runner *runner, const struct record *record)
{
    bool load_required = record->parameters.count == 0;
    if (runner->database_path[0] == '\0') {
        fail(runner, record,
             copy_string("a database in memory cannot be restarted, use load first"));
    } else {
        database_open(runner, runner->database_path, load_required, record->line);
    }
}

static void run_require(struct runner *runner, const struct record *record)
{
    char *missing = NULL;
    if (check_require(runner, record, &missing) && missing != NULL) {
        report_skip(runner, missing);
    }
    free(missing);
}

static void run_conditionally(struct scope *scope, const struct record *record)
{
    char *error = NULL;
    bool run = conditions_hold(scope, record, &error);
    if (error != NULL) {
        report_failure(scope->runner, record->line, NULL, error);
        free(error);
    } else if (run) {
        run_sql(scope, record);
    }
}

/* Commands that change what all threads share. */
static void run_file_command(struct scope *scope, const struct record *record)
{
    struct runner *runner = scope->runner;
    switch (record->kind) {
    case RECORD_HASH_THRESHOLD:
        if (!parse_long(record->parameters.at[0], &runner->hash_threshold)) {
            fail(runner, record, copy_string("hash-threshold needs a number"));
        }
        break;
    case RECORD_HALT:
        atomic_store(&runner->finished, true);
        break;
    case RECORD_MODE:
        run_mode(runner, record);
        break;
    case RECORD_SET:
        run_set(runner, record);
        break;
    case RECORD_RESET:
        run_reset(runner, record);
        break;
    case RECORD_REQUIRE:
        run_require(runner, record);
        break;
    case RECORD_REQUIRE_ENV:
        run_require_env(runner, record);
        break;
    case RECORD_TEST_ENV:
        run_test_env(runner, record);
        break;
    case RECORD_LOAD:
        run_load(scope, record);
        break;
    case RECORD_RESTART:
        run_restart(runner, record);
        break;
    case RECORD_RECONNECT:
        database_reconnect(runner, record->line);
        break;
    case RECORD_TAGS:
        break;
    case RECORD_ENDLOOP:
        fail(runner, record, copy_string("endloop without a loop"));
        break;
    default:
        fail(runner, record, copy_string("this command is not supported by this runner"));
        break;
    }
}

static void run_record(struct scope *scope, const struct record *record)
{
    switch (record->kind) {
    case RECORD_STATEMENT:
    case RECORD_QUERY:
        run_conditionally(scope, record);
        break;
    case RECORD_LOOP:
    case RECORD_FOREACH:
        run_loop(scope, record);
        break;
    case RECORD_SLEEP:
        run_sleep(scope->runner, record);
        break;
    default:
        if (scope->connection != NULL) {
            fail(scope->runner, record, copy_string("this command cannot be in a concurrent loop"));
        } else {
            run_file_command(scope, record);
        }
        break;
    }
}

static void run_records(struct runner *runner, struct reader *reader)
{
    struct scope scope = {.runner = runner};
    while (!atomic_load(&runner->finished)) {
        struct record record = {0};
        enum read_status status = reader_next(reader, &record);
        if (status == READ_ERROR) {
            report_failure(runner, reader->error_line, NULL, reader->error);
        } else if (status == READ_RECORD) {
            runner->progress->line = record.line;
            run_record(&scope, &record);
        }
        record_release(&record);
        if (status != READ_RECORD) {
            break;
        }
    }
    if (reader->has_skipped && !runner->has_run_sql) {
        report_skip(runner, "mode skip");
    }
}

static char *make_uuid(void)
{
    unsigned char bytes[16] = {0};
    FILE *random = fopen("/dev/urandom", "rb");
    if (random != NULL) {
        size_t count = fread(bytes, 1, sizeof(bytes), random);
        (void)count;
        fclose(random);
    }
    struct text uuid = {0};
    for (size_t i = 0; i < sizeof(bytes); i++) {
        text_append_format(&uuid, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                           bytes[i]);
    }
    return uuid.at;
}

static void release(struct runner *runner)
{
    database_close(runner);
    for (size_t i = 0; i < runner->variable_count; i++) {
        free(runner->variables[i].name);
        free(runner->variables[i].value);
    }
    for (size_t i = 0; i < runner->label_count; i++) {
        free(runner->labels[i].name);
        free(runner->labels[i].hash);
    }
    free(runner->variables);
    free(runner->labels);
    free(runner->directory);
    free(runner->uuid);
    free(runner->database_path);
    free(runner->storage_version);
    strings_release(&runner->extensions);
    strings_release(&runner->ignored_errors);
    strings_release(&runner->fatal_errors);
    pthread_mutex_destroy(&runner->lock);
}

enum outcome run_file(const struct options *options, const char *path, struct progress *progress)
{
    struct runner runner = {
        .options = options,
        .progress = progress,
        .path = path,
        .directory = format_string("%s/%ld", options->test_dir, (long)getpid()),
        .uuid = make_uuid(),
        .database_path = copy_string(""),
    };
    pthread_mutex_init(&runner.lock, NULL);
    strings_add(&runner.fatal_errors, copy_string("INTERNAL"));
    strings_add(&runner.fatal_errors, copy_string("differs from original result"));
    struct reader reader = {0};
    if (!reader_open(&reader, path)) {
        report_failure(&runner, 0, NULL, "cannot read the file");
    } else if (mkdir(runner.directory, 0777) != 0 || chmod(runner.directory, 01777) != 0) {
        report_failure(&runner, 0, NULL, "cannot make the temporary directory");
    } else if (database_open(&runner, "", true, 0)) {
        run_records(&runner, &reader);
    }
    reader_release(&reader);
    release(&runner);
    return (enum outcome)atomic_load(&runner.outcome);
}
