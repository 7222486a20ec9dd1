#pragma once

#include <string_view>

namespace penstock::fix {

/// Whether QuickFIX 1.15.1 can be given this frame. It believes the length in front of a data field
/// (RawData, EncodedText ...) without looking whether the message is that long: "354=99999999|355=x" ends
/// the process. False for every frame with a data field that does not come right behind its length or
/// is not as long as announced; such a frame is garbled and is dropped. Everything else is QuickFIX's
/// to judge, so true says nothing about validity.
bool data_lengths_are_sound(std::string_view frame);

}  // namespace penstock::fix
