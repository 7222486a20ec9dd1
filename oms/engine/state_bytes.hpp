#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

#include "oms/ports/snapshot.hpp"

namespace penstock::oms {

// The state as bytes. Each class that holds some says once which of its members they are, in
// `visit_state(self, visit)`; StateWriter, StateReader and StateLayout are three ways to visit them.

/// Values that are written as they lie in memory.
template <class T>
concept Plain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

/// Holds members that are visited one by one.
template <class T, class Visit>
concept HoldsState = requires(T& value, Visit& visit) {
    std::remove_const_t<T>::visit_state(value, visit);
};

/// Knows its own form: slabs and indexes, most of whose memory is unused.
template <class T, class Bytes>
concept SavesItself = requires(const T& value, Bytes& bytes) {
    value.save(bytes);
};

class StateWriter {
  public:
    explicit StateWriter(ByteSink& sink) : sink_(sink) {}

    template <class T>
    void operator()(const T& value) {
        if constexpr (SavesItself<T, StateWriter>)
            value.save(*this);
        else if constexpr (HoldsState<const T, StateWriter>)
            T::visit_state(value, *this);
        else
            plain(value);
    }
    template <class T>
    void operator()(const std::vector<T>& values) {
        plain(std::uint64_t{values.size()});
        if constexpr (Plain<T> && !std::is_same_v<T, bool>) {
            many(values.data(), values.size());
        } else if constexpr (std::is_same_v<T, bool>) {
            for (const bool value : values) plain(static_cast<std::uint8_t>(value));
        } else {
            for (const T& value : values) (*this)(value);
        }
    }
    template <Plain T>
    void plain(const T& value) {
        many(&value, 1);
    }
    template <Plain T>
    void many(const T* values, std::size_t count) {
        if (count != 0) sink_.write({reinterpret_cast<const char*>(values), count * sizeof(T)});
    }

  private:
    ByteSink& sink_;
};

/// Reads what a StateWriter of the same layout wrote. Whatever the bytes are, it never reads beyond them and
/// never takes more memory than they can fill; from the first thing that cannot be on, nothing is right.
class StateReader {
  public:
    explicit StateReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    void operator()(T& value) {
        if constexpr (SavesItself<T, StateWriter>)
            value.load(*this);
        else if constexpr (HoldsState<T, StateReader>)
            T::visit_state(value, *this);
        else
            plain(value);
    }
    template <class T>
    void operator()(std::vector<T>& values) {
        constexpr bool kIsBool = std::is_same_v<T, bool>;
        std::uint64_t count = 0;
        plain(count);
        values.clear();
        if (!expect(count <= rest_.size() / (Plain<T> && !kIsBool ? sizeof(T) : 1))) return;
        values.resize(count);
        if constexpr (kIsBool) {
            for (std::uint64_t at = 0; at < count; ++at) {
                std::uint8_t value = 0;
                plain(value);
                values[at] = value != 0;
            }
        } else if constexpr (Plain<T>) {
            many(values.data(), values.size());
        } else {
            for (T& value : values) (*this)(value);
        }
    }
    template <Plain T>
    void plain(T& value) {
        many(&value, 1);
    }
    template <Plain T>
    void many(T* values, std::size_t count) {
        if (!expect(count <= rest_.size() / sizeof(T)) || count == 0) return;
        std::memcpy(static_cast<void*>(values), rest_.data(), count * sizeof(T));
        rest_.remove_prefix(count * sizeof(T));
    }
    /// From the first false on, nothing is right. True while everything is.
    bool expect(bool is_right) {
        if (!is_right) is_right_ = false;
        return is_right_;
    }
    std::size_t left() const { return rest_.size(); }
    bool is_done() const { return is_right_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool is_right_ = true;
};

}  // namespace penstock::oms
