// Vectors of eight floats, and what is computed of them.

#pragma once

#include <cstring>

#include "kernel-interface.h"

namespace floats {

constexpr int64_t lanes = 8;
typedef float Lanes __attribute__((vector_size(lanes * sizeof(float))));
typedef int32_t Bits __attribute__((vector_size(lanes * sizeof(int32_t))));

AVX2_INLINE Lanes load(const float* from) {
  Lanes value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
AVX2_INLINE void store(float* to, Lanes value) { std::memcpy(to, &value, sizeof value); }
// Not as a sum with zeros, which would keep the compiler from spreading a number as it loads it.
AVX2_INLINE Lanes spread(float value) { return Lanes{value, value, value, value, value, value, value, value}; }

AVX2_INLINE float total(Lanes value) {
  float sum = 0;
  for (int64_t at = 0; at < lanes; ++at) sum += value[at];
  return sum;
}

// Of `count` numbers, whole vectors of them.
AVX2_INLINE float maximum(const float* row, int64_t count) {
  Lanes greatest = load(row);
  for (int64_t j = lanes; j < count; j += lanes) {
    const Lanes next = load(row + j);
    greatest = next > greatest ? next : greatest;
  }
  float found = greatest[0];
  for (int64_t at = 1; at < lanes; ++at) found = std::max(found, greatest[at]);
  return found;
}

// e^x for x <= 0 to 2 units in the last place (Cephes, expf); below -87 it is e^-87, far less than any sum's rounding.
AVX2_INLINE Lanes exponential(Lanes x) {
  const Lanes least = spread(-87.0f);
  x = x > least ? x : least;
  const Lanes shifted = x * 1.44269504f + 12582912.0f;  // The nearest whole power of two, in the last bits.
  const Lanes power = shifted - 12582912.0f;
  const Lanes r = (x - power * 0.693359375f) - power * -2.12194440e-4f;
  Lanes sum = r * 1.9875691500e-4f + 1.3981999507e-3f;
  sum = sum * r + 8.3334519073e-3f;
  sum = sum * r + 4.1665795894e-2f;
  sum = sum * r + 1.6666665459e-1f;
  sum = sum * r + 5.0000001201e-1f;
  const Lanes fraction = sum * (r * r) + (r + 1.0f);
  return (Lanes)((Bits)fraction + ((Bits)shifted << 23));
}

}  // namespace floats
