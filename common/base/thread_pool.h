// Runs one function on n threads at once and waits for all: all that the engine's pipelines need.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

namespace quarry {

/// Calls work(0) … work(n-1), each on its own thread (index 0 on the caller's). Returns when all
/// have returned. An exception of any of them (std::bad_alloc) is rethrown on the caller's thread
/// after all have ended.
void run_on_threads(int n, const std::function<void(int)>& work);

/// Cores this process may use (affinity mask, cgroup limit), at least 1.
int usable_cores();

/// Cores that the content of a cgroup's cpu.max ("200000 100000") grants, rounded up; nullopt for
/// "max" and for anything unreadable.
std::optional<int> cores_of_cpu_max(std::string_view content);

}  // namespace quarry
