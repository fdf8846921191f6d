/* SPDX-License-Identifier: MIT
 *
 * Any text is read as hstore to its end or refused with a position inside it.
 */
#include <stdlib.h>

#include "wire/hstore.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pgs_str text = {(const char *)data, size};
    struct pgs_buf json;
    struct pgs_buf value;
    bool found;
    enum pgs_status status;

    pgs_buf_init(&json, (size_t)1 << 24);
    pgs_buf_init(&value, (size_t)1 << 24);
    status = pgs_hstore_to_json_text(text, &json, NULL);
    if (status != pgs_hstore_get_value(text, text, &value, &found, NULL))
        abort();
    pgs_buf_release(&json);
    pgs_buf_release(&value);
    return 0;
}
