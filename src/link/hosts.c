/* SPDX-License-Identifier: MIT */
#include "link/hosts.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static size_t count_places(const char *list)
{
    size_t count = 1;

    if (!list || !list[0])
        return 0;
    for (; *list; list++)
        count += *list == ',';
    return count;
}

/* The place's text; empty beyond the end. */
static struct pgs_str place_of(const char *list, size_t place)
{
    const char *at = list;
    const char *end;

    if (place >= count_places(list))
        return (struct pgs_str){"", 0};
    while (place-- > 0)
        at = strchr(at, ',') + 1;
    end = strchr(at, ',');
    return (struct pgs_str){at, end ? (size_t)(end - at) : strlen(at)};
}

static void cut_place(char *list, size_t place)
{
    size_t count = count_places(list);
    struct pgs_str text = place_of(list, place);
    char *at;

    if (place >= count)
        return;
    at = list + (text.at - list);
    if (place + 1 < count)
        memmove(at, at + text.size_bytes + 1, strlen(at + text.size_bytes));
    else
        at[place > 0 ? -1 : 0] = '\0';
}

/* A list without text would be as good as not given. */
static bool is_sound(const char *list)
{
    return !list || list[0];
}

static bool is_place(const struct pgs_hosts *hosts, size_t place, const char *host,
                     const char *port)
{
    struct pgs_str name = place_of(hosts->host, place);
    struct pgs_str own_port = place_of(hosts->port, count_places(hosts->port) > 1 ? place : 0);

    if (name.size_bytes == 0)
        name = place_of(hosts->hostaddr, place);
    return pgs_str_equal(name, pgs_str_of(host)) &&
           (own_port.size_bytes == 0 || pgs_str_equal(own_port, pgs_str_of(port)));
}

bool pgs_hosts_drop(struct pgs_hosts *hosts, const char *host, const char *port)
{
    size_t names = count_places(hosts->host);
    size_t addresses = count_places(hosts->hostaddr);
    size_t count = names > addresses ? names : addresses;

    for (size_t place = 0; place < count && count > 1; place++) {
        if (!is_place(hosts, place, host, port))
            continue;
        cut_place(hosts->host, place);
        cut_place(hosts->hostaddr, place);
        if (count_places(hosts->port) > 1)
            cut_place(hosts->port, place);
        return is_sound(hosts->host) && is_sound(hosts->hostaddr) && is_sound(hosts->port);
    }
    return false;
}

void pgs_hosts_release(struct pgs_hosts *hosts)
{
    pgs_free(hosts->host);
    pgs_free(hosts->hostaddr);
    pgs_free(hosts->port);
    *hosts = (struct pgs_hosts){NULL, NULL, NULL};
}
