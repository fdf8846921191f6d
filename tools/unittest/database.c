/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdlib.h>
#include <string.h>

static bool fail(struct runner *runner, size_t line, const char *what, char *owned_error)
{
    char *description = format_string("%s: %s", what, owned_error);
    report_failure(runner, line, NULL, description);
    free(description);
    free(owned_error);
    return false;
}

static void close_connections(struct runner *runner)
{
    for (size_t i = 0; i < runner->named_count; i++) {
        host_connection_close(runner->named[i].connection);
        free(runner->named[i].name);
    }
    free(runner->named);
    runner->named = NULL;
    runner->named_count = 0;
    host_connection_close(runner->connection);
    runner->connection = NULL;
}

void database_close(struct runner *runner)
{
    close_connections(runner);
    host_database_close(runner->database);
    runner->database = NULL;
}

bool database_load_extension(struct runner *runner, const char *name_or_path, char **error)
{
    char *quoted = replace_all(name_or_path, "'", "''");
    char *sql = format_string("LOAD '%s'", quoted);
    struct host_result result;
    host_query(runner->connection, runner->connection, sql, &result);
    if (result.error != NULL) {
        *error = copy_string(result.error);
    }
    bool success = result.error == NULL;
    host_result_release(&result);
    free(sql);
    free(quoted);
    return success;
}

static bool load_extensions(struct runner *runner, const struct strings *list, size_t line)
{
    for (size_t i = 0; i < list->count; i++) {
        char *error = NULL;
        if (!database_load_extension(runner, list->at[i], &error)) {
            return fail(runner, line, "cannot load extension", error);
        }
    }
    return true;
}

bool database_reconnect(struct runner *runner, size_t line)
{
    char *error = NULL;
    host_connection_close(runner->connection);
    runner->connection = host_connection_open(runner->database, &error);
    return runner->connection != NULL || fail(runner, line, "cannot connect", error);
}

bool database_open(struct runner *runner, const char *path, bool load_required, size_t line)
{
    char *extension_directory = format_string("%s/.extensions", runner->directory);
    char *secret_directory = format_string("%s/.secrets", runner->directory);
    struct host_config config = {
        .path = path,
        .read_only = runner->read_only,
        .autoload = runner->options->autoload,
        .repository = runner->options->repository,
        .extension_directory = extension_directory,
        .secret_directory = secret_directory,
        .storage_version = runner->storage_version,
    };
    char *error = NULL;
    database_close(runner);
    runner->database = host_database_open(&config, &error);
    free(extension_directory);
    free(secret_directory);
    if (runner->database == NULL) {
        return fail(runner, line, "cannot open database", error);
    }
    return database_reconnect(runner, line) &&
           load_extensions(runner, &runner->options->load, line) &&
           (!load_required || load_extensions(runner, &runner->extensions, line));
}

struct host_connection *database_connection(struct runner *runner, const char *name, size_t line)
{
    for (size_t i = 0; i < runner->named_count; i++) {
        if (strcmp(runner->named[i].name, name) == 0) {
            return runner->named[i].connection;
        }
    }
    char *error = NULL;
    struct host_connection *connection = host_connection_open(runner->database, &error);
    if (connection == NULL) {
        fail(runner, line, "cannot connect", error);
        return NULL;
    }
    runner->named = reallocate(runner->named, (runner->named_count + 1) * sizeof(*runner->named));
    runner->named[runner->named_count++] =
        (struct named_connection){.name = copy_string(name), .connection = connection};
    return connection;
}
