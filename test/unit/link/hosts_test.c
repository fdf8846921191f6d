/* SPDX-License-Identifier: MIT */
#include "link/hosts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

static char *copy(const char *text)
{
    return text ? pgs_strndup(text, strlen(text)) : NULL;
}

static bool same(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

/* Drops host:port and compares what is left; wanted_host = NULL: nothing is. */
static void drops(const char *const lists[3], const char *host, const char *port,
                  const char *const wanted[3])
{
    struct pgs_hosts hosts = {copy(lists[0]), copy(lists[1]), copy(lists[2])};
    bool left = pgs_hosts_drop(&hosts, host, port);

    assert(left == (wanted != NULL));
    if (wanted && (!same(hosts.host, wanted[0]) || !same(hosts.hostaddr, wanted[1]) ||
                   !same(hosts.port, wanted[2]))) {
        printf("left: %s %s %s\n", hosts.host, hosts.hostaddr, hosts.port);
        assert(false);
    }
    pgs_hosts_release(&hosts);
    assert(!hosts.host && !hosts.hostaddr && !hosts.port);
}

#define LISTS(host, addresses, port) ((const char *const[3]){host, addresses, port})

static void test_drop(void)
{
    drops(LISTS("a,b,c", NULL, "1,2,3"), "a", "1", LISTS("b,c", NULL, "2,3"));
    drops(LISTS("a,b,c", NULL, "1,2,3"), "b", "2", LISTS("a,c", NULL, "1,3"));
    drops(LISTS("a,b,c", NULL, "1,2,3"), "c", "3", LISTS("a,b", NULL, "1,2"));
    /* One port, or none, is everybody's. */
    drops(LISTS("a,b", NULL, "5432"), "b", "5432", LISTS("a", NULL, "5432"));
    drops(LISTS("a,b", NULL, NULL), "a", "5432", LISTS("b", NULL, NULL));
    drops(LISTS("a,b", NULL, ",6000"), "a", "5432", LISTS("b", NULL, "6000"));
    /* The same host twice: the port tells them apart. */
    drops(LISTS("a,a", NULL, "1,2"), "a", "2", LISTS("a", NULL, "1"));
    /* Addresses, with and without names. */
    drops(LISTS(NULL, "10.0.0.1,10.0.0.2", NULL), "10.0.0.1", "5432",
          LISTS(NULL, "10.0.0.2", NULL));
    drops(LISTS("a,b", "10.0.0.1,10.0.0.2", "1"), "a", "1", LISTS("b", "10.0.0.2", "1"));
    drops(LISTS("a,", "10.0.0.1,10.0.0.2", "1,2"), "10.0.0.2", "2", LISTS("a", "10.0.0.1", "1"));
}

static void test_nothing_left(void)
{
    drops(LISTS(NULL, NULL, NULL), "a", "1", NULL);
    drops(LISTS("a", NULL, NULL), "a", "5432", NULL);
    drops(LISTS("a,b", NULL, "1,2"), "c", "1", NULL);
    drops(LISTS("a,b", NULL, "1,2"), "a", "2", NULL);
    /* What is left has no name. */
    drops(LISTS("a,", NULL, "1,2"), "a", "1", NULL);
    drops(LISTS("a,b", NULL, "1,"), "a", "1", NULL);
}

int main(void)
{
    test_drop();
    test_nothing_left();
    return 0;
}
