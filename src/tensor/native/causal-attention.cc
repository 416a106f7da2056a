// Causal self-attention with rotary positions, and its gradient, in float32: for each sequence and head, in blocks
// of a few queries, so that no score leaves the cache. As composed of TensorFlow's kernels, attention writes and
// reads all scores many times.
//
// A head of a sequence is one share; within it sums run in a fixed order, so that no result depends on the number
// of threads.

#include <cmath>
#include <memory>

#include "float-lanes.h"
#include "float-tiles.h"
#include "kernel-interface.h"

namespace {

using namespace floats;
using tiles::Tile, tiles::load, tiles::store, tiles::whole;
constexpr int64_t block = tiles::rows;  // Queries at a time.
constexpr int64_t panel = tiles::cols;  // Keys, or entries of a head, at a time.

// to[count, width] += a[block, count]^T b[block, width]
AVX2_INLINE void add_turned_product(const float* a, int64_t a_row, const float* b, int64_t width, int64_t count,
                                    float* to) {
  for (int64_t c = 0; c < width; c += panel) {
    Tile right;
    load(right, b + c, width);
    tiles::add_turned_product(right, a, a_row, count, to + c, width);
  }
}

struct Sizes {
  int64_t batch, heads, length, head;  // `head` entries a head.
  int64_t width() const { return heads * head; }
  int64_t rows() const { return whole(length, panel * 3); }  // Whole blocks and whole panels.
  int64_t entries() const { return whole(head, panel); }
  int64_t filled() const { return rows() * entries(); }
};

// One head's rows [length, head] out of rows of `stride`, as [rows, entries] with zeros around.
AVX2_INLINE void take(const float* from, int64_t stride, const Sizes& is, float* to) {
  for (int64_t t = 0; t < is.length; ++t, to += is.entries()) {
    std::fill(std::copy_n(from + t * stride, is.head, to), to + is.entries(), 0.0f);
  }
  std::fill(to, to + (is.rows() - is.length) * is.entries(), 0.0f);
}

// Pairs of entries as complex numbers, times `factors` or their conjugates [length, head].
AVX2_INLINE void turn(float* x, const float* factors, float sign, const Sizes& is) {
  for (int64_t t = 0; t < is.length; ++t) {
    float* row = x + t * is.entries();
    const float* by = factors + t * is.head;
    for (int64_t c = 0; c < is.head; c += 2) {
      const float re = row[c], im = row[c + 1], cosine = by[c], sine = sign * by[c + 1];
      row[c] = re * cosine - im * sine;
      row[c + 1] = re * sine + im * cosine;
    }
  }
}

// [rows, entries] -> panels of its transpose: [rows / panel][entries][panel]
AVX2_INLINE void lay_panels(const float* from, const Sizes& is, float* to) {
  for (int64_t first = 0; first < is.rows(); first += panel) {
    for (int64_t c = 0; c < is.entries(); ++c) {
      for (int64_t j = 0; j < panel; ++j) *to++ = from[(first + j) * is.entries() + c];
    }
  }
}

// to[block, keys] = a[block, entries] b^T for the first keys, whole panels of them.
AVX2_INLINE void scores(const float* a, const float* panels, int64_t keys, const Sizes& is, float* to) {
  for (int64_t j = 0; j < keys; j += panel) {
    Tile tile;
    tiles::clear(tile);
    tiles::add_product(tile, a, is.entries(), 1, panels + j * is.entries(), panel, is.entries());
    store(to + j, is.rows(), tile);
  }
}

// to[block, entries] = a[block, keys] b[keys, entries]
AVX2_INLINE void mix(const float* a, const float* b, int64_t keys, const Sizes& is, float* to) {
  for (int64_t c = 0; c < is.entries(); c += panel) {
    Tile tile;
    tiles::clear(tile);
    tiles::add_product(tile, a, is.rows(), 1, b + c, is.entries(), keys);
    store(to + c, is.entries(), tile);
  }
}

// A head's query, key and value, turned by their positions; space for all comes in one piece.
struct Head {
  float *query, *key, *value, *key_panels;
  AVX2 Head(const float* qkv, const float* query_turns, const float* key_turns, const Sizes& is, float* space)
      : query(space), key(query + is.filled()), value(key + is.filled()), key_panels(value + is.filled()) {
    take(qkv, 3 * is.width(), is, query);
    take(qkv + is.width(), 3 * is.width(), is, key);
    take(qkv + 2 * is.width(), 3 * is.width(), is, value);
    turn(query, query_turns, 1, is);
    turn(key, key_turns, 1, is);
    lay_panels(key, is, key_panels);
  }
  static constexpr int64_t parts = 4;
};

// mixed[length, head] = softmax(q k^T) v over keys up to each query; log_sums[length]: log of each softmax's sum.
AVX2 void attend(const float* qkv, const float* query_turns, const float* key_turns, Sizes is, float* mixed,
                    float* log_sums) {
  const std::unique_ptr<float[]> space(new float[Head::parts * is.filled() + block * (is.rows() + is.entries())]);
  const Head head(qkv, query_turns, key_turns, is, space.get());
  float* p = head.key_panels + is.filled();
  float* sums = p + block * is.rows();
  for (int64_t first = 0; first < is.length; first += block) {
    const int64_t keys = whole(std::min(first + block, is.length), panel);
    scores(head.query + first * is.entries(), head.key_panels, keys, is, p);
    float shares[block];
    for (int64_t r = 0; r < std::min(block, is.length - first); ++r) {
      float* row = p + r * is.rows();
      const int64_t seen = first + r + 1;
      std::fill(row + seen, row + keys, row[0]);
      const float greatest = maximum(row, keys);
      for (int64_t j = 0; j < keys; j += lanes) store(row + j, exponential(load(row + j) - greatest));
      std::fill(row + seen, row + keys, 0.0f);
      Lanes sum = {};
      for (int64_t j = 0; j < keys; j += lanes) sum += load(row + j);
      shares[r] = 1 / total(sum);
      log_sums[first + r] = greatest + std::log(total(sum));
    }
    mix(p, head.value, keys, is, sums);
    for (int64_t r = 0; r < std::min(block, is.length - first); ++r) {
      for (int64_t c = 0; c < is.head; ++c) {
        mixed[(first + r) * is.width() + c] = sums[r * is.entries() + c] * shares[r];
      }
    }
  }
}

// d_qkv from d_mixed. The gradient of the softmax needs no sum over pairs of positions:
// sum_t p_t dp_t = d_mixed . mixed (Dao et al. 2022, appendix B.2); p is computed again from its log sums.
AVX2 void attend_gradient(const float* qkv, const float* query_turns, const float* key_turns, const float* mixed,
                             const float* log_sums, const float* d_mixed, Sizes is, float* d_qkv) {
  const std::unique_ptr<float[]> space(new float[(Head::parts + 5) * is.filled() + 2 * block * is.rows()]);
  const Head head(qkv, query_turns, key_turns, is, space.get());
  float* d_out = head.key_panels + is.filled();
  float* value_panels = d_out + is.filled();
  float* d_query = value_panels + is.filled();
  float* d_key = d_query + is.filled();
  float* d_value = d_key + is.filled();
  float* p = d_value + is.filled();
  float* d_scores = p + block * is.rows();
  take(d_mixed, is.width(), is, d_out);
  std::fill_n(d_key, 2 * is.filled(), 0.0f);  // Of keys and values.
  lay_panels(head.value, is, value_panels);
  for (int64_t first = 0; first < is.length; first += block) {
    const int64_t keys = whole(std::min(first + block, is.length), panel);
    scores(head.query + first * is.entries(), head.key_panels, keys, is, p);
    scores(d_out + first * is.entries(), value_panels, keys, is, d_scores);
    for (int64_t r = 0; r < block; ++r) {
      float *row = p + r * is.rows(), *d_row = d_scores + r * is.rows();
      const int64_t at = first + r, seen = std::min(at + 1, is.length);
      float along = 0, log_sum = 0;  // Rows after the last query are of zeros.
      if (at < is.length) {
        for (int64_t c = 0; c < is.head; ++c) along += d_mixed[at * is.width() + c] * mixed[at * is.width() + c];
        log_sum = log_sums[at];
      }
      for (int64_t j = 0; j < keys; j += lanes) store(row + j, exponential(load(row + j) - log_sum));
      std::fill(row + seen, row + keys, 0.0f);
      for (int64_t j = 0; j < keys; j += lanes) store(d_row + j, load(row + j) * (load(d_row + j) - along));
    }
    mix(d_scores, head.key, keys, is, d_query + first * is.entries());
    add_turned_product(d_scores, is.rows(), head.query + first * is.entries(), is.entries(), keys, d_key);
    add_turned_product(p, is.rows(), d_out + first * is.entries(), is.entries(), keys, d_value);
  }
  turn(d_query, query_turns, -1, is);
  turn(d_key, key_turns, -1, is);
  for (int64_t t = 0; t < is.length; ++t) {
    float* row = d_qkv + t * 3 * is.width();
    std::copy_n(d_query + t * is.entries(), is.head, row);
    std::copy_n(d_key + t * is.entries(), is.head, row + is.width());
    std::copy_n(d_value + t * is.entries(), is.head, row + 2 * is.width());
  }
}

// Of qkv [batch pos, 3 d] and turns [.., pos, head / 2], complex.
Sizes sizes_of(TF_Tensor* qkv, TF_Tensor* turns) {
  const int last = TF_NumDims(turns) - 1;
  const int64_t length = TF_Dim(turns, last - 1), head = 2 * TF_Dim(turns, last);
  return {TF_Dim(qkv, 0) / length, TF_Dim(qkv, 1) / 3 / head, length, head};
}

bool fits(TF_Tensor* qkv, const Sizes& is) {
  return TF_Dim(qkv, 0) == is.batch * is.length && TF_Dim(qkv, 1) == 3 * is.width();
}

// Calls work(rows before the sequence, entries before the head, rows of log sums before the two).
template <typename Work>
void for_each_head(const Sizes& is, double operations_a_score, const Work& work) {
  const double operations = operations_a_score * is.batch * is.width() * is.length * is.length;
  kernels::for_each_share(is.batch * is.heads, operations, [&](int64_t share) {
    const int64_t sequence = share / is.heads, at = share % is.heads;
    work(sequence * is.length, at * is.head, share * is.length);
  });
}

void compute(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *qkv = run.input(0), *query_turns = run.input(1), *key_turns = run.input(2);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const Sizes is = sizes_of(qkv, query_turns);
  if (!fits(qkv, is)) return run.fail(TF_INVALID_ARGUMENT, "qkv is not of whole sequences and heads of the turns");
  float* mixed = run.output<float>(0, {is.batch * is.length, is.width()});
  float* log_sums = run.output<float>(1, {is.batch, is.heads, is.length});
  if (!run.good()) return;
  for_each_head(is, 2, [&](int64_t row, int64_t entry, int64_t sum) {
    attend(kernels::data<float>(qkv) + row * 3 * is.width() + entry, kernels::data<float>(query_turns),
           kernels::data<float>(key_turns), is, mixed + row * is.width() + entry, log_sums + sum);
  });
}

void compute_gradient(void*, TF_OpKernelContext* context) {
  kernels::Run run(context);
  TF_Tensor *qkv = run.input(0), *query_turns = run.input(1), *key_turns = run.input(2), *mixed = run.input(3),
            *log_sums = run.input(4), *d_mixed = run.input(5);
  if (!run.good() || !kernels::needs_avx2(run)) return;
  const Sizes is = sizes_of(qkv, query_turns);
  if (!fits(qkv, is) || TF_TensorElementCount(d_mixed) != is.batch * is.length * is.width()) {
    return run.fail(TF_INVALID_ARGUMENT, "qkv and the gradient are not of whole sequences and heads of the turns");
  }
  float* d_qkv = run.output<float>(0, {is.batch * is.length, 3 * is.width()});
  if (!run.good()) return;
  for_each_head(is, 5, [&](int64_t row, int64_t entry, int64_t sum) {
    const int64_t at = row * is.width() + entry;
    attend_gradient(kernels::data<float>(qkv) + row * 3 * is.width() + entry, kernels::data<float>(query_turns),
                    kernels::data<float>(key_turns), kernels::data<float>(mixed) + at,
                    kernels::data<float>(log_sums) + sum, kernels::data<float>(d_mixed) + at, is,
                    d_qkv + row * 3 * is.width() + entry);
  });
}

const bool registered =
    kernels::register_kernel("PaperCausalAttention",
                             {"qkv: float", "query_turns: complex64", "key_turns: complex64"},
                             {"mixed: float", "log_sums: float"}, &compute) &&
    kernels::register_kernel("PaperCausalAttentionGradient",
                             {"qkv: float", "query_turns: complex64", "key_turns: complex64", "mixed: float",
                              "log_sums: float", "d_mixed: float"},
                             {"d_qkv: float"}, &compute_gradient);

}  // namespace
