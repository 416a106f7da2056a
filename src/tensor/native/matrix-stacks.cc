// Stacks of matrices by OpenBLAS: products, rows made orthonormal, eigenvalues of Gram matrices, energies. TensorFlow's own
// products of batches take twice as long, and its decompositions three times.
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
void scipy_dsyrk_64_(const char* half, const char* turned, const int64_t* n, const int64_t* k, const double* alpha,
                     const double* a, const int64_t* lda, const double* beta, double* c, const int64_t* ldc, size_t,
                     size_t);
void scipy_dtrsm_64_(const char* side, const char* half, const char* turned, const char* unit, const int64_t* m,
                     const int64_t* n, const double* alpha, const double* a, const int64_t* lda, double* b,
                     const int64_t* ldb, size_t, size_t, size_t, size_t);
void scipy_dpotrf_64_(const char* half, const int64_t* n, double* a, const int64_t* lda, int64_t* info, size_t);
void scipy_dpocon_64_(const char* half, const int64_t* n, const double* a, const int64_t* lda, const double* norm,
                      double* share, double* work, int64_t* places, int64_t* info, size_t);
double scipy_dlansy_64_(const char* norm, const char* half, const int64_t* n, const double* a, const int64_t* lda,
                        double* work, size_t, size_t);
void scipy_dsytrd_64_(const char* half, const int64_t* n, double* a, const int64_t* lda, double* d, double* e,
                      double* tau, double* work, const int64_t* size, int64_t* info, size_t);
void scipy_dsterf_64_(const int64_t* n, double* d, double* e, int64_t* info);
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

// G = L O, L lower with a positive diagonal: L from G G^T, by Cholesky (Yamamoto et al. 2015). O is wrong by the square of
// G's condition; where LAPACK's estimate of it says more than 1e-8, which it is in a tenth of that at most, O is made
// orthonormal once more, and is as good as Householder's. In less than half its time.
constexpr double least_share = 2.2e-8;

void compute_orthonormal_rows(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t count = TF_Dim(input, 0), n = TF_Dim(input, 1), size = n * n;
  double *to = run.output<double>(0, {count, n, n}), *infos = run.output<double>(1, {count});
  if (!run.good() || n == 0) return;
  kernels::for_each_share(count, 6.0 * count * n * size, [&](int64_t b) {
    const double one = 1, zero = 0;
    double* o = to + b * size;
    std::copy_n(kernels::data<double>(input) + b * size, size, o);
    std::vector<double> gram(size), work(3 * n);
    std::vector<int64_t> places(n);
    int64_t info = 0;
    double share = 0;  // The inverse of the condition of G G^T.
    for (int pass = 0; pass < 2 && info == 0 && share < least_share; ++pass) {
      // O^T is seen, whose columns are made orthonormal: O^T L^{-T}.
      scipy_dsyrk_64_("L", "T", &n, &n, &one, o, &n, &zero, gram.data(), &n, 1, 1);
      const double norm = scipy_dlansy_64_("1", "L", &n, gram.data(), &n, work.data(), 1, 1);
      scipy_dpotrf_64_("L", &n, gram.data(), &n, &info, 1);
      if (info == 0 && pass == 0)
        scipy_dpocon_64_("L", &n, gram.data(), &n, &norm, &share, work.data(), places.data(), &info, 1);
      if (info == 0) scipy_dtrsm_64_("R", "L", "T", "N", &n, &n, &one, gram.data(), &n, o, &n, 1, 1, 1, 1);
    }
    infos[b] = static_cast<double>(info);
  });
}

// Eigenvalues of A A^T, ascending.
void compute_gram_eigenvalues(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t count = TF_Dim(input, 0), n = TF_Dim(input, 1), m = TF_Dim(input, 2);
  double *values = run.output<double>(0, {count, n}), *infos = run.output<double>(1, {count});
  if (!run.good() || n == 0) return;
  const int64_t lda = std::max<int64_t>(1, m), block = 64 * n;
  kernels::for_each_share(count, (1.0 * m + 1.4 * n) * count * n * n, [&](int64_t b) {
    const double one = 1, zero = 0;
    std::vector<double> gram(n * n), work(block), beside(n), tau(n);
    scipy_dsyrk_64_("U", "T", &n, &m, &one, kernels::data<double>(input) + b * n * m, &lda, &zero, gram.data(), &n, 1,
                    1);
    int64_t info = 0;
    double* own = values + b * n;
    scipy_dsytrd_64_("U", &n, gram.data(), &n, own, beside.data(), tau.data(), work.data(), &block, &info, 1);
    if (info == 0) scipy_dsterf_64_(&n, own, beside.data(), &info);
    infos[b] = static_cast<double>(info);
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
    kernels::register_kernel("PaperOrthonormalRows", {"input: double"}, {"rows: double", "info: double"},
                             &compute_orthonormal_rows) &&
    kernels::register_kernel("PaperGramEigenvalues", {"input: double"}, {"values: double", "info: double"},
                             &compute_gram_eigenvalues) &&
    kernels::register_kernel("PaperColumnEnergies", {"input: float"}, {"energies: double"}, &compute_column_energies) &&
    kernels::register_kernel("PaperInnerProducts", {"x: float", "y: float"}, {"products: double"},
                             &compute_inner_products);

}  // namespace
