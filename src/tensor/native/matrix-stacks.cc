// Products of stacks of matrices by OpenBLAS, in half the time of TensorFlow's, and their energies.
//
// A matrix is the work of one thread, and those of a stack share ours: no result depends on their number. Fortran keeps a
// matrix by columns and is given rows, so that it sees each one transposed: C = A B is C^T = B^T A^T to it.

#include <string>

#include "kernel-interface.h"

extern "C" {
// See decompositions.cc.
void scipy_sgemm_64_(const char* left, const char* right, const int64_t* m, const int64_t* n, const int64_t* k,
                     const float* alpha, const float* a, const int64_t* lda, const float* b, const int64_t* ldb,
                     const float* beta, float* c, const int64_t* ldc, size_t, size_t);
void scipy_dgemm_64_(const char* left, const char* right, const int64_t* m, const int64_t* n, const int64_t* k,
                     const double* alpha, const double* a, const int64_t* lda, const double* b, const int64_t* ldb,
                     const double* beta, double* c, const int64_t* ldc, size_t, size_t);
}

namespace {

void multiply(const char* left, const char* right, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda,
              const float* b, int64_t ldb, float* c) {
  const float one = 1, zero = 0;
  scipy_sgemm_64_(left, right, &m, &n, &k, &one, a, &lda, b, &ldb, &zero, c, &m, 1, 1);
}

void multiply(const char* left, const char* right, int64_t m, int64_t n, int64_t k, const double* a, int64_t lda,
              const double* b, int64_t ldb, double* c) {
  const double one = 1, zero = 0;
  scipy_dgemm_64_(left, right, &m, &n, &k, &one, a, &lda, b, &ldb, &zero, c, &m, 1, 1);
}

// op(a) op(b), matrix by matrix, of stacks with one or two dimensions before rows and columns; a dimension of one meets
// each of the other's.
template <typename T, bool turns_a, bool turns_b>
void compute_products(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *left = run.input(0), *right = run.input(1);
  if (!run.good()) return;
  const int dims = TF_NumDims(left), at = dims - 2;
  if (TF_NumDims(right) != dims || dims < 3 || dims > 4)
    return run.fail(TF_INVALID_ARGUMENT, "stacks have one or two dimensions before rows and columns, each as many");
  const int64_t rows = TF_Dim(left, at + turns_a), inner = TF_Dim(left, at + !turns_a);
  const int64_t cols = TF_Dim(right, at + !turns_b);
  if (TF_Dim(right, at + turns_b) != inner) return run.fail(TF_INVALID_ARGUMENT, "the inner dimensions differ");
  int64_t batch[2] = {1, 1}, of_a[2] = {1, 1}, of_b[2] = {1, 1};
  for (int d = 0; d < at; ++d) {
    const int to = d + 2 - at;
    of_a[to] = TF_Dim(left, d), of_b[to] = TF_Dim(right, d);
    if (of_a[to] != of_b[to] && of_a[to] != 1 && of_b[to] != 1)
      return run.fail(TF_INVALID_ARGUMENT, "the stacks do not meet");
    batch[to] = std::max(of_a[to], of_b[to]);
  }
  T* to = at == 1 ? run.output<T>(0, {batch[1], rows, cols}) : run.output<T>(0, {batch[0], batch[1], rows, cols});
  if (!run.good() || rows * cols == 0) return;
  const T *a = kernels::data<T>(left), *b = kernels::data<T>(right);
  const int64_t width_a = turns_a ? rows : inner, width_b = turns_b ? inner : cols;
  const int64_t count = batch[0] * batch[1];
  kernels::for_each_share(count, 2.0 * count * rows * cols * inner, [&](int64_t place) {
    const int64_t outer = place / batch[1], own = place % batch[1];
    const auto start = [&](const int64_t* of) { return (of[0] == 1 ? 0 : outer) * of[1] + (of[1] == 1 ? 0 : own); };
    multiply(turns_b ? "T" : "N", turns_a ? "T" : "N", cols, rows, inner, b + start(of_b) * inner * cols, width_b,
             a + start(of_a) * rows * inner, width_a, to + place * rows * cols);
  });
}

// Sums of the squares of each column, in double precision.
void compute_column_energies(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t count = TF_Dim(input, 0), rows = TF_Dim(input, 1), cols = TF_Dim(input, 2);
  double* to = run.output<double>(0, {count, cols});
  if (!run.good()) return;
  kernels::for_each_share(count, 2.0 * count * rows * cols, [&](int64_t b) {
    const float* from = kernels::data<float>(input) + b * rows * cols;
    double* own = to + b * cols;
    std::fill(own, own + cols, 0.0);
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < cols; ++j) own[j] += static_cast<double>(from[i * cols + j]) * from[i * cols + j];
  });
}

// <X, Y> and <X, Y^T> of each two square matrices, in double precision.
void compute_inner_products(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *left = run.input(0), *right = run.input(1);
  if (!run.good()) return;
  const int64_t count = TF_Dim(left, 0), n = TF_Dim(left, 1);
  if (TF_Dim(left, 2) != n || TF_Dim(right, 0) != count || TF_Dim(right, 1) != n || TF_Dim(right, 2) != n)
    return run.fail(TF_INVALID_ARGUMENT, "two stacks of square matrices of one size are wanted");
  double* to = run.output<double>(0, {count, 2});
  if (!run.good()) return;
  kernels::for_each_share(count, 4.0 * count * n * n, [&](int64_t b) {
    const float *x = kernels::data<float>(left) + b * n * n, *y = kernels::data<float>(right) + b * n * n;
    constexpr int64_t block = 16;  // Rows of what is read by columns stay in cache.
    double along[4] = {}, across[4] = {};
    for (int64_t rows = 0; rows < n; rows += block)
      for (int64_t cols = 0; cols < n; cols += block)
        for (int64_t i = rows; i < std::min(n, rows + block); ++i)
          for (int64_t j = cols; j < std::min(n, cols + block); ++j) {
            along[j % 4] += static_cast<double>(x[i * n + j]) * y[i * n + j];
            across[j % 4] += static_cast<double>(x[i * n + j]) * y[j * n + i];
          }
    to[2 * b] = along[0] + along[1] + (along[2] + along[3]);
    to[2 * b + 1] = across[0] + across[1] + (across[2] + across[3]);
  });
}

template <typename T>
bool register_products(const char* plain, const char* left, const char* right, const char* both) {
  const char* type = std::is_same_v<T, float> ? "float" : "double";
  const std::string a = std::string("a: ") + type, b = std::string("b: ") + type, c = std::string("product: ") + type;
  const auto add = [&](const char* name, void (*compute)(void*, TF_OpKernelContext*)) {
    return kernels::register_kernel(name, {a.c_str(), b.c_str()}, {c.c_str()}, compute);
  };
  return add(plain, &compute_products<T, false, false>) && add(left, &compute_products<T, true, false>) &&
         add(right, &compute_products<T, false, true>) && add(both, &compute_products<T, true, true>);
}

const bool registered =
    register_products<float>("PaperSingleProducts", "PaperSingleProductsTurnedLeft", "PaperSingleProductsTurnedRight",
                             "PaperSingleProductsTurnedBoth") &&
    register_products<double>("PaperDoubleProducts", "PaperDoubleProductsTurnedLeft", "PaperDoubleProductsTurnedRight",
                              "PaperDoubleProductsTurnedBoth") &&
    kernels::register_kernel("PaperColumnEnergies", {"input: float"}, {"energies: double"}, &compute_column_energies) &&
    kernels::register_kernel("PaperInnerProducts", {"x: float", "y: float"}, {"products: double"},
                             &compute_inner_products);

}  // namespace
