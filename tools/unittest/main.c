/* SPDX-License-Identifier: MIT
 *
 * unittest: runs files in DuckDB's sqllogictest dialect. */
#include "files.h"
#include "pool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "usage: unittest [options] [FILE | DIRECTORY | PATTERN]...\n"
    "Runs test files; without a name all .test files below test/sql.\n"
    "\n"
    "  --autoloading available|none  load extensions by need from LOCAL_EXTENSION_REPO, else from\n"
    "                                ../repository beside this program (default: available if\n"
    "                                that variable is set)\n"
    "  --load FILE        load this extension file into every database\n"
    "  --require NAME     a test whose `require NAME` is not met fails instead of being skipped\n"
    "  --slow             .test_slow files too\n"
    "  -j N               N test files at a time (default 1)\n"
    "  --timeout S        seconds that one file may take (default 300)\n"
    "  --test-dir DIR     where temporary files are made (default: a new directory in TMPDIR)\n"
    "  --keep             do not remove temporary files\n"
    "  --stop             stop at the first failure\n"
    "  --list             only print the names of the files\n"
    "\n"
    "The last line is `N passed, N failed, N skipped`. Exit code 0: nothing failed;\n"
    "1: something failed, or no test was found; 2: wrong usage.\n";

struct command_line {
    struct options options;
    struct pool_options pool;
    struct strings names;
    bool slow;
    bool list;
};

static void fail_usage(const char *what, const char *argument)
{
    fprintf(stderr, "unittest: %s '%s'\n\n%s", what, argument, usage);
    exit(2);
}

static void set_autoloading(struct command_line *line, const char *value)
{
    if (strcmp(value, "available") == 0 || strcmp(value, "all") == 0) {
        line->options.autoload = true;
    } else if (strcmp(value, "none") == 0) {
        line->options.autoload = false;
    } else {
        fail_usage("unknown --autoloading", value);
    }
}

static long positive_number(const char *value)
{
    long number = 0;
    if (!parse_long(value, &number) || number < 1 || number > 100000) {
        fail_usage("not a positive number:", value);
    }
    return number;
}

static char *absolute_path(const char *path)
{
    char *absolute = realpath(path, NULL);
    return absolute != NULL ? absolute : copy_string(path);
}

/* Options with a value. False if `name` is none. */
static bool take_value_option(struct command_line *line, const char *name, const char *value)
{
    static const char *const names[] = {"--autoloading", "--load",     "--require",      "-j",
                                        "--timeout",     "--test-dir", "--test-temp-dir"};
    bool known = false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        known = known || strcmp(name, names[i]) == 0;
    }
    if (!known) {
        return false;
    }
    if (value == NULL) {
        fail_usage("a value is missing after", name);
    }
    if (strcmp(name, "--autoloading") == 0) {
        set_autoloading(line, value);
    } else if (strcmp(name, "--load") == 0) {
        strings_add(&line->options.load, absolute_path(value));
    } else if (strcmp(name, "--require") == 0) {
        strings_add(&line->options.required, copy_string(value));
    } else if (strcmp(name, "-j") == 0) {
        line->pool.processes_max = (size_t)positive_number(value);
    } else if (strcmp(name, "--timeout") == 0) {
        line->pool.timeout_s = positive_number(value);
    } else {
        free(line->options.test_dir);
        line->options.test_dir = copy_string(value);
    }
    return true;
}

static void take_flag(struct command_line *line, const char *name)
{
    if (strcmp(name, "--slow") == 0) {
        line->slow = true;
    } else if (strcmp(name, "--list") == 0) {
        line->list = true;
    } else if (strcmp(name, "--keep") == 0) {
        line->options.keep_files = true;
    } else if (strcmp(name, "--stop") == 0) {
        line->pool.stop_at_failure = true;
    } else if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        fputs(usage, stdout);
        exit(0);
    } else {
        fail_usage("unknown option", name);
    }
}

/* Autoloading must never reach for the network: without LOCAL_EXTENSION_REPO, the repository that
 * was built along with this program. */
static void default_repository(struct command_line *line, const char *program)
{
    if (line->options.autoload && line->options.repository == NULL) {
        char *path = absolute_path(program);
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
        char *repository = format_string("%s/../repository", slash != NULL ? path : ".");
        line->options.repository = absolute_path(repository);
        setenv("LOCAL_EXTENSION_REPO", line->options.repository, 1);
        free(repository);
        free(path);
    }
}

static void parse_command_line(struct command_line *line, int count, char **arguments)
{
    const char *repository = getenv("LOCAL_EXTENSION_REPO");
    if (repository != NULL && repository[0] != '\0') {
        line->options.repository = absolute_path(repository);
        line->options.autoload = true;
    }
    for (int i = 1; i < count; i++) {
        const char *argument = arguments[i];
        if (argument[0] != '-') {
            strings_add(&line->names, copy_string(argument));
        } else if (take_value_option(line, argument, i + 1 < count ? arguments[i + 1] : NULL)) {
            i++;
        } else {
            take_flag(line, argument);
        }
    }
    if (line->names.count == 0) {
        strings_add(&line->names, copy_string("test/sql"));
    }
    default_repository(line, arguments[0]);
}

/* Servers running as other users read and write here too, so all may enter. */
static void make_test_dir(struct options *options)
{
    if (options->test_dir == NULL) {
        const char *parent = getenv("TMPDIR");
        options->test_dir = format_string("%s/unittest.XXXXXX", parent != NULL ? parent : "/tmp");
        if (mkdtemp(options->test_dir) == NULL) {
            fprintf(stderr, "unittest: cannot make %s: %s\n", options->test_dir, strerror(errno));
            exit(1);
        }
        chmod(options->test_dir, 0755);
        return;
    }
    mkdir(options->test_dir, 0755);
    char *absolute = absolute_path(options->test_dir);
    free(options->test_dir);
    options->test_dir = absolute;
}

static struct tally run_all(struct command_line *line, const struct strings *files)
{
    make_test_dir(&line->options);
    struct tally tally = run_pool(&line->pool, &line->options, files);
    if (!line->options.keep_files) {
        rmdir(line->options.test_dir);
    } else {
        printf("temporary files are in %s\n", line->options.test_dir);
    }
    return tally;
}

static void release(struct command_line *line)
{
    strings_release(&line->names);
    strings_release(&line->options.load);
    strings_release(&line->options.required);
    free(line->options.repository);
    free(line->options.test_dir);
}

int main(int count, char **arguments)
{
    struct command_line line = {.pool = {.processes_max = 1, .timeout_s = 300}};
    struct strings files = {0};
    struct tally tally = {0};
    parse_command_line(&line, count, arguments);
    setenv("TZ", "UTC", 0); /* DuckDB's TimeZone, on any machine */
    bool success = true;
    for (size_t i = 0; i < line.names.count; i++) {
        if (!find_tests(line.names.at[i], line.slow, &files)) {
            printf("no such file or directory: %s\n", line.names.at[i]);
            success = false;
        }
    }
    if (files.count == 0) {
        puts("no test matched");
        success = false;
    }
    for (size_t i = 0; line.list && i < files.count; i++) {
        puts(files.at[i]);
    }
    if (!line.list) {
        tally = files.count > 0 ? run_all(&line, &files) : tally;
        printf("%zu passed, %zu failed, %zu skipped\n", tally.passed, tally.failed, tally.skipped);
    }
    strings_release(&files);
    release(&line);
    return success && tally.failed == 0 ? 0 : 1;
}
