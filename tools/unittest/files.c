/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* nftw */
#include "files.h"

#include <dirent.h>
#include <fnmatch.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int order_strings(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Appends the files below `directory` whose path matches; NULL matches all. */
static void walk(const char *directory, const char *pattern, bool slow, struct strings *files)
{
    DIR *handle = opendir(directory);
    if (handle == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(handle); entry != NULL; entry = readdir(handle)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        const char *slash = ends_with(directory, "/") ? "" : "/";
        char *path = strcmp(directory, ".") == 0
                         ? copy_string(entry->d_name)
                         : format_string("%s%s%s", directory, slash, entry->d_name);
        bool is_test = ends_with(path, ".test") || (slow && ends_with(path, ".test_slow"));
        if (is_directory(path)) {
            walk(path, pattern, slow, files);
        } else if (is_test && (pattern == NULL || fnmatch(pattern, path, 0) == 0)) {
            strings_add(files, copy_string(path));
        }
        free(path);
    }
    closedir(handle);
}

static void find_matches(const char *argument, bool slow, struct strings *files)
{
    char *pattern = replace_all(argument, "**/", "*");
    char *root = copy_bytes(argument, strcspn(argument, "*?["));
    char *slash = strrchr(root, '/');
    if (slash == NULL) {
        strcpy(root, root[0] == '\0' ? "" : ".");
    } else {
        slash[slash == root ? 1 : 0] = '\0';
    }
    walk(root[0] == '\0' ? "." : root, pattern, slow || ends_with(argument, "_slow"), files);
    free(root);
    free(pattern);
}

bool find_tests(const char *argument, bool slow, struct strings *files)
{
    struct strings found = {0};
    struct stat status;
    bool exists = stat(argument, &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        walk(argument, NULL, slow, &found);
    } else if (exists) {
        strings_add(&found, copy_string(argument));
    } else if (strpbrk(argument, "*?[") != NULL) {
        find_matches(argument, slow, &found);
        exists = true;
    }
    if (found.count > 0) {
        qsort(found.at, found.count, sizeof(*found.at), order_strings);
    }
    for (size_t i = 0; i < found.count; i++) {
        if (!strings_contain(files, found.at[i])) {
            strings_add(files, copy_string(found.at[i]));
        }
    }
    strings_release(&found);
    return exists;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *position)
{
    (void)status;
    (void)kind;
    (void)position;
    return remove(path);
}

void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
