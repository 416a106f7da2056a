// GELU in its tanh form, y = x sigmoid(u) with u = 2 sqrt(2/pi) (x + 0.044715 x^3), and its gradient, in float32:
// each reads and writes an activation once. Composed of TensorFlow's kernels it passes through memory six times,
// and its gradient fourteen times.
//
// Entries are independent, so that no result depends on the number of threads.

#include "float-lanes.h"
#include "kernel-interface.h"

namespace {

using namespace floats;

constexpr int64_t entries_a_share = 32768;  // A share and its result stay in the second cache.
constexpr float slope = 1.5957691216f;      // 2 sqrt(2/pi)
constexpr float cubic = 0.044715f * slope;

AVX2_INLINE Lanes gate(Lanes x) {
  const Lanes u = x * (x * x * cubic + slope);
  const Lanes power = exponential(u < 0 ? u : -u);  // e^-|u|
  return (u < 0 ? power : spread(1)) / (power + 1);
}

AVX2_INLINE Lanes value(Lanes x) { return x * gate(x); }
AVX2_INLINE Lanes gradient(Lanes x, Lanes dy) {
  const Lanes s = gate(x);
  return dy * (s + x * s * (1 - s) * (x * x * (3 * cubic) + slope));
}

// What does not fill a vector is computed in one of its own.
AVX2 void values(const float* x, float* y, int64_t count) {
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) store(y + i, value(load(x + i)));
  float rest[lanes] = {};
  std::copy_n(x + i, count - i, rest);
  store(rest, value(load(rest)));
  std::copy_n(rest, count - i, y + i);
}

AVX2 void gradients(const float* x, const float* dy, float* dx, int64_t count) {
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) store(dx + i, gradient(load(x + i), load(dy + i)));
  float rest[lanes] = {}, slopes[lanes] = {};
  std::copy_n(x + i, count - i, rest);
  std::copy_n(dy + i, count - i, slopes);
  store(rest, gradient(load(rest), load(slopes)));
  std::copy_n(rest, count - i, dx + i);
}

// Calls work(part, first, count) for shares of the entries.
template <typename Work>
void share_entries(int64_t entries, const Work& work) {
  kernels::for_each_part(entries, entries_a_share, 30.0 * entries, work);
}

void compute_values(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const float* x = kernels::data<float>(input);
  const int64_t rows = TF_Dim(input, 0), cols = TF_Dim(input, 1);
  float* y = run.output<float>(0, {rows, cols});
  if (!run.good()) return;
  share_entries(rows * cols, [&](int64_t, int64_t first, int64_t count) { values(x + first, y + first, count); });
}

void compute_gradients(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const float* x = kernels::data<float>(input);
  const int64_t rows = TF_Dim(input, 0), cols = TF_Dim(input, 1);
  const auto slopes = run.overwrite<float>(1, 0);
  if (!run.good()) return;
  if (slopes.rows != rows || slopes.cols != cols)
    return run.fail(TF_INVALID_ARGUMENT, "the gradient has another shape than the activation");
  share_entries(rows * cols, [&](int64_t, int64_t first, int64_t count) {
    gradients(x + first, slopes.from + first, slopes.to + first, count);
  });
}

const bool registered =
    kernels::register_kernel("PaperGelu", {"x: float"}, {"y: float"}, &compute_values) &&
    kernels::register_kernel("PaperGeluGradient", {"x: float", "dy: float"}, {"dx: float"}, &compute_gradients);

}  // namespace
