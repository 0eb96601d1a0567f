// Functions that lie in files (--functions): what Sentinel and Data Explorer keep beside the
// tables. A file is
//   NAME.kql .csl .txt   a query: the function NAME, parameters by `declare query_parameters (…);`
//                        or only lets: each of them is a function
//                        or commands `.create-or-alter function Name(…) { … }`
//   *.yaml .yml          a parser of Sentinel's repository (see sentinel_yaml.h); others are passed
//   over
// They call each other in any order; what they read is found where a query's tables are.
#pragma once

#include "common/base/diagnostics.h"
#include "common/base/result.h"
#include "common/base/source_map.h"
#include "common/kql/bind/function_lookup.h"
#include "common/kql/syntax/parser.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

class FunctionLibrary final : public FunctionLookup {
 public:
  /// Texts of functions that are used go to `sources`, their errors to `diagnostics`; both outlive
  /// the library.
  FunctionLibrary(SourceMap& sources, Diagnostics& diagnostics, syntax::WrongTimes wrong_times);
  ~FunctionLibrary() override;

  /// The functions of the services that tables can answer, for those that no file defines.
  void add_service_functions();
  /// Takes a file, or all files of the kinds above in a folder and below it (hidden ones left out).
  /// kData where it cannot be read.
  Result<void> add(const std::string& path);

  struct Listed {
    std::string name;
    std::string path;
    bool broken = false;  // said in `diagnostics`
  };
  /// Every function of the files, by name; all files are read for it.
  std::vector<Listed> list();

  const LibraryFunction* find(std::string_view name) override;
  std::vector<std::string> names() const override;

 private:
  enum class Form : std::uint8_t { kQuery, kCommands, kYaml };
  struct File {
    std::string path;
    std::string name;  // of the function, where the file is a query
    std::string text;  // until it is loaded
    Form form = Form::kQuery;
    bool loaded = false;
    bool gives_way = false;  // to files that define the same
  };
  struct Known {
    LibraryFunction function;
    std::string path;
    std::string other_path;  // of a second definition; then it is broken
  };
  Result<void> add_file(const std::string& path);
  Result<void> pass_over(const Error& error);
  void claim(const std::string& name, std::size_t file);
  void load(File& file);
  void load_yaml(const File& file);
  void load_text(const File& file);
  void define_query(const File& file, std::size_t first, std::size_t errors);
  void define(const File& file, const std::string& name,
              const syntax::LetFunctionStatement* function);
  std::size_t parse(std::string_view text, SourceMap::Origin origin, Form form);

  SourceMap& sources_;
  Diagnostics& diagnostics_;
  syntax::WrongTimes wrong_times_;
  syntax::Ast ast_;  // of all files
  std::vector<File> files_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> claims_;  // files that may define it
  std::map<std::string, Known, std::less<>> known_;                      // of loaded files
};

}  // namespace quarry::kql
