// The insides of Aggregate that its two source files share.
#pragma once

#include "common/kql/exec/aggregate.h"

namespace quarry::exec {

/// A table of groups; its states are destroyed with it.
struct Aggregate::Groups {
  explicit Groups(Aggregate& of)
      : owner(of),
        table(std::make_unique<RowTable>(of.key_types_, of.state_bytes_)),
        share(of.context_->memory) {}
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;
  ~Groups() { owner.destroy_states(*table); }

  /// Begins anew.
  void clear() {
    owner.destroy_states(*table);
    table = std::make_unique<RowTable>(owner.key_types_, owner.state_bytes_);
    fed = 0;
  }
  Result<void> account() { return share.resize(table->memory()); }
  /// What goes away when the groups are written. What states hold on the heap is nobody's account:
  /// a guess.
  std::uint64_t memory() const;
  /// Says whether it is time to write the groups.
  bool should_spill() const;

  Aggregate& owner;
  std::unique_ptr<RowTable> table;
  MemoryShare share;
  std::uint64_t fed = 0;                        // rows or groups since the last clear()
  std::vector<std::byte*> rows, added, states;  // scratch
};

/// One worker's groups and evaluators.
struct Aggregate::Worker {
  explicit Worker(Aggregate& owner) : groups(owner) {}
  Groups groups;
  std::vector<Evaluator> keys;
  std::vector<std::vector<Evaluator>> arguments;
  std::vector<std::optional<Evaluator>> predicates;
  std::vector<std::unique_ptr<kql::KernelState>> kernel_states;
  std::uint64_t batches = 0;
  Partitions partitions;  // empty until something was written
};

/// How often memory is looked at.
inline constexpr std::uint64_t kBatchesPerCheck = 8;

}  // namespace quarry::exec
