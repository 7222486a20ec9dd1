#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <memory>
#include <set>
#include <string>

#include "persistence/journal/wire.hpp"
#include "persistence/journal/wire_fields.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::persistence {
namespace {

namespace pb = google::protobuf;
using Type = pb::FieldDescriptor::Type;

/// spec/proto/journal.proto as protoc reads it.
class Schema : public testing::Test {
  protected:
    void SetUp() override {
        std::ifstream in(PENSTOCK_JOURNAL_DESCRIPTOR, std::ios::binary);
        pb::FileDescriptorSet set;
        ASSERT_TRUE(set.ParseFromIstream(&in));
        ASSERT_EQ(set.file_size(), 1);
        file_ = pool_.BuildFile(set.file(0));
        ASSERT_NE(file_, nullptr);
    }
    const pb::Descriptor* message(const std::string& name) const {
        return file_->FindMessageTypeByName(name);
    }

    pb::DescriptorPool pool_;
    const pb::FileDescriptor* file_ = nullptr;
};

/// "NewOrder" for oms::NewOrder.
template <class T>
std::string name_of() {
    const std::string text = __PRETTY_FUNCTION__;
    const std::size_t end = text.find_first_of(";]", text.find("T = "));
    const std::string full = text.substr(0, end);
    return full.substr(full.find_last_of(":= ") + 1);
}

std::string snake(const std::string& name) {
    std::string made;
    for (const char letter : name) {
        if (std::isupper(letter) != 0 && !made.empty()) made += '_';
        made += static_cast<char>(std::tolower(letter));
    }
    return made;
}

template <class T>
Type type_of() {
    if constexpr (OptionalField<T>)
        return type_of<typename T::value_type>();
    else if constexpr (std::same_as<T, bool>)
        return Type::TYPE_BOOL;
    else if constexpr (EnumField<T>)
        return Type::TYPE_UINT32;
    else if constexpr (NumberField<T>)
        return sizeof(T) == 8 ? Type::TYPE_UINT64 : Type::TYPE_UINT32;
    else if constexpr (TimeField<T>)
        return Type::TYPE_SFIXED64;
    else if constexpr (TextField<T>)
        return Type::TYPE_BYTES;
    else
        return Type::TYPE_MESSAGE;
}

template <class T>
std::string message_of() {
    if constexpr (OptionalField<T>)
        return message_of<typename T::value_type>();
    else if constexpr (DecimalField<T>)
        return "Decimal";
    else
        return name_of<T>();
}

/// Does the message have exactly the fields of the struct? Collects the names of all messages used.
template <class T>
void expect_same(const pb::FileDescriptor& file, std::set<std::string>& seen) {
    const std::string name = name_of<T>();
    const pb::Descriptor* const message = file.FindMessageTypeByName(name);
    ASSERT_NE(message, nullptr) << name;
    seen.insert(name);
    int count = 0;
    T value{};
    describe(value, [&](std::uint32_t number, const char* field_name, auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        ++count;
        const pb::FieldDescriptor* const field = message->FindFieldByNumber(static_cast<int>(number));
        ASSERT_NE(field, nullptr) << name << "." << field_name;
        EXPECT_EQ(field->name(), field_name) << name;
        EXPECT_EQ(field->type(), type_of<Member>()) << name << "." << field_name;
        EXPECT_FALSE(field->is_repeated()) << name << "." << field_name;
        if (field->type() == Type::TYPE_MESSAGE) {
            EXPECT_EQ(field->message_type()->name(), message_of<Member>());
        }
        // A number that may be absent has to be able to say so.
        EXPECT_TRUE(field->has_presence() || !OptionalField<Member>) << name << "." << field_name;
    });
    // A number's message is no member: all messages of a record lie together.
    const int beside = std::same_as<T, oms::WireNumber> ? 1 : 0;
    EXPECT_EQ(message->field_count(), count + beside) << name;
}

template <class... Alternatives>
void expect_oneof(const pb::Descriptor& message, const std::variant<Alternatives...>*,
                  std::set<std::string>& seen) {
    ASSERT_EQ(message.oneof_decl_count(), 1);
    EXPECT_EQ(message.field_count(), static_cast<int>(sizeof...(Alternatives)));
    int number = 0;
    const auto check = [&](const std::string& name) {
        const pb::FieldDescriptor* const field = message.FindFieldByNumber(++number);
        ASSERT_NE(field, nullptr) << name;
        EXPECT_EQ(field->name(), snake(name));
        EXPECT_EQ(field->containing_oneof(), message.oneof_decl(0)) << name;
        EXPECT_EQ(field->message_type()->name(), name);
    };
    (check(name_of<Alternatives>()), ...);
    (expect_same<Alternatives>(*message.file(), seen), ...);
    seen.insert(message.name());
}

/// No field, at any depth, that the schema does not name.
bool fully_known(const pb::Message& message) {
    const pb::Reflection& reflection = *message.GetReflection();
    if (!reflection.GetUnknownFields(message).empty()) return false;
    std::vector<const pb::FieldDescriptor*> set;
    reflection.ListFields(message, &set);
    for (const pb::FieldDescriptor* field : set) {
        if (field->type() != Type::TYPE_MESSAGE) continue;
        const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
        for (int i = 0; i < count; ++i) {
            const bool known =
                fully_known(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                                 : reflection.GetMessage(message, field));
            if (!known) return false;
        }
    }
    return true;
}

}  // namespace

TEST_F(Schema, HasExactlyTheStructsOfTheDomain) {
    std::set<std::string> seen = {"Record", "Decimal", "Notional"};
    expect_oneof(*message("Input"), static_cast<const oms::InputBody*>(nullptr), seen);
    expect_oneof(*message("Output"), static_cast<const oms::Output*>(nullptr), seen);
    expect_same<oms::Origin>(*file_, seen);
    expect_same<oms::VenueReport>(*file_, seen);
    expect_same<oms::Denial>(*file_, seen);
    expect_same<oms::OrderConditions>(*file_, seen);
    expect_same<oms::DoorRefusal>(*file_, seen);
    expect_same<oms::ListLine>(*file_, seen);
    expect_same<oms::VenueTerms>(*file_, seen);
    expect_same<oms::BookPlace>(*file_, seen);
    expect_same<oms::WireNumber>(*file_, seen);
    for (int i = 0; i < file_->message_type_count(); ++i) {
        EXPECT_TRUE(seen.contains(file_->message_type(i)->name())) << file_->message_type(i)->name();
    }
}

TEST_F(Schema, RecordIsNumberedAsTheCodeNumbersIt) {
    const auto number = [this](const char* name) {
        return static_cast<RecordField>(message("Record")->FindFieldByName(name)->number());
    };
    EXPECT_EQ(number("seq"), RecordField::Seq);
    EXPECT_EQ(number("time_ns"), RecordField::Time);
    EXPECT_EQ(number("origin"), RecordField::Origin);
    EXPECT_EQ(number("input"), RecordField::Input);
    EXPECT_EQ(number("outputs"), RecordField::Outputs);
    EXPECT_EQ(number("numbers"), RecordField::Numbers);
    EXPECT_EQ(number("raw"), RecordField::Raw);
    EXPECT_EQ(number("session_sent"), RecordField::SessionSent);
    EXPECT_EQ(message("WireNumber")->FindFieldByName("message")->number(), static_cast<int>(kWireMessage));
}

TEST_F(Schema, LibprotobufReadsWhatWeWriteAndWeReadWhatItWrites) {
    pb::DynamicMessageFactory factory;
    const std::unique_ptr<pb::Message> parsed(factory.GetPrototype(message("Record"))->New());
    Random random(21);
    for (std::size_t i = 0; i < 4'000; ++i) {
        const oms::Record record = random_record(random, i + 1, i, i);
        const std::string ours = encoded(record);
        ASSERT_TRUE(parsed->ParseFromString(ours)) << i;
        ASSERT_TRUE(fully_known(*parsed)) << i;

        std::string theirs;
        ASSERT_TRUE(parsed->SerializeToString(&theirs));
        oms::Record back;
        ASSERT_EQ(decode(theirs, back), Fault::None) << i;
        ASSERT_EQ(fields_of(back), fields_of(record)) << i;
    }
}

}  // namespace penstock::persistence
