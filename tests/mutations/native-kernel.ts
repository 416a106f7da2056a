import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';

const headers = join(
  dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')),
  'include',
);

const libraryText = (constant: number): string => `extern "C" int from_library() { return ${constant}; }\n`;

const kernelText = (constant: number): string => `#include <node_api.h>
extern "C" int from_library();
static napi_value Compute(napi_env env, napi_callback_info) {
  napi_value result;
  napi_create_int32(env, ${constant} + from_library(), &result);
  return result;
}
NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "compute", NAPI_AUTO_LENGTH, Compute, nullptr, &function);
  napi_set_named_property(env, exports, "compute", function);
  return exports;
}
`;

/** A shared library of one function. */
export const compileLibrary = (folder: string, constant: number): void => {
  writeFileSync(join(folder, 'tiny.cc'), libraryText(constant));
  execaSync('g++', ['-shared', '-fPIC', '-o', 'libtiny.so', 'tiny.cc'], { cwd: folder });
};

/** A Node-API addon whose `compute` gives its own constant and that of the library it links. */
export const compileKernel = (folder: string, constant: number): void => {
  writeFileSync(join(folder, 'kernel.cc'), kernelText(constant));
  execaSync(
    'g++',
    [
      '-shared',
      '-fPIC',
      `-I${headers}`,
      '-o',
      'kernel.node',
      'kernel.cc',
      '-L.',
      '-ltiny',
      '-Wl,-rpath,$ORIGIN',
    ],
    { cwd: folder },
  );
};
