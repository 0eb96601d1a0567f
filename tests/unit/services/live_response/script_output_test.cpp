#include "common/services/live_response/script_output.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry::live_response;
using Form = ScriptOutput::Form;

TEST_CASE("a script's answer is read, NULs at its end cut off") {
  const ScriptOutput result = read_script_output(
      R"({"script_name":"t.ps1","exit_code":2,"script_output":"hello\u0000\u0000","script_errors":"no"})");
  CHECK(result.form == Form::kText);
  CHECK(result.output == "hello");
  CHECK(result.errors == "no");
  CHECK(result.exit_code == 2);
}

TEST_CASE("raw line ends and NULs inside texts, and a byte-order mark, are no mistakes") {
  std::string text = "\xEF\xBB\xBF{\"exit_code\":0,\"script_output\":\"a\nb \\\" \t\"}";
  text += '\0';
  const ScriptOutput result = read_script_output(text);
  CHECK(result.form == Form::kText);
  CHECK(result.output == "a\nb \" \t");
}

TEST_CASE("output that is JSON is JSON") {
  const ScriptOutput result =
      read_script_output(R"({"exit_code":0,"script_output":" {\"a\": [1]} \r\n"})");
  CHECK(result.form == Form::kJson);
  CHECK(result.output == R"({"a":[1]})");
  CHECK(read_script_output(R"({"script_output":"12"})").form == Form::kText);
}

TEST_CASE("what is no answer of a script is kept as it came") {
  for (const char* text :
       {"", "plain", "<html>", "{\"exit_code\":1}", "{\"script_output\":", "[]"}) {
    const ScriptOutput result = read_script_output(text);
    CHECK(result.form == Form::kRaw);
    CHECK(result.output == text);
    CHECK(!result.exit_code);
  }
}
