/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct command_word {
    const char *word;
    enum record_kind kind;
    bool single_line; /* must be followed by an empty line or a comment */
    bool concurrent;
    size_t parameters_min;
    size_t parameters_max;
    const char *usage;
} command_words[] = {
    {"statement", RECORD_STATEMENT, false, false, 1, 2,
     "statement ok|error|maybe|debug [connection]"},
    {"query", RECORD_QUERY, false, false, 1, 3,
     "query III [nosort|rowsort|valuesort|connection] [label]"},
    {"skipif", RECORD_CONDITION, false, false, 1, 99, "skipif duckdb or skipif i=3"},
    {"onlyif", RECORD_CONDITION, false, false, 1, 99, "onlyif duckdb or onlyif i=3"},
    {"hash-threshold", RECORD_HASH_THRESHOLD, true, false, 1, 1, "hash-threshold N"},
    {"halt", RECORD_HALT, true, false, 0, 0, "halt"},
    {"mode", RECORD_MODE, true, false, 1, 1,
     "mode skip|unskip|output_hash|output_result|no_output|debug"},
    {"set", RECORD_SET, true, false, 1, 99,
     "set ignore_error_messages|always_fail_error_messages|seed ..."},
    {"reset", RECORD_RESET, true, false, 2, 2, "reset label NAME"},
    {"loop", RECORD_LOOP, true, false, 3, 3, "loop NAME FIRST END"},
    {"concurrentloop", RECORD_LOOP, true, true, 3, 3, "concurrentloop NAME FIRST END"},
    {"foreach", RECORD_FOREACH, true, false, 2, 9999, "foreach NAME VALUE..."},
    {"concurrentforeach", RECORD_FOREACH, true, true, 2, 9999, "concurrentforeach NAME VALUE..."},
    {"endloop", RECORD_ENDLOOP, true, false, 0, 0, "endloop"},
    {"require", RECORD_REQUIRE, true, false, 1, 99,
     "require EXTENSION or require CONDITION [value]"},
    {"require-env", RECORD_REQUIRE_ENV, true, false, 1, 2, "require-env NAME [value]"},
    {"test-env", RECORD_TEST_ENV, true, false, 2, 2, "test-env NAME DEFAULT"},
    {"load", RECORD_LOAD, true, false, 0, 3, "load [PATH] [readonly|readwrite] [storage version]"},
    {"restart", RECORD_RESTART, true, false, 0, 1, "restart [no_extension_load]"},
    {"reconnect", RECORD_RECONNECT, true, false, 0, 0, "reconnect"},
    {"sleep", RECORD_SLEEP, true, false, 2, 2, "sleep N second|millisecond|microsecond|nanosecond"},
    {"unzip", RECORD_UNZIP, true, false, 1, 2, "unzip FILE.gz [TARGET]"},
    {"tags", RECORD_TAGS, true, false, 1, 99, "tags NAME..."},
};

bool reader_open(struct reader *reader, const char *path)
{
    *reader = (struct reader){.path = path};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    struct text line = {0};
    int byte = getc(file);
    while (byte != EOF) {
        if (byte == '\n') {
            strings_add(&reader->lines, copy_bytes(line.at, line.size_bytes));
            line.size_bytes = 0;
        } else if (byte != '\r') {
            char letter = (char)byte;
            text_append(&line, &letter, 1);
        }
        byte = getc(file);
    }
    if (line.size_bytes > 0) {
        strings_add(&reader->lines, copy_bytes(line.at, line.size_bytes));
    }
    text_release(&line);
    bool success = ferror(file) == 0;
    fclose(file);
    return success;
}

void reader_release(struct reader *reader)
{
    strings_release(&reader->lines);
    free(reader->error);
    *reader = (struct reader){0};
}

void record_release(struct record *record)
{
    strings_release(&record->parameters);
    strings_release(&record->expected);
    strings_release(&record->values);
    free(record->sql);
    for (size_t i = 0; i < record->condition_count; i++) {
        free(record->conditions[i].variable);
        free(record->conditions[i].value);
    }
    free(record->conditions);
    for (size_t i = 0; i < record->child_count; i++) {
        record_release(&record->children[i]);
    }
    free(record->children);
    *record = (struct record){0};
}

static enum read_status fail(struct reader *reader, char *owned_message)
{
    free(reader->error);
    reader->error = owned_message;
    reader->error_line = reader->line + 1;
    return READ_ERROR;
}

static bool at_end(const struct reader *reader)
{
    return reader->line >= reader->lines.count;
}

static const char *current(const struct reader *reader)
{
    return reader->lines.at[reader->line];
}

static bool separates(const char *line)
{
    return line[0] == '\0' || line[0] == '#';
}

/* Moves to the first line of the next record. */
static bool find_record(struct reader *reader)
{
    while (reader->started && !at_end(reader) && !separates(current(reader))) {
        reader->line++;
    }
    reader->started = true;
    while (!at_end(reader) && separates(current(reader))) {
        reader->line++;
    }
    return !at_end(reader);
}

/* Splits the current line into command word and parameters. */
static enum read_status read_command(struct reader *reader, struct record *record,
                                     const struct command_word **word)
{
    char *line = copy_string(current(reader));
    char *rest = NULL;
    char *first = strtok_r(line, " \t\v\f", &rest);
    *word = NULL;
    for (size_t i = 0; first != NULL && i < sizeof(command_words) / sizeof(command_words[0]); i++) {
        if (strcmp(first, command_words[i].word) == 0) {
            *word = &command_words[i];
        }
    }
    if (*word == NULL) {
        char *message = format_string("unknown command '%s'", first != NULL ? first : "");
        free(line);
        return fail(reader, message);
    }
    for (char *next = strtok_r(NULL, " \t\v\f", &rest); next != NULL;
         next = strtok_r(NULL, " \t\v\f", &rest)) {
        strings_add(&record->parameters, copy_string(next));
    }
    free(line);
    record->kind = (*word)->kind;
    record->concurrent = (*word)->concurrent;
    record->line = reader->line + 1;
    if (record->parameters.count < (*word)->parameters_min ||
        record->parameters.count > (*word)->parameters_max) {
        return fail(reader, format_string("expected: %s", (*word)->usage));
    }
    if ((*word)->single_line && reader->line + 1 < reader->lines.count &&
        !separates(reader->lines.at[reader->line + 1])) {
        return fail(reader, format_string("'%s' must be followed by an empty line", (*word)->word));
    }
    return READ_RECORD;
}

static const struct comparator {
    const char *sign;
    enum comparison comparison;
} comparators[] = {
    {"<>", CMP_NE}, {">=", CMP_GE}, {">", CMP_GT}, {"<=", CMP_LE}, {"<", CMP_LT}, {"=", CMP_EQ},
};

static bool add_condition(struct record *record, const char *text, bool skip_if)
{
    for (size_t i = 0; i < sizeof(comparators) / sizeof(comparators[0]); i++) {
        const char *hit = strstr(text, comparators[i].sign);
        if (hit == NULL) {
            continue;
        }
        struct condition condition = {
            .variable = trim(copy_bytes(text, (size_t)(hit - text))),
            .value = trim(copy_string(hit + strlen(comparators[i].sign))),
            .comparison = comparators[i].comparison,
            .skip_if = skip_if,
        };
        record->conditions =
            reallocate(record->conditions, (record->condition_count + 1) * sizeof(condition));
        record->conditions[record->condition_count++] = condition;
        return true;
    }
    return false;
}

/* Reads skipif/onlyif lines in front of a command. *excluded: the record is for another system. */
static enum read_status read_conditions(struct reader *reader, struct record *record,
                                        const struct command_word **word, bool *excluded)
{
    while (record->kind == RECORD_CONDITION) {
        bool skip_if = strcmp((*word)->word, "skipif") == 0;
        const char *parameter = record->parameters.at[0];
        if (strpbrk(parameter, "=<>") == NULL) {
            bool is_ours = strcmp(parameter, "duckdb") == 0;
            if (is_ours == skip_if) {
                *excluded = true;
                return READ_RECORD;
            }
        } else {
            struct strings terms = {0};
            split(parameter, "&&", &terms);
            bool valid = true;
            for (size_t i = 0; i < terms.count && valid; i++) {
                valid = add_condition(record, terms.at[i], skip_if);
            }
            strings_release(&terms);
            if (!valid) {
                return fail(reader,
                            copy_string("expected conditions like x=y or x>y, joined by &&"));
            }
        }
        strings_release(&record->parameters);
        reader->line++;
        if (at_end(reader) || separates(current(reader))) {
            return fail(reader, copy_string("skipif/onlyif without a command"));
        }
        if (read_command(reader, record, word) != READ_RECORD) {
            return READ_ERROR;
        }
    }
    if (record->condition_count > 0 && record->kind != RECORD_STATEMENT &&
        record->kind != RECORD_QUERY) {
        return fail(reader, copy_string("loop conditions apply to statement and query only"));
    }
    return READ_RECORD;
}

/* The lines up to an empty line, a comment or ----. */
static void read_sql(struct reader *reader, struct record *record)
{
    struct text sql = {0};
    text_append(&sql, "", 0);
    reader->line++;
    while (!at_end(reader) && !separates(current(reader)) && strcmp(current(reader), "----") != 0) {
        if (sql.size_bytes > 0) {
            text_append(&sql, "\n", 1);
        }
        text_append_string(&sql, current(reader));
        reader->line++;
    }
    record->sql = sql.at;
}

/* What follows ----, up to an empty line. False if there is no ----. */
static bool read_expected(struct reader *reader, struct record *record)
{
    if (at_end(reader) || strcmp(current(reader), "----") != 0) {
        return false;
    }
    reader->line++;
    while (!at_end(reader) && current(reader)[0] != '\0') {
        strings_add(&record->expected, copy_string(current(reader)));
        reader->line++;
    }
    return true;
}

static enum read_status read_statement(struct reader *reader, struct record *record)
{
    const char *outcome = record->parameters.at[0];
    bool expects_error = strcmp(outcome, "error") == 0 || strcmp(outcome, "maybe") == 0;
    if (!expects_error && strcmp(outcome, "ok") != 0 && strcmp(outcome, "debug") != 0 &&
        strcmp(outcome, "debug_skip") != 0) {
        return fail(reader, format_string("unknown outcome '%s' of a statement", outcome));
    }
    reader->skip_level += strcmp(outcome, "debug_skip") == 0 ? 1 : 0;
    read_sql(reader, record);
    if (record->sql[0] == '\0') {
        return fail(reader, copy_string("statement without SQL"));
    }
    bool has_expected = read_expected(reader, record);
    if (expects_error && !has_expected) {
        return fail(reader, format_string("statement %s needs an error text after ----", outcome));
    }
    if (!expects_error && has_expected) {
        return fail(reader, format_string("statement %s cannot have an error text", outcome));
    }
    return READ_RECORD;
}

static enum read_status read_query(struct reader *reader, struct record *record)
{
    const char *types = record->parameters.at[0];
    if (strspn(types, "TIR") != strlen(types)) {
        return fail(reader, format_string("unknown column types '%s', only I, T and R", types));
    }
    read_sql(reader, record);
    if (record->sql[0] == '\0') {
        return fail(reader, copy_string("query without SQL"));
    }
    read_expected(reader, record);
    return READ_RECORD;
}

static enum read_status read_loop(struct reader *reader, struct record *record)
{
    if (record->kind == RECORD_FOREACH) {
        for (size_t i = 1; i < record->parameters.count; i++) {
            expand_foreach_token(record->parameters.at[i], &record->values);
        }
    } else if (!parse_long(record->parameters.at[1], &record->begin) ||
               !parse_long(record->parameters.at[2], &record->end)) {
        return fail(reader, copy_string("the bounds of a loop must be numbers"));
    }
    if (record->kind == RECORD_FOREACH ? record->values.count == 0 : record->begin >= record->end) {
        return fail(reader, copy_string("loop without a single round"));
    }
    for (;;) {
        struct record child = {0};
        enum read_status status = reader_next(reader, &child);
        if (status == READ_RECORD && child.kind == RECORD_ENDLOOP) {
            record_release(&child);
            return READ_RECORD;
        }
        if (status != READ_RECORD) {
            record_release(&child);
            return status == READ_ERROR ? status : fail(reader, copy_string("missing endloop"));
        }
        record->children =
            reallocate(record->children, (record->child_count + 1) * sizeof(*record->children));
        record->children[record->child_count++] = child;
    }
}

/* Whether the record is to be passed over; keeps count of `mode skip` and `mode unskip`. */
static bool pass_over(struct reader *reader, const struct record *record)
{
    const char *mode = record->kind == RECORD_MODE ? record->parameters.at[0] : "";
    if (strcmp(mode, "skip") == 0) {
        reader->skip_level++;
        return true;
    }
    if (strcmp(mode, "unskip") == 0) {
        reader->skip_level -= reader->skip_level > 0 ? 1 : 0;
        return true;
    }
    reader->has_skipped = reader->has_skipped || reader->skip_level > 0;
    return reader->skip_level > 0;
}

enum read_status reader_next(struct reader *reader, struct record *record)
{
    bool excluded = true;
    while (excluded) {
        record_release(record);
        excluded = false;
        if (!find_record(reader)) {
            return READ_END;
        }
        const struct command_word *word;
        if (read_command(reader, record, &word) != READ_RECORD ||
            read_conditions(reader, record, &word, &excluded) != READ_RECORD) {
            return READ_ERROR;
        }
        excluded = excluded || pass_over(reader, record);
    }
    switch (record->kind) {
    case RECORD_STATEMENT:
        return read_statement(reader, record);
    case RECORD_QUERY:
        return read_query(reader, record);
    case RECORD_LOOP:
    case RECORD_FOREACH:
        return read_loop(reader, record);
    default:
        return READ_RECORD;
    }
}
