// Products of tall blocks, in float64: TallProduct is a^T b, WideProduct a b and LessProduct from - a b, with a [n, k]
// and b a few columns wide; SparseProduct multiplies a block by a sparse matrix in compressed rows. TensorFlow's own
// products prepare copies of a for wide b: on blocks of 16 columns that takes as long as the product, and threads do
// not help.
//
// Rows are taken in shares and columns in groups of eight; a sum runs over rows in order within a share, and shares
// are added in order, so that no result depends on the number of threads. Set-up ends the kernels' names in a digest
// of this file and what it includes (TALL_BLOCKS).

#include <cstring>

#include "kernel-interface.h"

namespace {

constexpr int64_t group = 8;  // Columns.
constexpr int64_t share_rows = 512;

int64_t groups_of(int64_t cols) { return (cols + group - 1) / group; }
int64_t shares_of(int64_t rows) { return (rows + share_rows - 1) / share_rows; }

// b [rows, cols] group by group, [rows, group] each, the last one filled up with zeros; b itself where it is one group.
class Groups {
 public:
  Groups(const double* b, int64_t rows, int64_t cols) : rows_(rows), data_(b) {
    if (cols == group) return;
    filled_.resize(groups_of(cols) * rows * group);
    for (int64_t i = 0; i < rows; ++i) {
      for (int64_t j = 0; j < cols; j += group) {
        std::copy_n(b + i * cols + j, std::min(group, cols - j), filled_.data() + (j / group * rows + i) * group);
      }
    }
    data_ = filled_.data();
  }
  // Of a group, from a row on.
  const double* at(int64_t which, int64_t row) const { return data_ + (which * rows_ + row) * group; }

 private:
  int64_t rows_;
  std::vector<double> filled_;
  const double* data_;
};

namespace avx512 {
constexpr int64_t lanes = 8, rows = 12;
#define TARGET AVX512
#define INLINE AVX512_INLINE
#include "tall-products.h"
#undef INLINE
#undef TARGET
}  // namespace avx512

namespace avx2 {
constexpr int64_t lanes = 4, rows = 6;
#define TARGET AVX2
#define INLINE AVX2_INLINE
#include "tall-products.h"
#undef INLINE
#undef TARGET
}  // namespace avx2

namespace plain {
constexpr int64_t lanes = 2, rows = 3;
#define TARGET
#define INLINE inline
#include "tall-products.h"
#undef INLINE
#undef TARGET
}  // namespace plain

struct Products {
  decltype(&plain::add_tall_product) add_tall;
  decltype(&plain::wide_product) wide;
  decltype(&plain::sparse_product) sparse;
};

Products fastest() {
  if (HAS_AVX512) return {avx512::add_tall_product, avx512::wide_product, avx512::sparse_product};
  if (HAS_AVX2) return {avx2::add_tall_product, avx2::wide_product, avx2::sparse_product};
  return {plain::add_tall_product, plain::wide_product, plain::sparse_product};
}
const Products products = fastest();

// Calls work(first, last, group, wanted) for shares of rows and groups of columns.
template <typename Work>
void for_each_part(int64_t rows, int64_t cols, double operations, const Work& work) {
  kernels::for_each_share(shares_of(rows), operations, [&](int64_t share) {
    const int64_t first = share * share_rows, last = std::min(rows, first + share_rows);
    for (int64_t at = 0; at < groups_of(cols); ++at) work(first, last, at, std::min(group, cols - at * group));
  });
}

void compute_tall(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *left = run.input(0), *right = run.input(1);
  if (!run.good()) return;
  const int64_t n = TF_Dim(left, 0), k = TF_Dim(left, 1), cols = TF_Dim(right, 1);
  if (TF_Dim(right, 0) != n) return run.fail(TF_INVALID_ARGUMENT, "the blocks have different numbers of rows");
  double* to = run.output<double>(0, {k, cols});
  if (!run.good()) return;
  const double* a = kernels::data<double>(left);
  const Groups b(kernels::data<double>(right), n, cols);
  const int64_t size = groups_of(cols) * k * group;  // Of a share's sums.
  std::vector<double> sums(shares_of(n) * size);
  for_each_part(n, cols, 2.0 * n * k * cols, [&](int64_t first, int64_t last, int64_t at, int64_t) {
    double* own = sums.data() + first / share_rows * size + at * k * group;
    products.add_tall(a + first * k, k, b.at(at, first), last - first, own);
  });
  for (int64_t c = 0; c < k; ++c) {
    for (int64_t j = 0; j < cols; ++j) {
      const double* part = sums.data() + (j / group * k + c) * group + j % group;
      double sum = 0;
      for (int64_t share = 0; share < shares_of(n); ++share) sum += part[share * size];
      to[c * cols + j] = sum;
    }
  }
}

// a b, or from - a b where `from` is the first input.
template <bool less>
void compute_wide(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *left = run.input(less), *right = run.input(less + 1), *given = less ? run.input(0) : nullptr;
  if (!run.good()) return;
  const int64_t n = TF_Dim(left, 0), k = TF_Dim(left, 1), cols = TF_Dim(right, 1);
  if (TF_Dim(right, 0) != k) return run.fail(TF_INVALID_ARGUMENT, "the inner dimensions differ");
  if (less && (TF_Dim(given, 0) != n || TF_Dim(given, 1) != cols))
    return run.fail(TF_INVALID_ARGUMENT, "the product is to be taken from a block of another shape");
  double* to = run.output<double>(0, {n, cols});
  if (!run.good()) return;
  const double* a = kernels::data<double>(left);
  const double* from = less ? kernels::data<double>(given) : nullptr;
  const Groups b(kernels::data<double>(right), k, cols);
  for_each_part(n, cols, 2.0 * n * k * cols, [&](int64_t first, int64_t last, int64_t at, int64_t wanted) {
    const int64_t place = first * cols + at * group;
    products.wide(a + first * k, k, b.at(at, 0), less ? from + place : nullptr, to + place, cols, wanted, last - first);
  });
}

void compute_sparse(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *offsets = run.input(0), *indices = run.input(1), *values = run.input(2), *right = run.input(3);
  if (!run.good()) return;
  const int64_t n = TF_Dim(offsets, 0) - 1, cols = TF_Dim(right, 1);
  double* to = run.output<double>(0, {n, cols});
  if (!run.good()) return;
  const Groups b(kernels::data<double>(right), TF_Dim(right, 0), cols);
  for_each_part(n, cols, 2.0 * TF_Dim(values, 0) * cols,
                [&](int64_t first, int64_t last, int64_t at, int64_t wanted) {
                  products.sparse(kernels::data<int32_t>(offsets), kernels::data<int32_t>(indices),
                                  kernels::data<double>(values), b.at(at, 0), first, last, to + at * group, cols, wanted);
                });
}

const bool registered =
    kernels::register_kernel("TallProduct" TALL_BLOCKS, {"a: double", "b: double"}, {"product: double"},
                             &compute_tall) &&
    kernels::register_kernel("WideProduct" TALL_BLOCKS, {"a: double", "b: double"}, {"product: double"},
                             &compute_wide<false>) &&
    kernels::register_kernel("LessProduct" TALL_BLOCKS, {"from: double", "a: double", "b: double"},
                             {"rest: double"}, &compute_wide<true>) &&
    kernels::register_kernel("SparseProduct" TALL_BLOCKS,
                             {"offsets: int32", "indices: int32", "values: double", "b: double"},
                             {"product: double"}, &compute_sparse);

}  // namespace
