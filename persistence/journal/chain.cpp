#include "persistence/journal/chain.hpp"

#include <openssl/evp.h>

#include "oms/domain/assert.hpp"

namespace penstock::persistence {

void Chain::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Chain::Chain() : running_(EVP_MD_CTX_new()), copy_(EVP_MD_CTX_new()) { begin({}, 0); }
Chain::~Chain() = default;

void Chain::begin(const Digest& before, std::uint64_t offset) {
    before_ = before;
    start_ = end_ = offset;
    const bool begun = EVP_DigestInit_ex(running_.get(), EVP_sha256(), nullptr) == 1 &&
                       EVP_DigestUpdate(running_.get(), before.data(), before.size()) == 1;
    PENSTOCK_ASSERT(begun, "OpenSSL offers no SHA-256");
}

void Chain::add(const char* bytes, std::size_t size) {
    PENSTOCK_ASSERT(EVP_DigestUpdate(running_.get(), bytes, size) == 1, "OpenSSL failed to hash");
    end_ += size;
}

SealPayload Chain::seal() const {
    SealPayload made{start_, end_, {}};
    const bool done = EVP_MD_CTX_copy_ex(copy_.get(), running_.get()) == 1 &&
                      EVP_DigestFinal_ex(copy_.get(), made.chain.data(), nullptr) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to finish a hash");
    return made;
}

}  // namespace penstock::persistence
