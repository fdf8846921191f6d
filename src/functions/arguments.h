/* SPDX-License-Identifier: MIT
 *
 * The arguments of a call as C values.
 */
#ifndef PGS_FUNCTIONS_ARGUMENTS_H
#define PGS_FUNCTIONS_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "bridge/host.h"

/* A positional VARCHAR, copied; pgs_free() it. PGS_ERR_USAGE when it is NULL. */
enum pgs_status pgs_argument_text(const struct pgs_function_call *call, size_t index,
                                  const char *function, char **text,
                                  struct pgs_error *err) PGS_MUST_CHECK;

/* A named BOOLEAN, or `otherwise` when it was not given. */
bool pgs_option_bool(const struct pgs_function_call *call, size_t index, bool otherwise);

/* A statement without the white space and semicolons at its end; shortens
 * `text` in place. */
void pgs_trim_statement(char *text);

#endif
