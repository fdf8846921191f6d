/* SPDX-License-Identifier: MIT
 *
 * DuckDB values as the parameters $1, $2, ... of a statement.
 *
 * The server says which type each parameter has. A value is cast to the DuckDB
 * type that columns of that type are shown as, by DuckDB's rules but only if it
 * can be cast back to the same value, and sent in binary. Where the server has
 * no opinion (SELECT $1), the parameter is declared with the type that a column
 * of the value's type would get. VARCHAR is sent as text: the server reads it as
 * it would a literal.
 *
 * Thread: one.
 */
#ifndef PGS_FUNCTIONS_PARAMETERS_H
#define PGS_FUNCTIONS_PARAMETERS_H

#include "base/arena.h"
#include "base/error.h"
#include "bridge/host.h"
#include "link/query.h"
#include "wire/type.h"

/* The values of a call. */
struct pgs_values {
    duckdb_value *values; /* NULL: NULL */
    uint32_t *declared;   /* 0: the server's choice */
    size_t count;
};

/* Takes the members of a STRUCT, row or list value apart. PGS_ERR_USAGE for
 * other values. Owner: the caller, pgs_values_release(), also after a failure. */
enum pgs_status pgs_values_open(duckdb_value params, struct pgs_values *values,
                                struct pgs_error *err) PGS_MUST_CHECK;
void pgs_values_release(struct pgs_values *values);

/* Asks a server to describe a statement with these declarations. */
struct pgs_describer {
    enum pgs_status (*describe)(void *context, const struct pgs_declared *declared,
                                struct pgs_result **described, struct pgs_error *err);
    void *context;
    bool guarded; /* see struct pgs_declared */
};

/* Has the statement described, declaring what it needs: one question when the
 * server infers every type, one more where it takes a value that is no VARCHAR
 * for text, one for each parameter whose type it cannot tell. */
enum pgs_status pgs_values_describe(struct pgs_values *values,
                                    const struct pgs_describer *describer,
                                    struct pgs_result **described,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* How many dimensions parameter `index` has when it is an array. */
uint8_t pgs_values_dimensions(const struct pgs_values *values, size_t index);

/* Encodes all values into `arena`; `oids` and `types` are the described ones, as
 * many as there are values. PGS_ERR_USAGE, naming the parameter and both types,
 * for a value that its type cannot hold exactly. */
enum pgs_status pgs_values_encode(const struct pgs_values *values, struct pgs_host_context *context,
                                  const uint32_t *oids, const struct pgs_type *const *types,
                                  struct pgs_arena *arena, struct pgs_parameters *parameters,
                                  struct pgs_error *err) PGS_MUST_CHECK;

#endif
