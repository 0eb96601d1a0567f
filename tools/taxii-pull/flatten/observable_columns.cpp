#include "tools/taxii-pull/flatten/observable_columns.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/time/parse.h"
#include "tools/taxii-pull/flatten/address.h"
#include "tools/taxii-pull/flatten/observable_key.h"

#include <array>
#include <limits>
#include <unordered_map>

namespace quarry::taxii_pull::flatten {
namespace {

using C = LegacyColumn;

// Microsoft's own migration of ThreatIntelligenceIndicator reads the same keys; companions are a
// choice of this tool.
constexpr std::array kTable{
    ObservableColumn{"ipv4-addr:value", true, Fill::kAddress, C::kNetworkIP, C::kNetworkCidrBlock},
    ObservableColumn{"ipv6-addr:value", true, Fill::kAddress, C::kNetworkIP, C::kNetworkCidrBlock},
    ObservableColumn{"network-traffic:dst_ref.value", true, Fill::kEndpoint,
                     C::kNetworkDestinationIP, C::kNetworkDestinationCidrBlock},
    ObservableColumn{"network-traffic:src_ref.value", true, Fill::kEndpoint, C::kNetworkSourceIP,
                     C::kNetworkSourceCidrBlock},
    ObservableColumn{"network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
                     true, Fill::kVerbatim, C::kUserAgent},
    ObservableColumn{"network-traffic:dst_port", false, Fill::kInteger, C::kNetworkDestinationPort},
    ObservableColumn{"network-traffic:src_port", false, Fill::kInteger, C::kNetworkSourcePort},
    ObservableColumn{"network-traffic:protocols[*]", false, Fill::kProtocol, C::kNetworkProtocol},
    ObservableColumn{"domain-name:value", true, Fill::kDomain, C::kDomainName},
    ObservableColumn{"url:value", true, Fill::kVerbatim, C::kUrl},
    ObservableColumn{"file:hashes", true, Fill::kHash, C::kFileHashValue},
    ObservableColumn{"file:name", true, Fill::kVerbatim, C::kFileName},
    ObservableColumn{"file:parent_directory_ref.path", true, Fill::kVerbatim, C::kFilePath},
    ObservableColumn{"file:size", false, Fill::kInteger, C::kFileSize},
    ObservableColumn{"file:mime_type", false, Fill::kVerbatim, C::kFileType},
    ObservableColumn{"file:created", false, Fill::kInstant, C::kFileCreatedDateTime},
    ObservableColumn{"file:ctime", false, Fill::kInstant, C::kFileCreatedDateTime},
    ObservableColumn{"artifact:hashes", true, Fill::kHash, C::kFileHashValue},
    ObservableColumn{"directory:path", true, Fill::kVerbatim, C::kFilePath},
    ObservableColumn{"mutex:name", true, Fill::kVerbatim, C::kFileMutexName},
    ObservableColumn{"email-addr:value", true, Fill::kLower, C::kEmailSenderAddress},
    ObservableColumn{"email-addr:display_name", false, Fill::kVerbatim, C::kEmailSenderName},
    ObservableColumn{"email-message:from_ref.value", true, Fill::kLower, C::kEmailSenderAddress},
    ObservableColumn{"email-message:sender_ref.value", true, Fill::kLower, C::kEmailSenderAddress},
    ObservableColumn{"email-message:to_refs[*].value", true, Fill::kLower, C::kEmailRecipient},
    ObservableColumn{"email-message:subject", true, Fill::kVerbatim, C::kEmailSubject},
    ObservableColumn{"email-message:from_ref.display_name", false, Fill::kVerbatim,
                     C::kEmailSenderName},
    ObservableColumn{"email-message:additional_header_fields.'X-Mailer'", false, Fill::kVerbatim,
                     C::kEmailXMailer},
    ObservableColumn{"windows-registry-key:key"},
    ObservableColumn{"process:command_line"},
    ObservableColumn{"process:name"},
    ObservableColumn{"x509-certificate:hashes"},
    ObservableColumn{"x509-certificate:serial_number"},
    ObservableColumn{"x509-certificate:issuer"},
    ObservableColumn{"x509-certificate:subject"},
    ObservableColumn{"autonomous-system:number"},
    ObservableColumn{"mac-addr:value"},
    ObservableColumn{"user-account:user_id"},
    ObservableColumn{"user-account:account_login"},
    ObservableColumn{"user-account:display_name"},
    ObservableColumn{"software:name"},
};

// IANA protocol numbers of the names that STIX uses.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kProtocols{
    {{"tcp", "6"},
     {"udp", "17"},
     {"icmp", "1"},
     {"icmpv6", "58"},
     {"ipv6-icmp", "58"},
     {"sctp", "132"}}};

using Index = std::unordered_map<std::string_view, const ObservableColumn*>;

const Index& table_index() {
  static const Index index = [] {
    Index made;
    for (const ObservableColumn& row : kTable) made.emplace(row.key, &row);
    return made;
  }();
  return index;
}

using Values = std::vector<ColumnValue>;

Values integer(const ObservableColumn& definition, std::string_view value) {
  const auto number = text::parse_int64(value.starts_with('+') ? value.substr(1) : value);
  if (!number || *number < 0 || *number > std::numeric_limits<std::int32_t>::max()) return {};
  return {{definition.column, std::to_string(*number)}};
}

Values protocol(const ObservableColumn& definition, std::string_view value) {
  for (const auto& [name, number] : kProtocols) {
    if (text::iequals_ascii(name, value)) return {{definition.column, std::string(number)}};
  }
  return {};
}

std::string domain(std::string_view value) {
  if (value.ends_with('.')) value.remove_suffix(1);
  return unicode::to_lower(value);
}

std::optional<Values> address(const ObservableColumn& definition, std::string_view value) {
  if (std::optional<Address> parsed = parse_address(value)) {
    const C column = parsed->is_network ? definition.network : definition.column;
    return Values{{column, std::move(parsed->text)}};
  }
  if (definition.fill == Fill::kAddress) return std::nullopt;
  return Values{{C::kDomainName, domain(value)}};
}

Values hash(const pattern::Path& path, std::string_view value) {
  const pattern::HashName* const name = hash_of(path);
  return {
      {C::kFileHashType, name == nullptr ? path.steps.back().text : std::string(name->spelling)},
      {C::kFileHashValue,
       name == nullptr || name->names_content ? text::lower_ascii(value) : std::string(value)}};
}

}  // namespace

const ObservableColumn* find_observable_column(const pattern::Path& path) {
  const bool is_hash = path.steps.size() == 2 && path.steps[0].text == "hashes";
  const std::string key = is_hash ? path.type + ":hashes" : general_key_of(path);
  const auto found = table_index().find(key);
  return found == table_index().end() ? nullptr : found->second;
}

std::optional<std::vector<ColumnValue>> column_values(const pattern::Path& path,
                                                      const ObservableColumn* definition,
                                                      std::string_view value) {
  if (value.empty()) return std::nullopt;
  if (definition == nullptr) return Values{};
  switch (definition->fill) {
    case Fill::kNothing:
      return Values{};
    case Fill::kVerbatim:
      return Values{{definition->column, std::string(value)}};
    case Fill::kLower:
      return Values{{definition->column, unicode::to_lower(value)}};
    case Fill::kDomain:
      return Values{{definition->column, domain(value)}};
    case Fill::kAddress:
    case Fill::kEndpoint:
      return address(*definition, value);
    case Fill::kHash:
      return hash(path, value);
    case Fill::kInteger:
      return integer(*definition, value);
    case Fill::kProtocol:
      return protocol(*definition, value);
    case Fill::kInstant:
      if (!parse_datetime(value)) return Values{};
      return Values{{definition->column, std::string(value)}};
  }
  return Values{};
}

}  // namespace quarry::taxii_pull::flatten
