// Instrumentation manifests: the XML in which providers describe their events.
#pragma once

#include "common/base/result.h"
#include "common/etl/schema/layout.h"

#include <functional>
#include <string>
#include <string_view>

namespace quarry::etl {

/// Takes what a manifest holds, piece by piece: a small text may describe very much. False: enough.
struct ManifestSink {
  std::function<bool(EventLayout)> layout;
  std::function<bool(const Guid& provider, ValueMap)> map;
};

/// False where the sink had enough. kData at "name:line:column" where the text is no XML or holds
/// no provider. Layouts are of LayoutSource::kManifest.
Result<bool> parse_manifest(std::string_view xml, const std::string& name,
                            const ManifestSink& sink);

}  // namespace quarry::etl
