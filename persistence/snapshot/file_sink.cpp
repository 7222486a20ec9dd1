#include "persistence/snapshot/file_sink.hpp"

#include <openssl/evp.h>

#include "oms/domain/assert.hpp"
#include "persistence/journal/disk.hpp"

namespace penstock::persistence {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;
constexpr std::uint64_t kSyncEvery = std::uint64_t{8} << 20U;

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : running_(EVP_MD_CTX_new()) {
    const bool begun = EVP_DigestInit_ex(running_.get(), EVP_sha256(), nullptr) == 1;
    PENSTOCK_ASSERT(begun, "OpenSSL offers no SHA-256");
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    const bool done = EVP_DigestUpdate(running_.get(), bytes.data(), bytes.size()) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to hash");
}

Digest Sha256::finish() {
    Digest made{};
    const bool done = EVP_DigestFinal_ex(running_.get(), made.data(), nullptr) == 1;
    PENSTOCK_ASSERT(done, "OpenSSL failed to finish a hash");
    return made;
}

void FileSink::write(std::string_view bytes) {
    bytes_ += bytes.size();
    if (bytes.size() >= kPiece) {
        flush();
        return put(bytes);
    }
    buffer_.append(bytes);
    if (buffer_.size() >= kPiece) flush();
}

int FileSink::flush() {
    put(buffer_);
    buffer_.clear();
    return error_;
}

void FileSink::put(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kPiece);
        bytes.remove_prefix(piece.size());
        hash_.add(piece);
        if (error_ == 0) error_ = write_at(fd_, piece.data(), piece.size(), offset_);
        offset_ += piece.size();
        unsynced_ += piece.size();
        if (error_ != 0 || unsynced_ < kSyncEvery) continue;
        error_ = sync_data(fd_);
        unsynced_ = 0;
    }
}

}  // namespace penstock::persistence
