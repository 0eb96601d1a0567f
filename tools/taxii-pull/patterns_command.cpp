// taxii-pull patterns [FILE…]: judges STIX patterns, one NDJSON object a line.
#include "common/cli/result_output.h"
#include "common/io/input_set.h"
#include "common/io/line_splitter.h"
#include "common/io/open_input.h"
#include "common/json/object_writer.h"
#include "common/value/dynamic.h"
#include "tools/taxii-pull/flatten/flattener.h"
#include "tools/taxii-pull/pattern/parser.h"
#include "tools/taxii-pull/rows/legacy_columns.h"
#include "tools/taxii-pull/rows/row.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

#include <string>
#include <variant>
#include <vector>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

using Parsed = std::variant<pattern::Pattern, pattern::Fault>;

/// What was asked, without the members that the answer sets.
void copy_question(DynamicView question, bool flattening, json::ObjectWriter& answer) {
  BagCursor members(question);
  std::string_view raw_key;
  for (DynamicView value; members.next(raw_key, value);) {
    const bool ours = raw_key == "valid" || raw_key == "error" ||
                      (flattening && (raw_key == "observables" || raw_key == "rows" ||
                                      raw_key == "partial" || raw_key == "qualified"));
    if (ours) continue;
    std::string key;
    decode_json_string(raw_key, key);
    answer.raw(key, value.json());
  }
}

std::string observables_json(const std::vector<flatten::Observable>& observables) {
  std::string out = "[";
  for (const flatten::Observable& observable : observables) {
    if (out.size() > 1) out += ',';
    json::ObjectWriter writer;
    out += writer.text("key", observable.key).text("value", observable.value).take();
  }
  return out + ']';
}

std::string rows_json(const std::vector<flatten::FlatRow>& rows) {
  std::string out = "[";
  for (const flatten::FlatRow& row : rows) {
    if (out.size() > 1) out += ',';
    json::ObjectWriter columns;
    for (const flatten::ColumnValue& cell : row.columns) {
      const ColumnSchema& column =
          legacy_table().schema.columns[static_cast<std::size_t>(cell.column)];
      if (column.type == Type::kInt) {
        columns.raw(column.name, cell.text);
      } else {
        columns.text(column.name, cell.text);
      }
    }
    json::ObjectWriter writer;
    writer.text("primary", row.key).text("value", row.value).boolean("alone", row.alone);
    out += writer.raw("columns", columns.take()).take();
  }
  return out + ']';
}

void add_flattened(const Parsed& parsed, bool is_stix, json::ObjectWriter& answer) {
  flatten::Flattened flat;
  flat.partial = !is_stix;
  if (const auto* const pattern = std::get_if<pattern::Pattern>(&parsed); pattern && is_stix)
    flat = flatten::flatten(*pattern);
  answer.raw("observables", observables_json(flat.observables))
      .raw("rows", rows_json(flat.rows))
      .boolean("partial", flat.partial)
      .boolean("qualified", flat.qualified);
}

/// Judges lines; keeps count of those that are no question.
class Judge {
 public:
  Judge(pattern::Spec otherwise, bool flattening)
      : otherwise_(otherwise), flattening_(flattening) {}

  /// The answer with its newline; "" where the line is no question.
  std::string answer(std::string_view line) const {
    if (!is_valid_json(line)) return {};
    const DynamicView question(line);
    std::string pattern_scratch, scratch;
    const auto text = question.member("pattern").as_string(pattern_scratch);
    if (!text) return {};
    const std::string_view type =
        question.member("pattern_type").as_string(scratch).value_or("stix");
    const bool is_stix = type == "stix";
    std::string spec_scratch;
    const Parsed parsed =
        is_stix ? pattern::parse(*text, spec_of(question.member("spec").as_string(spec_scratch)))
                : Parsed();
    const auto* const fault = std::get_if<pattern::Fault>(&parsed);
    json::ObjectWriter writer;
    copy_question(question, flattening_, writer);
    writer.boolean("valid", fault == nullptr);
    writer.text("error", fault == nullptr ? ""
                                          : fmt::format("{}: {} (byte {})", name_of(fault->kind),
                                                        fault->message, fault->offset + 1));
    if (flattening_) add_flattened(parsed, is_stix, writer);
    return writer.take() + "\n";
  }

 private:
  pattern::Spec spec_of(std::optional<std::string_view> word) const {
    if (word == "2.0") return pattern::Spec::k20;
    if (word == "2.1") return pattern::Spec::k21;
    return otherwise_;
  }
  pattern::Spec otherwise_;
  bool flattening_;
};

/// Whole lines of the input, in pieces.
Result<void> for_each_line(io::ByteSource& source,
                           const std::function<Result<void>(std::string_view)>& take) {
  std::string waiting;
  std::vector<char> piece(kPiece);
  while (true) {
    QUARRY_TRY(const std::size_t size, source.read(piece.data(), piece.size()));
    waiting.append(piece.data(), size);
    const std::size_t end = size == 0 ? waiting.size() : waiting.rfind('\n') + 1;
    io::LineSplitter lines(std::string_view(waiting).substr(0, end));
    for (std::string_view line; lines.next(line);) QUARRY_CHECK(take(line));
    waiting.erase(0, end);
    if (size == 0) return ok();
  }
}

}  // namespace

Result<int> patterns_command(cli::Invocation& invocation) {
  if (invocation.options().is_given("format") && invocation.text("format") != "ndjson")
    return fail(ErrorCode::kUsage, "patterns answers in NDJSON only", "leave --format away");
  const pattern::Spec spec = invocation.text("spec") == "2.0"   ? pattern::Spec::k20
                             : invocation.text("spec") == "any" ? pattern::Spec::kAny
                                                                : pattern::Spec::k21;
  const Judge judge(spec, invocation.flag("flatten"));
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, looks, "ndjson"));
  std::vector<std::string> names(invocation.arguments().begin(), invocation.arguments().end());
  if (names.empty()) names.emplace_back("-");
  if (names.front() == "-" && invocation.streams().stdin_is_terminal)
    return fail(ErrorCode::kUsage, "patterns are expected on standard input, which is a terminal",
                "name a file, or pipe lines of {\"pattern\":…} in");
  const io::InputSet set = io::expand_inputs(names, invocation.cancel());
  int status = 0;
  for (const Error& error : set.errors) {
    invocation.diagnostics().add(error, DiagnosticClass::kData);
    status = exit_status(ErrorCode::kData);
  }
  for (const io::Input& input : set.inputs) {
    QUARRY_TRY(const auto source,
               io::open_input(input, {.run = &invocation.cancel(), .owner = nullptr}));
    std::uint64_t number = 0;
    const auto take = [&](std::string_view line) -> Result<void> {
      ++number;
      if (line.empty()) return ok();
      const std::string answer = judge.answer(line);
      if (!answer.empty()) return output->bytes().write(answer);
      invocation.diagnostics().add(Diagnostic{.level = Level::kWarning,
                                              .kind = DiagnosticClass::kData,
                                              .message = "no JSON object with a pattern; skipped",
                                              .hint = {},
                                              .where = {},
                                              .file = fmt::format("{}:{}", input.name, number)});
      status = exit_status(ErrorCode::kData);
      return ok();
    };
    QUARRY_CHECK(for_each_line(*source, take));
  }
  QUARRY_CHECK(output->finish());
  QUARRY_CHECK(output->commit());
  return status;
}

}  // namespace quarry::taxii_pull
