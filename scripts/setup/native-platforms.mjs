/**
 * @typedef {object} NativeWheel
 * @property {'tensorflow' | 'openblas'} name of the folder that it is unpacked to
 * @property {string} title for people
 * @property {string} package its name on PyPI
 * @property {string} version a choice: every kernel that the project calls was tried on it
 * @property {string} pipPlatform
 * @property {string} sha256
 * @property {readonly string[]} libraries files of the wheel that the addon is linked with, or that these need
 */

/**
 * @typedef {object} NativePlatform
 * @property {NativeWheel} tensorflow
 * @property {NativeWheel} openblas
 * @property {string} compiler the system's C++ compiler
 * @property {string} compilerFrom the command that installs it
 * @property {readonly string[]} linking its words for a loadable addon that finds the libraries beside it
 */

const tensorflow = /** @type {const} */ ({ name: 'tensorflow', title: 'TensorFlow', version: '2.21.0' });
const openblas = /** @type {const} */ ({
  name: 'openblas',
  title: 'OpenBLAS',
  package: 'scipy-openblas64',
  version: '0.3.34.0.0',
});

const linux = {
  compiler: 'g++',
  compilerFrom: 'apt-get install g++',
  linking: [
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    '-l:libscipy_openblas64_.so',
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
    '-Wl,-rpath,$ORIGIN/../../deps/openblas/lib',
  ],
};
const linuxTensorflow = {
  ...tensorflow,
  libraries: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'],
};

/**
 * Where TensorFlow's C library and OpenBLAS, with LAPACK in it, come from: the wheels that PyPI serves for each
 * platform. Only Linux x64 was tried. TensorFlow's wheel for Windows holds no such library.
 * @type {Readonly<Record<string, NativePlatform>>}
 */
export const nativePlatforms = {
  'linux-x64': {
    ...linux,
    tensorflow: {
      ...linuxTensorflow,
      package: 'tensorflow-cpu',
      pipPlatform: 'manylinux_2_27_x86_64',
      sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
    },
    openblas: {
      ...openblas,
      pipPlatform: 'manylinux_2_27_x86_64',
      sha256: '181eaaae08cd7d274bfd2b68f569792b369adf40ff5e8ebcc89c4ddbc348bfb2',
      libraries: [
        'scipy_openblas64/lib/libscipy_openblas64_.so',
        'scipy_openblas64/lib/libgfortran-83c28eba.so.5.0.0',
        'scipy_openblas64/lib/libquadmath-2284e583.so.0.0.0',
      ],
    },
  },
  'linux-arm64': {
    ...linux,
    tensorflow: {
      ...linuxTensorflow,
      package: 'tensorflow',
      pipPlatform: 'manylinux_2_27_aarch64',
      sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
    },
    openblas: {
      ...openblas,
      pipPlatform: 'manylinux_2_27_aarch64',
      sha256: 'c3468971a0e757a0bfeeffa4cbd99dfe1f0c4882909673f5039b79cb5bf2996a',
      libraries: [
        'scipy_openblas64/lib/libscipy_openblas64_.so',
        'scipy_openblas64/lib/libgfortran-e1b7dfc8.so.5.0.0',
      ],
    },
  },
  'darwin-arm64': {
    tensorflow: {
      ...tensorflow,
      package: 'tensorflow',
      pipPlatform: 'macosx_12_0_arm64',
      sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
      libraries: ['tensorflow/libtensorflow_cc.2.dylib', 'tensorflow/libtensorflow_framework.2.dylib'],
    },
    openblas: {
      ...openblas,
      pipPlatform: 'macosx_11_0_arm64',
      sha256: '0c1109a05550b3a231f34fcebabd56e3929b379e75a90fa746bda82873e1442a',
      libraries: [
        'scipy_openblas64/lib/libscipy_openblas64_.dylib',
        'scipy_openblas64/.dylibs/libgfortran.5.dylib',
        'scipy_openblas64/.dylibs/libquadmath.0.dylib',
        'scipy_openblas64/.dylibs/libgcc_s.1.1.dylib',
      ],
    },
    compiler: 'c++',
    compilerFrom: 'xcode-select --install',
    linking: [
      // Node's own symbols are found when Node loads the addon.
      '-undefined',
      'dynamic_lookup',
      '-ltensorflow_cc.2',
      '-ltensorflow_framework.2',
      '-lscipy_openblas64_',
      '-Wl,-rpath,@loader_path/../../deps/lib',
      '-Wl,-rpath,@loader_path/../../deps/openblas/lib',
    ],
  },
};
