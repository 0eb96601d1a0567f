// geo_info_from_ip_address(): known to every hunt, answered from a database that this program does
// not ship. Queries that use it run; its result is null, and one warning says why.
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

struct Warned final : KernelState {
  bool told = false;
};

Result<std::unique_ptr<KernelState>> prepare(const RunContext&, std::span<const Scalar* const>) {
  return std::unique_ptr<KernelState>(std::make_unique<Warned>());
}

Column run(KernelCall& call) {
  auto* const state = static_cast<Warned*>(call.state);
  if (!state->told && call.rows > 0 && call.run.diagnostics != nullptr) {
    state->told = true;
    call.run.diagnostics->add(
        {.level = Level::kWarning,
         .kind = DiagnosticClass::kData,
         .message = "geo_info_from_ip_address() is null: there is no GeoLite2 City database "
                    "(MaxMind) to look in",
         .hint = "join with a table of networks of your own, by ipv4_is_in_range()",
         .where = {},
         .file = {}});
  }
  return Column::all_null(Type::kDynamic, call.rows);
}

constexpr Overload kOverloads[]{[] {
  Overload overload;
  overload.params[0] = Type::kString;
  overload.count = 1;
  overload.kernel = ScalarKernel{Type::kDynamic, &run, &prepare, false};
  return overload;
}()};

constexpr Param kParams[]{{"ip", "An IPv4 or IPv6 address."}};
constexpr FunctionDef kGeoInfo{
    .name = "geo_info_from_ip_address",
    .summary =
        "Would tell where an address is; null, as no database is at hand (a warning says so).",
    .params = kParams,
    .example = {R"(print isnull(geo_info_from_ip_address("20.53.203.50")))", "true"},
    .overloads = kOverloads};

constexpr const FunctionDef* kScalars[]{&kGeoInfo};

}  // namespace

extern constinit const FunctionTable kGeoInfoFunction{"geo", kScalars};

}  // namespace quarry::kql::functions
