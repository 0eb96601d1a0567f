// Every call and infix operator that the function tables hold, with the types it takes: read off
// overloads, asked of resolvers by trial, or taken as the documentation's example writes it. New
// functions are here without another line.
#pragma once

#include "common/kql/functions/registry.h"
#include "common/value/type.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarry::fuzz {

enum class Form : std::uint8_t {
  kCall,
  kInfix,    // a has b
  kList,     // a in (b, c)
  kWritten,  // the example's own call, as it stands
};

/// Where a call may stand.
enum class Place : std::uint8_t { kScalar, kAggregate, kWindow };

struct Signature {
  std::uint32_t function = 0;  ///< index into Catalogue::functions
  Form form = Form::kCall;
  std::vector<Type> params;
  std::uint32_t constants = 0;  ///< bit i: argument i is a constant
  Type result = Type::kUnknown;
};

struct Function {
  std::string name;
  Place place = Place::kScalar;
  bool repeatable = true;  ///< false: rand(), new_guid()
  /// Arguments of the example's call, as written; a source of constants that mean something.
  std::vector<std::string> example_arguments;
  std::string example;  ///< the whole query
};

struct Catalogue {
  std::vector<Function> functions;
  std::vector<Signature> signatures;
  /// Indices of signatures by place and result type.
  std::vector<std::uint32_t> by_result[3][12];

  const std::vector<std::uint32_t>& giving(Place place, Type type) const {
    return by_result[static_cast<std::size_t>(place)][static_cast<std::size_t>(type)];
  }
};

/// Made once a process; read-only afterwards.
const Catalogue& catalogue();

/// The arguments of the first call of `name` in a query, as written; none where it is not called.
std::vector<std::string> arguments_in(std::string_view query, std::string_view name);

}  // namespace quarry::fuzz
