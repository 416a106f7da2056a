// a^T b in float32, with a [k, m] and b [k, n], and the sums of a's columns: the gradients of a weight and of its
// bias. Where oneDNN has AVX2 alone it reads a factor that is to be turned in place, in half to two thirds of the
// rate of other products; here both are copied into panels, and a is summed as it passes by.
//
// A block of rows is one share; each entry is a sum over k in order, so that no result depends on the number of
// threads.

#include <memory>

#include "float-tiles.h"
#include "kernel-interface.h"

namespace {

constexpr int64_t depth = 256;       // Of k at a time: a panel of b, 16 kB, stays in the first cache,
constexpr int64_t block_rows = 96;   // and so many panels of a, 96 kB, in the second.

struct Matrix {
  const float* data;
  int64_t cols;
};

int64_t panels_of(int64_t cols) { return kernels::parts_of(cols, tiles::cols); }

// Rows from .. from + count - 1 of x, columns first .. first + cols - 1, as panels [cols / width][count][width], the
// last one filled up with zeros.
template <int64_t width>
AVX2_INLINE void lay_panels(const Matrix& x, int64_t from, int64_t count, int64_t first, int64_t cols, float* to) {
  for (int64_t j = 0; j < cols; j += width) {
    const int64_t wanted = std::min(width, cols - j);
    for (int64_t k = 0; k < count; ++k, to += width) {
      const float* row = x.data + (from + k) * x.cols + first + j;
      if (wanted == width) {
        std::memcpy(to, row, width * sizeof(float));
      } else {
        std::fill(std::copy_n(row, wanted, to), to + width, 0.0f);
      }
    }
  }
}

AVX2 void lay_panels_of_b(const Matrix* b, int64_t from, int64_t count, float* to) {
  lay_panels<tiles::cols>(*b, from, count, 0, b->cols, to);
}

// sums [cols] += rows from .. from + count - 1 of x, columns first .. first + cols - 1.
AVX2_INLINE void add_columns(const Matrix& x, int64_t from, int64_t count, int64_t first, int64_t cols, float* sums) {
  for (int64_t k = 0; k < count; ++k) {
    const float* row = x.data + (from + k) * x.cols + first;
    for (int64_t j = 0; j < cols; ++j) sums[j] += row[j];
  }
}

// Rows `row` .. of to [m, n] and of sums [m]; b in panels, for each `depth` of k.
AVX2 void multiply_rows(const Matrix* a, const float* b_panels, int64_t k, int64_t n, int64_t row, int64_t rows,
                        float* to, float* sums) {
  const std::unique_ptr<float[]> own(new float[tiles::whole(rows, tiles::rows) * depth]);
  float rest[tiles::rows * tiles::cols] = {};
  for (int64_t from = 0; from < k; from += depth) {
    const int64_t count = std::min(depth, k - from);
    lay_panels<tiles::rows>(*a, from, count, row, rows, own.get());
    add_columns(*a, from, count, row, rows, sums + row);
    for (int64_t j = 0; j < n; j += tiles::cols) {
      const float* b = b_panels + from * panels_of(n) * tiles::cols + j * count;
      for (int64_t i = 0; i < rows; i += tiles::rows) {
        // At the edges a tile is summed beside the matrix, and what belongs to it copied.
        const int64_t high = std::min(tiles::rows, rows - i), wide = std::min(tiles::cols, n - j);
        const bool inside = high == tiles::rows && wide == tiles::cols;
        float* at = to + (row + i) * n + j;
        float* place = inside ? at : rest;
        const int64_t stride = inside ? n : tiles::cols;
        if (!inside) {
          for (int64_t r = 0; r < high; ++r) std::copy_n(at + r * n, wide, rest + r * tiles::cols);
        }
        tiles::Tile tile;
        if (from == 0) tiles::clear(tile);
        else tiles::load(tile, place, stride);
        tiles::add_product(tile, own.get() + i * count, 1, tiles::rows, b, tiles::cols, count);
        tiles::store(place, stride, tile);
        if (!inside) {
          for (int64_t r = 0; r < high; ++r) std::copy_n(rest + r * tiles::cols, wide, at + r * n);
        }
      }
    }
  }
}

void compute(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *left = run.input(0), *right = run.input(1);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const int64_t k = TF_Dim(left, 0), m = TF_Dim(left, 1), n = TF_Dim(right, 1);
  if (TF_Dim(right, 0) != k) return run.fail(TF_INVALID_ARGUMENT, "the matrices have different numbers of rows");
  float* to = run.output<float>(0, {m, n});
  float* sums = run.output<float>(1, {m});
  if (!run.good()) return;
  std::fill_n(sums, m, 0.0f);
  const Matrix a{kernels::data<float>(left), m}, b{kernels::data<float>(right), n};
  const std::unique_ptr<float[]> panels(new float[k * panels_of(n) * tiles::cols]);
  const double operations = 2.0 * m * k * n;
  kernels::for_each_part(k, depth, operations, [&](int64_t, int64_t from, int64_t count) {
    lay_panels_of_b(&b, from, count, panels.get() + from * panels_of(n) * tiles::cols);
  });
  // Blocks of one size, as many for each thread: the last to end is waited for.
  const int64_t blocks = tiles::whole(kernels::parts_of(m, block_rows), kernels::thread_count());
  const int64_t rows = tiles::whole(kernels::parts_of(m, blocks), tiles::rows);
  kernels::for_each_part(m, rows, operations, [&](int64_t, int64_t row, int64_t count) {
    multiply_rows(&a, panels.get(), k, n, row, count, to, sums);
  });
}

const bool registered = kernels::register_kernel("PaperTurnedProduct", {"a: float", "b: float"},
                                                 {"product: float", "sums: float"}, &compute);

}  // namespace
