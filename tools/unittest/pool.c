/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
    pid_t pid; /* 0: free */
    const char *path;
    FILE *output;
    double started_s;
    bool timed_out;
    struct progress *progress;
};

struct pool {
    const struct pool_options *wanted;
    const struct options *options;
    struct worker *workers;
    size_t running;
    size_t done;
    size_t total;
    struct tally tally;
    struct strings failures;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void die(const char *what)
{
    fprintf(stderr, "unittest: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Never returns. */
static void be_worker(const struct pool *pool, const struct worker *worker)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    int descriptor = fileno(worker->output);
    if (dup2(descriptor, STDOUT_FILENO) < 0 || dup2(descriptor, STDERR_FILENO) < 0) {
        _exit(OUTCOME_FAILED);
    }
    enum outcome outcome = run_file(pool->options, worker->path, worker->progress);
    fflush(NULL);
    exit(outcome);
}

static void start_worker(struct pool *pool, struct worker *worker, const char *path)
{
    worker->path = path;
    worker->output = tmpfile();
    worker->timed_out = false;
    worker->started_s = now_s();
    memset(worker->progress, 0, sizeof(*worker->progress));
    if (worker->output == NULL) {
        die("cannot make a temporary file");
    }
    fflush(NULL);
    worker->pid = fork();
    if (worker->pid < 0) {
        die("cannot fork");
    }
    if (worker->pid == 0) {
        be_worker(pool, worker);
    }
    pool->running++;
}

static void print_output(FILE *output)
{
    char buffer[4096];
    rewind(output);
    size_t size_bytes = fread(buffer, 1, sizeof(buffer), output);
    while (size_bytes > 0) {
        fwrite(buffer, 1, size_bytes, stdout);
        size_bytes = fread(buffer, 1, sizeof(buffer), output);
    }
}

static void print_result(const struct pool *pool, const struct worker *worker, const char *word,
                         const char *detail)
{
    printf("[%zu/%zu] %s %s%s%s (%.2f s)\n", pool->done, pool->total, word, worker->path,
           detail[0] != '\0' ? ": " : "", detail, now_s() - worker->started_s);
}

/* What ended a worker that did not end itself. */
static char *describe_death(const struct pool *pool, const struct worker *worker, int status)
{
    struct text text = {0};
    if (worker->timed_out) {
        text_append_format(&text, "timed out after %ld s", pool->wanted->timeout_s);
    } else if (WIFSIGNALED(status)) {
        text_append_format(&text, "crashed with signal %d (%s)", WTERMSIG(status),
                           strsignal(WTERMSIG(status)));
    } else {
        text_append_format(&text, "ended with exit code %d", WEXITSTATUS(status));
    }
    text_append_format(&text, " in %s:%zu\n", worker->path, worker->progress->line);
    worker->progress->sql[sizeof(worker->progress->sql) - 1] = '\0';
    if (worker->progress->sql[0] != '\0') {
        text_append_format(&text, "last SQL:\n    %s\n", worker->progress->sql);
    }
    return text.at;
}

static void judge(struct pool *pool, struct worker *worker, int status)
{
    int code = WIFEXITED(status) && !worker->timed_out ? WEXITSTATUS(status) : -1;
    if (code == OUTCOME_PASSED) {
        pool->tally.passed++;
        print_result(pool, worker, "ok", "");
        print_output(worker->output);
        return;
    }
    if (code == OUTCOME_SKIPPED) {
        pool->tally.skipped++;
        print_result(pool, worker, "skip", worker->progress->skip_reason);
        return;
    }
    pool->tally.failed++;
    strings_add(&pool->failures, copy_string(worker->path));
    print_result(pool, worker, "FAIL", "");
    print_output(worker->output);
    if (code != OUTCOME_FAILED) {
        char *death = describe_death(pool, worker, status);
        fputs(death, stdout);
        free(death);
    }
}

static void finish_worker(struct pool *pool, struct worker *worker, int status)
{
    pool->running--;
    pool->done++;
    judge(pool, worker, status);
    fflush(stdout);
    fclose(worker->output);
    char *directory = format_string("%s/%ld", pool->options->test_dir, (long)worker->pid);
    if (!pool->options->keep_files) {
        remove_tree(directory);
    }
    free(directory);
    worker->pid = 0;
}

/* Waits until at least one worker has ended. */
static void wait_for_worker(struct pool *pool)
{
    for (;;) {
        bool ended = false;
        for (size_t i = 0; i < pool->wanted->processes_max; i++) {
            struct worker *worker = &pool->workers[i];
            int status = 0;
            if (worker->pid == 0) {
                continue;
            }
            if (waitpid(worker->pid, &status, WNOHANG) == worker->pid) {
                finish_worker(pool, worker, status);
                ended = true;
            } else if (!worker->timed_out &&
                       now_s() - worker->started_s > (double)pool->wanted->timeout_s) {
                worker->timed_out = true;
                kill(worker->pid, SIGKILL);
            }
        }
        if (ended) {
            return;
        }
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
}

static struct worker *free_worker(const struct pool *pool)
{
    for (size_t i = 0; i < pool->wanted->processes_max; i++) {
        if (pool->workers[i].pid == 0) {
            return &pool->workers[i];
        }
    }
    return NULL;
}

static void make_workers(struct pool *pool)
{
    size_t count = pool->wanted->processes_max;
    struct progress *shared = mmap(NULL, count * sizeof(*shared), PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        die("cannot map memory");
    }
    pool->workers = allocate(count * sizeof(*pool->workers));
    for (size_t i = 0; i < count; i++) {
        pool->workers[i] = (struct worker){.progress = &shared[i]};
    }
}

struct tally run_pool(const struct pool_options *wanted, const struct options *options,
                      const struct strings *files)
{
    struct pool pool = {.wanted = wanted, .options = options, .total = files->count};
    make_workers(&pool);
    size_t next = 0;
    while (next < files->count || pool.running > 0) {
        bool stopped = wanted->stop_at_failure && pool.tally.failed > 0;
        if (next < files->count && !stopped && free_worker(&pool) != NULL) {
            start_worker(&pool, free_worker(&pool), files->at[next++]);
        } else if (pool.running > 0) {
            wait_for_worker(&pool);
        } else {
            break;
        }
    }
    munmap(pool.workers[0].progress, wanted->processes_max * sizeof(struct progress));
    free(pool.workers);
    if (pool.failures.count > 0) {
        puts("failed:");
    }
    for (size_t i = 0; i < pool.failures.count; i++) {
        printf("    %s\n", pool.failures.at[i]);
    }
    strings_release(&pool.failures);
    return pool.tally;
}
