#pragma once

#include <array>
#include <string_view>

#include "fix/codec/body_writer.hpp"
#include "fix/codec/tags.hpp"
#include "oms/domain/output.hpp"

namespace penstock::fix {

/// Text(58): "MaxQuantity: measured 5000, limit 1000; the rule in words, or the words of who refused". Words
/// of others may hold anything; a control character among them would end the field and start another one.
/// What does not fit is cut off. Inside this room only.
class Sentence {
  public:
    void add(std::string_view part) {
        for (const char c : part)
            if (size_ < bytes_.size()) bytes_[size_++] = static_cast<unsigned char>(c) < ' ' ? '?' : c;
    }
    void add(const Notional& value) {
        std::array<char, Notional::kMaxText> digits;
        char* const end = value.write(digits.data());
        add({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    void add(std::size_t number);
    void add(const oms::Denial& denial, const Text& text);
    Text text() const { return Text::truncated(view()); }
    std::string_view view() const { return {bytes_.data(), size_}; }

  private:
    void add(const oms::Denial& denial);

    std::array<char, 384> bytes_;
    std::size_t size_ = 0;
};

/// Writes it if there is anything to say.
void put_text(BodyWriter& out, Tag tag, const oms::Denial& denial, const Text& text);

}  // namespace penstock::fix
