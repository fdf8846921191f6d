/* SPDX-License-Identifier: MIT
 *
 * One composite, nested ones included, or an array of them.
 */
#include "values.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    pgs_fuzz_value(pgs_fuzz_type(34 + data[0] % 5U), data + 1, size - 1);
    return 0;
}
