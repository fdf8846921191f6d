/* SPDX-License-Identifier: MIT
 *
 * The fields of a session, for session.c, session_reader.c and cursor.c.
 */
#ifndef PGS_LINK_SESSION_INTERNAL_H
#define PGS_LINK_SESSION_INTERNAL_H

#include <pthread.h>

#include "link/internal.h"
#include "link/session.h"

/* pg_export_snapshot gives "00000003-0000001B-1"; XactExportFilePath. */
#define PGS_SNAPSHOT_ID_BYTES 64
/* Follows every BEGIN: what the server prints and reads as text is then the same
 * whatever the role is set to. The order of day and month that DateStyle has
 * too, TimeZone and lc_monetary stay the role's. */
#define PGS_TEXT_SETTINGS                                                                          \
    "; SET LOCAL DateStyle = ISO; SET LOCAL IntervalStyle = postgres"                              \
    "; SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = hex"
/* The longest: "BEGIN … ISOLATION LEVEL REPEATABLE READ READ ONLY", the settings
 * and two timeouts. */
#define PGS_BEGIN_BYTES    384
#define PGS_TIMEOUTS_BYTES 128

struct pgs_session {
    struct pgs_pool *pool;
    struct pgs_session_options options;
    struct pgs_interrupt interrupt;
    struct pgs_query_log log;
    char begin[PGS_BEGIN_BYTES];       /* what starts a transaction */
    char timeouts[PGS_TIMEOUTS_BYTES]; /* its part that readers repeat; "" or "; SET ..." */
    pthread_mutex_t mutex;             /* guards held and what is shared, never held long */
    pthread_cond_t freed;
    bool held; /* somebody has the main connection */
    atomic_bool written;
    atomic_uint transaction;    /* counts up at each end of a transaction */
    struct pgs_conn *main_conn; /* the holder's */
    unsigned cursors_made;
    char snapshot_id[PGS_SNAPSHOT_ID_BYTES];       /* "" when none is shared */
    char server_started[PGS_SERVER_STARTED_BYTES]; /* the server that has it */
    bool pooled;                                   /* and whether a pooler chose it */
    atomic_uint readers;                           /* open ones */
};

/* Waits for the main connection to be free; deaf to interrupts when `patient`. */
enum pgs_status pgs_session_hold(struct pgs_session *session, bool patient,
                                 struct pgs_error *err) PGS_MUST_CHECK;
bool pgs_session_try_hold(struct pgs_session *session);
/* Takes a connection from the pool when there is none; a BEGIN is then due. The
 * session is held. */
enum pgs_status pgs_session_take(struct pgs_session *session, struct pgs_error *err) PGS_MUST_CHECK;
/* Ends what the transaction had begun, as if nothing had been sent yet. The
 * session is held. */
enum pgs_status pgs_session_begin_again(struct pgs_session *session,
                                        struct pgs_error *err) PGS_MUST_CHECK;

#endif
