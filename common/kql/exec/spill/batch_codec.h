// Batches as bytes and back, for temporary files of this process: cells as they lie in memory,
// texts behind their lengths.
//
//   frame   rows (u32), then each column
//   column  form (u8: 0 flat, 1 constant), nulls (u8: 0 none, 1), bitmap where there are nulls,
//           cells: fixed width as they are; texts as u32 lengths, then all bytes
//
// A constant column is one cell. Dictionaries are not kept: a frame stands for itself.
#pragma once

#include "common/value/batch.h"

#include <span>
#include <string>
#include <string_view>

namespace quarry::exec {

/// Appends the frame of `batch`.
void encode(const Batch& batch, std::string& out);

/// Takes one frame off the front of `bytes`; long texts of the batch point into it, so `owner` is
/// kept alive. False where the bytes are no frame of such columns.
bool decode(std::string_view& bytes, std::span<const Type> types, const KeepAlive& owner,
            Batch& out);

}  // namespace quarry::exec
