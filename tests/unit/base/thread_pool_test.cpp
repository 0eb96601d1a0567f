#include "common/base/thread_pool.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <latch>
#include <new>

using quarry::cores_of_cpu_max;
using quarry::run_on_threads;

TEST_CASE("every index runs once, all at the same time") {
  std::array<std::atomic<int>, 8> calls{};
  std::latch all_here(8);
  run_on_threads(8, [&](int index) {
    ++calls[static_cast<std::size_t>(index)];
    all_here.arrive_and_wait();  // would never return if they ran one after the other
  });
  for (const auto& count : calls) CHECK(count == 1);
}

TEST_CASE("one thread is the caller's own, none is no work") {
  std::thread::id seen;
  run_on_threads(1, [&](int) { seen = std::this_thread::get_id(); });
  CHECK(seen == std::this_thread::get_id());
  int calls = 0;
  run_on_threads(0, [&](int) { ++calls; });
  CHECK(calls == 0);
}

TEST_CASE("an exception reaches the caller after all threads ended") {
  std::atomic<int> ended{0};
  const auto work = [&](int index) {
    if (index == 2) throw std::bad_alloc();
    ++ended;
  };
  CHECK_THROWS_AS(run_on_threads(4, work), std::bad_alloc);
  CHECK(ended == 3);
}

TEST_CASE("a cgroup's quota is rounded up to whole cores") {
  CHECK(cores_of_cpu_max("200000 100000\n") == 2);
  CHECK(cores_of_cpu_max("150000 100000") == 2);
  CHECK(cores_of_cpu_max("1000 100000") == 1);
  CHECK_FALSE(cores_of_cpu_max("max 100000\n"));
  for (const char* bad : {"", "100000", "a b", "-1 100000", "1 0"})
    CHECK_FALSE(cores_of_cpu_max(bad));
  CHECK(quarry::usable_cores() >= 1);
}
