#include "tools/lr/scheduler/sliding_window.h"

#include <doctest/doctest.h>

using quarry::lr::SlidingWindow;

TEST_CASE("a window lets so many through and then waits for the oldest to leave it") {
  SlidingWindow window({{3, 60}});
  for (const double at : {0.0, 10.0, 20.0}) {
    CHECK(window.next(at) == at);
    window.note(at);
  }
  CHECK(window.room(20) == 0);
  CHECK(window.next(20) == 60);
  CHECK(window.room(60) == 1);
  CHECK(window.next(65) == 65);
}

TEST_CASE("of several windows the narrowest counts") {
  SlidingWindow window({{2, 10}, {3, 100}});
  window.note(0);
  window.note(1);
  CHECK(window.next(2) == 10);
  window.note(10);
  CHECK(window.next(12) == 100);
}

TEST_CASE("an answer that took long moves its request to when it may have been counted") {
  SlidingWindow window({{1, 60}});
  window.note(0);
  window.settle(0, 4);
  CHECK(window.next(10) == 64);
  window.settle(4, 50);  // not beyond a tenth of the window
  CHECK(window.next(10) == 70);
  window.settle(33, 40);  // nothing went then
  CHECK(window.next(10) == 70);
}

TEST_CASE("what the service forbids holds beside the windows") {
  SlidingWindow window({{5, 60}});
  window.block_until(30);
  CHECK(window.next(0) == 30);
  CHECK(window.room(29) == 0);
  CHECK(window.room(30) == 5);
  window.block_until(20);
  CHECK(window.next(0) == 30);
}

TEST_CASE("what never arrived is not counted") {
  SlidingWindow window({{1, 60}});
  window.note(5);
  window.take_back(4);
  CHECK(window.next(6) == 65);
  window.take_back(5);
  CHECK(window.next(6) == 6);
}
