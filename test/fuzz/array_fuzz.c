/* SPDX-License-Identifier: MIT
 *
 * One array: of integers, text, numbers or composites.
 */
#include "values.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    pgs_fuzz_value(pgs_fuzz_type(data[0] & 1 ? 37 + data[0] / 2 % 2U : 28 + data[0] / 2 % 6U),
                   data + 1, size - 1);
    return 0;
}
