// What an open trace keeps: shared by Trace and its streams, seen by nobody else.
#pragma once

#include "common/etl/compress/decompress.h"
#include "common/etl/container/buffer_index.h"
#include "common/etl/trace.h"

#include <memory>
#include <vector>

namespace quarry::etl {

struct Trace::State {
  std::unique_ptr<Source> source;
  TraceHeader header;
  Clock clock;
  CompressionFormat format = CompressionFormat::kNone;
  Survey survey;
  std::vector<VolumeMapping> volumes;
  std::vector<Problem> problems;
  SchemaSet schemas;
  BufferIndex index;  // by first_time and offset
};

}  // namespace quarry::etl
