/* SPDX-License-Identifier: MIT */
#include "check.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned long checks;
static unsigned long failures;
static const char *about = "";

static bool failed(const char *what, const char *file, int line)
{
    failures++;
    (void)fprintf(stderr, "%s:%d: %s%s%s: ", file, line, about, *about ? ": " : "", what);
    return false;
}

bool pgs_check_true(bool holds, const char *what, const char *file, int line)
{
    checks++;
    if (holds)
        return true;
    failed(what, file, line);
    (void)fprintf(stderr, "does not hold\n");
    return false;
}

bool pgs_check_int(long long got, long long wanted, const char *what, const char *file, int line)
{
    checks++;
    if (got == wanted)
        return true;
    failed(what, file, line);
    (void)fprintf(stderr, "got %lld, wanted %lld\n", got, wanted);
    return false;
}

bool pgs_check_str(const char *got, const char *wanted, const char *what, const char *file,
                   int line)
{
    checks++;
    if (got && strcmp(got, wanted) == 0)
        return true;
    failed(what, file, line);
    (void)fprintf(stderr, "got \"%s\", wanted \"%s\"\n", got ? got : "(null)", wanted);
    return false;
}

static void print_bytes(const char *label, const void *bytes, size_t size)
{
    (void)fprintf(stderr, "%s", label);
    for (size_t i = 0; i < size && i < 256; i++)
        (void)fprintf(stderr, " %02x", ((const uint8_t *)bytes)[i]);
}

bool pgs_check_bytes(const void *got, size_t got_size, const void *wanted, size_t wanted_size,
                     const char *what, const char *file, int line)
{
    checks++;
    if (got_size == wanted_size && (got_size == 0 || memcmp(got, wanted, got_size) == 0))
        return true;
    failed(what, file, line);
    print_bytes("got", got, got_size);
    print_bytes("\n    wanted", wanted, wanted_size);
    (void)fprintf(stderr, "\n");
    return false;
}

void pgs_check_about(const char *subject)
{
    about = subject;
}

int pgs_check_report(void)
{
    (void)printf("%lu checks, %lu failed\n", checks, failures);
    return failures != 0;
}
