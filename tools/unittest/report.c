/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_indented(const char *text)
{
    struct strings lines = {0};
    split(text, "\n", &lines);
    for (size_t i = 0; i < lines.count; i++) {
        printf("    %s\n", lines.at[i]);
    }
    strings_release(&lines);
}

void report_failure(struct runner *runner, size_t line, const char *sql, const char *description)
{
    pthread_mutex_lock(&runner->lock);
    atomic_store(&runner->outcome, OUTCOME_FAILED);
    atomic_store(&runner->finished, true);
    printf("%s:%zu: %s\n", runner->path, line, description);
    if (sql != NULL) {
        puts("SQL:");
        print_indented(sql);
    }
    fflush(stdout);
    pthread_mutex_unlock(&runner->lock);
}

void report_skip(struct runner *runner, const char *reason)
{
    pthread_mutex_lock(&runner->lock);
    if (atomic_load(&runner->outcome) == OUTCOME_PASSED) {
        atomic_store(&runner->outcome, OUTCOME_SKIPPED);
        snprintf(runner->progress->skip_reason, sizeof(runner->progress->skip_reason), "%s",
                 reason);
    }
    atomic_store(&runner->finished, true);
    pthread_mutex_unlock(&runner->lock);
}
