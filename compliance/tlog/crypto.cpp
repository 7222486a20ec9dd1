#include "compliance/tlog/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

#include "oms/domain/assert.hpp"

namespace penstock::compliance {
namespace {

struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeMethod {
    void operator()(EVP_MD* method) const { EVP_MD_free(method); }
};
struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

/// Looked up once: OpenSSL 3 spends longer on finding an algorithm than on hashing a small record.
const EVP_MD* sha256_method() {
    static const std::unique_ptr<EVP_MD, FreeMethod> method(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return method.get();
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Key private_key(const Seed& seed) {
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    PENSTOCK_ASSERT(key != nullptr, "OpenSSL offers no Ed25519");
    return key;
}

}  // namespace

Hash sha256(std::string_view first, std::string_view second, std::string_view third) {
    thread_local const Digest context(EVP_MD_CTX_new());
    Hash hash{};
    const bool done =
        EVP_DigestInit_ex2(context.get(), sha256_method(), nullptr) == 1 &&
        EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
        EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
        EVP_DigestUpdate(context.get(), third.data(), third.size()) == 1 &&
        EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to hash");
    return hash;
}

Hasher::Hasher() : context_(EVP_MD_CTX_new()) {
    const bool done = EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), sha256_method(), nullptr) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to hash");
}
Hasher::~Hasher() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }
void Hasher::add(std::string_view bytes) {
    const bool done = EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to hash");
}
Hash Hasher::finish() {
    Hash hash{};
    const bool done = EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), hash.data(), nullptr) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to hash");
    return hash;
}

PublicKey public_key_of(const Seed& seed) {
    PublicKey key{};
    std::size_t size = key.size();
    const bool done = EVP_PKEY_get_raw_public_key(private_key(seed).get(), key.data(), &size) == 1;
    PENSTOCK_ASSERT(done && size == key.size(), "OpenSSL gave no public key");
    return key;
}

Signature ed25519_sign(const Seed& seed, std::string_view message) {
    const Key key = private_key(seed);
    const Digest context(EVP_MD_CTX_new());
    Signature signature{};
    std::size_t size = signature.size();
    const bool done =
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message), message.size()) == 1;
    PENSTOCK_ASSERT(done && size == signature.size(), "OpenSSL failed to sign");
    return signature;
}

bool ed25519_verify(const PublicKey& key, std::string_view message, const Signature& signature) {
    const Key parsed(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    if (parsed == nullptr) return false;
    const Digest context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()) == 1 &&
           EVP_DigestVerify(
               context.get(), signature.data(), signature.size(), bytes_of(message), message.size()) == 1;
}

Seed random_seed() {
    Seed seed{};
    PENSTOCK_ASSERT(RAND_bytes(seed.data(), static_cast<int>(seed.size())) == 1, "no random bytes to be had");
    return seed;
}

}  // namespace penstock::compliance
