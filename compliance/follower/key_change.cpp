#include "compliance/follower/key_change.hpp"

#include "oms/domain/assert.hpp"

namespace penstock::compliance {

std::string key_change_text(std::string_view old_vkey, std::string_view new_vkey) {
    return "penstock audit key change\n" + std::string(old_vkey) + "\n" + std::string(new_vkey) + "\n";
}

oms::AuditKeyChanged change_key(const SignerKey& from, const SignerKey& to) {
    const std::string old_vkey = to_vkey(verifier_of(from));
    const std::string new_vkey = to_vkey(verifier_of(to));
    const std::string text = key_change_text(old_vkey, new_vkey);
    oms::AuditKeyChanged change;
    const bool fits = change.old_key.assign(old_vkey) && change.new_key.assign(new_vkey);
    PENSTOCK_ASSERT(fits, "a key whose name is too long was let through");
    change.old_signs = decltype(change.old_signs)::truncated(view(ed25519_sign(from.seed, text)));
    change.new_signs = decltype(change.new_signs)::truncated(view(ed25519_sign(to.seed, text)));
    return change;
}

}  // namespace penstock::compliance
