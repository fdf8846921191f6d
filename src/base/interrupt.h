/* SPDX-License-Identifier: MIT
 *
 * How a waiting function learns that the user wants it to stop. Everything in
 * the core that may wait takes one and asks at least every
 * PGS_INTERRUPT_POLL_MS.
 */
#ifndef PGS_BASE_INTERRUPT_H
#define PGS_BASE_INTERRUPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

struct pgs_interrupt {
    bool (*requested)(void *context); /* any thread; cheap; NULL = never */
    void *context;
};

/* `interrupt` may be NULL. */
static inline bool pgs_interrupted(const struct pgs_interrupt *interrupt)
{
    return interrupt && interrupt->requested && interrupt->requested(interrupt->context);
}

PGS_EXTERN_C_END

#endif
