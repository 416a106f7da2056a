// The kernel RealEigenvalues: [batch, n, n] -> re, im [batch, n], in float64. TensorFlow's own Eig works on
// complex numbers whatever it is given, and takes six times as long on a real matrix. Matrices of a batch share
// threads. Set-up compiles this file into the addon.
//
// A matrix is reduced to Hessenberg form by Householder reflections, then deflated by Francis's double-shift QR
// steps (Golub and Van Loan 2013, algorithms 7.4.2 and 7.5.1; the shifts and tests of EISPACK's hqr).

#include <cmath>
#include <limits>

#include "kernel-interface.h"

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

double sign(double size, double of) { return of < 0 ? -size : size; }

// Zeroes column k of `a` below the subdiagonal: I - beta v v^T from both sides.
FASTEST void reflect_column(double* a, int n, int ld, int k, double* v, double* w) {
  double scale = 0;
  for (int i = k + 2; i < n; ++i) scale = std::max(scale, std::abs(a[i * ld + k]));
  if (scale == 0) return;
  scale = std::max(scale, std::abs(a[(k + 1) * ld + k]));
  double square = 0;
  for (int i = k + 1; i < n; ++i) {
    v[i] = a[i * ld + k] / scale;
    square += v[i] * v[i];
    a[i * ld + k] = 0;
  }
  const double size = -sign(std::sqrt(square), v[k + 1]);
  const double beta = 1 / (square - v[k + 1] * size);
  a[(k + 1) * ld + k] = scale * size;
  v[k + 1] -= size;
  std::fill(w + k + 1, w + n, 0.0);
  for (int i = k + 1; i < n; ++i) {
    const double* row = a + i * ld;
    const double x = beta * v[i];
#pragma omp simd
    for (int j = k + 1; j < n; ++j) w[j] += x * row[j];
  }
  for (int i = 0; i < n; ++i) {
    double* row = a + i * ld;
    const double x = i > k ? v[i] : 0;
    double product = 0;
#pragma omp simd reduction(+ : product)
    for (int j = k + 1; j < n; ++j) {
      row[j] -= x * w[j];
      product += row[j] * v[j];
    }
    product *= beta;
#pragma omp simd
    for (int j = k + 1; j < n; ++j) row[j] -= product * v[j];
  }
}

// A reflection of three neighbours: rows lose (1, q, r) . rows times (x, y, z), columns the other way round.
struct Reflection {
  double q, r, x, y, z;
};

FASTEST void reflect_rows(double* row, int ld, int from, int end, const Reflection& by) {
  double* a = row;
  double* b = row + ld;
  double* c = row + 2 * ld;
  const auto [q, r, x, y, z] = by;
#pragma omp simd
  for (int j = from; j <= end; ++j) {
    const double sum = a[j] + q * b[j] + r * c[j];
    a[j] -= sum * x;
    b[j] -= sum * y;
    c[j] -= sum * z;
  }
}

FASTEST void reflect_columns(double* column, int ld, int start, int end, const Reflection& by) {
  const auto [q, r, x, y, z] = by;
  for (int i = start; i <= end; ++i) {
    double* at = column + i * ld;
    const double sum = x * at[0] + y * at[1] + z * at[2];
    at[0] -= sum;
    at[1] -= sum * q;
    at[2] -= sum * r;
  }
}

// One QR step on rows start..end of h, from row `from` on; p, q, r begin its bulge.
void chase_bulge(double* h, int ld, int start, int from, int end, double p, double q, double r) {
  for (int k = from; k < end; ++k) {
    const bool last = k == end - 1;
    double scale = 1;
    if (k > from) {
      p = h[k * ld + k - 1];
      q = h[(k + 1) * ld + k - 1];
      r = last ? 0 : h[(k + 2) * ld + k - 1];
      scale = std::abs(p) + std::abs(q) + std::abs(r);
      if (scale == 0) continue;
      p /= scale;
      q /= scale;
      r /= scale;
    }
    const double s = sign(std::sqrt(p * p + q * q + r * r), p);
    if (s == 0) continue;
    if (k > from) h[k * ld + k - 1] = -s * scale;
    else if (start != from) h[k * ld + k - 1] = -h[k * ld + k - 1];
    p += s;
    const Reflection by = {q / p, r / p, p / s, q / s, r / s};
    if (!last) {
      reflect_rows(h + k * ld, ld, k, end, by);
      reflect_columns(h + k, ld, start, std::min(end, k + 3), by);
      continue;
    }
    for (int j = k; j <= end; ++j) {
      const double sum = h[k * ld + j] + by.q * h[(k + 1) * ld + j];
      h[k * ld + j] -= sum * by.x;
      h[(k + 1) * ld + j] -= sum * by.y;
    }
    for (int i = start; i <= end; ++i) {
      const double sum = by.x * h[i * ld + k] + by.y * h[i * ld + k + 1];
      h[i * ld + k] -= sum;
      h[i * ld + k + 1] -= sum * by.q;
    }
  }
}

// The eigenvalues of a Hessenberg matrix, which is lost. False when a block does not deflate.
bool deflate(double* h, int n, int ld, double* re, double* im) {
  double norm = 0;
  for (int i = 0; i < n; ++i)
    for (int j = std::max(0, i - 1); j < n; ++j) norm += std::abs(h[i * ld + j]);
  const auto at = [h, ld](int i, int j) -> double& { return h[i * ld + j]; };
  double shifted = 0;
  for (int end = n - 1, steps = 0; end >= 0;) {
    int start = end;
    for (; start > 0; --start) {
      double size = std::abs(at(start - 1, start - 1)) + std::abs(at(start, start));
      if (size == 0) size = norm;
      if (std::abs(at(start, start - 1)) > epsilon * size) continue;
      at(start, start - 1) = 0;
      break;
    }
    double x = at(end, end);
    if (start == end) {
      re[end] = x + shifted;
      im[end] = 0;
      --end;
      steps = 0;
      continue;
    }
    double y = at(end - 1, end - 1);
    double w = at(end, end - 1) * at(end - 1, end);
    if (start == end - 1) {
      const double p = (y - x) / 2;
      const double q = p * p + w;
      const double root = std::sqrt(std::abs(q));
      x += shifted;
      if (q >= 0) {
        const double z = p + sign(root, p);
        re[end - 1] = x + z;
        re[end] = z == 0 ? x : x - w / z;
        im[end - 1] = im[end] = 0;
      } else {
        re[end - 1] = re[end] = x + p;
        im[end - 1] = root;
        im[end] = -root;
      }
      end -= 2;
      steps = 0;
      continue;
    }
    if (steps == 60) return false;
    if (steps > 0 && steps % 10 == 0) {
      shifted += x;
      for (int i = 0; i <= end; ++i) at(i, i) -= x;
      const double s = std::abs(at(end, end - 1)) + std::abs(at(end - 1, end - 2));
      x = y = 0.75 * s;
      w = -0.4375 * s * s;
    }
    ++steps;
    // Two small subdiagonals in a row let the step begin below the block's start.
    int from = end - 2;
    double p = 0, q = 0, r = 0;
    for (; from >= start; --from) {
      const double z = at(from, from);
      p = ((x - z) * (y - z) - w) / at(from + 1, from) + at(from, from + 1);
      q = at(from + 1, from + 1) - z - (x - z) - (y - z);
      r = at(from + 2, from + 1);
      const double s = std::abs(p) + std::abs(q) + std::abs(r);
      p /= s;
      q /= s;
      r /= s;
      if (from == start) break;
      const double u = std::abs(at(from, from - 1)) * (std::abs(q) + std::abs(r));
      const double v = std::abs(p) * (std::abs(at(from - 1, from - 1)) + std::abs(z) + std::abs(at(from + 1, from + 1)));
      if (u <= epsilon * v) break;
    }
    for (int i = from + 2; i <= end; ++i) {
      at(i, i - 2) = 0;
      if (i > from + 2) at(i, i - 3) = 0;
    }
    chase_bulge(h, ld, start, from, end, p, q, r);
  }
  return true;
}

// Rows a multiple of 4 kB apart would share a few places of the first cache.
int leading_dimension(int n) { return (n + 7) / 8 * 8 + 8; }

bool eigenvalues(const double* a, int n, double* re, double* im) {
  const int ld = leading_dimension(n);
  std::vector<double> h(static_cast<size_t>(n) * ld), v(n), w(n);
  for (int i = 0; i < n; ++i) std::copy_n(a + static_cast<size_t>(i) * n, n, h.data() + static_cast<size_t>(i) * ld);
  for (int k = 0; k < n - 2; ++k) reflect_column(h.data(), n, ld, k, v.data(), w.data());
  return deflate(h.data(), n, ld, re, im);
}

void compute(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t batch = TF_Dim(input, 0), n = TF_Dim(input, 1);
  double* re = run.output<double>(0, {batch, n});
  double* im = run.output<double>(1, {batch, n});
  if (!run.good()) return;
  const double* a = kernels::data<double>(input);
  std::atomic<bool> deflated{true};
  // Some ten operations for each of n^3.
  kernels::for_each_share(batch, 10.0 * batch * n * n * n, [&](int64_t b) {
    if (!eigenvalues(a + b * n * n, static_cast<int>(n), re + b * n, im + b * n)) deflated = false;
  });
  if (!deflated) run.fail(TF_INTERNAL, "the QR steps did not converge");
}

const bool registered =
    kernels::register_kernel("PaperRealEigenvalues", {"input: double"}, {"re: double", "im: double"}, &compute);

}  // namespace
