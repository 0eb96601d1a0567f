#include "common/value/builder.h"

namespace quarry {
namespace {

template <Type T>
class TypedBuilder final : public AnyBuilder {
 public:
  explicit TypedBuilder(std::size_t reserve) : builder_(reserve) {}

  Type type() const override { return T; }
  std::size_t rows() const override { return builder_.rows(); }
  void append_null() override { builder_.append_null(); }

  void append_from(const Column& column, std::size_t row) override {
    const Cells<T> cells(column);
    if (cells.is_null(row))
      builder_.append_null();
    else if constexpr (T == Type::kString)
      builder_.append_copy(cells[row].view());
    else if constexpr (T == Type::kDynamic)
      builder_.append_copy(cells[row].json.view());
    else
      builder_.append(cells[row]);
  }

  void append_from_view(const Column& column, std::size_t row) override {
    const Cells<T> cells(column);
    if (cells.is_null(row))
      builder_.append_null();
    else
      builder_.append(cells[row]);
  }

  void keep(const std::vector<KeepAlive>& owners) override { builder_.keep(owners); }
  Column finish() override { return builder_.finish(); }

 private:
  ColumnBuilder<T> builder_;
};

}  // namespace

std::unique_ptr<AnyBuilder> make_builder(Type type, std::size_t reserve) {
  return dispatch(type, [reserve]<Type T>() -> std::unique_ptr<AnyBuilder> {
    return std::make_unique<TypedBuilder<T>>(reserve);
  });
}

}  // namespace quarry
