// Products of tall blocks, in float64: TallProduct is a^T b, WideProduct a b, with a [n, k] and b a few columns wide,
// and SparseProduct multiplies a block by a sparse matrix in compressed rows. TensorFlow's own products prepare
// copies of a for wide b: on blocks of 16 columns that takes as long as the product, and threads do not help.
//
// Rows are taken in shares and columns in groups of eight; a sum runs over rows in order within a share, and shares
// are added in order, so that no result depends on the number of threads. Set-up ends the kernels' names in a digest
// of this file (TALL_BLOCKS).

#include <cstring>

#include "kernel-interface.h"

namespace {

constexpr int64_t group = 8;  // Columns.
int64_t padded(int64_t cols) { return (cols + group - 1) / group * group; }

// b with its columns filled up with zeros to whole groups; b itself where they are whole.
class Padded {
 public:
  Padded(const double* b, int64_t rows, int64_t cols) : data_(b) {
    if (padded(cols) == cols) return;
    filled_.resize(rows * padded(cols));
    for (int64_t i = 0; i < rows; ++i) std::copy_n(b + i * cols, cols, filled_.data() + i * padded(cols));
    data_ = filled_.data();
  }
  const double* data() const { return data_; }

 private:
  std::vector<double> filled_;
  const double* data_;
};

constexpr int64_t share_rows = 512;

// With AVX-512 by clones for each processor. They do not help AVX2: a vector wider than the default's registers is
// split before they are made.
namespace clones {
constexpr int lanes = 8;
#define TARGET FASTEST
#define INLINE inline
#include "tall-products.h"
#undef INLINE
#undef TARGET
}  // namespace clones

namespace avx2 {
constexpr int lanes = 4;
#define TARGET AVX2
#define INLINE AVX2_INLINE
#include "tall-products.h"
#undef INLINE
#undef TARGET
}  // namespace avx2

#if defined(__x86_64__)
const bool is_avx2_alone = HAS_AVX2 && !__builtin_cpu_supports("avx512f");
#else
const bool is_avx2_alone = false;
#endif
#define PRODUCTS(name) (is_avx2_alone ? avx2::name : clones::name)

int64_t shares_of(int64_t rows) { return (rows + share_rows - 1) / share_rows; }

void compute_tall(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* a = run.input(0);
  TF_Tensor* b = run.input(1);
  if (!run.good()) return;
  const int64_t n = TF_Dim(a, 0), k = TF_Dim(a, 1), cols = TF_Dim(b, 1), width = padded(cols);
  if (TF_Dim(b, 0) != n) return run.fail(TF_INVALID_ARGUMENT, "the blocks have different numbers of rows");
  double* to = run.output<double>(0, {k, cols});
  if (!run.good()) return;
  const Padded right(kernels::data<double>(b), n, cols);
  std::vector<double> sums(shares_of(n) * k * width);
  kernels::for_each_share(shares_of(n), 2.0 * n * k * cols, [&](int64_t share) {
    PRODUCTS(add_tall_product)(kernels::data<double>(a), k, right.data(), width, share * share_rows,
                               std::min(n, (share + 1) * share_rows), sums.data() + share * k * width);
  });
  for (int64_t c = 0; c < k; ++c) {
    for (int64_t j = 0; j < cols; ++j) {
      double sum = 0;
      for (int64_t share = 0; share < shares_of(n); ++share) sum += sums[(share * k + c) * width + j];
      to[c * cols + j] = sum;
    }
  }
}

void compute_wide(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* a = run.input(0);
  TF_Tensor* b = run.input(1);
  if (!run.good()) return;
  const int64_t n = TF_Dim(a, 0), k = TF_Dim(a, 1), cols = TF_Dim(b, 1);
  if (TF_Dim(b, 0) != k) return run.fail(TF_INVALID_ARGUMENT, "the inner dimensions differ");
  double* to = run.output<double>(0, {n, cols});
  if (!run.good()) return;
  const Padded right(kernels::data<double>(b), k, cols);
  kernels::for_each_share(shares_of(n), 2.0 * n * k * cols, [&](int64_t share) {
    PRODUCTS(wide_product)(kernels::data<double>(a), k, right.data(), padded(cols), cols, share * share_rows,
                           std::min(n, (share + 1) * share_rows), to);
  });
}

void compute_sparse(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* offsets = run.input(0);
  TF_Tensor* indices = run.input(1);
  TF_Tensor* values = run.input(2);
  TF_Tensor* b = run.input(3);
  if (!run.good()) return;
  const int64_t n = TF_Dim(offsets, 0) - 1, cols = TF_Dim(b, 1);
  double* to = run.output<double>(0, {n, cols});
  if (!run.good()) return;
  const Padded right(kernels::data<double>(b), TF_Dim(b, 0), cols);
  kernels::for_each_share(shares_of(n), 2.0 * TF_Dim(values, 0) * cols, [&](int64_t share) {
    PRODUCTS(sparse_product)(kernels::data<int32_t>(offsets), kernels::data<int32_t>(indices),
                             kernels::data<double>(values), right.data(), padded(cols), cols, share * share_rows,
                             std::min(n, (share + 1) * share_rows), to);
  });
}

const bool registered =
    kernels::register_kernel("TallProduct" TALL_BLOCKS, {"a: double", "b: double"}, {"product: double"},
                             &compute_tall) &&
    kernels::register_kernel("WideProduct" TALL_BLOCKS, {"a: double", "b: double"}, {"product: double"},
                             &compute_wide) &&
    kernels::register_kernel("SparseProduct" TALL_BLOCKS,
                             {"offsets: int32", "indices: int32", "values: double", "b: double"},
                             {"product: double"}, &compute_sparse);

}  // namespace
