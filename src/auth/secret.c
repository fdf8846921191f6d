/* SPDX-License-Identifier: MIT */
#include "auth/secret.h"

static const struct {
    const char *parameter;
    const char *keyword;
} aliases[] = {
    {"database", "dbname"},
    {"hostname", "host"},
    {"username", "user"},
};
enum { ALIAS_COUNT = sizeof(aliases) / sizeof(aliases[0]) };

enum pgs_status pgs_secret_each_parameter(void (*tell)(void *context, const char *name),
                                          void *context, struct pgs_error *err)
{
    PGS_TRY(pgs_conninfo_each_keyword(tell, context, err));
    tell(context, PGS_SECRET_URI);
    for (size_t i = 0; i < ALIAS_COUNT; i++)
        tell(context, aliases[i].parameter);
    return PGS_OK;
}

struct pgs_str pgs_secret_keyword(struct pgs_str parameter)
{
    for (size_t i = 0; i < ALIAS_COUNT; i++) {
        if (pgs_str_equal(parameter, pgs_str_of(aliases[i].parameter)))
            return pgs_str_of(aliases[i].keyword);
    }
    return parameter;
}

static bool is_uri(struct pgs_str keyword)
{
    return pgs_str_equal(keyword, pgs_str_of(PGS_SECRET_URI));
}

bool pgs_secret_is_hidden(struct pgs_str keyword)
{
    return is_uri(keyword) || pgs_conninfo_is_secret(keyword);
}

static const struct pgs_conninfo_option *find_uri(const struct pgs_conninfo_option *options,
                                                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_uri(options[i].keyword))
            return &options[i];
    }
    return NULL;
}

static enum pgs_status use_uri(const struct pgs_conninfo_option *options, size_t count,
                               const struct pgs_conninfo_option *uri, struct pgs_secret_use *use,
                               struct pgs_error *err)
{
    const struct pgs_conninfo_option *other = uri == options ? options + 1 : options;

    if (count > 1)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "Options with name \"%.*s\" cannot be specified when 'URI' option is "
                             "specified",
                             PGS_STR_ARG(other->keyword));
    *use = (struct pgs_secret_use){.text = uri->value};
    return PGS_OK;
}

enum pgs_status pgs_secret_use_for(const struct pgs_conninfo_option *options, size_t count,
                                   struct pgs_str path, bool named, struct pgs_secret_use *use,
                                   struct pgs_error *err)
{
    const struct pgs_conninfo_option *uri = find_uri(options, count);

    if (uri && path.size_bytes == 0)
        return use_uri(options, count, uri, use, err);
    if (uri && named)
        return pgs_error_set(err, PGS_ERR_USAGE,
                             "ATTACH path must be empty when 'URI' option is specified");
    *use = (struct pgs_secret_use){.text = path};
    if (!uri) {
        use->options = options;
        use->option_count = count;
    }
    return PGS_OK;
}
