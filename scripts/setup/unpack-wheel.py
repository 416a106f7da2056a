"""Unpacks TensorFlow's C libraries and the headers that the addon needs.

wheel, folder, names of the libraries -> folder/{lib,include}"""

import os
import shutil
import sys
import zipfile

HEADERS = ("tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/tsl/")

wheel, folder, *libraries = sys.argv[1:]
prefix = "tensorflow/include/"
with zipfile.ZipFile(wheel) as archive:
    names = archive.namelist()
    wanted = {f"tensorflow/{library}": f"lib/{library}" for library in libraries}
    missing = sorted(set(wanted) - set(names))
    if missing:
        sys.exit(f"the wheel holds no {', '.join(missing)}")
    wanted |= {name: f"include/{name[len(prefix):]}" for name in names
               if name.startswith(tuple(prefix + header for header in HEADERS)) and not name.endswith("/")}
    for name, path in wanted.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
