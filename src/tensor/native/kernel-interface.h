// What the project's kernels share: TensorFlow's C interface to kernels, threads, and registration by name.

#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

// From tensorflow/c/kernels.h, which includes headers of devices that are not unpacked.
extern "C" {
struct TF_KernelBuilder;
struct TF_OpKernelContext;
struct TF_OpKernelConstruction;
TF_KernelBuilder* TF_NewKernelBuilder(const char* op, const char* device, void* (*create)(TF_OpKernelConstruction*),
                                      void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*));
void TF_RegisterKernelBuilder(const char* name, TF_KernelBuilder* builder, TF_Status* status);
void TF_GetInput(TF_OpKernelContext* context, int index, TF_Tensor** tensor, TF_Status* status);
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext* context, int index, TF_DataType type, const int64_t* dims,
                             int dim_count, size_t bytes, TF_Status* status);
TF_Tensor* TF_ForwardInputOrAllocateOutput(TF_OpKernelContext* context, const int* candidates, int candidate_count,
                                           int output, const int64_t* dims, int dim_count, int* forwarded,
                                           TF_Status* status);
void TF_OpKernelContext_Failure(TF_OpKernelContext* context, TF_Status* status);
}

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
// For code that names its vectors. Not by clones: what is wider than the default's registers is split before they are
// made.
#define AVX2 __attribute__((target("arch=x86-64-v3"), optimize("O3")))
#define HAS_AVX2 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#else
#define AVX2
#define HAS_AVX2 true
#endif
#define AVX2_INLINE AVX2 inline __attribute__((always_inline))

namespace kernels {

// As many threads as TensorFlow was given. Results never depend on their number.
inline int thread_count() {
  const char* given = std::getenv("TF_NUM_INTRAOP_THREADS");
  return std::max(1, given ? std::atoi(given) : static_cast<int>(std::thread::hardware_concurrency()));
}

// Threads that stay. While kernels come in rows, each of which takes less time than waking a thread, they wait awake
// for a moment after each call; otherwise all but a blink of it is left to TensorFlow's own threads.
class Helpers {
 public:
  static Helpers& shared() {
    static Helpers* helpers = new Helpers;  // Never destroyed: the threads end with the process.
    return *helpers;
  }

  // Calls work(0) .. work(count - 1), shared by this thread and the helpers.
  void share(int64_t count, const std::function<void(int64_t)>& work) {
    std::lock_guard<std::mutex> one_at_a_time(calls_);
    work_ = &work;
    count_ = count;
    next_ = 0;
    busy_ = static_cast<int>(helpers_);
    {
      std::lock_guard<std::mutex> lock(sleep_);
      ++call_;
    }
    wake_.notify_all();
    take();
    while (busy_ > 0) std::this_thread::yield();
  }

 private:
  Helpers() : helpers_(thread_count() - 1) {
    for (int i = 0; i < helpers_; ++i) std::thread([this] { serve(); }).detach();
  }

  void take() {
    for (int64_t share = next_++; share < count_; share = next_++) (*work_)(share);
  }

  void serve() {
    constexpr auto moment = std::chrono::microseconds(200);
    constexpr auto blink = std::chrono::microseconds(20);
    auto idle_since = std::chrono::steady_clock::now();
    bool in_row = false;
    for (uint64_t seen = 0;;) {
      while (call_ == seen && std::chrono::steady_clock::now() - idle_since < (in_row ? moment : blink)) {
      }
      if (call_ == seen) {
        std::unique_lock<std::mutex> lock(sleep_);
        wake_.wait(lock, [&] { return call_ != seen; });
      }
      seen = call_;
      in_row = std::chrono::steady_clock::now() - idle_since < moment;
      take();
      --busy_;
      idle_since = std::chrono::steady_clock::now();
    }
  }

  const int helpers_;
  std::mutex calls_, sleep_;
  std::condition_variable wake_;
  std::atomic<uint64_t> call_{0};
  std::atomic<int> busy_{0};
  std::atomic<int64_t> next_{0};
  int64_t count_ = 0;
  const std::function<void(int64_t)>* work_ = nullptr;
};

// Calls work(0) .. work(count - 1); shared by threads where the work, in operations, is worth it.
inline void for_each_share(int64_t count, double operations, const std::function<void(int64_t)>& work) {
  if (count > 1 && operations > 2e6 && thread_count() > 1) return Helpers::shared().share(count, work);
  for (int64_t share = 0; share < count; ++share) work(share);
}

// Parts of a whole that takes at most so much each.
inline int64_t parts_of(int64_t whole, int64_t size) { return (whole + size - 1) / size; }

// Calls work(part, first, count) for the parts of a whole, `size` each and the last one the rest: they do not depend on
// the number of threads, and neither do sums over each of them.
template <typename Work>
void for_each_part(int64_t whole, int64_t size, double operations, const Work& work) {
  for_each_share(parts_of(whole, size), operations, [&](int64_t part) {
    work(part, part * size, std::min(size, whole - part * size));
  });
}

// A kernel's inputs and outputs while it runs. What fails is told to TensorFlow at the end.
class Run {
 public:
  explicit Run(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}
  ~Run() {
    for (TF_Tensor* tensor : held_) TF_DeleteTensor(tensor);
    if (!good()) TF_OpKernelContext_Failure(context_, status_);
    TF_DeleteStatus(status_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  bool good() const { return TF_GetCode(status_) == TF_OK; }
  void fail(TF_Code code, const char* message) { TF_SetStatus(status_, code, message); }
  TF_Tensor* input(int index) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_);
    if (tensor) held_.push_back(tensor);
    return tensor;
  }
  template <typename T>
  T* output(int index, std::initializer_list<int64_t> dims) {
    static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>);
    size_t bytes = sizeof(T);
    for (const int64_t size : dims) bytes *= size;
    TF_Tensor* tensor = TF_AllocateOutput(context_, index, std::is_same_v<T, float> ? TF_FLOAT : TF_DOUBLE,
                                          dims.begin(), static_cast<int>(dims.size()), bytes, status_);
    if (tensor) held_.push_back(tensor);
    return tensor ? static_cast<T*>(TF_TensorData(tensor)) : nullptr;
  }
  template <typename T>
  struct Overwritten {
    const T* from;
    T* to;
    int64_t rows, cols;
  };
  // A matrix whose output takes the input's memory over where nobody else has a use for it.
  template <typename T>
  Overwritten<T> overwrite(int input_index, int output_index) {
    TF_Tensor* given = nullptr;
    TF_GetInput(context_, input_index, &given, status_);
    if (!given) return {};
    const int64_t dims[] = {TF_Dim(given, 0), TF_Dim(given, 1)};
    TF_DeleteTensor(given);  // Held, it would count as a use.
    int forwarded = -1;
    TF_Tensor* taken =
        TF_ForwardInputOrAllocateOutput(context_, &input_index, 1, output_index, dims, 2, &forwarded, status_);
    if (!taken) return {};
    held_.push_back(taken);
    T* to = static_cast<T*>(TF_TensorData(taken));
    TF_Tensor* kept = forwarded < 0 ? input(input_index) : taken;
    return {kept ? static_cast<const T*>(TF_TensorData(kept)) : nullptr, to, dims[0], dims[1]};
  }

 private:
  TF_OpKernelContext* context_;
  TF_Status* status_;
  std::vector<TF_Tensor*> held_;
};

// Whether kernels that are compiled for AVX2 can run here; fails the run where they cannot.
inline bool needs_avx2(Run& run) {
  if (HAS_AVX2) return true;
  run.fail(TF_UNIMPLEMENTED, "this kernel is for processors with AVX2; --backend js needs none");
  return false;
}

template <typename T>
const T* data(TF_Tensor* tensor) {
  return static_cast<const T*>(TF_TensorData(tensor));
}

// Before TensorFlow's first call, when the addon is loaded. Arguments are such as "a: double".
inline bool register_kernel(const char* name, std::initializer_list<const char*> inputs,
                            std::initializer_list<const char*> outputs,
                            void (*compute)(void*, TF_OpKernelContext*)) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(
      definition, [](TF_ShapeInferenceContext* context, TF_Status* told) {
        TF_ShapeInferenceContextSetUnknownShape(context, told);
      });
  TF_RegisterOpDefinition(definition, status);
  TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", nullptr, compute, nullptr), status);
  const bool good = TF_GetCode(status) == TF_OK;
  TF_DeleteStatus(status);
  return good;
}

}  // namespace kernels
