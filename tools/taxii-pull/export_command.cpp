// taxii-pull export: what is live in the states, with a fresh TimeGenerated, for tools that look
// back some days only; as rows, or as bodies for services.
#include "common/base/text.h"
#include "tools/taxii-pull/push/push.h"
#include "tools/taxii-pull/row_options.h"
#include "tools/taxii-pull/state/stored_feeds.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::taxii_pull {
namespace {

/// The rows of all chosen collections; each with its own source.
Result<void> write_live(cli::Invocation& invocation, const RowOptions& options, RowOutput& out) {
  return for_each_feed(invocation, [&](StoredFeed& feed) -> Result<void> {
    FeedStore& store = feed.store();
    RowOptions own = options;
    if (own.source.empty()) own.source = store.checkpoint().source;
    own.live_only = true;
    if (const auto last = store.checkpoint().generated)
      own.now = std::max(own.now, Datetime{last->ticks + 1});
    Converter converter(std::move(own), store.context());
    return feed.for_each_newest([&](stix::ObjectReader& object) -> Result<void> {
      if (invocation.cancel().cancelled()) return fail(*invocation.cancel().error());
      return converter.write(object, out);
    });
  });
}

/// Objects that are live and not marked red, with the confidence asked for, for Sentinel.
Result<void> write_objects(cli::Invocation& invocation, const RowOptions& options, RowOutput& out,
                           LeftOut& left_out) {
  return for_each_feed(invocation, [&](StoredFeed& feed) -> Result<void> {
    return feed.for_each_newest([&](stix::ObjectReader& object) -> Result<void> {
      const Indicator facts = read_indicator(object, feed.store().context());
      const bool indicator = object.type() == "indicator";
      const bool expired = facts.valid_until && *facts.valid_until <= options.now;
      if (facts.revoked || (indicator && expired)) return ok();
      const auto limit = options.max_tlp.value_or(stix::Tlp::kAmberStrict);
      if (facts.tlp && (*facts.tlp == stix::Tlp::kRed || *facts.tlp > limit)) {
        ++left_out.too_red;
        return ok();
      }
      if (indicator && options.confidence != nullptr && !options.confidence->admits(facts))
        return ok();
      return out.object(object.json());
    });
  });
}

Result<std::optional<ConfidenceLimit>> read_confidence(const cli::Invocation& invocation) {
  QUARRY_TRY(const auto least, invocation.options().number("min-confidence"));
  if (!least) return std::optional<ConfidenceLimit>();
  if (*least > 100)
    return fail(ErrorCode::kUsage,
                fmt::format("--min-confidence {}: STIX counts confidence from 0 to 100", *least));
  return std::optional(ConfidenceLimit(*least, invocation.text("unscored") == "keep"));
}

/// Rows are missing, if only because that was asked for.
void tell(cli::Invocation& invocation, const ConfidenceLimit& limit) {
  Diagnostic warning;
  warning.level = Level::kWarning;
  warning.message = limit.left_out();
  if (limit.left_out_unscored())
    warning.hint = "--unscored keep hands on those without a confidence too";
  if (!warning.message.empty()) invocation.diagnostics().add(std::move(warning));
}

void tell(cli::Invocation& invocation, const LeftOut& left_out) {
  const std::pair<std::uint64_t, std::string_view> reasons[]{
      {left_out.not_alone, "not enough by themselves"},
      {left_out.too_red, "marked too strictly"},
      {left_out.no_type, "of no type that the service knows"},
      {left_out.incomplete, "without a property that the service requires"}};
  std::string text;
  for (const auto& [count, reason] : reasons) {
    if (count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", text::with_thousands(count), reason);
  }
  if (text.empty()) return;
  Diagnostic note;
  note.level = Level::kNote;
  note.message = "left out: " + text;
  invocation.diagnostics().add(std::move(note));
}

Result<std::vector<UploadBatch>> make_batches(cli::Invocation& invocation, PushTarget target,
                                              RowOptions options) {
  std::vector<UploadBatch> batches;
  UploadOptions upload{.source = options.source.empty() ? "Quarry" : options.source,
                       .action = invocation.text("action"),
                       .take = [&batches](UploadBatch batch) -> Result<void> {
                         batches.push_back(std::move(batch));
                         return ok();
                       }};
  if (upload.source == "Microsoft Sentinel")
    return fail(ErrorCode::kUsage, "Sentinel keeps the source 'Microsoft Sentinel' for itself",
                "give another --source");
  LeftOut left_out;
  if (target == PushTarget::kDefender) {
    options.shape = Shape::kLegacy;
    const auto body = make_defender_upload(upload);
    QUARRY_CHECK(write_live(invocation, options, *body));
    QUARRY_CHECK(body->finish());
    left_out = body->left_out();
  } else {
    const auto body = target == PushTarget::kSentinel ? make_sentinel_upload(upload)
                                                      : make_old_sentinel_upload(upload);
    QUARRY_CHECK(write_objects(invocation, options, *body, left_out));
    QUARRY_CHECK(body->finish());
    left_out.no_type += body->left_out().no_type;
    left_out.incomplete += body->left_out().incomplete;
  }
  tell(invocation, left_out);
  return batches;
}

PushTarget target_called(std::string_view service) {
  if (service == "defender") return PushTarget::kDefender;
  return service == "sentinel" ? PushTarget::kSentinel : PushTarget::kOldSentinel;
}

Result<int> print_bodies(cli::Invocation& invocation, const std::vector<UploadBatch>& batches) {
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, {}, "ndjson"));
  for (const UploadBatch& batch : batches) QUARRY_CHECK(output->bytes().write(batch.body + "\n"));
  QUARRY_CHECK(output->finish());
  QUARRY_CHECK(output->commit());
  return 0;
}

}  // namespace

Result<int> export_command(cli::Invocation& invocation) {
  QUARRY_TRY(RowOptions options, read_row_options(invocation, ""));
  QUARRY_TRY(std::optional<ConfidenceLimit> confidence, read_confidence(invocation));
  if (confidence) options.confidence = &*confidence;
  const std::string& push = invocation.text("push");
  const bool acts = invocation.flag("apply") || !invocation.text("plan").empty() ||
                    !invocation.text("resume").empty();
  if (push.empty() && acts)
    return fail(ErrorCode::kUsage,
                "--apply, --plan and --resume say how to upload, and to whom not",
                "name the service with --push");
  const std::string& body = push.empty() ? invocation.text("body") : push;
  if (!body.empty()) {
    const PushTarget target = target_called(body);
    QUARRY_TRY(const std::vector<UploadBatch> batches,
               make_batches(invocation, target, std::move(options)));
    if (confidence) tell(invocation, *confidence);
    return push.empty() ? print_bodies(invocation, batches)
                        : push_batches(invocation, target, batches);
  }
  QUARRY_TRY(const std::unique_ptr<RowTarget> target, RowTarget::open(invocation, options));
  QUARRY_CHECK(write_live(invocation, options, target->rows()));
  QUARRY_CHECK(target->finish());
  if (confidence) tell(invocation, *confidence);
  return 0;
}

}  // namespace quarry::taxii_pull
