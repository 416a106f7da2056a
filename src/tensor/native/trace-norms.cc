// Sums of singular values without the singular values: tr T^{1/2} of A A^T, T its tridiagonal form. By
// x^{1/2} = (1/pi) Int s^{1/2} x / (x + s) du, s = e^u, in the trapezoidal rule, which errs by 2 exp(-2 pi^2 / step)
// (Trefethen and Weideman 2014); tr (T + s)^{-1} is the derivative of log det, from pivots and their derivatives: a
// small part of the time that all eigenvalues take.

#include <cmath>

#include "kernel-interface.h"

extern "C" {
// See decompositions.cc.
void scipy_dsyrk_64_(const char* half, const char* turned, const int64_t* n, const int64_t* k, const double* alpha,
                     const double* a, const int64_t* lda, const double* beta, double* c, const int64_t* ldc, size_t,
                     size_t);
void scipy_dsytrd_64_(const char* half, const int64_t* n, double* a, const int64_t* lda, double* d, double* e,
                      double* tau, double* work, const int64_t* size, int64_t* info, size_t);
}

namespace {

// u runs from ln tr T - 32, below which the Gram matrix's own rounding lies, to ln tr T + 10, above which two terms of a
// series do.
constexpr double step = 0.75, lowest = -32;
constexpr int nodes = 57;

// @param d diagonal [n] @param e beside it [n - 1] @param trace of T, positive
double trace_of_root(const double* d, const double* e, int64_t n, double trace) {
  double s[nodes], inverse[nodes], slope[nodes], traces[nodes];
  for (int k = 0; k < nodes; ++k) {
    s[k] = trace * std::exp(lowest + k * step);
    inverse[k] = slope[k] = traces[k] = 0;
  }
  double squares = 0;  // tr T^2
  for (int64_t i = 0; i < n; ++i) {
    const double beside = i == 0 ? 0 : e[i - 1] * e[i - 1];
    squares += d[i] * d[i] + 2 * beside;
    for (int k = 0; k < nodes; ++k) {
      const double across = beside * inverse[k];
      slope[k] = 1 + across * inverse[k] * slope[k];
      inverse[k] = 1 / (d[i] + s[k] - across);
      traces[k] += slope[k] * inverse[k];
    }
  }
  double sum = 0;
  for (int k = 0; k < nodes; ++k) sum += std::sqrt(s[k]) * (n - s[k] * traces[k]);
  // What lies beyond both ends, where s is nothing beside x and x nothing beside s.
  const auto geometric = [](double rate) { return 1 / (std::exp(rate * step) - 1); };
  const double top = s[nodes - 1];
  sum += n * std::sqrt(s[0]) * geometric(0.5);
  sum += trace / std::sqrt(top) * geometric(0.5) - squares / (top * std::sqrt(top)) * geometric(1.5);
  return sum * step / M_PI;
}

// Of each matrix [n, m] its sum of singular values and its sum of squares.
void compute(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t count = TF_Dim(input, 0), n = TF_Dim(input, 1), m = TF_Dim(input, 2);
  double *norms = run.output<double>(0, {count}), *energies = run.output<double>(1, {count});
  if (!run.good()) return;
  const int64_t lda = std::max<int64_t>(1, m), ldc = std::max<int64_t>(1, n), block = 64 * ldc;
  kernels::for_each_share(count, (1.0 * m + 1.4 * n) * count * n * n, [&](int64_t b) {
    const double one = 1, zero = 0;
    std::vector<double> gram(n * n), work(block), diagonal(n), beside(n), tau(n);
    scipy_dsyrk_64_("U", "T", &n, &m, &one, kernels::data<double>(input) + b * n * m, &lda, &zero, gram.data(), &ldc,
                    1, 1);
    double trace = 0;
    for (int64_t i = 0; i < n; ++i) trace += gram[i * n + i];
    energies[b] = trace;
    norms[b] = trace;  // Of zeros, and of what is no number.
    if (!(trace > 0) || !std::isfinite(trace)) return;
    int64_t info = 0;
    scipy_dsytrd_64_("U", &n, gram.data(), &ldc, diagonal.data(), beside.data(), tau.data(), work.data(), &block, &info,
                     1);
    norms[b] = trace_of_root(diagonal.data(), beside.data(), n, trace);
  });
}

const bool registered = kernels::register_kernel("PaperTraceNorms", {"input: double"},
                                                 {"norms: double", "energies: double"}, &compute);

}  // namespace
