// make_bag(): the members of all bags of a group in one bag. KQL leaves open which value a repeated
// key gets: here the first.
#include "common/kql/functions/aggregate/gather.h"
#include "common/value/hash.h"

namespace quarry::kql::functions {
namespace {

using Bags = Gathered<ElementSet>;

/// Members as `"key":value`, the key in the one spelling that append_json_string gives.
void add_members(ElementSet& set, RowOrder order, const DynamicView& bag, std::size_t limit,
                 std::string& key, std::string& member) {
  std::string_view raw_key;
  DynamicView value;
  for (BagCursor cursor(bag); cursor.next(raw_key, value);) {
    key.clear();
    decode_json_string(raw_key, key);
    member.clear();
    append_json_string(member, key);
    const std::uint64_t hash = hash_bytes(member);
    member += ':';
    append_compact_json(member, value.json());
    set.add(order, hash, member, limit);
  }
}

void update(AggregateCall& call) {
  const std::size_t limit = gather_limit(call.state);
  const Cells<Type::kDynamic> cells(call.args[0]);
  std::string key, member;
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    const DynamicView bag(cells[i].json.view());
    if (bag.kind() != DynamicKind::kBag) continue;
    ElementSet*& set = Bags::at(call.states[i]);
    if (set == nullptr) set = new ElementSet(ElementEquality::kKey);
    add_members(*set, call.first + i, bag, limit, key, member);
  }
}

void merge(std::byte* into, std::byte* from) {
  if (Bags::at(from) == nullptr) return;
  if (Bags::at(into) == nullptr)
    std::swap(Bags::at(into), Bags::at(from));
  else
    Bags::at(into)->merge(*Bags::at(from));
}

void finish(FinishCall& call) {
  const std::size_t limit = gather_limit(call.state);
  call.out.push_back(
      Bags::finish(call.states, '{', '}', [limit](std::string& json, const ElementSet& set) {
        const auto members = set.in_order();
        for (std::size_t i = 0; i < std::min(members.size(), limit); ++i) {
          if (i != 0) json += ',';
          json += members[i];
        }
      }));
}

Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  if (arguments[0].type != Type::kDynamic && arguments[0].type != Type::kUnknown) {
    return Failure(Error(ErrorCode::kQuery, "make_bag() wants a dynamic bag",
                         "bag_pack() makes one: make_bag(bag_pack(key, value))")
                       .at(SourceSpan{0, 0}));
  }
  AggregateKernel kernel = Bags::kernel();
  kernel.update = &update;
  kernel.merge = &merge;
  kernel.finish = &finish;
  return resolve_gather(arguments, Type::kDynamic, kernel);
}

constexpr std::string_view kAliases[]{"make_dictionary"};
constexpr Param kParams[]{{"expr", "Bags; whatever is none is left out."},
                          {"maxSize", "The most keys to keep: 1048576 if left out.", true}};
constexpr AggregateDef kMakeBag{
    .name = "make_bag",
    .aliases = kAliases,
    .predicate_form = "make_bag_if",
    .summary = "Merges the bags of a group into one; of a repeated key the first value stays.",
    .params = kParams,
    .example = {R"(range x from 1 to 2 step 1 | summarize make_bag(bag_pack(strcat("k", x), x)))",
                R"({"k1":1,"k2":2})"},
    .resolve = &resolve,
    .column_prefix = "bag"};

constexpr const AggregateDef* kDefs[]{&kMakeBag};

}  // namespace

extern constinit const FunctionTable kMakeBagAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
