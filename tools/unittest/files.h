/* SPDX-License-Identifier: MIT
 *
 * Which test files an argument of the command line means. */
#ifndef UNITTEST_FILES_H
#define UNITTEST_FILES_H

#include "text.h"

/* Appends the test files named by `argument`, sorted:
 *   a file       itself, whatever its name
 *   a directory  all .test files below it, with `slow` the .test_slow files too
 *   a pattern    the test files below its fixed part that match; * and ** cross directories;
 *                .test_slow files only if the pattern ends in _slow, or with `slow`
 * Returns false if a file or directory of that name does not exist. */
bool find_tests(const char *argument, bool slow, struct strings *files);

/* Removes a directory and all below it. */
void remove_tree(const char *path);

#endif
