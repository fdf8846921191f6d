/* SPDX-License-Identifier: MIT
 *
 * What scan.c (the whole) and worker.c (one thread's part) share.
 */
#ifndef PGS_SCAN_INTERNAL_H
#define PGS_SCAN_INTERNAL_H

#include <stdatomic.h>

#include "scan/scan.h"
#include "scan/tasks.h"

enum pgs_scan_mode { PGS_SCAN_MAIN, PGS_SCAN_READERS, PGS_SCAN_CURSOR, PGS_SCAN_QUERY };

struct pgs_scan {
    struct pgs_transaction *transaction;
    const struct pgs_scan_plan *plan;
    struct pgs_scan_options options;
    enum pgs_scan_mode mode;
    struct pgs_arena arena; /* names in `storage` */
    struct pgs_storage *storage;
    size_t storage_count;
    struct pgs_tasks tasks;
    size_t workers_max;
    double rows_expected;  /* -1: unknown */
    atomic_size_t workers; /* that took a connection: the first never goes without */
    atomic_uint_fast64_t done_blocks;
    atomic_uint_fast64_t bytes;
    atomic_uint_fast64_t rows;
    atomic_uint_fast64_t statements;
};

#endif
