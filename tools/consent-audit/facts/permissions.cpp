#include "tools/consent-audit/facts/permissions.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/io/line_splitter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace quarry::consent_audit {
namespace {

struct Resource {
  std::string_view id;
  std::string_view name;
};
constexpr Resource kResources[]{
#define R(guid, text) {guid, text},
#include "tools/consent-audit/facts/resources.def"
#undef R
};

constexpr PermissionType D = PermissionType::kDelegated;
constexpr PermissionType A = PermissionType::kApplication;
using enum Level;
using enum Category;

constexpr PermissionFact kFacts[]{
#define P(api, kind, name, guid, level, group, phish) \
  {kResources[api].id, kind, name, guid, level, group, phish},
#include "tools/consent-audit/facts/permissions.def"
#undef P
};

constexpr std::array<std::string_view, 13> kCategoryNames{
    "other",         "mail",           "files",         "chat",   "personal",
    "directory",     "tenant-control", "azure-control", "devops", "secret",
    "security-data", "signin",         "impersonation"};

int compare_names(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const int difference = static_cast<unsigned char>(text::ascii_lower(a[i])) -
                           static_cast<unsigned char>(text::ascii_lower(b[i]));
    if (difference != 0) return difference;
  }
  return static_cast<int>(a.size() > b.size()) - static_cast<int>(a.size() < b.size());
}

const std::vector<const PermissionFact*>& roles_by_id() {
  static const std::vector<const PermissionFact*> roles = [] {
    std::vector<const PermissionFact*> found;
    for (const PermissionFact& fact : kFacts)
      if (fact.type == A) found.push_back(&fact);
    std::sort(found.begin(), found.end(), [](auto* a, auto* b) { return a->id < b->id; });
    return found;
  }();
  return roles;
}

void raise_to(Judgement& judgement, const PermissionFact& fact) {
  if (!judgement.known || fact.tier > judgement.tier) {
    judgement.tier = fact.tier;
    judgement.category = fact.category;
  }
  judgement.phish_abused |= fact.phish_abused;
  judgement.known = true;
}

}  // namespace

std::string_view name_of(Category category) {
  return kCategoryNames[static_cast<std::size_t>(category)];
}

std::span<const PermissionFact> permission_facts() { return kFacts; }

std::span<const PermissionFact> facts_named(std::string_view value) {
  const auto* const first = std::lower_bound(std::begin(kFacts), std::end(kFacts), value,
                                             [](const PermissionFact& fact, std::string_view name) {
                                               return compare_names(fact.value, name) < 0;
                                             });
  const auto* last = first;
  while (last != std::end(kFacts) && compare_names(last->value, value) == 0) ++last;
  return {first, last};
}

const PermissionFact* fact_of_role(std::string_view id) {
  if (id.empty()) return nullptr;
  const auto& roles = roles_by_id();
  const auto found =
      std::lower_bound(roles.begin(), roles.end(), id,
                       [](auto* fact, std::string_view key) { return fact->id < key; });
  return found != roles.end() && (*found)->id == id ? *found : nullptr;
}

std::string_view resource_name(std::string_view app_id) {
  for (const Resource& resource : kResources)
    if (resource.id == app_id) return resource.name;
  return {};
}

Judgement PermissionBook::judge(std::string_view resource, PermissionType type,
                                std::string_view value, std::string_view role_id) const {
  Judgement exact;
  Judgement any;
  for (const PermissionFact& fact : facts_named(value)) {
    if (fact.type != type) continue;
    raise_to(any, fact);
    if (fact.resource == resource) raise_to(exact, fact);
  }
  Judgement result = exact.known ? exact : any;
  if (!result.known && !role_id.empty() && type == A) {
    if (const PermissionFact* const fact = fact_of_role(role_id)) raise_to(result, *fact);
  }
  if (overrides_.empty()) return result;
  if (const auto found = overrides_.find(text::lower_ascii(value)); found != overrides_.end()) {
    result.tier = found->second;
    result.known = true;
  }
  return result;
}

Result<void> PermissionBook::read_overrides(const std::string& path) {
  QUARRY_TRY(const std::string content, read_file(path));
  io::LineSplitter lines(content);
  std::string_view line;
  for (std::size_t number = 1; lines.next(line); ++number) {
    line = text::trim_ascii(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const std::size_t gap = line.find_first_of("\t ");
    const auto level =
        parse_level(gap == std::string_view::npos ? "" : text::trim_ascii(line.substr(gap)));
    if (!level) {
      return fail(Error(ErrorCode::kData, "not a permission and its level",
                        "write NAME, a tab, and one of none, low, medium, high, critical")
                      .at(fmt::format("{}:{}", path, number)));
    }
    overrides_[text::lower_ascii(line.substr(0, gap))] = *level;
  }
  return ok();
}

}  // namespace quarry::consent_audit
