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

constexpr int lanes = 8;
typedef double Lanes __attribute__((vector_size(lanes * sizeof(double))));

Lanes load(const double* from) {
  Lanes value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

void store(double* to, const Lanes& value) { std::memcpy(to, &value, sizeof value); }

int64_t padded(int64_t cols) { return (cols + lanes - 1) / lanes * lanes; }

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
constexpr int64_t panel_rows = 64;

// sums[k, width] += a[rows, k]^T b[rows, width] over the rows first..last-1.
FASTEST void add_tall_product(const double* a, int64_t k, const double* b, int64_t width, int64_t first,
                              int64_t last, double* sums) {
  for (int64_t panel = first; panel < last; panel += panel_rows) {
    const int64_t end = std::min(last, panel + panel_rows);
    for (int64_t j = 0; j < width; j += lanes) {
      int64_t c = 0;
      for (; c + 8 <= k; c += 8) {
        Lanes sum[8];
        for (int u = 0; u < 8; ++u) sum[u] = load(sums + (c + u) * width + j);
        for (int64_t i = panel; i < end; ++i) {
          const Lanes right = load(b + i * width + j);
          const double* left = a + i * k + c;
          for (int u = 0; u < 8; ++u) sum[u] += left[u] * right;
        }
        for (int u = 0; u < 8; ++u) store(sums + (c + u) * width + j, sum[u]);
      }
      for (; c < k; ++c) {
        Lanes sum = load(sums + c * width + j);
        for (int64_t i = panel; i < end; ++i) sum += a[i * k + c] * load(b + i * width + j);
        store(sums + c * width + j, sum);
      }
    }
  }
}

// to[rows, cols] = a[rows, k] b[k, width] for the rows first..last-1, of whose columns cols are wanted.
FASTEST void wide_product(const double* a, int64_t k, const double* b, int64_t width, int64_t cols, int64_t first,
                          int64_t last, double* to) {
  double rest[lanes];
  for (int64_t j = 0; j < width; j += lanes) {
    const int64_t wanted = std::min<int64_t>(lanes, cols - j);
    int64_t i = first;
    for (; i + 8 <= last; i += 8) {
      Lanes sum[8] = {};
      for (int64_t c = 0; c < k; ++c) {
        const Lanes right = load(b + c * width + j);
        for (int u = 0; u < 8; ++u) sum[u] += a[(i + u) * k + c] * right;
      }
      for (int u = 0; u < 8; ++u) {
        store(rest, sum[u]);
        std::copy_n(rest, wanted, to + (i + u) * cols + j);
      }
    }
    for (; i < last; ++i) {
      Lanes sum = {};
      for (int64_t c = 0; c < k; ++c) sum += a[i * k + c] * load(b + c * width + j);
      store(rest, sum);
      std::copy_n(rest, wanted, to + i * cols + j);
    }
  }
}

// to[rows, cols] = A b for the rows first..last-1 of a sparse A.
FASTEST void sparse_product(const int32_t* offsets, const int32_t* indices, const double* values, const double* b,
                            int64_t width, int64_t cols, int64_t first, int64_t last, double* to) {
  double rest[lanes];
  for (int64_t i = first; i < last; ++i) {
    for (int64_t j = 0; j < width; j += 2 * lanes) {
      const bool two = j + lanes < width;
      Lanes low = {}, high = {};
      for (int32_t p = offsets[i]; p < offsets[i + 1]; ++p) {
        const double* row = b + indices[p] * width + j;
        low += values[p] * load(row);
        if (two) high += values[p] * load(row + lanes);
      }
      store(rest, low);
      std::copy_n(rest, std::min<int64_t>(lanes, cols - j), to + i * cols + j);
      if (!two) continue;
      store(rest, high);
      std::copy_n(rest, std::min<int64_t>(lanes, cols - j - lanes), to + i * cols + j + lanes);
    }
  }
}

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
    add_tall_product(kernels::data<double>(a), k, right.data(), width, share * share_rows,
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
    wide_product(kernels::data<double>(a), k, right.data(), padded(cols), cols, share * share_rows,
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
    sparse_product(kernels::data<int32_t>(offsets), kernels::data<int32_t>(indices), kernels::data<double>(values),
                   right.data(), padded(cols), cols, share * share_rows, std::min(n, (share + 1) * share_rows), to);
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
