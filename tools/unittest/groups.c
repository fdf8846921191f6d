/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#define SIGNED   "tinyint smallint integer bigint hugeint"
#define UNSIGNED "utinyint usmallint uinteger ubigint uhugeint"
#define INTEGRAL SIGNED " " UNSIGNED
#define NUMERIC  INTEGRAL " float double"

static const struct group {
    const char *name;
    const char *members;
} groups[] = {
    {"<signed>", SIGNED},
    {"<unsigned>", UNSIGNED},
    {"<integral>", INTEGRAL},
    {"<numeric>", NUMERIC},
    {"<alltypes>", NUMERIC " bool interval varchar"},
    {"<compression>", "none uncompressed rle bitpacking dictionary fsst alp alprd"},
    {"<all_types_columns>",
     "bool tinyint smallint int bigint hugeint uhugeint utinyint usmallint uint ubigint date time "
     "timestamp timestamp_s timestamp_ms timestamp_ns time_tz timestamp_tz float double dec_4_1 "
     "dec_9_4 dec_18_6 dec38_10 uuid interval varchar blob bit small_enum medium_enum large_enum "
     "int_array double_array date_array timestamp_array timestamptz_array varchar_array "
     "nested_int_array struct struct_of_arrays array_of_structs map union fixed_int_array "
     "fixed_varchar_array fixed_nested_int_array fixed_nested_varchar_array fixed_struct_array "
     "struct_of_fixed_array fixed_array_of_int_list list_of_fixed_int_array"},
};

static bool remove_value(const char *value, struct strings *values)
{
    for (size_t i = 0; i < values->count; i++) {
        if (strcmp(values->at[i], value) == 0) {
            free(values->at[i]);
            values->count--;
            memmove(values->at + i, values->at + i + 1, (values->count - i) * sizeof(*values->at));
            return true;
        }
    }
    return false;
}

void expand_foreach_token(const char *token, struct strings *values)
{
    if (token[0] == '!' && remove_value(token + 1, values)) {
        return;
    }
    char *name = to_lower(copy_string(token));
    bool found = false;
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]) && !found; i++) {
        if (strcmp(name, groups[i].name) == 0) {
            split(groups[i].members, " ", values);
            found = true;
        }
    }
    free(name);
    if (!found) {
        strings_add(values, copy_string(token));
    }
}
