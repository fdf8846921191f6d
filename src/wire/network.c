/* SPDX-License-Identifier: MIT
 *
 * inet, cidr, macaddr, macaddr8.
 */
#include <stdio.h>
#include <string.h>

#include "wire/families.h"
#include "wire/text_scan.h"

enum { CIDR_OID = 650 };
/* PGSQL_AF_INET and PGSQL_AF_INET6, utils/inet.h, 18. */
enum { FAMILY_4 = 2, FAMILY_6 = 3 };
enum { BYTES_4 = 4, BYTES_6 = 16, GROUPS_6 = 8 };
/* The longest: eight groups, or six and a dotted quad, then /128. */
enum { SHOWN_BYTES = 64 };

struct address {
    uint8_t bytes[BYTES_6];
    uint8_t size_bytes; /* 4 or 16 */
    uint8_t bits;       /* of the network */
};

static uint32_t group_of(const struct address *address, int index)
{
    return pgs_get_be16(address->bytes + 2 * (size_t)index);
}

/* The first longest run of at least two zero groups; *count 0 if none. */
static void find_zeros(const struct address *address, int *first, int *count)
{
    int run = 0;

    *first = -1;
    *count = 0;
    for (int i = 0; i < GROUPS_6; i++) {
        run = group_of(address, i) == 0 ? run + 1 : 0;
        if (run > *count && run >= 2) {
            *count = run;
            *first = i - run + 1;
        }
    }
}

static size_t show_quad(char *shown, const uint8_t *at)
{
    return (size_t)snprintf(shown, 16, "%u.%u.%u.%u", at[0], at[1], at[2], at[3]);
}

/* Whether the last four bytes are shown as IPv4: pg_inet_net_ntop,
 * port/inet_net_ntop.c, 18. */
static bool ends_in_quad(const struct address *address, int zeros_first, int zeros_count)
{
    if (zeros_first != 0)
        return false;
    return zeros_count == 6 || (zeros_count == 7 && group_of(address, 7) != 1) ||
           (zeros_count == 5 && group_of(address, 5) == 0xFFFF);
}

static size_t show_6(char *shown, const struct address *address)
{
    int zeros_first;
    int zeros_count;
    size_t size = 0;

    find_zeros(address, &zeros_first, &zeros_count);
    for (int i = 0; i < GROUPS_6; i++) {
        if (i >= zeros_first && i < zeros_first + zeros_count) {
            if (i == zeros_first)
                shown[size++] = ':';
            continue;
        }
        if (i > 0)
            shown[size++] = ':';
        if (i == 6 && ends_in_quad(address, zeros_first, zeros_count))
            return size + show_quad(shown + size, address->bytes + 12);
        size += (size_t)snprintf(shown + size, 8, "%x", group_of(address, i));
    }
    if (zeros_count && zeros_first + zeros_count == GROUPS_6)
        shown[size++] = ':';
    return size;
}

/* inet_send, utils/adt/network.c, 18: family, bits, whether it is a cidr, size,
 * bytes. As text always with its bits, as network_show. */
PGS_DECODER(pgs_inet_decode)
{
    struct address address;
    char shown[SHOWN_BYTES];
    struct pgs_str text = {shown, 0};
    bool is_6 = size_bytes > 0 && at[0] == FAMILY_6;

    (void)type;
    (void)options;
    address.size_bytes = is_6 ? BYTES_6 : BYTES_4;
    if (size_bytes != 4U + address.size_bytes || (!is_6 && at[0] != FAMILY_4) ||
        at[1] > address.size_bytes * 8 || at[2] > 1 || at[3] != address.size_bytes)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "network address is malformed");
    address.bits = at[1];
    memcpy(address.bytes, at + 4, address.size_bytes);
    text.size_bytes = is_6 ? show_6(shown, &address) : show_quad(shown, address.bytes);
    text.size_bytes += (size_t)snprintf(shown + text.size_bytes, 8, "/%u", address.bits);
    return pgs_vector_set_string(vector, row, text, err);
}

static bool read_quad(struct pgs_text_scan *scan, uint8_t *bytes)
{
    for (int i = 0; i < BYTES_4; i++) {
        uint64_t byte;

        if ((i > 0 && !pgs_text_scan_char(scan, '.')) || !pgs_text_scan_decimal(scan, 255, &byte))
            return false;
        bytes[i] = (uint8_t)byte;
    }
    return true;
}

/* One group, or the four bytes of a dotted quad at the end. */
static bool read_group(struct pgs_text_scan *scan, uint8_t *bytes, int *groups)
{
    const char *start = scan->at;
    uint64_t group;

    if (!pgs_text_scan_hex(scan, 4, &group))
        return false;
    if (pgs_text_scan_peek(scan) != '.') {
        pgs_put_be16(bytes + 2 * (size_t)*groups, (uint16_t)group);
        *groups += 1;
        return true;
    }
    scan->at = start;
    if (*groups > GROUPS_6 - 2 || !read_quad(scan, bytes + 2 * (size_t)*groups))
        return false;
    *groups += 2;
    return pgs_text_scan_peek(scan) != ':';
}

/* Groups with colons between them and at most one "::", which stands for at
 * least one group of zeros. */
static bool read_6(struct pgs_text_scan *scan, uint8_t *bytes)
{
    int groups = 0;
    int gap = -1;

    if (pgs_text_scan_word(scan, "::"))
        gap = 0;
    while (groups < GROUPS_6 &&
           !(gap == groups && (pgs_text_scan_ended(scan) || pgs_text_scan_peek(scan) == '/'))) {
        if (!read_group(scan, bytes, &groups))
            return false;
        if (gap < 0 && groups < GROUPS_6 && pgs_text_scan_word(scan, "::"))
            gap = groups;
        else if (!pgs_text_scan_char(scan, ':'))
            break;
        else if (groups == GROUPS_6)
            return false;
    }
    if (gap < 0)
        return groups == GROUPS_6;
    if (groups == GROUPS_6)
        return false;
    memmove(bytes + 2 * (size_t)(gap + GROUPS_6 - groups), bytes + 2 * (size_t)gap,
            2 * (size_t)(groups - gap));
    memset(bytes + 2 * (size_t)gap, 0, 2 * (size_t)(GROUPS_6 - groups));
    return true;
}

static bool read_address(struct pgs_str text, struct address *address)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    bool is_6 = text.size_bytes && memchr(text.at, ':', text.size_bytes) != NULL;
    uint64_t bits;

    memset(address, 0, sizeof(*address));
    address->size_bytes = is_6 ? BYTES_6 : BYTES_4;
    bits = address->size_bytes * 8U;
    if (is_6 ? !read_6(&scan, address->bytes) : !read_quad(&scan, address->bytes))
        return false;
    if (pgs_text_scan_char(&scan, '/') && !pgs_text_scan_decimal(&scan, bits, &bits))
        return false;
    address->bits = (uint8_t)bits;
    return pgs_text_scan_ended(&scan);
}

/* Whether only zeros follow the bits of the network, as a cidr needs. */
static bool is_network(const struct address *address)
{
    for (uint32_t bit = address->bits; bit < address->size_bytes * 8U; bit++) {
        if (address->bytes[bit / 8] >> (7 - bit % 8) & 1)
            return false;
    }
    return true;
}

PGS_ENCODER(pgs_inet_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    bool is_cidr = type->oid == CIDR_OID;
    struct address address;
    uint8_t head[4];

    (void)options;
    if (!read_address(text, &address) || (is_cidr && !is_network(&address)))
        return pgs_text_refuse(text, is_cidr ? "cidr" : "inet", err);
    head[0] = address.size_bytes == BYTES_6 ? FAMILY_6 : FAMILY_4;
    head[1] = address.bits;
    head[2] = is_cidr;
    head[3] = address.size_bytes;
    pgs_buf_add(out, head, sizeof(head));
    pgs_buf_add(out, address.bytes, address.size_bytes);
    return PGS_OK;
}

static enum pgs_status decode_mac(const uint8_t *at, uint32_t size_bytes, struct pgs_vector *vector,
                                  size_t row, struct pgs_error *err)
{
    static const char DIGITS[] = "0123456789abcdef";
    char shown[24];
    struct pgs_str text = {shown, 3 * (size_t)size_bytes - 1};

    for (size_t i = 0; i < size_bytes; i++) {
        shown[3 * i] = DIGITS[at[i] >> 4];
        shown[3 * i + 1] = DIGITS[at[i] & 15];
        shown[3 * i + 2] = ':';
    }
    return pgs_vector_set_string(vector, row, text, err);
}

/* Pairs of digits, all with the same mark between them: colon, minus or none. */
static bool read_mac(struct pgs_str text, uint8_t *bytes, size_t count)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    char mark = text.size_bytes > 2 && (text.at[2] == ':' || text.at[2] == '-') ? text.at[2] : 0;

    for (size_t i = 0; i < count; i++) {
        const char *start;
        uint64_t byte;

        if (i > 0 && mark && !pgs_text_scan_char(&scan, mark))
            return false;
        start = scan.at;
        if (!pgs_text_scan_hex(&scan, 2, &byte) || scan.at - start != 2)
            return false;
        bytes[i] = (uint8_t)byte;
    }
    return pgs_text_scan_ended(&scan);
}

/* macaddr_send and macaddr_recv, utils/adt/mac.c, 18. */
PGS_DECODER(pgs_macaddr_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 6, "macaddr", err));
    return decode_mac(at, size_bytes, vector, row, err);
}

PGS_ENCODER(pgs_macaddr_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    uint8_t bytes[6];

    (void)type;
    (void)options;
    if (!read_mac(text, bytes, sizeof(bytes)))
        return pgs_text_refuse(text, "macaddr", err);
    pgs_buf_add(out, bytes, sizeof(bytes));
    return PGS_OK;
}

/* macaddr8_send and macaddr8_recv, utils/adt/mac8.c, 18. */
PGS_DECODER(pgs_macaddr8_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "macaddr8", err));
    return decode_mac(at, size_bytes, vector, row, err);
}

PGS_ENCODER(pgs_macaddr8_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    uint8_t bytes[8];

    (void)type;
    (void)options;
    if (!read_mac(text, bytes, sizeof(bytes)))
        return pgs_text_refuse(text, "macaddr8", err);
    pgs_buf_add(out, bytes, sizeof(bytes));
    return PGS_OK;
}
