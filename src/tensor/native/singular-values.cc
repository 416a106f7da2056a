// The kernel SingularValues: [batch, m, n] -> [batch, min(m, n)], descending, in float64. TensorFlow's own Svd
// takes four times as long, and does not share a batch's matrices between threads.
//
// A matrix is reduced to bidiagonal form by Householder reflections from both sides, two passes over what is left
// of it a step (Howell et al. 2008, Cache efficient bidiagonalization using BLAS 2.5 operators), then deflated by
// QR steps (Golub and Van Loan 2013, algorithm 8.6.2; without a shift as in Demmel and Kahan 1990). Each value is
// exact to a small multiple of epsilon times the largest.

#include <cmath>
#include <limits>

#include "kernel-interface.h"

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// I - beta x x^T, which leaves `size` of a vector in its first place. The vector becomes x.
struct Reflection {
  double size, beta;
};

Reflection reflect(double* x, int64_t count) {
  double rest = 0;
  for (int64_t i = 1; i < count; ++i) rest += x[i] * x[i];
  if (rest == 0) return {x[0], 0};
  const double norm = std::sqrt(x[0] * x[0] + rest);
  const double size = x[0] > 0 ? -norm : norm;
  const double beta = 1 / (norm * norm - x[0] * size);
  x[0] -= size;
  return {size, beta};
}

// What a step takes from what is left of a matrix: a[i, j] -= u[i] x[j] + y[i] v[j].
struct Update {
  const double *u, *y;  // [rows]
  const double *x, *v;  // [cols]
};

// Four rows at a time, by which what belongs to columns is read and written once for all of them.
constexpr int64_t group = 4;

// Updates `group` rows of a, and adds their part of next^T a to sums [cols].
FASTEST void update_rows(double* a, int64_t ld, int64_t cols, const Update& by, const double* next, double* sums) {
  double *a0 = a, *a1 = a + ld, *a2 = a + 2 * ld, *a3 = a + 3 * ld;
  const double u0 = by.u[0], u1 = by.u[1], u2 = by.u[2], u3 = by.u[3];
  const double y0 = by.y[0], y1 = by.y[1], y2 = by.y[2], y3 = by.y[3];
  const double n0 = next[0], n1 = next[1], n2 = next[2], n3 = next[3];
  const double *x = by.x, *v = by.v;
#pragma omp simd
  for (int64_t j = 0; j < cols; ++j) {
    const double b0 = a0[j] - u0 * x[j] - y0 * v[j];
    const double b1 = a1[j] - u1 * x[j] - y1 * v[j];
    const double b2 = a2[j] - u2 * x[j] - y2 * v[j];
    const double b3 = a3[j] - u3 * x[j] - y3 * v[j];
    a0[j] = b0;
    a1[j] = b1;
    a2[j] = b2;
    a3[j] = b3;
    sums[j] += (n0 * b0 + n1 * b1) + (n2 * b2 + n3 * b3);
  }
}

FASTEST void update_row(double* a, int64_t cols, const Update& by, double next, double* sums) {
  const double u = by.u[0], y = by.y[0];
  const double *x = by.x, *v = by.v;
#pragma omp simd
  for (int64_t j = 0; j < cols; ++j) {
    a[j] -= u * x[j] + y * v[j];
    sums[j] += next * a[j];
  }
}

// to[r] = a[r] . v of `group` rows.
FASTEST void multiply_rows(const double* a, int64_t ld, int64_t cols, const double* v, double* to) {
  const double *a0 = a, *a1 = a + ld, *a2 = a + 2 * ld, *a3 = a + 3 * ld;
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
#pragma omp simd reduction(+ : s0, s1, s2, s3)
  for (int64_t j = 0; j < cols; ++j) {
    s0 += a0[j] * v[j];
    s1 += a1[j] * v[j];
    s2 += a2[j] * v[j];
    s3 += a3[j] * v[j];
  }
  to[0] = s0;
  to[1] = s1;
  to[2] = s2;
  to[3] = s3;
}

FASTEST double dot(const double* a, const double* b, int64_t count) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t j = 0; j < count; ++j) sum += a[j] * b[j];
  return sum;
}

// The diagonals d [n] and e [n - 1] of a bidiagonal matrix with the singular values of a [m, n], m >= n, which is lost.
void bidiagonalize(double* a, int64_t m, int64_t n, int64_t ld, double* d, double* e) {
  // The vectors of one step; those of columns, and the reflection of the next step, of the whole matrix.
  std::vector<double> u(m, 0.0), next(m), y(m, 0.0), x(n, 0.0), v(n, 0.0), sums(n);
  for (int64_t k = 0; k < n; ++k) {
    // The column that is next to go, brought up to date before the rest.
    for (int64_t i = k; i < m; ++i) next[i] = a[i * ld + k] - u[i] * x[k] - y[i] * v[k];
    const Reflection column = reflect(next.data() + k, m - k);
    d[k] = column.size;
    const int64_t first = k + 1, cols = n - first;
    if (cols == 0) break;
    std::fill(sums.begin() + first, sums.end(), 0.0);
    const auto from = [&](int64_t i) { return Update{&u[i], &y[i], &x[first], &v[first]}; };
    int64_t i = k;
    for (; i + group <= m; i += group) update_rows(a + i * ld + first, ld, cols, from(i), &next[i], &sums[first]);
    for (; i < m; ++i) update_row(a + i * ld + first, cols, from(i), next[i], &sums[first]);
    u.swap(next);
    for (int64_t j = first; j < n; ++j) {
      x[j] = column.beta * sums[j];
      v[j] = a[k * ld + j] - u[k] * x[j];
    }
    const Reflection row = reflect(v.data() + first, cols);
    e[k] = row.size;
    for (i = first; i + group <= m; i += group) multiply_rows(a + i * ld + first, ld, cols, &v[first], &y[i]);
    for (; i < m; ++i) y[i] = dot(a + i * ld + first, &v[first], cols);
    const double common = dot(&x[first], &v[first], cols);
    for (i = first; i < m; ++i) y[i] = row.beta * (y[i] - u[i] * common);
  }
}

// c f + s g = r, c g - s f = 0.
struct Rotation {
  double c, s, r;
};

Rotation rotation(double f, double g) {
  if (g == 0) return {1, 0, f};
  const double r = std::sqrt(f * f + g * g), share = 1 / r;
  return {f * share, g * share, r};
}

// The smaller singular value of [[f, g], [0, h]].
double smaller(double f, double g, double h) {
  const double sum = std::sqrt((f + h) * (f + h) + g * g), difference = std::sqrt((f - h) * (f - h) + g * g);
  return sum + difference == 0 ? 0 : 2 * std::abs(f * h) / (sum + difference);
}

void step_without_shift(double* d, double* e, int64_t end) {
  Rotation right{1, 0, 0}, left{1, 0, 0};
  for (int64_t i = 0; i < end; ++i) {
    right = rotation(d[i] * right.c, e[i]);
    if (i > 0) e[i - 1] = left.s * right.r;
    left = rotation(left.c * right.r, d[i + 1] * right.s);
    d[i] = left.r;
  }
  const double last = d[end] * right.c;
  e[end - 1] = last * left.s;
  d[end] = last * left.c;
}

void step(double* d, double* e, int64_t end, double shift) {
  double f = (d[0] - shift) * (1 + shift / d[0]), g = e[0];
  for (int64_t i = 0; i < end; ++i) {
    const Rotation right = rotation(f, g);
    if (i > 0) e[i - 1] = right.r;
    f = right.c * d[i] + right.s * e[i];
    e[i] = right.c * e[i] - right.s * d[i];
    g = right.s * d[i + 1];
    d[i + 1] *= right.c;
    const Rotation left = rotation(f, g);
    d[i] = left.r;
    f = left.c * e[i] + left.s * d[i + 1];
    d[i + 1] = left.c * d[i + 1] - left.s * e[i];
    if (i + 1 < end) {
      g = left.s * e[i + 1];
      e[i + 1] *= left.c;
    }
  }
  e[end - 1] = f;
}

// The singular values of a bidiagonal matrix, in d and in no order; e is lost. False when a block does not deflate.
bool deflate(double* d, double* e, int64_t n) {
  double largest = 0;
  for (int64_t i = 0; i < n; ++i) largest = std::max({largest, std::abs(d[i]), i + 1 < n ? std::abs(e[i]) : 0});
  const double negligible = epsilon * largest;
  const auto start_of = [&](int64_t end) {
    int64_t start = end;
    while (start > 0 && std::abs(e[start - 1]) > negligible) --start;
    return start;
  };
  int64_t steps = 0, before = -1;
  for (int64_t end = n - 1; end > 0;) {
    const int64_t start = start_of(end);
    if (start == end) {
      --end;
      steps = 0;
      continue;
    }
    if (++steps > 60) return false;
    double *block = d + start, *above = e + start;
    const int64_t last = end - start;
    // Steps find the smallest values at the end: reversed and transposed, it is the same matrix the other way round.
    if (start != before && std::abs(block[0]) < std::abs(block[last])) {
      std::reverse(block, block + last + 1);
      std::reverse(above, above + last);
    }
    before = start;
    const bool singular = std::any_of(block, block + last + 1, [&](double x) { return std::abs(x) <= negligible; });
    if (singular) step_without_shift(block, above, last);
    else step(block, above, last, smaller(std::abs(block[last - 1]), std::abs(above[last - 1]), std::abs(block[last])));
  }
  return true;
}

// Rows a multiple of 4 kB apart would share a few places of the first cache.
int64_t leading_dimension(int64_t n) { return (n + 7) / 8 * 8 + 8; }

// Of a [rows, cols], which is turned where it is wide, and brought to a size whose squares neither over- nor underflow.
bool singular_values(const double* a, int64_t rows, int64_t cols, double* to) {
  const bool wide = rows < cols;
  const int64_t m = std::max(rows, cols), n = std::min(rows, cols), ld = leading_dimension(n);
  double largest = 0;
  for (int64_t at = 0; at < m * n; ++at) largest = std::max(largest, std::abs(a[at]));
  std::fill(to, to + n, 0.0);
  if (largest == 0) return true;
  const int exponent = std::max(std::ilogb(largest), -1000);  // 2^1000 is a number still.
  const double scale = std::ldexp(1.0, -exponent);
  std::vector<double> b(m * ld), e(n);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) b[i * ld + j] = scale * (wide ? a[j * m + i] : a[i * n + j]);
  bidiagonalize(b.data(), m, n, ld, to, e.data());
  if (!deflate(to, e.data(), n)) return false;
  for (int64_t i = 0; i < n; ++i) to[i] = std::ldexp(std::abs(to[i]), exponent);
  std::sort(to, to + n, std::greater<double>());
  return true;
}

void compute(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  const int64_t batch = TF_Dim(input, 0), rows = TF_Dim(input, 1), cols = TF_Dim(input, 2);
  const int64_t count = std::min(rows, cols);
  double* to = run.output<double>(0, {batch, count});
  if (!run.good()) return;
  const double* a = kernels::data<double>(input);
  std::atomic<bool> deflated{true};
  // Some three operations for each of m n^2.
  kernels::for_each_share(batch, 3.0 * batch * rows * cols * count, [&](int64_t b) {
    if (!singular_values(a + b * rows * cols, rows, cols, to + b * count)) deflated = false;
  });
  if (!deflated) run.fail(TF_INTERNAL, "the QR steps did not converge");
}

const bool registered =
    kernels::register_kernel("PaperSingularValues", {"input: double"}, {"values: double"}, &compute);

}  // namespace
