// The loops of tall-blocks.cc for one kind of processor: included once for each, in a namespace that says how many
// `lanes` a vector has and how many `rows` of sums fill its registers, with TARGET naming the instructions. Sums are
// taken in the same order for any number of either.

typedef double Lanes __attribute__((vector_size(lanes * sizeof(double))));
constexpr int64_t vectors = group / lanes;
typedef Lanes Group[vectors];

// A vector at a time: copied as a whole, a group would go through memory in pieces of the default's registers.
INLINE void load(const double* from, Group& to) {
  for (int64_t v = 0; v < vectors; ++v) std::memcpy(&to[v], from + v * lanes, sizeof to[v]);
}
INLINE void store(double* to, const Group& from) {
  for (int64_t v = 0; v < vectors; ++v) std::memcpy(to + v * lanes, &from[v], sizeof from[v]);
}

// sums[k, group] += a[count, k]^T b[count, group]
template <int64_t count>
INLINE void add_rows(const double* a, int64_t k, const double* b, double* sums) {
  Group right[count];
  for (int64_t r = 0; r < count; ++r) load(b + r * group, right[r]);
  for (int64_t c = 0; c < k; ++c) {
    Group sum;
    load(sums + c * group, sum);
    for (int64_t r = 0; r < count; ++r)
      for (int64_t v = 0; v < vectors; ++v) sum[v] += a[r * k + c] * right[r][v];
    store(sums + c * group, sum);
  }
}

// The same of any number of rows.
TARGET void add_tall_product(const double* a, int64_t k, const double* b, int64_t count, double* sums) {
  int64_t i = 0;
  for (; i + rows <= count; i += rows) add_rows<rows>(a + i * k, k, b + i * group, sums);
  for (; i < count; ++i) add_rows<1>(a + i * k, k, b + i * group, sums);
}

// to[count, cols] = a[count, k] b[k, group], or what it leaves of `from` where that is given; of the group's columns
// `wanted` are there.
template <int64_t count>
INLINE void multiply_rows(const double* a, int64_t k, const double* b, const double* from, double* to, int64_t cols,
                          int64_t wanted) {
  double rest[group] = {};
  Group sum[count] = {};
  for (int64_t r = 0; from && r < count; ++r) {
    std::copy_n(from + r * cols, wanted, rest);
    load(rest, sum[r]);
  }
  if (from) {
    for (int64_t c = 0; c < k; ++c) {
      Group right;
      load(b + c * group, right);
      for (int64_t r = 0; r < count; ++r)
        for (int64_t v = 0; v < vectors; ++v) sum[r][v] -= a[r * k + c] * right[v];
    }
  } else {
    for (int64_t c = 0; c < k; ++c) {
      Group right;
      load(b + c * group, right);
      for (int64_t r = 0; r < count; ++r)
        for (int64_t v = 0; v < vectors; ++v) sum[r][v] += a[r * k + c] * right[v];
    }
  }
  for (int64_t r = 0; r < count; ++r) {
    store(rest, sum[r]);
    std::copy_n(rest, wanted, to + r * cols);
  }
}

TARGET void wide_product(const double* a, int64_t k, const double* b, const double* from, double* to, int64_t cols,
                         int64_t wanted, int64_t count) {
  int64_t i = 0;
  for (; i + rows <= count; i += rows)
    multiply_rows<rows>(a + i * k, k, b, from ? from + i * cols : nullptr, to + i * cols, cols, wanted);
  for (; i < count; ++i)
    multiply_rows<1>(a + i * k, k, b, from ? from + i * cols : nullptr, to + i * cols, cols, wanted);
}

// to[first..last-1, cols] = A b[, group] of a sparse A, of whose columns `wanted` are written.
TARGET void sparse_product(const int32_t* offsets, const int32_t* indices, const double* values, const double* b,
                           int64_t first, int64_t last, double* to, int64_t cols, int64_t wanted) {
  double rest[group];
  for (int64_t i = first; i < last; ++i) {
    Group sum = {};
    for (int32_t p = offsets[i]; p < offsets[i + 1]; ++p) {
      Group right;
      load(b + indices[p] * group, right);
      for (int64_t v = 0; v < vectors; ++v) sum[v] += values[p] * right[v];
    }
    store(rest, sum);
    std::copy_n(rest, wanted, to + i * cols);
  }
}
