#include "common/kql/functions/language.h"

#include <algorithm>
#include <iterator>

namespace quarry::kql {
namespace {

constexpr std::string_view kStatement = "statement";
constexpr std::string_view kWord = "word";
constexpr std::string_view kLiteral = "literal";
constexpr std::string_view kFunction = "function";
constexpr std::string_view kTable = "table";
constexpr std::string_view kService = "service";
constexpr std::string_view kGraph = "function of graph-match";
constexpr std::string_view kElsewhere = "Read as Table: rows come from the inputs, wherever the query was meant to run.";
constexpr std::string_view kOnlyThere = "Adds its columns, which stay empty: only the service knows the answer.";

constexpr LanguageDef kParts[]{
    {"DeviceFromIP", kService, "invoke DeviceFromIP()", kOnlyThere, {}},
    {"FileProfile", kService, "invoke FileProfile(SHA1, 1000)", kOnlyThere, {}},
    {"_GetWatchlist", kTable, "_GetWatchlist(\"name\")", "The rows of a watchlist; its file is given with --watchlist.", {}},
    {"SeenBy", kService, "invoke SeenBy()", kOnlyThere, {}},
    {"all", kGraph, "all(path, condition)", "True where the condition holds for every edge of a path of several.", {}},
    {"any", kGraph, "any(path, condition)", "True where the condition holds for one edge of a path of several.", {}},
    {"inner_nodes", kGraph, "inner_nodes(path)", "The nodes between the ends of a path of several edges, for all, any and map.", {}},
    {"labels", kGraph, "labels(node)", "The labels of a node or an edge.", {}},
    {"map", kGraph, "map(path, value)", "The value for every edge of a path of several, as a list.", {}},
    {"node_degree_in", kGraph, "node_degree_in(node)", "How many edges lead to the node.", {}},
    {"node_degree_out", kGraph, "node_degree_out(node)", "How many edges lead away from the node.", {}},
    {"node_id", kGraph, "node_id(node)", "What tells the node from all others.", {}},
    {"app", kTable, "app(\"name\").Table", kElsewhere, {}},
    {"cluster", kTable, "cluster(\"name\").database(\"name\").Table", kElsewhere, {}},
    {"database", kTable, "database(\"name\").Table", kElsewhere, {}},
    {"resource", kTable, "resource(\"id\").Table", kElsewhere, {}},
    {"workspace", kTable, "workspace(\"name\").Table", kElsewhere, {}},
    {"date", kLiteral, "date(2026-06-13)", "Another spelling of datetime.", {"print date(2026-06-13)", "2026-06-13T00:00:00.0000000Z"}},
    {"time", kLiteral, "time(1.02:03:04)", "Another spelling of timespan.", {"print time(1.02:03:04)", "1.02:03:04"}},
    {"!between", kWord, "value !between (low .. high)", "True outside of two bounds.", {"print 5 !between (1 .. 3)", "true"}},
    {"!contains", kWord, "text !contains part", "True where the part occurs nowhere, case ignored.", {"print 'cmd.exe' !contains 'ps'", "true"}},
    {"!contains_cs", kWord, "text !contains_cs part", "As !contains, with regard to case.", {"print 'cmd.exe' !contains_cs 'CMD'", "true"}},
    {"!endswith", kWord, "text !endswith part", "True where the text does not end so, case ignored.", {"print 'cmd.exe' !endswith '.dll'", "true"}},
    {"!endswith_cs", kWord, "text !endswith_cs part", "As !endswith, with regard to case.", {"print 'cmd.exe' !endswith_cs '.EXE'", "true"}},
    {"!has", kWord, "text !has term", "True where the text lacks the whole term, case ignored.", {"print 'cmd.exe' !has 'ex'", "true"}},
    {"!has_cs", kWord, "text !has_cs term", "As !has, with regard to case.", {"print 'cmd.exe' !has_cs 'CMD'", "true"}},
    {"!hasprefix", kWord, "text !hasprefix part", "True where no term begins so, case ignored.", {"print 'cmd.exe' !hasprefix 'md'", "true"}},
    {"!hasprefix_cs", kWord, "text !hasprefix_cs part", "As !hasprefix, with regard to case.", {"print 'cmd.exe' !hasprefix_cs 'CM'", "true"}},
    {"!hassuffix", kWord, "text !hassuffix part", "True where no term ends so, case ignored.", {"print 'cmd.exe' !hassuffix 'ex'", "true"}},
    {"!hassuffix_cs", kWord, "text !hassuffix_cs part", "As !hassuffix, with regard to case.", {"print 'cmd.exe' !hassuffix_cs 'XE'", "true"}},
    {"!in", kWord, "value !in (a, b, …)", "True for a value that is not in the list, with regard to case.", {"print 'a' !in ('b', 'c')", "true"}},
    {"!in~", kWord, "value !in~ (a, b, …)", "As !in, case ignored.", {"print 'a' !in~ ('A', 'c')", "false"}},
    {"!startswith", kWord, "text !startswith part", "True where the text does not begin so, case ignored.", {"print 'cmd.exe' !startswith 'ps'", "true"}},
    {"!startswith_cs", kWord, "text !startswith_cs part", "As !startswith, with regard to case.", {"print 'cmd.exe' !startswith_cs 'CMD'", "true"}},
    {"!~", kWord, "text !~ other", "True for texts that differ, case ignored.", {"print 'a' !~ 'A'", "false"}},
    {"=~", kWord, "text =~ other", "True for equal texts, case ignored.", {"print 'a' =~ 'A'", "true"}},
    {"and", kWord, "condition and condition", "True where both are.", {"print 1 == 1 and 2 > 1", "true"}},
    {"between", kWord, "value between (low .. high)", "True from the lower bound to the upper one, both included; a timespan as upper bound counts from the lower one.", {"print 5 between (1 .. 5)", "true"}},
    {"bool", kLiteral, "bool(true), bool(null)", "A truth value; also written true, false.", {"print bool(true)", "true"}},
    {"contains", kWord, "text contains part", "True where the part occurs anywhere, case ignored; has is faster for whole words.", {"print 'cmd.exe' contains 'MD'", "true"}},
    {"contains_cs", kWord, "text contains_cs part", "As contains, with regard to case.", {"print 'cmd.exe' contains_cs 'MD'", "false"}},
    {"datatable", kTable, "datatable (name:type, …) [values, …]", "A table that the query writes down itself, row after row.", {"datatable (a:long, b:string) [1, 'x', 2, 'y'] | count", "2"}},
    {"datetime", kLiteral, "datetime(2026-06-13), datetime(2026-06-13 14:30), datetime(null)", "An instant, in UTC without a zone.", {"print datetime(2026-06-13)", "2026-06-13T00:00:00.0000000Z"}},
    {"decimal", kLiteral, "decimal(1.5), decimal(null)", "A number with exact decimal digits.", {"print decimal(1.5)", "1.5"}},
    {"declare query_parameters", kStatement, "declare query_parameters(name:type = default, …);", "Names values that --param NAME=VALUE gives.", {"declare query_parameters(least:long = 3); print least", "3"}},
    {"dynamic", kLiteral, "dynamic([1, 2]), dynamic({\"a\": 1})", "A list or property bag, written as JSON.", {"print dynamic([1, 2])[1]", "2"}},
    {"endswith", kWord, "text endswith part", "True where the text ends so, case ignored.", {"print 'cmd.exe' endswith '.EXE'", "true"}},
    {"endswith_cs", kWord, "text endswith_cs part", "As endswith, with regard to case.", {"print 'cmd.exe' endswith_cs '.EXE'", "false"}},
    {"externaldata", kTable, "externaldata (name:type, …) [\"file\", …] with (format=\"csv\")", "A table read from local files: csv, tsv, psv, json, txt.", {}},
    {"guid", kLiteral, "guid(74be27de-1e4e-49d9-b579-fe0b331d3642), guid(null)", "A globally unique identifier.", {"print guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "74be27de-1e4e-49d9-b579-fe0b331d3642"}},
    {"has", kWord, "text has term", "True where the text holds the whole term, case ignored.", {"print 'cmd.exe /c dir' has 'CMD'", "true"}},
    {"has_all", kWord, "text has_all (term, …)", "True where all terms occur.", {"print 'cmd.exe /c dir' has_all ('cmd', 'dir')", "true"}},
    {"has_any", kWord, "text has_any (term, …)", "True where one of the terms occurs.", {"print 'cmd.exe /c dir' has_any ('ps', 'dir')", "true"}},
    {"has_cs", kWord, "text has_cs term", "As has, with regard to case.", {"print 'cmd.exe' has_cs 'CMD'", "false"}},
    {"hasprefix", kWord, "text hasprefix part", "True where a term begins so, case ignored.", {"print 'cmd.exe' hasprefix 'EX'", "true"}},
    {"hasprefix_cs", kWord, "text hasprefix_cs part", "As hasprefix, with regard to case.", {"print 'cmd.exe' hasprefix_cs 'EX'", "false"}},
    {"hassuffix", kWord, "text hassuffix part", "True where a term ends so, case ignored.", {"print 'cmd.exe' hassuffix 'MD'", "true"}},
    {"hassuffix_cs", kWord, "text hassuffix_cs part", "As hassuffix, with regard to case.", {"print 'cmd.exe' hassuffix_cs 'MD'", "false"}},
    {"in", kWord, "value in (a, b, …), value in (Table)", "True for a value in the list, or in a table's first column, with regard to case.", {"print 'a' in ('a', 'b')", "true"}},
    {"in~", kWord, "value in~ (a, b, …)", "As in, case ignored.", {"print 'A' in~ ('a', 'b')", "true"}},
    {"int", kLiteral, "int(5), int(null)", "A whole number of 32 bits.", {"print int(5)", "5"}},
    {"let", kStatement, "let name = value; let name = (parameter:type, …) { body };", "Names a value, a table or a function for the rest of the query.", {"let least = 3; print least + 1", "4"}},
    {"long", kLiteral, "long(5), long(null)", "A whole number of 64 bits; also written 5.", {"print long(5)", "5"}},
    {"matches regex", kWord, "text matches regex pattern", "True where the regular expression (RE2) fits anywhere in the text.", {"print 'cmd.exe' matches regex @'\\.exe$'", "true"}},
    {"or", kWord, "condition or condition", "True where one of both is.", {"print 1 == 2 or 2 > 1", "true"}},
    {"real", kLiteral, "real(1.5), real(null), real(nan)", "A number with a fraction; also written 1.5.", {"print real(1.5)", "1.5"}},
    {"set", kStatement, "set option = value;", "Options of the service; read and left alone.", {"set notruncation; print 1", "1"}},
    {"startswith", kWord, "text startswith part", "True where the text begins so, case ignored.", {"print 'cmd.exe' startswith 'CMD'", "true"}},
    {"startswith_cs", kWord, "text startswith_cs part", "As startswith, with regard to case.", {"print 'cmd.exe' startswith_cs 'CMD'", "false"}},
    {"table", kTable, "table(\"name\")", "The table of a name that a value holds.", {"let t = print a = 1; t | count", "1"}},
    {"timespan", kLiteral, "timespan(1.02:03:04), 1d, 2h, 30m, 10s, 5ms", "A length of time.", {"print timespan(1.02:03:04)", "1.02:03:04"}},
    {"typeof", kLiteral, "typeof(type)", "Names a type, as mv-expand and bag_unpack take it.", {"print a = dynamic([1, 2]) | mv-expand a to typeof(long) | summarize sum(a)", "3"}},
    {"view", kStatement, "let name = view () { table };", "A function that union reaches by a wildcard.", {"let T1 = view () { print a = 1 }; union T* | count", "1"}},
};

}  // namespace

std::span<const LanguageDef> language_parts() { return kParts; }

const LanguageDef* find_language_part(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kParts), std::end(kParts), [&](const LanguageDef& part) {
    // "matches" finds "matches regex".
    return part.name == name || (part.name.starts_with(name) && part.name.substr(name.size()).starts_with(' '));
  });
  return found == std::end(kParts) ? nullptr : found;
}

}  // namespace quarry::kql
