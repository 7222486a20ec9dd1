#include "config/cfg_keys.hpp"

#include <algorithm>
#include <vector>

#include "config/findings.hpp"

namespace penstock::config {
namespace {

/// Read by quickfix_cfg.cpp.
const std::vector<std::string> kHonoured{
    "BeginString",
    "SenderCompID",
    "TargetCompID",
    "SessionQualifier",
    "DefaultApplVerID",
    "ConnectionType",
    "StartTime",
    "EndTime",
    "StartDay",
    "EndDay",
    "UseLocalTime",
    "TimeZone",
    "NonStopSession",
    "HeartBtInt",
    "SocketAcceptPort",
    "SocketAcceptAddress",
    "SocketAcceptHost",
    "SocketConnectHost",
    "SocketConnectPort",
    "ReconnectInterval",
    "LogonTimeout",
    "LogoutTimeout",
    "ResetOnLogon",
    "ResetOnLogout",
    "ResetOnDisconnect",
    "CheckCompID",
    "CheckLatency",
    "MaxLatency",
    "UseDataDictionary",
    "DataDictionary",
    "TransportDataDictionary",
    "AppDataDictionary",
    "ValidateLengthAndChecksum",
    "ValidateFieldsOutOfOrder",
    "ValidateFieldsHaveValues",
    "ValidateUserDefinedFields",
    "MillisecondsInTimeStamp",
    "TimestampPrecision",
    "SendRedundantResendRequests",
    "PersistMessages",
    "ServerCertificateFile",
    "ServerCertificateKeyFile",
    "ClientCertificateFile",
    "ClientCertificateKeyFile",
    "CertificationAuthoritiesFile",
    "CertificateVerifyLevel",
    "SocketUseSSL",
    "AllowedRemoteAddresses"};

/// Where QuickFIX keeps its messages and logs, and how it treats its sockets: ours are elsewhere and
/// otherwise, and nobody on the wire can tell.
const std::vector<std::string> kNoMatter{
    "FileStorePath",           "FileLogPath",
    "FileLogBackupPath",       "FileLogHeartbeats",
    "FileStoreSync",           "FileStoreMaxCachedMsgs",
    "ScreenLogShowIncoming",   "ScreenLogShowOutgoing",
    "ScreenLogShowEvents",     "ScreenIncludeMilliseconds",
    "FileIncludeMilliseconds", "FileIncludeTimeStampForMessages",
    "SocketReuseAddress",      "SocketNodelay",
    "SocketTcpNoDelay",        "SocketSendBufferSize",
    "SocketReceiveBufferSize", "SocketKeepAlive",
    "SocketSynchronousWrites", "RefreshOnLogon",
    "DefaultApplExtID",        "Description"};

struct Ignored {
    std::string name;
    std::string advice;
};
/// Penstock does not do what these ask for.
const std::vector<Ignored> kIgnored{
    {"SendResetSeqNumFlag", "has no effect; ResetOnLogon says it"},
    {"LogonTime", "has no effect; the session logs on at StartTime"},
    {"LogoutTime", "has no effect; the session logs out at EndTime"},
    {"LogonDay", "has no effect; the session logs on at StartDay"},
    {"LogoutDay", "has no effect; the session logs out at EndDay"},
    {"AllowUnknownMsgFields", "has no effect; fields that the dictionary does not know are rejected"},
    {"PreserveMessageFieldsOrder", "has no effect"},
    {"SocketConnectSourceHost", "has no effect; the system chooses the source address"},
    {"SocketConnectSourcePort", "has no effect; the system chooses the source port"},
    {"CertificationAuthoritiesDirectory", "has no effect; use CertificationAuthoritiesFile"},
    {"CertificateRevocationListFile", "has no effect; revocation lists are not read"},
    {"CertificateRevocationListDirectory", "has no effect; revocation lists are not read"},
    {"SSLProtocol", "has no effect; TLS 1.2 is the least spoken"},
    {"SSLCipherSuite", "has no effect; OpenSSL's default is used"},
    {"TLSCipherSuites", "has no effect; OpenSSL's default is used"},
    {"HttpAcceptPort", "has no effect; there is no web page of sessions here"},
    {"SocketKeyStore", "has no effect; use ServerCertificateFile and ServerCertificateKeyFile (PEM)"},
    {"SocketKeyStorePassword", "has no effect; use ServerCertificateFile and ServerCertificateKeyFile (PEM)"},
    {"SocketTrustStore", "has no effect; use CertificationAuthoritiesFile (PEM)"},
    {"SenderSubID", "has no effect; a session is BeginString and CompIDs"},
    {"TargetSubID", "has no effect; a session is BeginString and CompIDs"},
    {"SendNextExpectedMsgSeqNum", "has no effect"},
    {"EnableNextExpectedMsgSeqNum", "has no effect"},
    {"ResendRequestChunkSize", "has no effect; a resend is asked for in one piece"},
    {"HostSelectionPolicy", "has no effect; the one SocketConnectHost is used"},
    {"Username", "has no effect; write it in the [[venue]] or [[fix.accounts_of]] of penstock.toml"},
    {"Password", "has no effect; write a reference to it in the [[venue]] of penstock.toml"},
};

bool is_in(const std::vector<std::string>& names, const std::string& lower) {
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return to_lower(name) == lower; });
}

/// Stores and logs of QuickFIX on databases: whole families of keys.
bool is_database_key(const std::string& lower) {
    for (const char* family : {"mysqlstore", "mysqllog", "postgresqlstore", "postgresqllog", "odbcstore",
                               "odbclog", "jdbc", "sleepycat", "slf4jlog"}) {
        if (lower.starts_with(family)) return true;
    }
    return false;
}

std::string unknown(std::string_view key) {
    std::vector<std::string> all = kHonoured;
    all.insert(all.end(), kNoMatter.begin(), kNoMatter.end());
    for (const Ignored& one : kIgnored) all.push_back(one.name);
    const std::string like = nearest(key, all);
    const std::string text = "is not a known key and has no effect";
    return like.empty() ? text : text + "; did you mean " + in_quotes(like) + "?";
}

}  // namespace

std::string advice_on_cfg_key(std::string_view key, std::string_view value) {
    const std::string lower = to_lower(key);
    if (lower == "usedatadictionary" && value == "N") {
        return "has no effect; Penstock always validates with a dictionary";
    }
    if (lower == "persistmessages" && value == "N") return "has no effect; the journal keeps every message";
    if (is_in(kHonoured, lower) || is_in(kNoMatter, lower) || is_database_key(lower)) return {};
    const auto ignored = std::find_if(
        kIgnored.begin(), kIgnored.end(), [&](const Ignored& one) { return to_lower(one.name) == lower; });
    if (ignored != kIgnored.end()) return ignored->advice;
    if (lower.starts_with("appdatadictionary.")) {
        return "has no effect; 5.0SP2 is the one application version of a FIXT.1.1 session";
    }
    return unknown(key);
}

}  // namespace penstock::config
