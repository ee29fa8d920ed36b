/* SHA-256 (FIPS 180-4), by nettle. */
#include "base/sha256.h"

#include <nettle/sha2.h>

void sha256_digits(str data, char *out, size_t even_count) {
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx state;
    sha256_init(&state);
    sha256_update(&state, data.len, (const uint8_t *)data.at);
    sha256_digest(&state, sizeof digest, digest);
    for (size_t i = 0; i < even_count / 2; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
}

void sha256_hex(str data, char out[65]) {
    sha256_digits(data, out, 64);
    out[64] = 0;
}
