// ipv4_is_in_any_range() and ipv6_is_in_any_range(): networks as several texts or as one array.
// Constant networks are read once.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/kernel/ip_address.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

/// Networks of one family; texts that are none are passed over.
class Networks {
 public:
  void add(std::string_view text) {
    if (const auto network = parse_ipv6(text))
      networks_.push_back(masked(network->address, network->address.prefix));
  }
  bool contain(const Ipv6& ip) const {
    return std::any_of(networks_.begin(), networks_.end(),
                       [&](const Ipv6& network) { return masked(ip, network.prefix) == network; });
  }

 private:
  std::vector<Ipv6> networks_;
};

/// Adds what one argument says: a text, or an array of texts.
void add_networks(Networks& networks, const DynamicView& given) {
  std::string scratch;
  if (const auto text = given.as_string(scratch)) return networks.add(*text);
  DynamicView element;
  for (ArrayCursor cursor(given); cursor.next(element);) {
    if (const auto text = element.as_string(scratch)) networks.add(*text);
  }
}

struct ConstantNetworks final : KernelState {
  std::optional<Networks> networks;  // where all arguments are constant
};

Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                             std::span<const Scalar* const> constants) {
  auto state = std::make_unique<ConstantNetworks>();
  Networks networks;
  for (const Scalar* constant : constants.subspan(1)) {
    if (constant == nullptr) return std::unique_ptr<KernelState>(std::move(state));
    const Column json = cast_column(constant->as_column(1), Type::kDynamic);
    if (!NullCheck(json).is_null(0))
      add_networks(networks, DynamicView(Cells<Type::kDynamic>(json)[0].json.view()));
  }
  state->networks = std::move(networks);
  return std::unique_ptr<KernelState>(std::move(state));
}

enum class Family : std::uint8_t { kIpv4, kIpv6 };

/// As IPv6, whatever the family; null where the text is no address of it.
template <Family kFamily>
std::optional<Ipv6> read_address(std::string_view text) {
  const auto parsed = parse_ipv6(text);
  if (!parsed || (kFamily == Family::kIpv4 && parsed->form != Ipv6Form::kIpv4)) return std::nullopt;
  return parsed->address;
}

Networks networks_in_row(std::span<const Column> arguments, std::size_t row) {
  Networks networks;
  for (const Column& argument : arguments) {
    const Cells<Type::kDynamic> cells(argument);
    if (!cells.is_null(row)) add_networks(networks, DynamicView(cells[row].json.view()));
  }
  return networks;
}

template <Family kFamily>
Column run(KernelCall& call) {
  const Networks* const constant = [&]() -> const Networks* {
    const auto& prepared = static_cast<const ConstantNetworks*>(call.state)->networks;
    return prepared ? &*prepared : nullptr;
  }();
  std::vector<Column> ranges;
  if (constant == nullptr) {
    for (const Column& argument : call.args.subspan(1))
      ranges.push_back(cast_column(argument, Type::kDynamic));
  }
  const Cells<Type::kString> texts(call.args[0]);
  ColumnBuilder<Type::kBool> out(call.rows);
  for (std::size_t i = 0; i < call.rows; ++i) {
    const auto ip = read_address<kFamily>(texts[i].view());
    if (!ip)
      out.append_null();
    else
      out.append(
          (constant != nullptr ? constant->contain(*ip) : networks_in_row(ranges, i).contain(*ip))
              ? 1
              : 0);
  }
  return out.finish();
}

template <Family kFamily>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  QUARRY_TRY(std::vector<Type> types, json_argument_types("tv*", arguments));
  return ResolvedScalar{std::move(types), ScalarKernel{Type::kBool, &run<kFamily>, &prepare}};
}

constexpr Param kParams[]{
    {"ip", "An address."},
    {"ranges", "Networks with /prefix: texts, or one array of texts.", false, true}};
constexpr FunctionDef kIpv4{
    .name = "ipv4_is_in_any_range",
    .summary = "Tells whether an IPv4 address is in one of several networks.",
    .params = kParams,
    .example = {R"(print ipv4_is_in_any_range("192.168.1.6", "192.168.1.0/24", "10.0.0.1/8"))",
                "true"},
    .resolve = &resolve<Family::kIpv4>};
constexpr FunctionDef kIpv6{
    .name = "ipv6_is_in_any_range",
    .summary = "Tells whether an IPv6 or IPv4 address is in one of several networks.",
    .params = kParams,
    .example = {R"(print ipv6_is_in_any_range("a5e::abcd", dynamic(["a5e::/112", "fe80::/10"])))",
                "true"},
    .resolve = &resolve<Family::kIpv6>};

constexpr const FunctionDef* kScalars[]{&kIpv4, &kIpv6};

}  // namespace

extern constinit const FunctionTable kAnyRange{"ip", kScalars};

}  // namespace quarry::kql::functions
