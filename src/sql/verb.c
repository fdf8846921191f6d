/* SPDX-License-Identifier: MIT */
#include "sql/verb.h"

#include <stdbool.h>
#include <strings.h>

struct lexer {
    const char *at;
    const char *end;
};

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static bool starts_with(const struct lexer *lexer, const char *text)
{
    size_t size_bytes = strlen(text);

    return (size_t)(lexer->end - lexer->at) >= size_bytes &&
           memcmp(lexer->at, text, size_bytes) == 0;
}

static void skip_line(struct lexer *lexer)
{
    while (lexer->at < lexer->end && *lexer->at != '\n')
        lexer->at++;
}

/* Comments nest. */
static void skip_comment(struct lexer *lexer)
{
    unsigned depth = 0;

    do {
        if (starts_with(lexer, "/*")) {
            depth++;
            lexer->at += 2;
        } else if (starts_with(lexer, "*/")) {
            depth--;
            lexer->at += 2;
        } else {
            lexer->at++;
        }
    } while (depth > 0 && lexer->at < lexer->end);
}

/* A doubled quote ends one piece and begins the next, which comes to the same. */
static void skip_quoted(struct lexer *lexer, bool escapes)
{
    char quote = *lexer->at++;

    while (lexer->at < lexer->end && *lexer->at != quote) {
        if (escapes && *lexer->at == '\\' && lexer->at + 1 < lexer->end)
            lexer->at++;
        lexer->at++;
    }
    if (lexer->at < lexer->end)
        lexer->at++;
}

/* $tag$ ... $tag$, or a lone $ (a parameter). */
static void skip_dollar(struct lexer *lexer)
{
    const char *tag = lexer->at;
    const char *body = tag + 1;
    size_t tag_bytes;

    while (body < lexer->end && is_word_char(*body) && *body != '$')
        body++;
    if (body == lexer->end || *body != '$' || (tag[1] >= '0' && tag[1] <= '9')) {
        lexer->at++;
        return;
    }
    body++;
    tag_bytes = (size_t)(body - tag);
    lexer->at = body;
    while ((size_t)(lexer->end - lexer->at) >= tag_bytes) {
        if (memcmp(lexer->at, tag, tag_bytes) == 0) {
            lexer->at += tag_bytes;
            return;
        }
        lexer->at++;
    }
    lexer->at = lexer->end;
}

/* The next bare word; empty at the end. */
static struct pgs_str next_word(struct lexer *lexer)
{
    struct pgs_str word = {lexer->end, 0};

    while (lexer->at < lexer->end) {
        char c = *lexer->at;

        if (starts_with(lexer, "--")) {
            skip_line(lexer);
        } else if (starts_with(lexer, "/*")) {
            skip_comment(lexer);
        } else if (c == '\'' || c == '"') {
            skip_quoted(lexer, false);
        } else if (c == '$') {
            skip_dollar(lexer);
        } else if (is_word_char(c)) {
            word.at = lexer->at;
            while (lexer->at < lexer->end && is_word_char(*lexer->at))
                lexer->at++;
            word.size_bytes = (size_t)(lexer->at - word.at);
            if (word.size_bytes != 1 || (c != 'e' && c != 'E') || !starts_with(lexer, "'"))
                return word;
            skip_quoted(lexer, true);
        } else {
            lexer->at++;
        }
    }
    word.at = lexer->end;
    word.size_bytes = 0;
    return word;
}

static bool is(struct pgs_str word, const char *text)
{
    return strlen(text) == word.size_bytes && strncasecmp(word.at, text, word.size_bytes) == 0;
}

static bool is_change(struct pgs_str word)
{
    return is(word, "insert") || is(word, "update") || is(word, "delete") || is(word, "merge");
}

static enum pgs_verb verb_of_with(struct lexer *lexer)
{
    struct pgs_str word = next_word(lexer);

    for (; word.size_bytes; word = next_word(lexer)) {
        if (is_change(word))
            return PGS_VERB_WITH_CHANGE;
    }
    return PGS_VERB_QUERY;
}

static enum pgs_verb verb_of_explain(struct lexer *lexer)
{
    struct pgs_str word = next_word(lexer);

    for (; word.size_bytes; word = next_word(lexer)) {
        if (is(word, "analyze") || is(word, "analyse"))
            return PGS_VERB_OTHER;
    }
    return PGS_VERB_LOOK;
}

enum pgs_verb pgs_verb_of(struct pgs_str sql)
{
    struct lexer lexer = {sql.at, sql.at + sql.size_bytes};
    struct pgs_str word = next_word(&lexer);

    if (is(word, "select") || is(word, "values") || is(word, "table"))
        return PGS_VERB_QUERY;
    if (is(word, "with"))
        return verb_of_with(&lexer);
    if (is_change(word))
        return PGS_VERB_CHANGE;
    if (is(word, "explain"))
        return verb_of_explain(&lexer);
    return is(word, "show") ? PGS_VERB_LOOK : PGS_VERB_OTHER;
}
