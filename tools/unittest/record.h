/* SPDX-License-Identifier: MIT
 *
 * A test file as a sequence of records. The reader knows the grammar of the sqllogictest dialect
 * and nothing of its meaning: no SQL is run, no variable replaced.
 *
 * A record starts in the first line after an empty line or a comment and ends before the next one;
 * only an expected result may hold lines that look like comments. */
#ifndef UNITTEST_RECORD_H
#define UNITTEST_RECORD_H

#include "text.h"

enum record_kind {
    RECORD_STATEMENT,
    RECORD_QUERY,
    RECORD_HASH_THRESHOLD,
    RECORD_HALT,
    RECORD_MODE,
    RECORD_SET,
    RECORD_RESET,
    RECORD_LOOP,
    RECORD_FOREACH,
    RECORD_ENDLOOP,
    RECORD_REQUIRE,
    RECORD_REQUIRE_ENV,
    RECORD_TEST_ENV,
    RECORD_LOAD,
    RECORD_RESTART,
    RECORD_RECONNECT,
    RECORD_SLEEP,
    RECORD_UNZIP,
    RECORD_TAGS,
    RECORD_CONDITION, /* skipif, onlyif: only inside the reader */
};

enum comparison { CMP_NE, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_EQ };

/* skipif i=3, onlyif i>=2: holds or not in each round of a loop. */
struct condition {
    char *variable;
    char *value;
    enum comparison comparison;
    bool skip_if;
};

struct record {
    enum record_kind kind;
    size_t line; /* 1-based, of the command word */
    struct strings parameters;
    char *sql;               /* statement, query */
    struct strings expected; /* query: result lines; statement: lines of the error text */
    struct condition *conditions;
    size_t condition_count;
    struct strings values; /* foreach: one per round */
    long begin;            /* loop: first value */
    long end;              /* loop: one past the last */
    bool concurrent;       /* concurrentloop, concurrentforeach */
    struct record *children;
    size_t child_count;
};

enum read_status { READ_RECORD, READ_END, READ_ERROR };

struct reader {
    const char *path;
    struct strings lines;
    size_t line; /* 0-based */
    bool started;
    unsigned skip_level; /* open `mode skip`s */
    bool has_skipped;    /* `mode skip` has hidden a record */
    char *error;         /* owned, after READ_ERROR */
    size_t error_line;   /* 1-based */
};

/* False if the file cannot be read. `path` must outlive the reader. */
bool reader_open(struct reader *reader, const char *path);
void reader_release(struct reader *reader);

/* Reads one record; a loop comes with everything up to its endloop. What lies between `mode skip`
 * and `mode unskip` is passed over: only its command words must be known. */
enum read_status reader_next(struct reader *reader, struct record *record);
void record_release(struct record *record);

/* groups.c: appends what `token` of a foreach stands for: itself, the members of a group such as
 * <integral>, or (for !name) nothing, after removing name. */
void expand_foreach_token(const char *token, struct strings *values);

#endif
