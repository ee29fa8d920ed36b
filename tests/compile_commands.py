"""compile_commands.py COMMAND SOURCE...: the compilation database that clang's tools read, as JSON on stdout."""
import json
import os
import sys

print(json.dumps([{"directory": os.getcwd(), "file": s, "command": f"{sys.argv[1]} -c {s}"} for s in sys.argv[2:]], indent=1))
