/* SPDX-License-Identifier: MIT
 *
 * The connections of one attached database, never more than connections_max
 * at a time. Idle ones are kept for the next user and closed when idle or old
 * for too long.
 *
 * Thread: every function from any thread.
 */
#ifndef PGS_LINK_POOL_H
#define PGS_LINK_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/port.h"
#include "link/conn.h"
#include "link/conninfo.h"

PGS_EXTERN_C_BEGIN

/* What pgs_pool_acquire() does when all connections are in use. */
enum pgs_acquire_mode {
    PGS_ACQUIRE_FORCE, /* as WAIT: the maximum is hard; the name that users know */
    PGS_ACQUIRE_WAIT,  /* wait, up to wait_timeout_ms */
    PGS_ACQUIRE_TRY    /* fail at once */
};

#define PGS_HEALTH_QUERY_BYTES 256

struct pgs_pool_options {
    size_t connections_max; /* >= 1 (0 counts as 1) */
    enum pgs_acquire_mode acquire_mode;
    int64_t wait_timeout_ms; /* how long pgs_pool_acquire() waits for a free one */
    int64_t idle_timeout_ms; /* 0: never closed for being idle */
    int64_t lifetime_max_ms; /* 0: never closed for being old */
    bool reaper_thread;      /* a thread closes what is idle or old for too long; without it
                              * that happens when the pool is next used */
    bool close_after_use;    /* nothing is kept for the next user */
    /* Must succeed on an idle connection before it is given out; "" and
     * "SELECT 1": nothing is asked, which costs no round trip and still notices a
     * closed socket. */
    char health_check_query[PGS_HEALTH_QUERY_BYTES];
};

struct pgs_pool_stats {
    size_t total;      /* physical connections: in use, idle or being opened */
    size_t available;  /* idle */
    uint64_t hits;     /* acquired from idle ones */
    uint64_t misses;   /* newly opened */
    uint64_t failures; /* tries that found the pool exhausted */
    bool reaper_running;
};

struct pgs_pool;

/* Takes `conninfo` over (freed with the pool, also on failure). Opens nothing. */
enum pgs_status pgs_pool_new(struct pgs_conninfo *conninfo, const struct pgs_pool_options *options,
                             struct pgs_pool **pool, struct pgs_error *err) PGS_MUST_CHECK;
/* Closes idle connections, stops the reaper, and frees the pool once the last
 * user returned its connection. Nobody may acquire any more. NULL is legal. */
void pgs_pool_free(struct pgs_pool *pool);

/* New limits from now on: what is idle beyond them is closed at once, what is in
 * use beyond them when it is released. */
void pgs_pool_configure(struct pgs_pool *pool, const struct pgs_pool_options *options);
void pgs_pool_options(struct pgs_pool *pool, struct pgs_pool_options *options);
void pgs_pool_stats(struct pgs_pool *pool, struct pgs_pool_stats *stats);
const struct pgs_conninfo *pgs_pool_conninfo(const struct pgs_pool *pool);

/* A connection with no transaction open: an idle one that is still alive
 * (checked without a round trip: a readable socket or a closed one is not), or a
 * new one; waits when connections_max are in use. Errors: those of
 * pgs_conn_open, PGS_ERR_TIMEOUT (names the limit), PGS_ERR_CANCELLED.
 * Give back with pgs_pool_release(). */
enum pgs_status pgs_pool_acquire(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                                 const struct pgs_query_log *log, struct pgs_conn **conn,
                                 struct pgs_error *err) PGS_MUST_CHECK;
/* The same, but *conn = NULL with PGS_OK when all are in use or others wait. */
enum pgs_status pgs_pool_try_acquire(struct pgs_pool *pool, const struct pgs_interrupt *interrupt,
                                     const struct pgs_query_log *log, struct pgs_conn **conn,
                                     struct pgs_error *err) PGS_MUST_CHECK;
/* Ends whatever is under way (cancel, ROLLBACK; deaf to interrupts, bounded) and
 * keeps the connection, or closes it when it is broken, too old, or more than
 * wanted. No DISCARD ALL unless pgs_conn_taint() was called: everything we set
 * lives in the transaction. NULL is legal. */
void pgs_pool_release(struct pgs_pool *pool, struct pgs_conn *conn);

/* Closes connections idle for longer than allowed. Cheap; called now and then. */
void pgs_pool_reap(struct pgs_pool *pool);

PGS_EXTERN_C_END

#endif
