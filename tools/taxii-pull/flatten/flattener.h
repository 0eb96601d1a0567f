// A pattern -> its observables, and rows that tables of events can be joined with.
#pragma once

#include "tools/taxii-pull/flatten/observable_columns.h"
#include "tools/taxii-pull/pattern/tree.h"

#include <string>
#include <vector>

namespace quarry::taxii_pull::flatten {

/// Something that can be looked for as it is.
struct Observable {
  std::string key;
  std::string value;  // as the pattern has it
};

/// One observable that leads, with those of the same object that accompany it.
struct FlatRow {
  std::string key;
  std::string value;
  /// Seeing the value (and its companions) is all that the pattern asks for.
  bool alone = false;
  /// Counts rows of one pattern with the same key and value and other companions.
  unsigned variant = 0;
  std::vector<ColumnValue> columns;
  std::vector<Observable> others;  // companions that no column has a place for
};

struct Flattened {
  std::vector<Observable> observables;  // distinct, in the order of the pattern
  std::vector<FlatRow> rows;
  bool partial = false;    // something in the pattern is in no row
  bool qualified = false;  // START, WITHIN or REPEATS was disregarded
};

/// ANDs over ORs are multiplied out as long as they stay below this many conjunctions; beyond it
/// their rows are not `alone`.
inline constexpr std::size_t kMaxConjunctions = 1024;

struct FlattenOptions {
  bool refang = false;  // columns get what "hxxp" and "[.]" stand for; values stay
};

Flattened flatten(const pattern::Pattern& pattern, FlattenOptions options = {});

}  // namespace quarry::taxii_pull::flatten
