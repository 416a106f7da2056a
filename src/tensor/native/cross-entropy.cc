// Cross-entropy of logits with targets, and its gradient, in float32: a row of logits is read from memory once and
// becomes the gradient where it lies. Composed of TensorFlow's kernels it is read and written five times.
//
// Rows are independent, so that no result depends on the number of threads.

#include <cmath>

#include "float-lanes.h"
#include "kernel-interface.h"

namespace {

using namespace floats;

constexpr int64_t rows_a_share = 8;
constexpr int64_t part = 64 * lanes;  // Sums of so many terms in float32 are added up in float64.

// from, to [vocab], maybe the same memory: to = softmax(from) - 1 at the target.
AVX2 float row_loss(const float* from, int64_t vocab, int32_t target, float* to) {
  const int64_t vectors = vocab / lanes * lanes;
  float greatest = vectors > 0 ? maximum(from, vectors) : from[0];
  for (int64_t j = vectors; j < vocab; ++j) greatest = std::max(greatest, from[j]);
  const float at_target = from[target];
  double sum = 0;
  for (int64_t first = 0; first < vectors; first += part) {
    Lanes terms = {};
    for (int64_t j = first; j < std::min(first + part, vectors); j += lanes) {
      const Lanes term = exponential(load(from + j) - greatest);
      store(to + j, term);
      terms += term;
    }
    sum += total(terms);
  }
  for (int64_t j = vectors; j < vocab; ++j) sum += to[j] = exponential(spread(from[j] - greatest))[0];
  const float share = static_cast<float>(1 / sum);
  for (int64_t j = 0; j < vocab; ++j) to[j] *= share;
  to[target] -= 1;
  return static_cast<float>(std::log(sum) + greatest - at_target);
}

void compute(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* targets = run.input(1);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t rows = TF_Dim(targets, 0);
  const auto logits = run.overwrite<float>(0, 1);
  float* losses = run.output<float>(0, {rows});
  if (!run.good()) return;
  const int32_t* target = kernels::data<int32_t>(targets);
  const int64_t vocab = logits.cols;
  if (std::any_of(target, target + rows, [vocab](int32_t at) { return at < 0 || at >= vocab; })) {
    return run.fail(TF_INVALID_ARGUMENT, "a target is not in the vocabulary");
  }
  kernels::for_each_part(rows, rows_a_share, 10.0 * rows * vocab, [&](int64_t, int64_t first, int64_t count) {
    for (int64_t row = first; row < first + count; ++row) {
      losses[row] = row_loss(logits.from + row * vocab, vocab, target[row], logits.to + row * vocab);
    }
  });
}

const bool registered = kernels::register_kernel("PaperCrossEntropy", {"logits: float", "targets: int32"},
                                                 {"losses: float", "slopes: float"}, &compute);

}  // namespace
