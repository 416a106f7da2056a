// What the addon calls for TF_NewTensor, by a macro that set-up gives. tfjs-node lets TensorFlow use the memory of a
// JavaScript array where that happens to be aligned. A variable that was given such a tensor lets go of it on a thread of
// TensorFlow's, where Node-API must not be called: two at once damage its list of references, and whatever memory that
// comes to hold. Here a tensor always owns its memory, and the array is let go at once.

#include <cstring>

#include "tensorflow/c/tf_tensor.h"

extern "C" TF_Tensor* OwnedTensor(TF_DataType type, const int64_t* dims, int dim_count, void* data, size_t bytes,
                                  void (*let_go)(void* data, size_t bytes, void* argument), void* argument) {
  TF_Tensor* tensor = TF_AllocateTensor(type, dims, dim_count, bytes);
  if (bytes > 0) std::memcpy(TF_TensorData(tensor), data, bytes);
  let_go(data, bytes, argument);
  return tensor;
}
