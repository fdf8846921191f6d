/* SPDX-License-Identifier: MIT
 *
 * `require`: what a test needs of its surroundings. Something known and absent skips the file. An
 * extension that is there but cannot be loaded fails it: a broken build must not look like a skip.
 */
#include "run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct fact {
    const char *name;
    bool present;
} facts[] = {
    {"notmusl", true},
    {"notmingw", true},
    {"mingw", false},
    {"notwindows", true},
    {"windows", false},
    {"longdouble", __LDBL_MANT_DIG__ >= 54},
    {"64bit", sizeof(void *) == 8},
    {"noforcestorage", true},
    {"nothreadsan", true},
    {"strinline", true},
    {"skip_reload", true},
    {"no_alternative_verify", true},
    {"noalternativeverify", true},
    {"no_block_verification", true},
    {"no_latest_storage", true},
    {"no_vector_verification", true},
    {"allow_unsigned_extensions", true},
    {"ram", true},
    {"disk_space", true},
};

static bool fail(struct runner *runner, const struct record *record, char *owned_message)
{
    report_failure(runner, record->line, NULL, owned_message);
    free(owned_message);
    return false;
}

/* vector_size, exact_vector_size and block_size. */
static bool check_size(struct runner *runner, const struct record *record, bool *present)
{
    const char *name = record->parameters.at[0];
    long wanted = 0;
    if (record->parameters.count != 2 || !parse_long(record->parameters.at[1], &wanted)) {
        return fail(runner, record, format_string("require %s needs a number", name));
    }
    long vector_size = (long)host_vector_size();
    if (strcmp(name, "vector_size") == 0) {
        *present = vector_size >= wanted;
    } else if (strcmp(name, "exact_vector_size") == 0) {
        *present = vector_size == wanted;
    } else {
        *present = wanted == 262144;
    }
    return true;
}

static bool repository_has(const struct runner *runner, const char *extension)
{
    if (runner->options->repository == NULL) {
        return false;
    }
    char *folder = host_repository_folder();
    char *plain =
        format_string("%s/%s/%s.duckdb_extension", runner->options->repository, folder, extension);
    char *zipped = format_string("%s.gz", plain);
    bool found = access(plain, R_OK) == 0 || access(zipped, R_OK) == 0;
    free(folder);
    free(plain);
    free(zipped);
    return found;
}

/* Installs from the repository. Loading is left to autoloading, which is part of what is tested,
 * unless DuckDB would not do it for this name. */
static bool provide_from_repository(struct runner *runner, const struct record *record,
                                    const char *extension)
{
    char *sql = format_string("FORCE INSTALL %s FROM '%s'", extension, runner->options->repository);
    struct host_result result;
    host_query(runner->connection, runner->connection, sql, &result);
    free(sql);
    char *error = result.error != NULL ? copy_string(result.error) : NULL;
    host_result_release(&result);
    if (error == NULL && !host_extension_is_autoloadable(extension) &&
        database_load_extension(runner, extension, &error)) {
        strings_add(&runner->extensions, copy_string(extension));
    }
    if (error != NULL) {
        char *message = format_string("require %s: %s", extension, error);
        free(error);
        return fail(runner, record, message);
    }
    return true;
}

static bool check_extension(struct runner *runner, const struct record *record, char **missing)
{
    char *extension = to_lower(copy_string(record->parameters.at[0]));
    bool success = true;
    if (host_extension_is_loaded(runner->database, extension)) {
        /* linked in, or loaded by --load */
    } else if (runner->options->autoload && repository_has(runner, extension)) {
        success = provide_from_repository(runner, record, extension);
    } else if (strings_contain(&runner->options->required, extension)) {
        success = fail(runner, record, format_string("require %s: not available", extension));
    } else {
        *missing = format_string("require %s", extension);
    }
    free(extension);
    return success;
}

bool check_require(struct runner *runner, const struct record *record, char **missing)
{
    const char *name = record->parameters.at[0];
    bool present = false;
    if (strcmp(name, "no_extension_autoloading") == 0) {
        present = !runner->options->autoload;
    } else if (ends_with(name, "vector_size") || strcmp(name, "block_size") == 0) {
        if (!check_size(runner, record, &present)) {
            return false;
        }
    } else {
        bool known = false;
        for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
            if (strcmp(name, facts[i].name) == 0) {
                known = true;
                present = facts[i].present;
            }
        }
        if (!known) {
            return check_extension(runner, record, missing);
        }
    }
    if (!present) {
        *missing = format_string("require %s", name);
    }
    return true;
}
