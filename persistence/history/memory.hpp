#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "oms/ports/snapshot.hpp"

namespace penstock::history {

// What folding has learned, as bytes: members as they lie in memory, so they are read only by a program to
// which layout_of says the same. Each class names its members once, in visit_state; writing, reading and
// the layout are three visits.

/// Raise it when bytes of the same layout come to mean something else.
inline constexpr std::uint64_t kMemoryMeaning = 1;

template <class T>
concept Mapping = requires {
    typename T::key_type;
    typename T::mapped_type;
};
template <class T>
concept Sequence = requires(T value) {
    value.resize(std::size_t{});
    typename T::value_type;
};

class MemoryWriter {
  public:
    explicit MemoryWriter(oms::ByteSink& out) : out_(out) {}
    template <class T>
    void operator()(const T& value) {
        if constexpr (Mapping<T>) {
            number(value.size());
            for (const auto& [key, mapped] : value) {
                (*this)(key);
                (*this)(mapped);
            }
        } else if constexpr (Sequence<T>) {
            number(value.size());
            for (const auto& element : value) (*this)(element);
        } else {
            static_assert(std::is_trivially_copyable_v<T>);
            out_.write({reinterpret_cast<const char*>(&value), sizeof value});
        }
    }

  private:
    void number(std::uint64_t value) { (*this)(value); }
    oms::ByteSink& out_;
};

/// After the first byte that is missing everything is empty.
class MemoryReader {
  public:
    explicit MemoryReader(std::string_view bytes) : rest_(bytes) {}
    bool failed() const { return failed_; }
    bool is_at_end() const { return rest_.empty(); }

    template <class T>
    void operator()(T& value) {
        if constexpr (Mapping<T>) {
            value.clear();
            for (std::uint64_t left = count(); left > 0 && !failed_; --left) {
                typename T::key_type key{};
                typename T::mapped_type mapped{};
                (*this)(key);
                (*this)(mapped);
                value.insert_or_assign(std::move(key), std::move(mapped));
            }
        } else if constexpr (Sequence<T>) {
            value.clear();
            value.resize(count());
            for (auto& element : value) (*this)(element);
        } else {
            static_assert(std::is_trivially_copyable_v<T>);
            if (failed_ || rest_.size() < sizeof value) {
                failed_ = true;
                return;
            }
            std::memcpy(static_cast<void*>(&value), rest_.data(), sizeof value);
            rest_.remove_prefix(sizeof value);
        }
    }

  private:
    /// No element is shorter than a byte, so what a damaged count can take is bounded.
    std::uint64_t count() {
        std::uint64_t value = 0;
        (*this)(value);
        failed_ = failed_ || value > rest_.size();
        return failed_ ? 0 : value;
    }

    std::string_view rest_;
    bool failed_ = false;
};

/// Folds the size of each type, and of those with a list of fields where each lies.
class MemoryLayout {
  public:
    template <class T>
    void operator()(const T&) {
        add_type<T>();
    }
    std::uint64_t value() const { return hash_; }

  private:
    /// Takes the members of a list of fields, with numbers or without.
    struct Places {
        MemoryLayout& layout;
        const char* start;
        void operator()(const char* name, const auto& member) const {
            for (const char c : std::string_view(name)) layout.add(static_cast<std::uint64_t>(c));
            layout.add(static_cast<std::uint64_t>(reinterpret_cast<const char*>(&member) - start));
        }
        void operator()(std::uint32_t number, const char* name, const auto& member) const {
            layout.add(number);
            (*this)(name, member);
        }
    };

    template <class T>
    void add_type() {
        if constexpr (Mapping<T>) {
            add_type<typename T::key_type>();
            add_type<typename T::mapped_type>();
        } else if constexpr (Sequence<T>) {
            add_type<typename T::value_type>();
        } else {
            add(sizeof(T));
            const T value{};
            const Places places{*this, reinterpret_cast<const char*>(&value)};
            if constexpr (requires { describe(value, places); }) describe(value, places);
        }
    }
    void add(std::uint64_t value) {
        constexpr std::uint64_t kPrime = 1'099'511'628'211U;
        hash_ = (hash_ ^ value) * kPrime;
    }

    std::uint64_t hash_ = 14'695'981'039'346'656'037U ^ kMemoryMeaning;
};

}  // namespace penstock::history
