// Layer normalisation of rows, y = (x - mean) / sd * gain + bias, and its gradient, in float32: each reads and
// writes a row once. Composed of TensorFlow's kernels they are some ten passes each.
//
// Rows are independent. The gradients of gain and bias are sums over rows, in order within a share and share by
// share, so that no result depends on the number of threads.

#include <cmath>

#include "kernel-interface.h"

namespace {

constexpr int64_t rows_a_share = 64;
constexpr float epsilon = 1e-5f;

// Of n rows of d entries.
struct Rows {
  int64_t n, d;
};

// y [n, d]; mean and inverse [n], which is 1 / sqrt(variance + epsilon).
AVX2 void normalize(const Rows& size, const float* x, const float* gain, const float* bias, float* y, float* mean,
                    float* inverse) {
  const auto [n, d] = size;
  for (int64_t i = 0; i < n; ++i) {
    const float* row = x + i * d;
    float sum = 0, squares = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t j = 0; j < d; ++j) sum += row[j];
    const float centre = sum / d;
#pragma omp simd reduction(+ : squares)
    for (int64_t j = 0; j < d; ++j) squares += (row[j] - centre) * (row[j] - centre);
    const float scale = 1 / std::sqrt(squares / d + epsilon);
    mean[i] = centre;
    inverse[i] = scale;
    float* to = y + i * d;
#pragma omp simd
    for (int64_t j = 0; j < d; ++j) to[j] = (row[j] - centre) * scale * gain[j] + bias[j];
  }
}

// dx [n, d], maybe in the memory of dy; adds to d_gain and d_bias [d].
AVX2 void differentiate(const Rows& size, const float* x, const float* gain, const float* mean, const float* inverse,
                        const float* dy, float* dx, float* d_gain, float* d_bias) {
  const auto [n, d] = size;
  for (int64_t i = 0; i < n; ++i) {
    const float *row = x + i * d, *slope = dy + i * d;
    const float centre = mean[i], scale = inverse[i];
    float sum = 0, along = 0;
#pragma omp simd reduction(+ : sum, along)
    for (int64_t j = 0; j < d; ++j) {
      const float unit = (row[j] - centre) * scale, through = slope[j] * gain[j];
      sum += through;
      along += through * unit;
      d_gain[j] += slope[j] * unit;
      d_bias[j] += slope[j];
    }
    sum /= d;
    along /= d;
    float* to = dx + i * d;
#pragma omp simd
    for (int64_t j = 0; j < d; ++j) {
      const float unit = (row[j] - centre) * scale;
      to[j] = scale * (slope[j] * gain[j] - sum - unit * along);
    }
  }
}

// Calls work(share, first row, rows).
template <typename Work>
void share_rows(int64_t n, int64_t d, const Work& work) {
  kernels::for_each_part(n, rows_a_share, 20.0 * n * d, work);
}

void compute_values(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *input = run.input(0), *gain = run.input(1), *bias = run.input(2);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t n = TF_Dim(input, 0), d = TF_Dim(input, 1);
  if (TF_Dim(gain, 0) != d || TF_Dim(bias, 0) != d)
    return run.fail(TF_INVALID_ARGUMENT, "gain and bias are not as long as a row");
  const float* x = kernels::data<float>(input);
  float* y = run.output<float>(0, {n, d});
  float* mean = run.output<float>(1, {n});
  float* inverse = run.output<float>(2, {n});
  if (!run.good()) return;
  share_rows(n, d, [&](int64_t, int64_t first, int64_t rows) {
    normalize({rows, d}, x + first * d, kernels::data<float>(gain), kernels::data<float>(bias), y + first * d,
              mean + first, inverse + first);
  });
}

void compute_gradients(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *input = run.input(0), *gain = run.input(1), *mean = run.input(2), *inverse = run.input(3);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t n = TF_Dim(input, 0), d = TF_Dim(input, 1);
  const float* x = kernels::data<float>(input);
  const auto slopes = run.overwrite<float>(4, 0);
  if (!run.good()) return;
  if (slopes.rows != n || slopes.cols != d)
    return run.fail(TF_INVALID_ARGUMENT, "the gradient has another shape than the activation");
  float* d_gain = run.output<float>(1, {d});
  float* d_bias = run.output<float>(2, {d});
  if (!run.good()) return;
  const int64_t shares = kernels::parts_of(n, rows_a_share);
  std::vector<float> sums(2 * d * shares);  // Of gain, then of bias, share by share.
  share_rows(n, d, [&](int64_t share, int64_t first, int64_t rows) {
    float* own = sums.data() + 2 * d * share;
    differentiate({rows, d}, x + first * d, kernels::data<float>(gain), kernels::data<float>(mean) + first,
                  kernels::data<float>(inverse) + first, slopes.from + first * d, slopes.to + first * d, own, own + d);
  });
  for (int64_t j = 0; j < d; ++j) {
    d_gain[j] = d_bias[j] = 0;
    for (int64_t share = 0; share < shares; ++share) {
      d_gain[j] += sums[2 * d * share + j];
      d_bias[j] += sums[2 * d * share + d + j];
    }
  }
}

const bool registered =
    kernels::register_kernel("PaperLayerNorm", {"x: float", "gain: float", "bias: float"},
                             {"y: float", "mean: float", "inverse: float"}, &compute_values) &&
    kernels::register_kernel("PaperLayerNormGradient",
                             {"x: float", "gain: float", "mean: float", "inverse: float", "dy: float"},
                             {"dx: float", "d_gain: float", "d_bias: float"}, &compute_gradients);

}  // namespace
