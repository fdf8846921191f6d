/* SPDX-License-Identifier: MIT
 *
 * One value of any type: the first byte chooses.
 */
#include "values.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    pgs_fuzz_value(pgs_fuzz_type(data[0]), data + 1, size - 1);
    return 0;
}
