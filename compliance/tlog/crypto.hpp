#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock::compliance {

// The only door to OpenSSL in this folder. Bytes are passed as std::string_view.

using Hash = std::array<std::uint8_t, 32>;  // SHA-256
using PublicKey = std::array<std::uint8_t, 32>;
using Seed = std::array<std::uint8_t, 32>;  // the secret an Ed25519 key is made from (RFC 8032)
using Signature = std::array<std::uint8_t, 64>;

/// The bytes of an array, for functions that take text.
template <std::size_t kSize>
std::string_view view(const std::array<std::uint8_t, kSize>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// SHA-256 over the three parts, one after the other. Any thread.
Hash sha256(std::string_view first, std::string_view second = {}, std::string_view third = {});

/// SHA-256 of what is given piece by piece. One thread.
class Hasher {
  public:
    Hasher();
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    void add(std::string_view bytes);
    /// The hash of everything added. Nothing is added after it.
    Hash finish();

  private:
    void* context_;
};

PublicKey public_key_of(const Seed& seed);
/// Ed25519, deterministic: the same seed and message always give the same signature.
Signature ed25519_sign(const Seed& seed, std::string_view message);
bool ed25519_verify(const PublicKey& key, std::string_view message, const Signature& signature);
/// Fresh secret bytes from the system's generator.
Seed random_seed();

}  // namespace penstock::compliance
