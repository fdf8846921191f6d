/* SPDX-License-Identifier: MIT
 *
 * Every maximum of the core in one place: buffers, queues, depths and waits.
 * Names end in their unit.
 */
#ifndef PGS_BASE_LIMITS_H
#define PGS_BASE_LIMITS_H

/* Longest statement we build (PostgreSQL's own limit is 1 GB). */
#define PGS_SQL_BYTES_MAX ((size_t)256 * 1024 * 1024)
/* Longest row accepted from the server: MaxAllocSize, utils/memutils.h, with
 * room for the field headers. */
#define PGS_ROW_BYTES_MAX ((size_t)1 << 30)
/* First size of a receive buffer; it grows only for rows that do not fit. */
#define PGS_RECEIVE_BYTES ((size_t)256 * 1024)
/* How much encoded COPY data is gathered before it is handed to the socket. */
#define PGS_SEND_BYTES ((size_t)256 * 1024)
/* MAXDIM, utils/array.h. */
#define PGS_ARRAY_DIMENSIONS_MAX 6
/* MaxTupleAttributeNumber, access/htup_details.h. */
#define PGS_COLUMNS_MAX 1664
/* How deep a type may nest (arrays of composites of arrays ...). */
#define PGS_TYPE_DEPTH_MAX 32
/* NAMEDATALEN - 1. */
#define PGS_NAME_BYTES_MAX 63
/* How often a waiting thread looks whether it was interrupted. */
#define PGS_INTERRUPT_POLL_MS 50
/* How long a cancelled statement may take to end before we drop its connection. */
#define PGS_CANCEL_WAIT_MS 1000
/* Rows asked for by one FETCH from a cursor. */
#define PGS_FETCH_ROWS 4096
/* Rows received in one piece of a statement that is no cursor. */
#define PGS_QUERY_ROWS 256
/* What is remembered of the statements that one statement of the host sent: how
 * many, and how much of each. */
#define PGS_SENT_STATEMENTS_MAX 1000
#define PGS_SENT_BYTES_MAX      4096
/* Connection strings with a secret that views may refer to. */
#define PGS_KNOWN_CONNECTIONS_MAX 1000

#endif
