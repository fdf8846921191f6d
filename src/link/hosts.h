/* SPDX-License-Identifier: MIT
 *
 * The lists of hosts that a connection string may give, less those that did not
 * answer in time. libpq's blocking connect goes on with the next host by itself;
 * who polls has to start again without the silent one.
 *
 * Source: pqConnectDBComplete, pqConnectOptions2, fe-connect.c, 18.
 */
#ifndef PGS_LINK_HOSTS_H
#define PGS_LINK_HOSTS_H

#include <stdbool.h>

/* Lists separated by commas, as libpq has them, place by place; NULL: not given,
 * or not read yet. A single port is for all hosts. Owner: pgs_hosts_release(). */
struct pgs_hosts {
    char *host;
    char *hostaddr;
    char *port;
};

/* Takes the first place with this host (its address where it has no name) and
 * port out. False when no other is left that can be named, or there is no such place. */
bool pgs_hosts_drop(struct pgs_hosts *hosts, const char *host, const char *port);
void pgs_hosts_release(struct pgs_hosts *hosts);

#endif
