"""Appends the metadata footer that DuckDB reads before it loads an extension.

Usage: append_footer.py FILE ABI EXTENSION_VERSION DUCKDB_VERSION PLATFORM

The footer looks like a WebAssembly custom section, so that the same bytes serve native and wasm files:
a header, eight fields of 32 bytes (the last is read first), and 256 bytes for a signature (none here).
"""

import sys

FIELD_BYTES = 32
SIGNATURE_BYTES = 256
FORMAT_VERSION = "4"


def leb128(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def field(text):
    data = text.encode()
    if len(data) > FIELD_BYTES:
        sys.exit(f"append_footer: '{text}' is longer than {FIELD_BYTES} bytes")
    return data.ljust(FIELD_BYTES, b"\0")


def footer(abi, extension_version, duckdb_version, platform):
    fields = ["", "", "", abi, extension_version, duckdb_version, platform, FORMAT_VERSION]
    payload = b"".join(field(text) for text in fields) + bytes(SIGNATURE_BYTES)
    name = b"duckdb_signature"
    body = leb128(len(name)) + name + leb128(len(payload)) + payload
    return b"\0" + leb128(len(body)) + body


if __name__ == "__main__":
    with open(sys.argv[1], "ab") as file:
        file.write(footer(*sys.argv[2:]))
