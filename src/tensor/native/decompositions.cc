// LAPACK's decompositions of real matrices [batch, rows, cols] in float64, from OpenBLAS (Anderson et al. 1999):
// SingularValues by dgesvd, Eigenvalues by dgeev and SymmetricEigen by dsyevd. Each gives LAPACK's own `info`
// [batch] besides: not zero where a matrix was not decomposed.
//
// A decomposition runs on one thread, since OpenBLAS's own wait awake for each other; matrices of a batch share ours.
// LAPACK keeps a matrix by columns and is given rows. It sees the transpose, which has the same singular values and
// eigenvalues.

#include <memory>
#include <new>

#include "kernel-interface.h"

extern "C" {
// Whole numbers of 64 bits; what ends a name tells so. Lengths of words stand at the end, as Fortran has them.
void scipy_openblas_set_num_threads64_(int count);
void scipy_dgesvd_64_(const char* left, const char* right, const int64_t* m, const int64_t* n, double* a,
                      const int64_t* lda, double* s, double* u, const int64_t* ldu, double* v, const int64_t* ldv,
                      double* work, const int64_t* size, int64_t* info, size_t, size_t);
void scipy_dgeev_64_(const char* left, const char* right, const int64_t* n, double* a, const int64_t* lda, double* re,
                     double* im, double* u, const int64_t* ldu, double* v, const int64_t* ldv, double* work,
                     const int64_t* size, int64_t* info, size_t, size_t);
void scipy_dsyevd_64_(const char* vectors, const char* half, const int64_t* n, double* a, const int64_t* lda,
                      double* values, double* work, const int64_t* size, int64_t* places, const int64_t* places_size,
                      int64_t* info, size_t, size_t);
}

namespace {

const int64_t one = 1;

// At a multiple of a vector's size, so that no result depends on where memory happens to lie.
constexpr std::align_val_t alignment{64};
struct Release {
  void operator()(double* memory) const { ::operator delete[](memory, alignment); }
};
using Doubles = std::unique_ptr<double[], Release>;
Doubles doubles(int64_t count) { return Doubles(new (alignment) double[std::max<int64_t>(1, count)]); }

// Calls lapack(a, b, work, size, info) for each matrix b of a batch: once to ask what it needs to work in, then to work
// on `a`, a copy that is lost. n^3 times `cost` operations a matrix.
template <typename Lapack>
void decompose_each(TF_Tensor* batch, double cost, double* infos, const Lapack& lapack) {
  const int64_t count = TF_Dim(batch, 0), entries = TF_Dim(batch, 1) * TF_Dim(batch, 2);
  const double operations = cost * entries * std::min(TF_Dim(batch, 1), TF_Dim(batch, 2));
  kernels::for_each_share(count, count * operations, [&](int64_t b) {
    const Doubles a = doubles(entries);
    std::copy_n(kernels::data<double>(batch) + b * entries, entries, a.get());
    int64_t size = -1, info = 0;
    double wanted = 0;
    lapack(a.get(), b, &wanted, &size, &info);
    if (info == 0) {
      size = static_cast<int64_t>(wanted);
      const Doubles work = doubles(size);
      lapack(a.get(), b, work.get(), &size, &info);
    }
    infos[b] = static_cast<double>(info);
  });
}

void singular_values(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t batch = TF_Dim(input, 0), n = TF_Dim(input, 1), m = TF_Dim(input, 2);
  const int64_t count = std::min(m, n), lda = std::max(one, m);
  double *values = run.output<double>(0, {batch, count}), *infos = run.output<double>(1, {batch});
  if (!run.good()) return;
  decompose_each(input, 3, infos, [=](double* a, int64_t b, double* work, const int64_t* size, int64_t* info) {
    scipy_dgesvd_64_("N", "N", &m, &n, a, &lda, values + b * count, nullptr, &one, nullptr, &one, work, size, info, 1, 1);
  });
}

void eigenvalues(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t batch = TF_Dim(input, 0), n = TF_Dim(input, 1), lda = std::max(one, n);
  double *re = run.output<double>(0, {batch, n}), *im = run.output<double>(1, {batch, n});
  double* infos = run.output<double>(2, {batch});
  if (!run.good()) return;
  decompose_each(input, 10, infos, [=](double* a, int64_t b, double* work, const int64_t* size, int64_t* info) {
    scipy_dgeev_64_("N", "N", &n, a, &lda, re + b * n, im + b * n, nullptr, &one, nullptr, &one, work, size, info, 1, 1);
  });
}

void symmetric_eigen(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t batch = TF_Dim(input, 0), n = TF_Dim(input, 1), lda = std::max(one, n), places_size = 3 + 5 * n;
  double *values = run.output<double>(0, {batch, n}), *vectors = run.output<double>(1, {batch, n, n});
  double* infos = run.output<double>(2, {batch});
  if (!run.good()) return;
  decompose_each(input, 9, infos, [=](double* a, int64_t b, double* work, const int64_t* size, int64_t* info) {
    std::vector<int64_t> places(places_size);
    scipy_dsyevd_64_("V", "L", &n, a, &lda, values + b * n, work, size, places.data(), &places_size, info, 1, 1);
    // LAPACK's columns are vectors, and so are those that we give.
    for (int64_t i = 0; *size >= 0 && i < n; ++i)
      for (int64_t j = 0; j < n; ++j) vectors[(b * n + i) * n + j] = a[j * n + i];
  });
}

const bool registered =
    (scipy_openblas_set_num_threads64_(1), true) &&
    kernels::register_kernel("PaperSingularValues", {"input: double"}, {"values: double", "info: double"},
                             &singular_values) &&
    kernels::register_kernel("PaperEigenvalues", {"input: double"}, {"re: double", "im: double", "info: double"},
                             &eigenvalues) &&
    kernels::register_kernel("PaperSymmetricEigen", {"input: double"},
                             {"values: double", "vectors: double", "info: double"}, &symmetric_eigen);

}  // namespace
