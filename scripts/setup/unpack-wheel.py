"""Unpacks a wheel's C libraries and, from TensorFlow's, the headers that the addon needs.

wheel, folder, paths of the libraries -> folder/{lib,include}; libraries that macOS's find beside them in .dylibs stay so"""

import os
import shutil
import sys
import zipfile

HEADERS = ("tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/tsl/")

wheel, folder, *libraries = sys.argv[1:]
prefix = "tensorflow/include/"
with zipfile.ZipFile(wheel) as archive:
    names = archive.namelist()
    missing = sorted(set(libraries) - set(names))
    if missing:
        sys.exit(f"the wheel holds no {', '.join(missing)}")
    wanted = {path: f"{'.dylibs' if '/.dylibs/' in path else 'lib'}/{os.path.basename(path)}" for path in libraries}
    wanted |= {name: f"include/{name[len(prefix):]}" for name in names
               if name.startswith(tuple(prefix + header for header in HEADERS)) and not name.endswith("/")}
    for name, path in wanted.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
