/**
 * Where TensorFlow's C library comes from: the wheel that PyPI serves for each platform. The version is a
 * choice: every kernel that the project calls was tried on it. Only Linux x64 was tried.
 * @type {Readonly<Record<string, { version: string, pipPlatform: string, sha256: string }>>}
 */
export const nativeWheels = {
  'linux-x64': {
    version: '2.21.0',
    pipPlatform: 'manylinux_2_27_x86_64',
    sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  },
};
