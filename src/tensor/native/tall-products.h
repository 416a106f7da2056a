// The loops of tall-blocks.cc for one kind of processor: included once for each, in a namespace that says how many
// `lanes` a vector has, with TARGET naming the instructions. A column's sum is the same for any number of lanes.

typedef double Lanes __attribute__((vector_size(lanes * sizeof(double))));

INLINE Lanes load(const double* from) {
  Lanes value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

INLINE void store(double* to, const Lanes& value) { std::memcpy(to, &value, sizeof value); }

constexpr int64_t panel_rows = 64;

// sums[k, width] += a[rows, k]^T b[rows, width] over the rows first..last-1.
TARGET void add_tall_product(const double* a, int64_t k, const double* b, int64_t width, int64_t first,
                              int64_t last, double* sums) {
  for (int64_t panel = first; panel < last; panel += panel_rows) {
    const int64_t end = std::min(last, panel + panel_rows);
    for (int64_t j = 0; j < width; j += lanes) {
      int64_t c = 0;
      for (; c + 8 <= k; c += 8) {
        Lanes sum[8];
        for (int u = 0; u < 8; ++u) sum[u] = load(sums + (c + u) * width + j);
        for (int64_t i = panel; i < end; ++i) {
          const Lanes right = load(b + i * width + j);
          const double* left = a + i * k + c;
          for (int u = 0; u < 8; ++u) sum[u] += left[u] * right;
        }
        for (int u = 0; u < 8; ++u) store(sums + (c + u) * width + j, sum[u]);
      }
      for (; c < k; ++c) {
        Lanes sum = load(sums + c * width + j);
        for (int64_t i = panel; i < end; ++i) sum += a[i * k + c] * load(b + i * width + j);
        store(sums + c * width + j, sum);
      }
    }
  }
}

// to[rows, cols] = a[rows, k] b[k, width] for the rows first..last-1, of whose columns cols are wanted.
TARGET void wide_product(const double* a, int64_t k, const double* b, int64_t width, int64_t cols, int64_t first,
                          int64_t last, double* to) {
  double rest[lanes];
  for (int64_t j = 0; j < width; j += lanes) {
    const int64_t wanted = std::min<int64_t>(lanes, cols - j);
    int64_t i = first;
    for (; i + 8 <= last; i += 8) {
      Lanes sum[8] = {};
      for (int64_t c = 0; c < k; ++c) {
        const Lanes right = load(b + c * width + j);
        for (int u = 0; u < 8; ++u) sum[u] += a[(i + u) * k + c] * right;
      }
      for (int u = 0; u < 8; ++u) {
        store(rest, sum[u]);
        std::copy_n(rest, wanted, to + (i + u) * cols + j);
      }
    }
    for (; i < last; ++i) {
      Lanes sum = {};
      for (int64_t c = 0; c < k; ++c) sum += a[i * k + c] * load(b + c * width + j);
      store(rest, sum);
      std::copy_n(rest, wanted, to + i * cols + j);
    }
  }
}

// to[rows, cols] = A b for the rows first..last-1 of a sparse A.
TARGET void sparse_product(const int32_t* offsets, const int32_t* indices, const double* values, const double* b,
                            int64_t width, int64_t cols, int64_t first, int64_t last, double* to) {
  double rest[lanes];
  for (int64_t i = first; i < last; ++i) {
    for (int64_t j = 0; j < width; j += 2 * lanes) {
      const bool two = j + lanes < width;
      Lanes low = {}, high = {};
      for (int32_t p = offsets[i]; p < offsets[i + 1]; ++p) {
        const double* row = b + indices[p] * width + j;
        low += values[p] * load(row);
        if (two) high += values[p] * load(row + lanes);
      }
      store(rest, low);
      std::copy_n(rest, std::min<int64_t>(lanes, cols - j), to + i * cols + j);
      if (!two) continue;
      store(rest, high);
      std::copy_n(rest, std::min<int64_t>(lanes, cols - j - lanes), to + i * cols + j + lanes);
    }
  }
}
