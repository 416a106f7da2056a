// Decompositions of stacks of matrices by OpenBLAS: rows made orthonormal, eigenvalues of Gram matrices. TensorFlow's own
// take three times as long. Each matrix is the work of one thread, and is seen transposed: see matrix-stacks.cc.

#include "kernel-interface.h"

extern "C" {
// See decompositions.cc.
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

// G = L O, L lower with a positive diagonal: L from G G^T, by Cholesky (Yamamoto et al. 2015). O is wrong by rounding
// times the square of G's condition; where LAPACK's estimate of it says more than a billionth, O is made orthonormal once
// more, and is as good as Householder's. In less than half its time.
constexpr double least_share = 2.2e-7;

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

const bool registered =
    kernels::register_kernel("PaperOrthonormalRows", {"input: double"}, {"rows: double", "info: double"},
                             &compute_orthonormal_rows) &&
    kernels::register_kernel("PaperGramEigenvalues", {"input: double"}, {"values: double", "info: double"},
                             &compute_gram_eigenvalues);

}  // namespace
