/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include "base/limits.h"
#include "link/internal.h"

int64_t pgs_clock_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t pgs_clock_ms(void)
{
    return pgs_clock_us() / 1000;
}

static int slice_ms(int64_t deadline_ms)
{
    int64_t left = deadline_ms < 0 ? PGS_INTERRUPT_POLL_MS : deadline_ms - pgs_clock_ms();

    if (left < 0)
        return 0;
    return left < PGS_INTERRUPT_POLL_MS ? (int)left : PGS_INTERRUPT_POLL_MS;
}

enum pgs_wait_end pgs_wait_socket(int socket, short events, int64_t deadline_ms,
                                  const struct pgs_interrupt *interrupt,
                                  const atomic_bool *cancel_wanted)
{
    struct pollfd watched = {socket, events, 0};

    if (socket < 0)
        return PGS_WAIT_FAILED;
    for (;;) {
        int ready;

        if (pgs_interrupted(interrupt) || (cancel_wanted && atomic_load(cancel_wanted)))
            return PGS_WAIT_INTERRUPTED;
        ready = poll(&watched, 1, slice_ms(deadline_ms));
        if (ready > 0)
            return PGS_WAIT_READY;
        if (ready < 0 && errno != EINTR && errno != EAGAIN)
            return PGS_WAIT_FAILED;
        if (deadline_ms >= 0 && pgs_clock_ms() >= deadline_ms)
            return PGS_WAIT_TIMEOUT;
    }
}

/* The user wants to stop, but a COMMIT is on its way: ask the server to end it
 * and wait a little longer for what became of it. */
static enum pgs_status wait_for_verdict(struct pgs_conn *conn)
{
    conn->interrupt = NULL;
    atomic_store(&conn->cancel_wanted, false);
    conn->deadline_ms = pgs_clock_ms() + PGS_CANCEL_WAIT_MS;
    pgs_conn_send_cancel(conn, conn->deadline_ms);
    return PGS_OK;
}

enum pgs_status pgs_conn_wait(struct pgs_conn *conn, short events, struct pgs_error *err)
{
    switch (pgs_wait_socket(PQsocket(conn->pg), events, conn->deadline_ms, conn->interrupt,
                            &conn->cancel_wanted)) {
    case PGS_WAIT_READY:
        return PGS_OK;
    case PGS_WAIT_INTERRUPTED:
        if (conn->verdict_matters)
            return wait_for_verdict(conn);
        pgs_conn_stop(conn);
        return pgs_error_set(err, PGS_ERR_CANCELLED, "interrupted");
    case PGS_WAIT_TIMEOUT:
        conn->broken = true;
        return pgs_error_set(err, PGS_ERR_TIMEOUT, "the server did not answer in time");
    case PGS_WAIT_FAILED:
        break;
    }
    conn->broken = true;
    return pgs_failure_of_conn(conn, err);
}

bool pgs_socket_is_quiet(int socket)
{
    struct pollfd watched = {socket, POLLIN, 0};

    return socket >= 0 && poll(&watched, 1, 0) == 0;
}

void pgs_socket_patience(struct pgs_conn *conn, bool patient)
{
#ifdef TCP_USER_TIMEOUT
    unsigned int timeout_ms = patient ? 0 : PGS_USER_TIMEOUT_MS;

    if (pgs_conninfo_get(conn->conninfo, "tcp_user_timeout") || PQsocket(conn->pg) < 0)
        return;
    /* Fails on a local socket, where it means nothing. */
    (void)setsockopt(PQsocket(conn->pg), IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms,
                     sizeof(timeout_ms));
#else
    (void)conn;
    (void)patient;
#endif
}
