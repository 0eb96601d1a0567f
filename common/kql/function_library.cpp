#include "common/kql/function_library.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/kql/operators/operator.h"
#include "common/kql/sentinel_yaml.h"
#include "common/kql/service_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace quarry::kql {
namespace {

constexpr std::uint64_t kLargestFile = std::uint64_t{16} << 20;

bool is_query_file(const std::filesystem::path& path) {
  const std::string ending = text::lower_ascii(path.extension().string());
  return ending == ".kql" || ending == ".csl" || ending == ".txt";
}

bool is_yaml_file(const std::filesystem::path& path) {
  const std::string ending = text::lower_ascii(path.extension().string());
  return ending == ".yaml" || ending == ".yml";
}

bool is_hidden(const std::filesystem::path& path) {
  return path.filename().string().starts_with('.');
}

/// The text behind blanks, comments and a byte order mark.
std::string_view behind_comments(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (true) {
    text = text::trim_ascii(text);
    if (!text.starts_with("//")) return text;
    const std::size_t end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end);
  }
}

/// Every `let NAME` of a text, those in strings and in other functions too: whether it is one shows
/// when the file is parsed.
std::set<std::string> names_of_lets(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t at = text.find("let"); at != std::string_view::npos; at = text.find("let", at)) {
    const bool word = at == 0 || !(text::is_ascii_alnum(text[at - 1]) || text[at - 1] == '_');
    at += 3;
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (!word || begin == at) continue;
    std::size_t end = begin;
    while (end < text.size() && (text::is_ascii_alnum(text[end]) || text[end] == '_')) ++end;
    if (end > begin) names.emplace(text.substr(begin, end - begin));
  }
  return names;
}

/// Every word of a text of commands, ['odd names'] too: as wide a guess as names_of_lets().
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  Diagnostics ignored;
  for (syntax::Token& token : syntax::tokenize(text, ignored).tokens) {
    const bool word =
        token.kind == syntax::TokenKind::kName || token.kind == syntax::TokenKind::kString;
    if (word && !token.text.empty()) words.insert(std::move(token.text));
  }
  return words;
}

/// What a text defines that is no query: the names of its lets and commands. Errors are not
/// reported.
std::vector<std::string> defined_names(const std::string& text, bool commands) {
  Diagnostics ignored;
  syntax::Ast ast;
  const syntax::OperatorTable operators = operator_syntax_table();
  if (commands)
    parse_function_commands(text, operators, ignored, ast, syntax::WrongTimes::kWarning, 0);
  else
    syntax::parse(text, operators, ignored, ast);
  std::vector<std::string> names;
  for (const syntax::Statement* statement : ast.statements) {
    if (statement->kind == syntax::StatementKind::kExpression) return {};
    if (statement->kind == syntax::StatementKind::kLetFunction)
      names.push_back(static_cast<const syntax::LetFunctionStatement*>(statement)->name);
    if (statement->kind == syntax::StatementKind::kLet)
      names.push_back(static_cast<const syntax::LetStatement*>(statement)->name);
  }
  return names;
}

}  // namespace

FunctionLibrary::FunctionLibrary(SourceMap& sources, Diagnostics& diagnostics,
                                 syntax::WrongTimes wrong_times)
    : sources_(sources), diagnostics_(diagnostics), wrong_times_(wrong_times) {}
FunctionLibrary::~FunctionLibrary() = default;

void FunctionLibrary::add_service_functions() {
  for (const ServiceFunctionText& built_in : service_function_texts()) {
    File file;
    file.path = fmt::format("hq's {}", built_in.name);
    file.text = built_in.text;
    file.gives_way = true;
    claim(std::string(built_in.name), files_.size());
    files_.push_back(std::move(file));
  }
}

Result<void> FunctionLibrary::add(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_directory(path, failure)) return add_file(path);
  std::vector<std::string> found;
  auto walk = std::filesystem::recursive_directory_iterator(path, failure);
  for (; !failure && walk != std::filesystem::recursive_directory_iterator();
       walk.increment(failure)) {
    const std::filesystem::path& each = walk->path();
    if (is_hidden(each)) {
      walk.disable_recursion_pending();
      continue;
    }
    std::error_code ignored;
    const bool wanted = is_query_file(each) || is_yaml_file(each);
    if (wanted && walk->is_regular_file(ignored)) found.push_back(each.string());
  }
  if (failure) {
    return fail(
        Error(ErrorCode::kData, fmt::format("cannot read the functions: {}", failure.message()))
            .at(std::string(path)));
  }
  std::sort(found.begin(), found.end());
  for (const std::string& file : found) QUARRY_CHECK(add_file(file));
  return {};
}

Result<void> FunctionLibrary::add_file(const std::string& path) {
  File file;
  file.path = path;
  QUARRY_TRY(file.text, read_file(path, kLargestFile));
  const std::size_t index = files_.size();
  if (is_yaml_file(path)) {
    file.form = Form::kYaml;
    const auto function = read_sentinel_function(file.text, path);
    if (!function) return pass_over(function.error());
    if (!*function) return {};
    for (const std::string& name : (*function)->names) claim(name, index);
  } else if (const std::string_view begin = behind_comments(file.text); begin.empty()) {
    return pass_over(Error(ErrorCode::kQuery, "the file holds no function").at(path));
  } else if (begin.starts_with('.')) {
    file.form = Form::kCommands;
    for (const std::string& name : words_of(begin)) claim(name, index);
  } else {
    file.name = std::filesystem::path(path).stem().string();
    claim(file.name, index);
    for (const std::string& name : names_of_lets(begin)) {
      if (name != file.name) claim(name, index);
    }
  }
  files_.push_back(std::move(file));
  return {};
}

/// One odd file among hundreds does no harm to those that do not need it.
Result<void> FunctionLibrary::pass_over(const Error& error) {
  diagnostics_.add({.level = Level::kWarning,
                    .kind = DiagnosticClass::kSemantic,
                    .message = error.message() + "; passed over",
                    .hint = error.hint(),
                    .where = std::nullopt,
                    .file = error.file()});
  return {};
}

void FunctionLibrary::claim(const std::string& name, std::size_t file) {
  claims_[name].push_back(file);
}

const LibraryFunction* FunctionLibrary::find(std::string_view name) {
  const auto claimed = claims_.find(name);
  if (claimed == claims_.end()) return nullptr;
  for (const std::size_t file : claimed->second) {
    if (!files_[file].gives_way) load(files_[file]);
  }
  if (known_.find(name) == known_.end()) {
    for (const std::size_t file : claimed->second) load(files_[file]);
  }
  const auto found = known_.find(name);
  if (found == known_.end()) return nullptr;
  if (!found->second.other_path.empty()) {
    diagnostics_.add(
        {.level = Level::kError,
         .kind = DiagnosticClass::kSemantic,
         .message = fmt::format("the function '{}' is also in {}", name, found->second.path),
         .hint = "keep one of them",
         .where = std::nullopt,
         .file = found->second.other_path});
  }
  return &found->second.function;
}

std::vector<FunctionLibrary::Listed> FunctionLibrary::list() {
  for (File& file : files_) {
    if (!file.gives_way) load(file);
  }
  std::vector<Listed> listed;
  for (const auto& [name, known] : known_) {
    const bool broken = known.function.function == nullptr;
    if (!known.other_path.empty()) find(name);  // says that there are two
    listed.push_back({name, known.path, broken});
  }
  return listed;
}

std::vector<std::string> FunctionLibrary::names() const {
  std::vector<std::string> names;
  for (const auto& [name, known] : known_) names.push_back(name);
  for (const File& file : files_) {
    if (file.loaded || file.form == Form::kYaml) continue;
    std::vector<std::string> defined = defined_names(file.text, file.form == Form::kCommands);
    if (defined.empty()) defined.push_back(file.name);
    names.insert(names.end(), defined.begin(), defined.end());
  }
  for (const auto& [name, files] : claims_) {
    if (files_[files.front()].form == Form::kYaml) names.push_back(name);
  }
  return names;
}

void FunctionLibrary::load(File& file) {
  if (file.loaded) return;
  file.loaded = true;
  if (file.form == Form::kYaml)
    load_yaml(file);
  else
    load_text(file);
  file.text.clear();
}

void FunctionLibrary::define(const File& file, const std::string& name,
                             const syntax::LetFunctionStatement* function) {
  const auto [known, is_new] = known_.try_emplace(name, Known{{function}, file.path, {}});
  if (is_new) return;
  known->second.function.function = nullptr;
  known->second.other_path = file.path;
}

/// Returns where the statements of this text begin in the tree.
std::size_t FunctionLibrary::parse(std::string_view text, SourceMap::Origin origin, Form form) {
  const std::size_t first = ast_.statements.size();
  const std::uint32_t begin = sources_.add(text, std::move(origin));
  const std::string_view all = sources_.text_so_far();
  if (form == Form::kCommands)
    parse_function_commands(all, operator_syntax_table(), diagnostics_, ast_, wrong_times_, begin);
  else
    syntax::parse(all, operator_syntax_table(), diagnostics_, ast_, wrong_times_, begin);
  return first;
}

void FunctionLibrary::load_text(const File& file) {
  const std::size_t errors = diagnostics_.error_count();
  const std::size_t first = parse(file.text, {.name = file.path}, file.form);
  const auto& statements = ast_.statements;
  bool has_result = false;
  for (std::size_t i = first; i < statements.size(); ++i)
    has_result = has_result || statements[i]->kind == syntax::StatementKind::kExpression;
  if (has_result || (diagnostics_.error_count() > errors && !file.name.empty()))
    return define_query(file, first, errors);
  // Only names: each is a function, a value is one that takes nothing.
  for (std::size_t i = first; i < statements.size(); ++i) {
    if (statements[i]->kind == syntax::StatementKind::kLetFunction) {
      const auto* const function = static_cast<const syntax::LetFunctionStatement*>(statements[i]);
      define(file, function->name, function);
    } else if (statements[i]->kind == syntax::StatementKind::kLet) {
      const auto* const let = static_cast<const syntax::LetStatement*>(statements[i]);
      auto* const result = ast_.make<syntax::ExpressionStatement>();
      result->value = let->value;
      result->span = let->span;
      auto* const function = ast_.make<syntax::LetFunctionStatement>();
      function->name = let->name;
      function->name_span = let->name_span;
      function->span = let->span;
      function->body.push_back(result);
      define(file, let->name, function);
    }
  }
}

/// The whole text is the body of the function that the file is called after. It is broken where
/// there are more than these errors by now.
void FunctionLibrary::define_query(const File& file, std::size_t first, std::size_t errors) {
  auto* const function = ast_.make<syntax::LetFunctionStatement>();
  function->name = file.name;
  bool has_result = false;
  for (std::size_t i = first; i < ast_.statements.size(); ++i) {
    syntax::Statement* const statement = ast_.statements[i];
    if (statement->kind == syntax::StatementKind::kOther) {
      auto& declare = static_cast<syntax::OtherStatement&>(*statement);
      if (declare.what == "declare query_parameters") function->parameters = declare.parameters;
      continue;
    }
    if (statement->kind == syntax::StatementKind::kExpression) {
      if (has_result)
        diagnostics_.error(DiagnosticClass::kSemantic, statement->span,
                           "a function has one result, this is another",
                           "keep each function in a file of its own");
      has_result = true;
    }
    function->body.push_back(statement);
  }
  define(file, file.name, diagnostics_.error_count() > errors ? nullptr : function);
}

void FunctionLibrary::load_yaml(const File& file) {
  const auto read = read_sentinel_function(file.text, file.path);
  if (!read || !*read) return;  // add_file() has seen to it
  const SentinelFunction& written = **read;
  const std::size_t errors = diagnostics_.error_count();
  std::vector<syntax::FunctionParameter> parameters;
  if (!written.parameters.empty()) {
    const std::size_t declared =
        parse(fmt::format("declare query_parameters({});", written.parameters),
              {.name = file.path + " (parameters)"}, Form::kQuery);
    for (std::size_t i = declared; i < ast_.statements.size(); ++i) {
      if (ast_.statements[i]->kind == syntax::StatementKind::kOther)
        parameters = static_cast<const syntax::OtherStatement&>(*ast_.statements[i]).parameters;
    }
  }
  const std::size_t first = parse(written.body,
                                  {.name = file.path,
                                   .lines_before = written.lines_before,
                                   .columns_before = written.columns_before},
                                  Form::kQuery);
  for (const std::string& name : written.names) {
    auto* const function = ast_.make<syntax::LetFunctionStatement>();
    function->name = name;
    function->parameters = parameters;
    function->body.assign(ast_.statements.begin() + static_cast<std::ptrdiff_t>(first),
                          ast_.statements.end());
    define(file, name, diagnostics_.error_count() > errors ? nullptr : function);
  }
}

}  // namespace quarry::kql
