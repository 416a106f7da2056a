// Products of small tiles in float32, whose sums stay in AVX2's registers.

#pragma once

#include "float-lanes.h"
#include "kernel-interface.h"

namespace tiles {

using floats::Lanes, floats::lanes, floats::load, floats::store, floats::spread;

constexpr int64_t rows = 6;
constexpr int64_t cols = 2 * lanes;  // 6 x 2 sums, two factors and one that is spread: 15 registers of 16.
typedef Lanes Tile[rows][2];

AVX2_INLINE void clear(Tile& tile) {
  for (int64_t r = 0; r < rows; ++r) tile[r][0] = tile[r][1] = Lanes{};
}
AVX2_INLINE void load(Tile& tile, const float* from, int64_t stride) {
  for (int64_t r = 0; r < rows; ++r) {
    tile[r][0] = load(from + r * stride);
    tile[r][1] = load(from + r * stride + lanes);
  }
}
AVX2_INLINE void store(float* to, int64_t stride, const Tile& tile) {
  for (int64_t r = 0; r < rows; ++r) {
    store(to + r * stride, tile[r][0]);
    store(to + r * stride + lanes, tile[r][1]);
  }
}

// tile[r, c] += sum over k < count of a[r * a_row + k * a_step] b[k * b_step + c]
AVX2_INLINE void add_product(Tile& tile, const float* a, int64_t a_row, int64_t a_step, const float* b,
                             int64_t b_step, int64_t count) {
  for (int64_t k = 0; k < count; ++k) {
    const Lanes low = load(b + k * b_step), high = load(b + k * b_step + lanes);
    for (int64_t r = 0; r < rows; ++r) {
      const Lanes left = spread(a[r * a_row + k * a_step]);
      tile[r][0] += left * low;
      tile[r][1] += left * high;
    }
  }
}

// to[j * to_row + c] += sum over r of a[r * a_row + j] tile[r, c], for j < count
AVX2_INLINE void add_turned_product(const Tile& tile, const float* a, int64_t a_row, int64_t count, float* to,
                                    int64_t to_row) {
  for (int64_t j = 0; j < count; ++j) {
    float* at = to + j * to_row;
    Lanes low = load(at), high = load(at + lanes);
    for (int64_t r = 0; r < rows; ++r) {
      const Lanes left = spread(a[r * a_row + j]);
      low += left * tile[r][0];
      high += left * tile[r][1];
    }
    store(at, low);
    store(at + lanes, high);
  }
}

constexpr int64_t whole(int64_t size, int64_t unit) { return (size + unit - 1) / unit * unit; }

}  // namespace tiles
