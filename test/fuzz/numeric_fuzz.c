/* SPDX-License-Identifier: MIT
 *
 * One numeric, as DOUBLE, VARCHAR or a DECIMAL of some size.
 */
#include "values.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    pgs_fuzz_value(pgs_fuzz_type(11 + data[0] % 8U), data + 1, size - 1);
    return 0;
}
