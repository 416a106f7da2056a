// Normals of a stream as normal-stream.ts draws them, in a third of the time: xoshiro128** (Blackman and Vigna 2018) and
// Marsaglia's polar method. A logarithm may differ in its last place from the one there; what the stream draws next never
// does.

#include <cmath>

#include "kernel-interface.h"

namespace {

constexpr int64_t state_size = 6;  // Four words, whether a normal is left over, and that normal.

struct Generator {
  uint32_t a, b, c, d;

  static uint32_t turned(uint32_t x, int by) { return x << by | x >> (32 - by); }

  uint32_t word() {
    const uint32_t value = turned(b * 5, 7) * 9, shifted = b << 9;
    c ^= a, d ^= b, b ^= c, a ^= d, c ^= shifted;
    d = turned(d, 11);
    return value;
  }

  // [-1, 1), 53 bits of a high and a low word.
  double uniform() {
    const double high = word() >> 5, low = word() >> 6;
    return 2 * (high * 0x1p26 + low) / 0x1p53 - 1;
  }
};

// `state`: a stream's, and after it how many normals are wanted.
void compute_normals(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor* input = run.input(0);
  if (!run.good()) return;
  if (TF_Dim(input, 0) != state_size + 1) return run.fail(TF_INVALID_ARGUMENT, "a stream's state and a count are wanted");
  const double* state = kernels::data<double>(input);
  const int64_t count = static_cast<int64_t>(state[state_size]);
  double *to = run.output<double>(0, {count}), *after = run.output<double>(1, {state_size});
  if (!run.good()) return;
  const auto from = [](double word) { return static_cast<uint32_t>(static_cast<int64_t>(word)); };
  Generator random{from(state[0]), from(state[1]), from(state[2]), from(state[3])};
  bool left_over = state[4] != 0;
  double spare = state[5];
  int64_t at = 0;
  if (count > 0 && left_over) {
    to[at++] = spare;
    left_over = false;
  }
  while (at < count) {
    const double x = random.uniform(), y = random.uniform(), r2 = x * x + y * y;
    if (r2 == 0 || r2 >= 1) continue;
    const double factor = std::sqrt(-2 * std::log(r2) / r2);
    to[at++] = x * factor;
    left_over = at == count;
    spare = y * factor;
    if (!left_over) to[at++] = spare;
  }
  const double words[] = {double(int32_t(random.a)), double(int32_t(random.b)), double(int32_t(random.c)),
                          double(int32_t(random.d))};
  std::copy_n(words, 4, after);
  after[4] = left_over;
  after[5] = spare;
}

const bool registered =
    kernels::register_kernel("PaperNormals", {"state: double"}, {"normals: double", "after: double"}, &compute_normals);

}  // namespace
