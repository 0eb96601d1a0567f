#include "tools/consent-audit/audit/row_reader.h"

#include "common/base/text.h"
#include "tools/consent-audit/audit/interpret.h"
#include "tools/consent-audit/audit/sign_in.h"

namespace quarry::consent_audit {
namespace {

/// Envelopes in envelopes: records of a storage blob that hold rows. More is an attack.
constexpr int kMaxDepth = 3;

bool is_list(const DynamicView& view) { return view.kind() == DynamicKind::kArray; }
bool is_object(const DynamicView& view) { return view.kind() == DynamicKind::kBag; }

}  // namespace

RowReader::RowReader(Others others)
    : others_(others), outer_(member_names()), inner_(member_names()) {}

ObjectResult RowReader::read(std::string_view text, const Take& take) {
  result_ = {};
  read_envelope(text, 0, take);
  return result_;
}

bool RowReader::is_wanted(std::string_view operation) const {
  return others_ == Others::kRead || matters(kind_of_operation(operation));
}

void RowReader::pass_over() {
  ++result_.rows;
  ++result_.others;
}

void RowReader::read_envelope(std::string_view text, int depth, const Take& take) {
  if (!outer_.parse(text)) {
    result_.malformed = outer_.problem().what;
    result_.offset = outer_.problem().offset;
    return;
  }
  const Members members(outer_.values());
  const auto operation = [&members](Member member) { return text_of(members.view(member)); };
  if (members.has(Member::kRawEventData))
    return read_inner(Shape::kCloudAppEvents, members.view(Member::kRawEventData),
                      operation(Member::kActionType), take);
  if (members.has(Member::kAuditDataText))
    return read_inner(Shape::kPowerShell, members.view(Member::kAuditDataText),
                      operation(Member::kOperations), take);
  if (members.has(Member::kAuditData))
    return read_inner(Shape::kGraphQuery, members.view(Member::kAuditData),
                      operation(Member::kOperationLower), take);
  if (members.has(Member::kTargetsUpper) && members.has(Member::kOperationName))
    return hand_over(Shape::kLogAnalytics, operation(Member::kOperationName), members, take);
  if (members.has(Member::kProperties) && members.has(Member::kOperationNameLower))
    return read_inner(Shape::kDiagnostic, members.view(Member::kProperties),
                      operation(Member::kOperationNameLower), take);
  if (members.has(Member::kActivity))
    return hand_over(Shape::kGraph, operation(Member::kActivity), members, take);
  if (members.has(Member::kOperation) && members.has(Member::kCreationTime))
    return hand_over(Shape::kUnified, operation(Member::kOperation), members, take);
  if (is_sign_in(members)) {
    const bool graph = members.has(Member::kSignInRisk);
    return take_sign_in(graph ? Shape::kGraph : Shape::kLogAnalytics, members, take);
  }
  if (members.has(Member::kRecords)) return read_list(members.view(Member::kRecords), depth, take);
  if (members.has(Member::kValue)) {
    result_.is_page = true;
    result_.goes_on = members.has(Member::kNextLink);
    return read_list(members.view(Member::kValue), depth, take);
  }
  ++result_.unrecognised;
}

void RowReader::read_list(const DynamicView& list, int depth, const Take& take) {
  if (!is_list(list) || depth >= kMaxDepth) {
    ++result_.unrecognised;
    return;
  }
  ArrayCursor cursor(list);
  for (DynamicView item; cursor.next(item);) {
    if (is_object(item)) {
      read_envelope(item.json(), depth + 1, take);
    } else {
      ++result_.unrecognised;
    }
  }
}

void RowReader::read_inner(Shape shape, const DynamicView& body, std::string_view operation,
                           const Take& take) {
  const bool sign_in = shape == Shape::kDiagnostic && is_sign_in_operation(operation);
  if (!operation.empty() && !sign_in && !is_wanted(operation)) return pass_over();
  const Opened opened(body);
  const std::string_view text = text::trim_ascii(opened.view().json());
  if (!inner_.parse(text)) {
    result_.malformed = inner_.problem().what;
    return;
  }
  const Members members(inner_.values());
  if (sign_in) return take_sign_in(shape, members, take);
  const bool unified = shape != Shape::kDiagnostic;
  const std::string own = text_of(members.view(unified ? Member::kOperation : Member::kActivity));
  if (own.empty()) {
    ++result_.unrecognised;
    return;
  }
  hand_over(shape, own, members, take);
}

void RowReader::take_sign_in(Shape shape, const Members& members, const Take& take) {
  ++result_.sign_ins;
  AuditRow row = read_sign_in(shape, members);
  if (others_ == Others::kRead || !row.sign_in_risk.empty()) take(std::move(row));
}

void RowReader::hand_over(Shape shape, std::string_view operation, const Members& members,
                          const Take& take) {
  if (!is_wanted(operation)) return pass_over();
  ++result_.rows;
  if (!matters(kind_of_operation(operation))) ++result_.others;
  const bool directory =
      shape == Shape::kGraph || shape == Shape::kDiagnostic || shape == Shape::kLogAnalytics;
  take(interpret(shape, operation,
                 directory ? read_directory_body(members) : read_unified_body(members)));
}

}  // namespace quarry::consent_audit
