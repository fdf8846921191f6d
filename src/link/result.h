/* SPDX-License-Identifier: MIT
 *
 * The answer to one statement, held in memory: catalog queries, counts, small
 * results. Large results stream (link/copy.h, link/cursor.h).
 */
#ifndef PGS_LINK_RESULT_H
#define PGS_LINK_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_result;

void pgs_result_free(struct pgs_result *result); /* NULL is legal */

size_t pgs_result_rows(const struct pgs_result *result);
size_t pgs_result_columns(const struct pgs_result *result);
bool pgs_result_is_null(const struct pgs_result *result, size_t row, size_t column);
/* Bytes of the cell as they came (text or binary); empty when NULL; borrowed. */
struct pgs_str pgs_result_get(const struct pgs_result *result, size_t row, size_t column);
/* A text cell as a number; `otherwise` when NULL or not a number in range. */
int64_t pgs_result_int(const struct pgs_result *result, size_t row, size_t column,
                       int64_t otherwise);
double pgs_result_double(const struct pgs_result *result, size_t row, size_t column,
                         double otherwise);
bool pgs_result_bool(const struct pgs_result *result, size_t row, size_t column);
/* Described columns. */
struct pgs_str pgs_result_column_name(const struct pgs_result *result, size_t column);
uint32_t pgs_result_column_oid(const struct pgs_result *result, size_t column);
int32_t pgs_result_column_typmod(const struct pgs_result *result, size_t column);
/* Described parameters: how many, and the type of each; 0 for one there is not. */
size_t pgs_result_parameters(const struct pgs_result *result);
uint32_t pgs_result_parameter_oid(const struct pgs_result *result, size_t parameter);
/* Rows the command changed or returned, from its tag; -1 when the tag has none. */
int64_t pgs_result_affected(const struct pgs_result *result);

PGS_EXTERN_C_END

#endif
