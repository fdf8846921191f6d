/* SPDX-License-Identifier: MIT
 *
 * Compiler attributes. The only file of the core that asks which compiler or
 * platform it is built by or for.
 */
#ifndef PGS_BASE_PORT_H
#define PGS_BASE_PORT_H

#if defined(__GNUC__) || defined(__clang__)
#define PGS_MUST_CHECK                     __attribute__((warn_unused_result))
#define PGS_PRINTF(fmt_index, first_index) __attribute__((format(printf, fmt_index, first_index)))
#define PGS_LIKELY(condition)              __builtin_expect(!!(condition), 1)
#define PGS_UNLIKELY(condition)            __builtin_expect(!!(condition), 0)
#else
#define PGS_MUST_CHECK
#define PGS_PRINTF(fmt_index, first_index)
#define PGS_LIKELY(condition)   (condition)
#define PGS_UNLIKELY(condition) (condition)
#endif

#ifdef __cplusplus
#define PGS_EXTERN_C_BEGIN extern "C" {
#define PGS_EXTERN_C_END   }
#else
#define PGS_EXTERN_C_BEGIN
#define PGS_EXTERN_C_END
#endif

#endif
