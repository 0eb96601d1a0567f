// find.cpp — KQL: find [withsource=Column] [in (Table, Prefix*, …)] [where] Predicate
// [project-smart | project Column[:Type], …, pack_all()]
//
// Kusto's rules, as its documentation and its own parser have them: tables that lack every column
// of the predicate are left out (unless it looks at whole rows). project-smart shows the columns
// that all tables have, then those of the predicate, and packs the rest of each row into pack_
// where there is a rest. A column with several types becomes one for each type (name_type).
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"
#include "common/kql/operators/predicate_names.h"
#include "common/kql/operators/row_predicate.h"
#include "common/kql/operators/union_binding.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

constexpr std::string_view kPack = "pack_";

struct ShownColumn {
  syntax::Name* name = nullptr;
  std::string type_name;  // empty: as it is
};

struct FindSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<syntax::Expression*> tables;  // empty: all
  syntax::Expression* predicate = nullptr;
  bool smart = true;
  std::vector<ShownColumn> shown;  // of project
  bool pack = false;
  std::vector<syntax::Name*> away;
};

/// `pack_all()`, pack(*), pack_(*)
bool at_pack(const syntax::Parser& parser) {
  return parser.peek(1).kind == syntax::TokenKind::kOpenParen &&
         (parser.at_keyword("pack_all") || parser.at_keyword("pack") || parser.at_keyword("pack_"));
}

void parse_shown(syntax::Parser& parser, FindSyntax& find) {
  do {
    if (at_pack(parser)) {
      parser.next();
      parser.next();
      parser.accept(syntax::TokenKind::kStar);
      parser.expect(syntax::TokenKind::kCloseParen, "')'");
      find.pack = true;
      if (parser.at(syntax::TokenKind::kComma))
        parser.error(parser.peek().span, "pack_all() must be the last of the list");
      continue;
    }
    ShownColumn column;
    column.name = parser.parse_name("a column");
    if (parser.accept(syntax::TokenKind::kColon)) column.type_name = parser.parse_type_name();
    find.shown.push_back(std::move(column));
  } while (parser.accept(syntax::TokenKind::kComma));
}

/// project, project-smart, project-away
void parse_projection(syntax::Parser& parser, FindSyntax& find) {
  while (parser.accept_keyword("project")) {
    const bool hyphen = parser.accept(syntax::TokenKind::kMinus);
    if (hyphen && parser.accept_keyword("smart")) continue;
    if (hyphen && parser.expect_keyword("away")) {
      find.away = parser.parse_wildcard_names();
    } else if (!hyphen) {
      find.smart = false;
      parse_shown(parser, find);
    }
  }
}

syntax::OperatorNode* parse_find(syntax::Parser& parser) {
  auto* const node = parser.make<FindSyntax>();
  node->parameters = parse_named_parameters(parser, {"withsource", "with_source", "datascope"});
  if (parser.at_keyword("in") && parser.peek(1).kind == syntax::TokenKind::kOpenParen) {
    parser.next();
    parser.next();
    do node->tables.push_back(parser.parse_table());
    while (parser.accept(syntax::TokenKind::kComma));
    parser.expect(syntax::TokenKind::kCloseParen, "')'");
  }
  parser.accept_keyword("where");
  node->predicate = parser.parse_expression();
  parse_projection(parser, *node);
  return node;
}

const BoundColumn* column_of(const PlanNode& leg, std::string_view name) {
  const auto found = std::find_if(leg.columns.begin(), leg.columns.end(),
                                  [&](const BoundColumn& column) { return column.name == name; });
  return found == leg.columns.end() ? nullptr : &*found;
}

class FindBinder {
 public:
  FindBinder(Binder& binder, const FindSyntax& find)
      : binder_(binder), find_(find), predicate_(names_in_predicate(*find.predicate)) {}

  PlanNodePtr bind() {
    if (!bind_legs()) return nullptr;
    check_names();
    leave_out_unconcerned();
    for (UnionLeg& leg : legs_) {
      RowPredicateOptions options;
      options.terms = true;
      if (legs_.size() > 1) options.missing = MissingColumns::kNull;
      const ExpressionPtr predicate =
          bind_row_predicate(binder_, *find_.predicate, *leg.input, options);
      leg.input = binder_.filter(std::move(leg.input), predicate);
    }
    const bool chosen = find_.smart ? choose_smart() : choose_given();
    if (!chosen) return nullptr;
    return without_away(put_together());
  }

 private:
  bool bind_legs() {
    for (const syntax::Expression* table : find_.tables) {
      for (UnionLeg& leg : bind_tables(binder_, *table)) legs_.push_back(std::move(leg));
    }
    if (find_.tables.empty()) {
      syntax::Name all;
      all.name = "*";
      all.wildcard = true;
      all.span = find_.keyword;
      legs_ = bind_tables(binder_, all);
    }
    if (legs_.empty() && !binder_.diagnostics().has_query_errors()) {
      binder_.error(find_.keyword, "find finds no table to look into",
                    "name them: find in (Table, …) where …");
    }
    for (std::size_t i = 0; i < legs_.size(); ++i) {
      if (legs_[i].name.empty()) legs_[i].name = fmt::format("union_arg{}", i);
    }
    return !legs_.empty();
  }

  bool open() const {
    return std::any_of(legs_.begin(), legs_.end(),
                       [](const UnionLeg& leg) { return leg.input->open; });
  }
  bool is_column(std::string_view name) const {
    return std::any_of(legs_.begin(), legs_.end(),
                       [&](const UnionLeg& leg) { return column_of(*leg.input, name) != nullptr; });
  }

  /// With several tables a column that one lacks is null there; one that all lack is a mistake.
  void check_names() {
    if (legs_.size() == 1 || open()) return;
    std::vector<BoundColumn> all;
    for (const UnionLeg& leg : legs_)
      all.insert(all.end(), leg.input->columns.begin(), leg.input->columns.end());
    RowScope scope;
    scope.columns = &all;
    for (const syntax::Name* name : predicate_.names) {
      if (binder_.find_column(all, name->name) == nullptr) binder_.bind(*name, scope);
    }
  }

  void leave_out_unconcerned() {
    std::erase_if(predicate_.names,
                  [&](const syntax::Name* name) { return !is_column(name->name); });
    if (legs_.size() == 1 || predicate_.whole_row || predicate_.names.empty()) return;
    std::erase_if(legs_, [&](const UnionLeg& leg) {
      return !leg.input->open && std::none_of(predicate_.names.begin(), predicate_.names.end(),
                                              [&](const syntax::Name* name) {
                                                return column_of(*leg.input, name->name) != nullptr;
                                              });
    });
  }

  void show(const std::string& name, Type type) {
    const bool known = std::any_of(shown_.begin(), shown_.end(), [&](const ColumnSchema& each) {
      return each.name == name && each.type == type;
    });
    if (!known) shown_.push_back({name, type});
  }
  bool is_shown(std::string_view name) const {
    return std::any_of(shown_.begin(), shown_.end(),
                       [&](const ColumnSchema& each) { return each.name == name; });
  }

  bool choose_smart() {
    for (const BoundColumn& column : legs_[0].input->columns) {
      const bool common = std::all_of(legs_.begin(), legs_.end(), [&](const UnionLeg& leg) {
        const BoundColumn* const there = column_of(*leg.input, column.name);
        return there != nullptr && there->type == column.type;
      });
      if (common) show(column.name, column.type);
    }
    for (const syntax::Name* name : predicate_.names) {
      for (const UnionLeg& leg : legs_) {
        if (const BoundColumn* const column = column_of(*leg.input, name->name))
          show(column->name, column->type);
      }
    }
    pack_ = std::any_of(legs_.begin(), legs_.end(), [&](const UnionLeg& leg) {
      return std::any_of(leg.input->columns.begin(), leg.input->columns.end(),
                         [&](const BoundColumn& column) { return !is_shown(column.name); });
    });
    return true;
  }

  bool choose_given() {
    bool sound = true;
    for (const ShownColumn& column : find_.shown) {
      std::vector<Type> types;
      for (const UnionLeg& leg : legs_) {
        const BoundColumn* const there = column_of(*leg.input, column.name->name);
        if (there != nullptr && std::find(types.begin(), types.end(), there->type) == types.end())
          types.push_back(there->type);
      }
      const auto given = column.type_name.empty() ? std::nullopt : parse_type(column.type_name);
      if (types.empty() && open()) types.push_back(Type::kDynamic);
      if (types.empty()) {
        sound = sound && binder_.column(*legs_[0].input, *column.name) != nullptr;
      } else if (!given && types.size() > 1) {
        binder_.error(column.name->span,
                      fmt::format("the column '{}' has several types", column.name->name),
                      fmt::format("say which one: {}:{}", column.name->name, name_of(types[0])));
        sound = false;
      } else {
        show(column.name->name, given.value_or(types[0]));
      }
    }
    pack_ = find_.pack;
    return sound;
  }

  ExpressionPtr pack(const PlanNode& leg) const {
    std::vector<ExpressionPtr> arguments;
    for (const BoundColumn& column : leg.columns) {
      if (is_shown(column.name)) continue;
      arguments.push_back(make_literal(Scalar::of(column.name)));
      arguments.push_back(make_column(column));
    }
    return ExpressionBinder(binder_, RowScope::none())
        .call("bag_pack", std::move(arguments), find_.span, find_.keyword);
  }

  PlanNodePtr shown_of(PlanNodePtr leg) const {
    std::vector<NamedValue> values;
    for (const ColumnSchema& column : shown_) {
      const BoundColumn* const there = column_of(*leg, column.name);
      if (there == nullptr || (there->type != column.type && find_.smart)) continue;
      NamedValue value = pass(*there);
      if (there->type != column.type) {
        value.value = ExpressionBinder(binder_, RowScope::none())
                          .call(fmt::format("to{}", name_of(column.type)), {value.value},
                                find_.span, find_.keyword);
      }
      values.push_back(std::move(value));
    }
    if (pack_) values.push_back({std::string(kPack), pack(*leg), {}, false});
    return binder_.project(std::move(leg), values);
  }

  PlanNodePtr put_together() {
    // A first leg without rows sets the order of the columns.
    Schema schema{shown_};
    if (pack_) schema.columns.push_back({std::string(kPack), Type::kDynamic});
    std::vector<UnionLeg> legs;
    legs.push_back({binder_.rows("find", std::make_shared<std::vector<Batch>>(), schema), ""});
    for (UnionLeg& leg : legs_)
      legs.push_back({shown_of(std::move(leg.input)), std::move(leg.name)});
    const syntax::OperatorParameter* source = find_parameter(find_.parameters, "withsource");
    if (source == nullptr) source = find_parameter(find_.parameters, "with_source");
    PlanNodePtr result = unite(binder_, std::move(legs), UnionColumns::kAll,
                               source == nullptr ? "source_" : parameter_text(*source));
    result->open = false;
    return result;
  }

  PlanNodePtr without_away(PlanNodePtr found) const {
    if (find_.away.empty()) return found;
    const auto away = columns_of(binder_, *found, find_.away);
    if (!away) return nullptr;
    std::vector<NamedValue> values;
    for (const BoundColumn& column : found->columns) {
      if (!contains(*away, column.id)) values.push_back(pass(column));
    }
    return binder_.project(std::move(found), values);
  }

  Binder& binder_;
  const FindSyntax& find_;
  PredicateNames predicate_;
  std::vector<UnionLeg> legs_;
  std::vector<ColumnSchema> shown_;
  bool pack_ = false;
};

PlanNodePtr bind_find(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  if (input != nullptr) {
    binder.error(node.keyword, "find begins a query; it does not stand behind '|'",
                 "to look into the rows at hand: | search \"text\", | where * has \"text\"");
    return nullptr;
  }
  return FindBinder(binder, static_cast<const FindSyntax&>(node)).bind();
}

}  // namespace

extern constinit const OperatorDef kFind{
    .name = "find",
    .may_start = true,
    .summary =
        "Rows of several tables that fit a predicate; columns that the tables do not share are "
        "packed into pack_.",
    .syntax =
        "find [withsource=Column] [in (Table, Prefix*, …)] [where] Predicate [project-smart | "
        "project Column[:Type], …, pack_all()]",
    .example =
        "let A = datatable(k:long, a:string)[1, 'x', 2, 'y']; let B = datatable(k:long, "
        "b:string)[2, 'z']; find in (A, B) where k == 2 | count",
    .example_result = "2",
    .parse = parse_find,
    .bind = bind_find,
};

}  // namespace quarry::kql::operators
