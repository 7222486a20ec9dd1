#include "fix/session/engine.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "fix/codec/data_guard.hpp"

namespace penstock::fix {

using boost::asio::ip::tcp;

namespace {

/// Before a wrong password is answered.
constexpr auto kRefusalDelay = std::chrono::seconds(1);

}  // namespace

FixEngine::FixEngine(boost::asio::io_context& io, oms::Clock& clock)
    : io_(io), clock_(clock), timer_(io), passwords_(io) {}

FixEngine::~FixEngine() {
    for (auto& [connection, live] : connections_) connection->set_user(nullptr);
}

FixSession& FixEngine::add_session(const SessionSettings& settings, SessionUser& user,
                                   std::unique_ptr<SentMessages> sent) {
    sessions_.push_back(std::make_unique<FixSession>(settings, user, std::move(sent), clock_));
    return *sessions_.back();
}

std::optional<std::string> FixEngine::listen(const ListenerSettings& settings) {
    auto listener = std::make_unique<Listener>(io_, settings);
    const ListenerSettings* kept = &listener->settings();
    listener->on_accept([this, kept](tcp::socket socket, std::unique_ptr<TlsStream> tls) {
        if (pending() >= kept->max_pending_connections) return;  // full: closed at once
        ConnectionLimits limits;
        limits.max_message_bytes = kept->max_message_bytes_before_logon;
        adopt(std::make_shared<Connection>(std::move(socket), limits, std::move(tls), to_release_), nullptr,
              kept);
    });
    if (auto error = listener->open()) return error;
    listeners_.push_back(std::move(listener));
    return std::nullopt;
}

void FixEngine::start() {
    // Before anybody connects: a period may have begun or ended while the process was down.
    for (const auto& session : sessions_) session->keep_schedule();
    for (const auto& session : sessions_) {
        if (!session->settings().is_initiator) continue;
        FixSession* one = session.get();
        auto connector = std::make_unique<Connector>(
            io_, one->settings(),
            [this, one](tcp::socket socket, std::unique_ptr<TlsStream> tls) {
                adopt(std::make_shared<Connection>(
                          std::move(socket), one->settings().limits, std::move(tls), to_release_),
                      one, nullptr);
            },
            [this, one](const std::string& error) { note(one->name() + ": " + error); });
        connector->start();
        connectors_.emplace(one, std::move(connector));
    }
    tick();
}

void FixEngine::adopt(std::shared_ptr<Connection> connection, FixSession* session,
                      const ListenerSettings* listener) {
    Connection* key = connection.get();
    connection->set_user(this);
    connections_[key] = {connection, session, listener, clock_.now()};
    connection->start(session != nullptr);
    if (session != nullptr) session->attach(std::move(connection));
}

void FixEngine::on_frame(Connection& connection, std::string_view frame) {
    const auto found = connections_.find(&connection);
    if (found == connections_.end()) return;
    FixSession* session = found->second.session;
    if (session == nullptr) {
        std::string why;
        session = session_for(connection, frame, why);
        if (session == nullptr) return refuse(connection, why);
    }
    if (const auto claim = session->claim_of(frame))
        return check_password(connection, *session, frame, *claim);
    feed(found->second, *session, frame, FixSession::Sender::NotChecked);
}

void FixEngine::refuse(Connection& connection, const std::string& why) {
    note("connection from " + connection.peer_address() + " closed: " + why);
    connection.close(why);
}

void FixEngine::feed(Live& live, FixSession& session, std::string_view frame, FixSession::Sender sender) {
    if (live.session == nullptr) {
        live.session = &session;
        session.attach(live.connection);
    }
    session.on_frame(frame, sender);
    if (session.is_resending() &&
        std::find(resending_.begin(), resending_.end(), &session) == resending_.end())
        resending_.push_back(&session);
}

/// Until the answer the connection belongs to no session, and what it says next waits: strangers cannot keep
/// a session from its owner.
void FixEngine::check_password(Connection& connection, FixSession& session, std::string_view frame,
                               const FixSession::Claim& claim) {
    connection.hold();
    const std::weak_ptr<Connection> asker = connection.weak_from_this();
    const auto finish = [this, asker, &session, text = std::string(frame)](FixSession::Sender sender) {
        if (const auto alive = asker.lock()) finish_logon(alive, session, text, sender);
    };
    const bool is_name_right = claim.username == session.settings().username;
    const auto done = [this, finish, is_name_right](bool matches) {
        if (matches && is_name_right) return finish(FixSession::Sender::Proven);
        // Who guesses waits, and costs nothing meanwhile.
        auto timer = std::make_shared<boost::asio::steady_timer>(io_, kRefusalDelay);
        timer->async_wait([timer, finish](const boost::system::error_code& stopped) {
            if (!stopped) finish(FixSession::Sender::Wrong);
        });
    };
    // A wrong name costs the time of a check too: the time must not tell which names exist.
    if (passwords_.check(asker, claim.password, session.settings().password_hash, done)) return;
    note(session.name() + ": logon from " + connection.peer_address() + " refused: " +
         std::to_string(PasswordChecker::kMaxWaiting) + " others wait for their password to be checked");
    boost::asio::post(io_, [finish] { finish(FixSession::Sender::Busy); });
}

void FixEngine::finish_logon(const std::shared_ptr<Connection>& connection, FixSession& session,
                             std::string_view frame, FixSession::Sender sender) {
    const auto found = connections_.find(connection.get());
    if (found == connections_.end() || !connection->is_open()) return;
    if (is_stopping_) return refuse(*connection, "shutting down");
    if (session.is_connected() && !session.uses(*connection))
        return refuse(*connection, "session " + session.name() + " is already connected");
    found->second.since = clock_.now();
    feed(found->second, session, frame, sender);
    connection->resume();
}

/// The rules of a stock acceptor: the first message must be a Logon(A) of a session we have and that
/// nobody else is using; anything else is a silent disconnect.
FixSession* FixEngine::session_for(Connection& connection, std::string_view frame, std::string& why) {
    FirstMessage first;
    if (!data_lengths_are_sound(frame) || !read_first_message(std::string(frame), first)) {
        why = "the first message is not FIX";
        return nullptr;
    }
    if (!first.is_logon) {
        why = "the first message is not a Logon(A)";
        return nullptr;
    }
    const auto found = std::find_if(sessions_.begin(), sessions_.end(), [&](const auto& session) {
        const SessionSettings& settings = session->settings();
        return !settings.is_initiator && begin_string(settings.version) == first.begin_string &&
               settings.sender_comp_id == first.target_comp_id &&
               settings.target_comp_id == first.sender_comp_id;
    });
    const std::string who = first.begin_string + ":" + first.target_comp_id + "->" + first.sender_comp_id;
    if (found == sessions_.end()) {
        why = "no session " + who + " is configured";
        return nullptr;
    }
    if ((*found)->is_connected()) {
        why = "session " + who + " is already connected";
        return nullptr;
    }
    const std::string& name = (*found)->settings().certificate_name;
    if (!name.empty() && connection.peer_common_name() != name) {
        why = "session " + who + " needs a certificate with CN=" + name + ", the peer's has " +
              connection.peer_common_name().value_or("none");
        return nullptr;
    }
    return found->get();
}

void FixEngine::on_closed(Connection& connection, std::string_view why) {
    const auto found = connections_.find(&connection);
    if (found == connections_.end()) return;
    FixSession* session = found->second.session;
    const std::shared_ptr<Connection> last = found->second.connection;
    connections_.erase(found);
    last->set_user(nullptr);
    if (session == nullptr) return;
    note(session->name() + ": disconnected: " + std::string(why));
    if (session->uses(connection)) session->detach();
    const auto connector = connectors_.find(session);
    if (connector != connectors_.end() && !is_stopping_) connector->second->retry();
}

void FixEngine::release(Seq durable) {
    releasing_.swap(to_release_);
    for (const auto& connection : releasing_)
        if (connection->release(durable)) to_release_.push_back(connection);
    releasing_.clear();
    // Not at once: what the other sessions have sent meanwhile is read first.
    if (is_slice_posted_ || !wants_slice()) return;
    is_slice_posted_ = true;
    boost::asio::post(io_, [this] { send_slice(); });
}

bool FixEngine::wants_slice() const {
    return std::any_of(resending_.begin(), resending_.end(),
                       [](const FixSession* session) { return session->wants_slice(); });
}

void FixEngine::send_slice() {
    is_slice_posted_ = false;
    const auto next = std::find_if(resending_.begin(), resending_.end(), [](const FixSession* session) {
        return session->wants_slice();
    });
    if (next != resending_.end()) {
        (*next)->send_slice();
        std::rotate(next, next + 1, resending_.end());
    }
    std::erase_if(resending_, [](const FixSession* session) { return !session->is_resending(); });
}

void FixEngine::tick() {
    // On whole seconds: QuickFIX counts in them, and so do the fast lane's samples.
    constexpr std::int64_t kSecond = 1'000'000'000;
    const std::int64_t into_second = clock_.now().ns % kSecond;
    timer_.expires_after(std::chrono::nanoseconds(kSecond - into_second));
    timer_.async_wait([this](const boost::system::error_code& stopped) {
        if (stopped) return;
        for (const auto& session : sessions_) {
            session->keep_schedule();
            if (session->is_connected()) session->tick();
            const auto connector = connectors_.find(session.get());
            if (connector != connectors_.end() && session->is_logged_on()) connector->second->settled();
        }
        close_overdue();
        tick();
    });
}

/// Whoever has not logged on in time is let go: TLS handshakes that never end, idle sockets, Logons
/// that were refused but whose peer stays. How long a password waits for its check is our time, not the
/// peer's.
void FixEngine::close_overdue() {
    std::vector<std::shared_ptr<Connection>> overdue;
    for (const auto& [connection, live] : connections_) {
        if (live.listener == nullptr || live.connection->is_held()) continue;
        if (clock_.now() - live.since < live.listener->logon_deadline) continue;
        if (live.session == nullptr || !live.session->is_logged_on()) overdue.push_back(live.connection);
    }
    for (const auto& connection : overdue) connection->close("no Logon(A) in time");
}

std::size_t FixEngine::pending() const {
    return static_cast<std::size_t>(std::count_if(
        connections_.begin(), connections_.end(),
        [](const auto& one) { return one.second.session == nullptr; }));
}

void FixEngine::log_out(const std::string& reason) {
    is_stopping_ = true;
    for (const auto& listener : listeners_) listener->close();
    for (const auto& [session, connector] : connectors_) connector->stop();
    for (const auto& session : sessions_)
        if (session->is_connected()) session->log_out(reason);
}

void FixEngine::close() {
    is_stopping_ = true;
    timer_.cancel();
    for (const auto& listener : listeners_) listener->close();
    for (const auto& [session, connector] : connectors_) connector->stop();
    std::vector<std::shared_ptr<Connection>> open;
    for (const auto& [connection, live] : connections_) open.push_back(live.connection);
    for (const auto& connection : open) connection->close("shutting down");
}

std::vector<std::uint16_t> FixEngine::ports() const {
    std::vector<std::uint16_t> ports;
    for (const auto& listener : listeners_) ports.push_back(listener->port());
    return ports;
}

bool FixEngine::any_logged_on() const {
    return std::any_of(
        sessions_.begin(), sessions_.end(), [](const auto& session) { return session->is_logged_on(); });
}

}  // namespace penstock::fix
