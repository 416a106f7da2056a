/**
 * @typedef {object} NativeWheel
 * @property {string} package its name on PyPI
 * @property {string} version a choice: every kernel that the project calls was tried on it
 * @property {string} pipPlatform
 * @property {string} sha256
 * @property {readonly string[]} libraries files of the wheel's `tensorflow` folder that the addon is linked with
 * @property {string} compiler the system's C++ compiler
 * @property {string} compilerFrom the command that installs it
 * @property {readonly string[]} linking its words for a loadable addon that finds the libraries beside it
 */

const linux = {
  version: '2.21.0',
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  compiler: 'g++',
  compilerFrom: 'apt-get install g++',
  linking: [
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ],
};

/**
 * Where TensorFlow's C library comes from: the wheel that PyPI serves for each platform. Only Linux x64 was tried.
 * The wheel for Windows holds no such library.
 * @type {Readonly<Record<string, NativeWheel>>}
 */
export const nativeWheels = {
  'linux-x64': {
    ...linux,
    package: 'tensorflow-cpu',
    pipPlatform: 'manylinux_2_27_x86_64',
    sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  },
  'linux-arm64': {
    ...linux,
    package: 'tensorflow',
    pipPlatform: 'manylinux_2_27_aarch64',
    sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
  },
  'darwin-arm64': {
    package: 'tensorflow',
    version: '2.21.0',
    pipPlatform: 'macosx_12_0_arm64',
    sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    compiler: 'c++',
    compilerFrom: 'xcode-select --install',
    linking: [
      // Node's own symbols are found when Node loads the addon.
      '-undefined',
      'dynamic_lookup',
      '-ltensorflow_cc.2',
      '-ltensorflow_framework.2',
      '-Wl,-rpath,@loader_path/../../deps/lib',
    ],
  },
};
