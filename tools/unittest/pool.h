/* SPDX-License-Identifier: MIT
 *
 * Runs test files, each in a process of its own, and prints what came of them. */
#ifndef UNITTEST_POOL_H
#define UNITTEST_POOL_H

#include "run.h"

struct pool_options {
    size_t processes_max;
    long timeout_s;
    bool stop_at_failure;
};

struct tally {
    size_t passed;
    size_t failed;
    size_t skipped;
};

struct tally run_pool(const struct pool_options *pool, const struct options *options,
                      const struct strings *files);

#endif
