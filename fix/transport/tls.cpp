#include "fix/transport/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>

namespace penstock::fix {

struct TlsContext::Impl {
    SSL_CTX* context = nullptr;
    Side side = Side::Server;
};

struct TlsStream::Impl {
    std::shared_ptr<TlsContext> context;  // keeps the certificates alive
    SSL* ssl = nullptr;
    BIO* in = nullptr;
    BIO* out = nullptr;
    std::string waiting;  // plain text until the handshake is done; bounded by the send queue
};

namespace {

std::string openssl_error() {
    std::array<char, 256> text{};
    const unsigned long code = ERR_get_error();
    if (code == 0) return "unknown TLS error";
    ERR_error_string_n(code, text.data(), text.size());
    ERR_clear_error();
    return text.data();
}

bool use_files(SSL_CTX* context, const TlsSettings& settings, std::string& error) {
    const auto failed = [&](const std::string& file) {
        error = "TLS file " + file + ": " + openssl_error();
        return false;
    };
    if (!settings.certificate_file.empty()) {
        if (SSL_CTX_use_certificate_chain_file(context, settings.certificate_file.c_str()) != 1)
            return failed(settings.certificate_file);
        if (SSL_CTX_use_PrivateKey_file(context, settings.private_key_file.c_str(), SSL_FILETYPE_PEM) != 1)
            return failed(settings.private_key_file);
    }
    if (!settings.ca_file.empty()) {
        if (SSL_CTX_load_verify_locations(context, settings.ca_file.c_str(), nullptr) != 1)
            return failed(settings.ca_file);
    } else {
        SSL_CTX_set_default_verify_paths(context);
    }
    return true;
}

void drain(BIO* from, std::string& to) {
    const auto pending = BIO_ctrl_pending(from);
    if (pending == 0) return;
    const std::size_t before = to.size();
    to.resize(before + pending);
    const int got = BIO_read(from, to.data() + before, static_cast<int>(pending));
    to.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
}

}  // namespace

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::~TlsContext() { SSL_CTX_free(impl_->context); }

std::shared_ptr<TlsContext> TlsContext::load(const TlsSettings& settings, Side side, std::string& error) {
    auto impl = std::make_unique<Impl>();
    impl->side = side;
    impl->context = SSL_CTX_new(side == Side::Server ? TLS_server_method() : TLS_client_method());
    if (impl->context == nullptr) {
        error = openssl_error();
        return nullptr;
    }
    std::shared_ptr<TlsContext> made(new TlsContext(std::move(impl)));
    SSL_CTX* context = made->impl_->context;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // A FIX session lives for hours on one handshake; renegotiation only serves attackers.
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    if (!use_files(context, settings, error)) return nullptr;
    int verify = SSL_VERIFY_NONE;
    if (side == Side::Client) verify = SSL_VERIFY_PEER;
    if (settings.require_peer_certificate) verify = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    SSL_CTX_set_verify(context, verify, nullptr);
    return made;
}

TlsStream::TlsStream(std::shared_ptr<TlsContext> context, const std::string& server_name)
    : impl_(std::make_unique<Impl>()) {
    impl_->context = std::move(context);
    impl_->ssl = SSL_new(impl_->context->impl_->context);
    impl_->in = BIO_new(BIO_s_mem());
    impl_->out = BIO_new(BIO_s_mem());
    SSL_set_bio(impl_->ssl, impl_->in, impl_->out);
    if (impl_->context->impl_->side == TlsContext::Side::Server) {
        SSL_set_accept_state(impl_->ssl);
        return;
    }
    SSL_set_connect_state(impl_->ssl);
    if (server_name.empty()) return;
    SSL_set_tlsext_host_name(impl_->ssl, server_name.c_str());
    SSL_set1_host(impl_->ssl, server_name.c_str());
}

TlsStream::~TlsStream() { SSL_free(impl_->ssl); }

void TlsStream::start(std::string& to_send) {
    SSL_do_handshake(impl_->ssl);
    drain(impl_->out, to_send);
}

bool TlsStream::receive(std::string_view ciphertext, std::string& plain, std::string& to_send,
                        std::string& error) {
    BIO_write(impl_->in, ciphertext.data(), static_cast<int>(ciphertext.size()));
    bool alive = true;
    std::array<char, 16 * 1024> piece{};
    for (;;) {
        const int got = SSL_read(impl_->ssl, piece.data(), static_cast<int>(piece.size()));
        if (got > 0) {
            plain.append(piece.data(), static_cast<std::size_t>(got));
            continue;
        }
        const int why = SSL_get_error(impl_->ssl, got);
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) break;
        error = why == SSL_ERROR_ZERO_RETURN ? "the peer closed TLS" : openssl_error();
        alive = false;
        break;
    }
    if (alive && SSL_is_init_finished(impl_->ssl) == 1 && !impl_->waiting.empty()) {
        const std::string waiting = std::move(impl_->waiting);
        impl_->waiting.clear();
        send(waiting, to_send);
    }
    drain(impl_->out, to_send);
    return alive;
}

void TlsStream::send(std::string_view plain, std::string& to_send) {
    if (plain.empty()) return;
    if (SSL_is_init_finished(impl_->ssl) != 1) {
        impl_->waiting.append(plain);
        return;
    }
    SSL_write(impl_->ssl, plain.data(), static_cast<int>(plain.size()));
    drain(impl_->out, to_send);
}

std::optional<std::string> TlsStream::peer_common_name() const {
    X509* certificate = SSL_get1_peer_certificate(impl_->ssl);
    if (certificate == nullptr) return std::nullopt;
    std::array<char, 256> name{};
    const int length = X509_NAME_get_text_by_NID(
        X509_get_subject_name(certificate), NID_commonName, name.data(), static_cast<int>(name.size()));
    X509_free(certificate);
    if (length < 0) return std::nullopt;
    return std::string(name.data(), static_cast<std::size_t>(length));
}

}  // namespace penstock::fix
