#!/bin/sh
# The launcher needs the pinned Node, whatever comes first in PATH.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec "$here/../../node_modules/node/bin/node" "$here/launcher.ts" "$@"
