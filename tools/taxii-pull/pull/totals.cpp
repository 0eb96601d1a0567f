#include "tools/taxii-pull/pull/totals.h"

#include "common/json/object_writer.h"

namespace quarry::taxii_pull {

std::string summary_of(const Totals& totals) {
  json::ObjectWriter writer;
  const auto add = [&writer](std::string_view key, const std::atomic<std::uint64_t>& count) {
    writer.number(key, static_cast<std::int64_t>(count.load()));
  };
  writer.text("_type", "summary").text("tool", "taxii-pull").text("command", "pull");
  add("collections", totals.collections);
  add("failed", totals.failed);
  add("not_due", totals.skipped);
  add("pages", totals.pages);
  add("received", totals.received);
  add("new_objects", totals.objects);
  add("rows", totals.rows);
  add("updates", totals.updates);
  add("invalid_patterns", totals.invalid_patterns);
  add("bad_objects", totals.bad_objects);
  add("withheld", totals.withheld);
  add("missing", totals.missing);
  add("cut_off", totals.cut_off);
  return writer.take() + "\n";
}

}  // namespace quarry::taxii_pull
