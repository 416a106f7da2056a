"""
The static closure of a script's imports, found without running it: `closure.py SCRIPT PACKAGE...` prints JSON.

What is hashed is the syntax tree, docstrings included (code can read them): comments and layout do not count. An
import that cannot be followed before the run is refused with its file and line.
"""
import ast
import hashlib
import json
import os
import platform
import sys

# Long expressions nest deep.
sys.setrecursionlimit(100_000)
# Long numbers are written out.
getattr(sys, "set_int_max_str_digits", int)(0)

# What can load or make code that no tree shows.
REFUSED_MODULES = {"builtins", "imp", "importlib.machinery", "importlib.util", "pkgutil", "runpy", "site", "zipimport"}
REFUSED_OF_SYS = {"meta_path", "modules", "path", "path_hooks", "path_importer_cache"}
REFUSED_NAMES = {"__builtins__", "__loader__", "__spec__"}
CODE_FROM_TEXT = {"compile", "eval", "exec"}


class Refused(Exception):
    def __init__(self, name, message, hint, file, node):
        super().__init__(message)
        self.told = {
            "name": name,
            "message": message,
            "hint": hint,
            "where": {"file": file, "line": getattr(node, "lineno", None) or 1},
            "details": [],
        }


def untraceable(what, file, node):
    return Refused(
        "UntraceableImport",
        f"{what} decides only while it runs what code it loads.",
        "import the module by name, or write the text where it is: a stage's key is complete before it runs.",
        file,
        node,
    )


def names_made_in(tree):
    """Names that the outermost code of a module makes, by def, class or import of something of another name's."""
    made = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.module != "builtins":
            made |= {alias.asname or alias.name for alias in node.names}
    return made


class Closure:
    def __init__(self, script, packages):
        self.folder = os.path.dirname(script)
        self.packages = packages
        self.modules = {}  # name -> path; the script is __main__
        self.namespaces = set()
        self.trees = {}  # path -> (digest of the tree, digest of the bytes)
        self.read("__main__", script, "")

    def locate(self, name):
        """The file of a module of the project, as Python's own finder would choose it, or its folder."""
        base = os.path.join(self.folder, *name.split("."))
        for path in (os.path.join(base, "__init__.py"), base + ".py"):
            if os.path.isfile(path):
                return path
        return base if os.path.isdir(base) else None

    def read(self, name, path, package):
        if name in self.modules:
            return
        self.modules[name] = path
        with open(path, "rb") as file:
            content = file.read()
        try:
            tree = ast.parse(content, path)
        except (SyntaxError, ValueError) as error:
            raise Refused(
                "PythonSyntax", f"Python cannot read it: {getattr(error, 'msg', error)}.",
                "mend the line; `python3 -m py_compile` on the file says the same.", path, error,
            ) from None
        self.trees[path] = (
            hashlib.sha256(ast.dump(tree, include_attributes=False).encode("utf8", "surrogatepass")).hexdigest(),
            hashlib.sha256(content).hexdigest(),
        )
        self.walk(tree, path, package)

    def walk(self, tree, path, package):
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        from_text = CODE_FROM_TEXT - names_made_in(tree)
        loaders = {"import_module"}
        of_sys = {"sys"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.follow(alias.name, path, node)
                    if alias.name == "sys":
                        of_sys.add(alias.asname or "sys")
            elif isinstance(node, ast.ImportFrom):
                self.follow_from(node, path, package)
                if node.module == "importlib" and not node.level:
                    loaders |= {alias.asname or alias.name for alias in node.names if alias.name == "import_module"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                if node.attr in REFUSED_OF_SYS and isinstance(node.value, ast.Name) and node.value.id in of_sys:
                    raise untraceable(f"sys.{node.attr}", path, node)
                if node.attr == "import_module" and id(node) not in called:
                    raise untraceable("import_module without its call", path, node)
            elif isinstance(node, ast.Name):
                special = from_text | loaders | {"__import__"}
                if node.id in REFUSED_NAMES or (node.id in special and id(node) not in called):
                    raise untraceable(node.id, path, node)
            if isinstance(node, ast.Call):
                self.follow_call(node, loaders, from_text, path, package)

    def follow_call(self, node, loaders, from_text, path, package):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        is_name = isinstance(node.func, ast.Name)
        literal = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if called == "__import__" or called == "import_module" or (is_name and called in loaders):
            if not isinstance(literal, str) or literal.startswith(".") or len(node.args) > 1 or node.keywords:
                raise untraceable(called, path, node)
            self.follow(literal, path, node)
        elif is_name and called in from_text:
            if not isinstance(literal, str):
                raise untraceable(called, path, node)
            try:
                self.walk(ast.parse(literal), path, package)
            except SyntaxError:
                raise untraceable(called, path, node) from None

    def follow_from(self, node, path, package):
        if node.level:
            parts = package.split(".") if package else []
            if node.level > len(parts):
                raise Refused(
                    "ImportUnresolved", "a relative import leaves the script's folder.",
                    "a script's modules lie in its own folder and below it.", path, node,
                )
            parts = parts[: len(parts) - node.level + 1]
            base = ".".join(parts + ([node.module] if node.module else []))
        else:
            base = node.module
        if base == "sys" and any(alias.name in REFUSED_OF_SYS or alias.name == "*" for alias in node.names):
            raise untraceable("a name of sys that decides about imports", path, node)
        self.follow(base, path, node)
        for alias in node.names:
            if f"{base}.{alias.name}" in REFUSED_MODULES:
                raise untraceable(f"{base}.{alias.name}", path, node)
        found = self.locate(base)
        if found is None or base.split(".")[0] in sys.stdlib_module_names:
            return
        folder = found if os.path.isdir(found) else os.path.dirname(found) if found.endswith("__init__.py") else None
        if folder is None:
            return
        # `*` takes whatever `__all__` names: every module of the package, to be sure.
        names = [alias.name for alias in node.names]
        if "*" in names:
            names = sorted({entry.removesuffix(".py") for entry in os.listdir(folder) if entry.endswith(".py")} - {"__init__"})
        for name in names:
            if self.locate(f"{base}.{name}"):
                self.follow(f"{base}.{name}", path, node)

    def follow(self, name, path, node):
        if name in REFUSED_MODULES:
            raise untraceable(name, path, node)
        top = name.split(".")[0]
        if top in sys.stdlib_module_names:
            if self.locate(top):
                raise Refused(
                    "ModuleShadowed", f"the project's module '{top}' has the name of one of Python's own.",
                    f"rename {top}.py: which of the two is meant depends on what was imported before.", path, node,
                )
            return
        if self.locate(top) is None:
            if top in self.packages:
                return
            near = sorted(entry.removesuffix(".py") for entry in os.listdir(self.folder) if entry.endswith(".py"))
            raise Refused(
                "ImportUnresolved", f"no module '{top}' is beside the script, in Python, or in its requirements.",
                f"beside the script are: {', '.join(near)}; of a package, lock it into the stage's requirements: "
                f"`printf '{top}' | pip-compile --generate-hashes - -o requirements.txt`.", path, node,
            )
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            part = ".".join(parts[:end])
            found = self.locate(part)
            if found is None:
                raise Refused(
                    "ImportUnresolved", f"the package '{'.'.join(parts[:end - 1])}' has no module '{parts[end - 1]}'.",
                    "mend the name, or add the file.", path, node,
                )
            if os.path.isdir(found):
                self.namespaces.add(part)
            else:
                self.read(part, found, part if found.endswith("__init__.py") else part.rpartition(".")[0])


def main():
    if sys.version_info < (3, 10):
        print(json.dumps({"error": {
            "name": "PythonTooOld", "message": f"{sys.executable} is Python {platform.python_version()}.",
            "hint": "stages need 3.10 or later: install it, or name it by PAPER_PYTHON.", "where": None, "details": [],
        }}))
        return
    script = os.path.realpath(sys.argv[1])
    try:
        closure = Closure(script, set(sys.argv[2:]))
    except Refused as refused:
        print(json.dumps({"error": refused.told}))
        return
    print(json.dumps({
        "executable": sys.executable,
        "python": {
            "version": sys.version, "implementation": sys.implementation.name,
            "platform": f"{sys.platform} {platform.machine()}",
        },
        "modules": closure.modules,
        "namespaces": sorted(closure.namespaces),
        "trees": {path: {"tree": tree, "bytes": content} for path, (tree, content) in closure.trees.items()},
    }))


main()
