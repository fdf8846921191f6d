/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool has_variable(const struct runner *runner, const char *name)
{
    for (size_t i = 0; i < runner->variable_count; i++) {
        if (strcmp(runner->variables[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

void set_variable(struct runner *runner, const char *name, const char *value)
{
    runner->variables =
        reallocate(runner->variables, (runner->variable_count + 1) * sizeof(*runner->variables));
    runner->variables[runner->variable_count++] =
        (struct variable){.name = copy_string(name), .value = copy_string(value)};
}

/* Replaces in an owned text; returns the new owned text. */
static char *replace_in(char *text, const char *what, const char *with)
{
    if (strstr(text, what) == NULL) {
        return text;
    }
    char *result = replace_all(text, what, with);
    free(text);
    return result;
}

static char *replace_variable(char *text, const char *name, const char *value)
{
    char *pattern = format_string("${%s}", name);
    char *result = replace_in(text, pattern, value);
    free(pattern);
    return result;
}

/* ${NAME} of require-env and test-env, and the words that stand for directories. */
static char *replace_keywords(const struct runner *runner, char *text)
{
    for (size_t i = 0; i < runner->variable_count; i++) {
        text = replace_variable(text, runner->variables[i].name, runner->variables[i].value);
    }
    text = replace_in(text, "__TEST_DIR__", runner->directory);
    text = replace_in(text, "{TEST_DIR}", runner->directory);
    text = replace_in(text, "{UUID}", runner->uuid);
    if (strstr(text, "__WORKING_DIRECTORY__") != NULL) {
        char *working_directory = getcwd(NULL, 0);
        text = replace_in(text, "__WORKING_DIRECTORY__", working_directory);
        free(working_directory);
    }
    return text;
}

char *loop_value(const struct record *loop, long round)
{
    if (loop->kind == RECORD_FOREACH) {
        return copy_string(loop->values.at[round]);
    }
    return format_string("%ld", round);
}

/* foreach a,b 1,x 2,y sets several variables in each round. */
static char *replace_loop(const struct runner *runner, char *text, const struct record *loop,
                          long round)
{
    char *value = replace_keywords(runner, loop_value(loop, round));
    struct strings names = {0};
    struct strings values = {0};
    split(loop->parameters.at[0], ",", &names);
    if (names.count > 1) {
        split(value, ",", &values);
    } else {
        strings_add(&values, copy_string(value));
    }
    for (size_t i = 0; i < names.count && i < values.count; i++) {
        text = replace_variable(text, names.at[i], values.at[i]);
    }
    strings_release(&names);
    strings_release(&values);
    free(value);
    return text;
}

char *substitute(const struct scope *scope, const char *text)
{
    char *result = replace_keywords(scope->runner, copy_string(text));
    for (size_t i = 0; i < scope->depth; i++) {
        result = replace_loop(scope->runner, result, scope->loops[i].loop, scope->loops[i].round);
    }
    return result;
}

static bool compare_numbers(enum comparison comparison, long left, long right)
{
    switch (comparison) {
    case CMP_GE:
        return left >= right;
    case CMP_GT:
        return left > right;
    case CMP_LE:
        return left <= right;
    default:
        return left < right;
    }
}

static bool condition_holds(const struct condition *condition, const char *value, char **error)
{
    if (condition->comparison == CMP_EQ || condition->comparison == CMP_NE) {
        return (strcmp(value, condition->value) == 0) == (condition->comparison == CMP_EQ);
    }
    long left = 0;
    long right = 0;
    if (!parse_long(value, &left) || !parse_long(condition->value, &right)) {
        *error = format_string("skipif/onlyif compares '%s' with '%s', which are not both numbers",
                               value, condition->value);
        return false;
    }
    return compare_numbers(condition->comparison, left, right);
}

bool conditions_hold(const struct scope *scope, const struct record *record, char **error)
{
    bool run = true;
    for (size_t i = 0; i < record->condition_count && *error == NULL; i++) {
        const struct condition *condition = &record->conditions[i];
        bool found = false;
        for (size_t depth = 0; depth < scope->depth; depth++) {
            const struct record *loop = scope->loops[depth].loop;
            if (strcmp(loop->parameters.at[0], condition->variable) == 0) {
                char *value = loop_value(loop, scope->loops[depth].round);
                run = run && condition_holds(condition, value, error) != condition->skip_if;
                free(value);
                found = true;
            }
        }
        if (!found && *error == NULL) {
            *error =
                format_string("skipif/onlyif: no loop has the variable '%s'", condition->variable);
        }
    }
    return run;
}
