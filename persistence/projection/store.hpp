#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"
#include "persistence/journal/format.hpp"
#include "persistence/projection/batch.hpp"

namespace penstock::projection {

/// Why a database did not do what it was asked to.
struct StoreProblem {
    enum class Kind : std::uint8_t {
        Unavailable,  // later it may: down, locked, slow, full. Whether a commit was done is not known
        Overtaken,    // the rows in it are not those up to the batch: somebody else has written
        Refused,      // a person must look: damaged, another schema, another journal
    };
    Kind kind = Kind::Unavailable;
    std::string text;  // what, where, and what to do
};
using Outcome = std::optional<StoreProblem>;  // nothing: it was done

/// How far a projection goes.
struct Mark {
    Seq seq;  // none: it has no record yet
    Timestamp time;
    persistence::Uuid journal{};
};

/// A database with the tables of a projection. One thread. After Unavailable it must be opened again, and the
/// mark be read, before anything is applied.
class Store {
  public:
    virtual ~Store() = default;
    /// Connects, and brings the tables to this program's version, all of it or nothing. `now` is noted with
    /// migrations. Refused: what is there is of a newer program, or of another one.
    virtual Outcome open(Timestamp now) = 0;
    /// Reads how far it goes. Of a new one the journal is `journal` from now on; another one is Refused.
    virtual Outcome read_mark(const persistence::Uuid& journal, Mark& mark) = 0;
    /// Puts a closed batch and its mark in, in one transaction. A batch of records that are in already
    /// changes nothing and is done.
    virtual Outcome apply(const Batch& batch) = 0;
    /// How far the one there is goes, without changing anything; it need not be open.
    virtual Outcome look(Mark& mark) = 0;
    /// Only of one made aside: takes the place of the one in use, which readers see as it was until then.
    virtual Outcome publish() = 0;
};

/// Aside: made beside the one in use, empty at open(), for publish().
enum class Place : std::uint8_t { InUse, Aside };

std::string to_text(const persistence::Uuid& journal);
/// Words of problems that every database has.
std::string of_another_journal(std::string_view noted);
std::string overtaken(const Mark& mark, const Batch& batch);

struct Settings;
/// The database the settings name.
std::unique_ptr<Store> make_store(const Settings& settings, Place place);

}  // namespace penstock::projection
