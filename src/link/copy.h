/* SPDX-License-Identifier: MIT
 *
 * COPY streams on a connection: bytes out of and into the server.
 * While a stream is open the connection can do nothing else.
 *
 * Source: PQgetlineAsync, PQputCopyData, fe-protocol3.c, 18; "COPY Operations",
 * frontend/backend protocol.
 */
#ifndef PGS_LINK_COPY_H
#define PGS_LINK_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "link/conn.h"

PGS_EXTERN_C_BEGIN

struct pgs_copy_out;

/* Sends `sql` (may begin with statements that return nothing: "BEGIN …; COPY …
 * TO STDOUT …") and waits for the stream to open. Owner: the caller. */
enum pgs_status pgs_copy_out_open(struct pgs_conn *conn, const char *sql,
                                  struct pgs_copy_out **stream,
                                  struct pgs_error *err) PGS_MUST_CHECK;

/* The bytes received and not yet consumed: at least one more piece than before,
 * unless the stream has ended (*ended, and what is left over is in the window).
 * Waits for the server. The window belongs to the stream and is valid until the
 * next call; it grows, up to PGS_ROW_BYTES_MAX, only while nothing of it is
 * consumed. */
enum pgs_status pgs_copy_out_read(struct pgs_copy_out *stream, const uint8_t **at,
                                  size_t *size_bytes, bool *ended,
                                  struct pgs_error *err) PGS_MUST_CHECK;
/* The same window without waiting: what is left of it. */
void pgs_copy_out_window(const struct pgs_copy_out *stream, const uint8_t **at, size_t *size_bytes,
                         bool *ended);
/* The first `size_bytes` of the window are done with. */
void pgs_copy_out_consume(struct pgs_copy_out *stream, size_t size_bytes);
/* Received so far, for progress and statistics. */
uint64_t pgs_copy_out_bytes(const struct pgs_copy_out *stream);

/* Frees the stream; NULL is legal. When it has not ended, the statement is
 * cancelled and what is under way thrown away (PGS_CANCEL_WAIT_MS); the
 * transaction on the connection is then failed. */
void pgs_copy_out_free(struct pgs_copy_out *stream);

struct pgs_copy_in;

/* Sends `sql` and waits for the server to be ready for data. */
enum pgs_status pgs_copy_in_open(struct pgs_conn *conn, const char *sql,
                                 struct pgs_copy_in **stream, struct pgs_error *err) PGS_MUST_CHECK;
/* Sends bytes, waiting while the server is slow. An error the server raised
 * meanwhile is found here or at the end. */
enum pgs_status pgs_copy_in_write(struct pgs_copy_in *stream, const void *at, size_t size_bytes,
                                  struct pgs_error *err) PGS_MUST_CHECK;
/* Ends the data, waits for the server's verdict; *rows gets its count. Frees
 * the stream, whatever the status. */
enum pgs_status pgs_copy_in_finish(struct pgs_copy_in *stream, int64_t *rows,
                                   struct pgs_error *err) PGS_MUST_CHECK;
/* Makes the server fail the COPY; frees the stream; NULL is legal. */
void pgs_copy_in_abort(struct pgs_copy_in *stream);

PGS_EXTERN_C_END

#endif
