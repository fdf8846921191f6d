/* SPDX-License-Identifier: MIT
 *
 * A running scan: rows of a plan into DuckDB chunks, by one or several workers.
 *
 * How the rows travel is decided when the scan opens:
 *  - MAIN: one COPY on the session's main connection, for the only scan of an
 *    autocommit statement that needs no second connection;
 *  - READERS: each worker has a connection of its own on the transaction's
 *    snapshot and runs one COPY per task;
 *  - CURSOR: a binary cursor on the main connection, when the transaction has
 *    written (only there its own rows are visible), the pool has no connection to
 *    spare, or the user wants no COPY;
 *  - QUERY: the extended protocol on the main connection, for query texts that
 *    have parameters or can be no part of another statement (SHOW, INSERT …
 *    RETURNING).
 * In every mode all rows of the scan come from one snapshot. Memory is bounded by
 * one receive window per worker, with one exception: a QUERY whose database is
 * used elsewhere in the same statement is read whole when the scan opens, since
 * nothing else can use the main connection while it streams.
 *
 * Thread: pgs_scan_worker_new() and what is called on a worker by the worker's
 * thread; the rest as its comment says.
 */
#ifndef PGS_SCAN_SCAN_H
#define PGS_SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "catalog/database.h"
#include "duckdb.h"
#include "scan/plan.h"
#include "wire/codec.h"

PGS_EXTERN_C_BEGIN

struct pgs_scan_options {
    size_t threads_max;       /* >= 1 */
    uint64_t blocks_per_task; /* pg_pages_per_task; 0 = the default */
    bool use_block_ranges;    /* pg_use_ctid_scan */
    bool use_copy;            /* not pg_use_text_protocol */
    bool autocommit;          /* the statement is its own transaction */
    struct pgs_codec_options codec;
};

struct pgs_scan;
struct pgs_scan_worker;

/* `plan` and `transaction` must outlive the scan. Decides tasks and mode;
 * exports the snapshot when readers will need it. */
enum pgs_status pgs_scan_open(struct pgs_transaction *transaction, const struct pgs_scan_plan *plan,
                              const struct pgs_scan_options *options, struct pgs_scan **scan,
                              struct pgs_error *err) PGS_MUST_CHECK;
/* All workers are gone. NULL is legal. */
void pgs_scan_free(struct pgs_scan *scan);

/* How many workers are worth having. */
size_t pgs_scan_workers_max(const struct pgs_scan *scan);
/* 0..100, or -1 when unknown: by blocks when the scan is split, else by rows, of
 * which the server's estimate or the LIMIT says how many there will be. Any
 * thread. */
double pgs_scan_progress(const struct pgs_scan *scan);
/* Totals so far, for EXPLAIN ANALYZE. Any thread. */
struct pgs_scan_metrics {
    uint64_t bytes;
    uint64_t rows;
    uint64_t statements;
};
void pgs_scan_metrics(const struct pgs_scan *scan, struct pgs_scan_metrics *metrics);

/* Opens nothing yet. Owner: the caller; the scan must outlive it. */
enum pgs_status pgs_scan_worker_new(struct pgs_scan *scan, struct pgs_scan_worker **worker,
                                    struct pgs_error *err) PGS_MUST_CHECK;
/* Stops what is under way, also in mid-stream. NULL is legal. */
void pgs_scan_worker_free(struct pgs_scan_worker *worker);

/* Fills `chunk`, an empty chunk of the plan's output columns, with up to a
 * vector of rows, all of one task; *rows = 0 when there is nothing left for this
 * worker. The caller sets the chunk's size. */
enum pgs_status pgs_scan_worker_next(struct pgs_scan_worker *worker, duckdb_data_chunk chunk,
                                     size_t *rows, struct pgs_error *err) PGS_MUST_CHECK;
/* The task of the last rows: their place in the order of the table. */
size_t pgs_scan_worker_task(const struct pgs_scan_worker *worker);

PGS_EXTERN_C_END

#endif
