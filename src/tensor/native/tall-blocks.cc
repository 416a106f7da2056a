// Products of tall blocks, in float64: TallProduct is a^T b, WideProduct a b and LessProduct from - a b, with a
// [n, k] and b a few columns wide; SparseProduct multiplies a block by a sparse matrix in compressed rows.
// TensorFlow's own products prepare copies of a for wide b: on blocks of 16 columns that takes as long as the
// product, and threads do not help.
//
// Rows are taken in shares and columns in groups of eight; a sum runs over rows in order within a share, and
// shares are added in order, so that no result depends on the number of threads.

#include <cstring>

#include "kernel-interface.h"

namespace {

constexpr int64_t group = 8;  // Columns.
constexpr int64_t share_rows = 512;

int64_t groups_of(int64_t cols) { return kernels::parts_of(cols, group); }
int64_t shares_of(int64_t rows) { return kernels::parts_of(rows, share_rows); }

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

constexpr int64_t lanes = 4;
constexpr int64_t rows = 6;  // Whose sums, with a row of b and what is spread of a, fill AVX2's registers.
typedef double Lanes __attribute__((vector_size(lanes * sizeof(double))));
constexpr int64_t vectors = group / lanes;
typedef Lanes Group[vectors];

// A vector at a time: copied as a whole, a group would go through memory in pieces of the default's registers.
AVX2_INLINE void load(const double* from, Group& to) {
  for (int64_t v = 0; v < vectors; ++v) std::memcpy(&to[v], from + v * lanes, sizeof to[v]);
}
AVX2_INLINE void store(double* to, const Group& from) {
  for (int64_t v = 0; v < vectors; ++v) std::memcpy(to + v * lanes, &from[v], sizeof from[v]);
}

// sums[k, group] += a[count, k]^T b[count, group]
template <int64_t count>
AVX2_INLINE void add_rows(const double* a, int64_t k, const double* b, double* sums) {
  Group right[count];
  for (int64_t r = 0; r < count; ++r) load(b + r * group, right[r]);
  for (int64_t c = 0; c < k; ++c) {
    Group sum;
    load(sums + c * group, sum);
    for (int64_t r = 0; r < count; ++r)
      for (int64_t v = 0; v < vectors; ++v) sum[v] += a[r * k + c] * right[r][v];
    store(sums + c * group, sum);
  }
}

// The same of any number of rows.
AVX2 void add_tall_product(const double* a, int64_t k, const double* b, int64_t count, double* sums) {
  int64_t i = 0;
  for (; i + rows <= count; i += rows) add_rows<rows>(a + i * k, k, b + i * group, sums);
  for (; i < count; ++i) add_rows<1>(a + i * k, k, b + i * group, sums);
}

// to[count, cols] = a[count, k] b[k, group], or from - a b; of the group's columns `wanted` are there.
template <int64_t count, bool less>
AVX2_INLINE void multiply_rows(const double* a, int64_t k, const double* b, const double* from, double* to,
                               int64_t cols, int64_t wanted) {
  double rest[group] = {};
  Group sum[count] = {};
  for (int64_t r = 0; less && r < count; ++r) {
    std::copy_n(from + r * cols, wanted, rest);
    load(rest, sum[r]);
  }
  for (int64_t c = 0; c < k; ++c) {
    Group right;
    load(b + c * group, right);
    for (int64_t r = 0; r < count; ++r) {
      for (int64_t v = 0; v < vectors; ++v) {
        if constexpr (less) sum[r][v] -= a[r * k + c] * right[v];
        else sum[r][v] += a[r * k + c] * right[v];
      }
    }
  }
  for (int64_t r = 0; r < count; ++r) {
    store(rest, sum[r]);
    std::copy_n(rest, wanted, to + r * cols);
  }
}

// The same of any number of rows; `from` is read where the product is taken from it alone.
template <bool less>
AVX2 void wide_product(const double* a, int64_t k, const double* b, const double* from, double* to, int64_t cols,
                       int64_t wanted, int64_t count) {
  int64_t i = 0;
  for (; i + rows <= count; i += rows)
    multiply_rows<rows, less>(a + i * k, k, b, from + i * cols, to + i * cols, cols, wanted);
  for (; i < count; ++i)
    multiply_rows<1, less>(a + i * k, k, b, from + i * cols, to + i * cols, cols, wanted);
}

// to[first..last-1, cols] = A b[, group] of a sparse A, of whose columns `wanted` are written.
AVX2 void sparse_product(const int32_t* offsets, const int32_t* indices, const double* values, const double* b,
                         int64_t first, int64_t last, double* to, int64_t cols, int64_t wanted) {
  double rest[group];
  for (int64_t i = first; i < last; ++i) {
    Group sum = {};
    for (int32_t p = offsets[i]; p < offsets[i + 1]; ++p) {
      Group right;
      load(b + indices[p] * group, right);
      for (int64_t v = 0; v < vectors; ++v) sum[v] += values[p] * right[v];
    }
    store(rest, sum);
    std::copy_n(rest, wanted, to + i * cols);
  }
}

// Calls work(first, last, group, wanted) for shares of rows and groups of columns.
template <typename Work>
void for_each_block(int64_t rows, int64_t cols, double operations, const Work& work) {
  kernels::for_each_part(rows, share_rows, operations, [&](int64_t, int64_t first, int64_t count) {
    for (int64_t at = 0; at < groups_of(cols); ++at) work(first, first + count, at, std::min(group, cols - at * group));
  });
}

void compute_tall(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *left = run.input(0), *right = run.input(1);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t n = TF_Dim(left, 0), k = TF_Dim(left, 1), cols = TF_Dim(right, 1);
  if (TF_Dim(right, 0) != n) return run.fail(TF_INVALID_ARGUMENT, "the blocks have different numbers of rows");
  double* to = run.output<double>(0, {k, cols});
  if (!run.good()) return;
  const double* a = kernels::data<double>(left);
  const Groups b(kernels::data<double>(right), n, cols);
  const int64_t size = groups_of(cols) * k * group;  // Of a share's sums.
  std::vector<double> sums(shares_of(n) * size);
  for_each_block(n, cols, 2.0 * n * k * cols, [&](int64_t first, int64_t last, int64_t at, int64_t) {
    double* own = sums.data() + first / share_rows * size + at * k * group;
    add_tall_product(a + first * k, k, b.at(at, first), last - first, own);
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
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t n = TF_Dim(left, 0), k = TF_Dim(left, 1), cols = TF_Dim(right, 1);
  if (TF_Dim(right, 0) != k) return run.fail(TF_INVALID_ARGUMENT, "the inner dimensions differ");
  if (less && (TF_Dim(given, 0) != n || TF_Dim(given, 1) != cols))
    return run.fail(TF_INVALID_ARGUMENT, "the product is to be taken from a block of another shape");
  double* to = run.output<double>(0, {n, cols});
  if (!run.good()) return;
  const double* a = kernels::data<double>(left);
  const double* from = less ? kernels::data<double>(given) : to;  // Not read where nothing is given.
  const Groups b(kernels::data<double>(right), k, cols);
  for_each_block(n, cols, 2.0 * n * k * cols, [&](int64_t first, int64_t last, int64_t at, int64_t wanted) {
    const int64_t place = first * cols + at * group;
    wide_product<less>(a + first * k, k, b.at(at, 0), from + place, to + place, cols, wanted, last - first);
  });
}

void compute_sparse(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *offsets = run.input(0), *indices = run.input(1), *values = run.input(2), *right = run.input(3);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t n = TF_Dim(offsets, 0) - 1, cols = TF_Dim(right, 1);
  double* to = run.output<double>(0, {n, cols});
  if (!run.good()) return;
  const Groups b(kernels::data<double>(right), TF_Dim(right, 0), cols);
  for_each_block(n, cols, 2.0 * TF_Dim(values, 0) * cols,
                [&](int64_t first, int64_t last, int64_t at, int64_t wanted) {
                  sparse_product(kernels::data<int32_t>(offsets), kernels::data<int32_t>(indices),
                                  kernels::data<double>(values), b.at(at, 0), first, last, to + at * group, cols, wanted);
                });
}

const bool registered =
    kernels::register_kernel("PaperTallProduct", {"a: double", "b: double"}, {"product: double"},
                             &compute_tall) &&
    kernels::register_kernel("PaperWideProduct", {"a: double", "b: double"}, {"product: double"},
                             &compute_wide<false>) &&
    kernels::register_kernel("PaperLessProduct", {"from: double", "a: double", "b: double"},
                             {"rest: double"}, &compute_wide<true>) &&
    kernels::register_kernel("PaperSparseProduct",
                             {"offsets: int32", "indices: int32", "values: double", "b: double"},
                             {"product: double"}, &compute_sparse);

}  // namespace
