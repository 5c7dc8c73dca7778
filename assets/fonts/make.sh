#!/bin/sh
# Makes NotoSansSC-GB2312.ttf, phosphor.ttf, their licences and src/ui/icons.rs again from npm.
# Needs npm, and Python 3 with fontTools (Debian: fonttools); PYTHON names another interpreter.
#   sh assets/fonts/make.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # npm package, folder it is unpacked into
    mkdir "$work/$2"
    (cd "$work/$2" && npm pack --silent "$1" >/dev/null && tar xzf ./*.tgz --strip-components=1)
}
fetch @expo-google-fonts/noto-sans-sc@0.4.3 noto
fetch @phosphor-icons/web@2.1.2 phosphor

"$python" "$here/characters.py" "$root" >"$work/characters.txt"
# Layout tables are dropped: egui 0.37 lays out horizontal text without them.
"$python" -m fontTools.subset "$work/noto/400Regular/NotoSansSC_400Regular.ttf" \
    --text-file="$work/characters.txt" --output-file="$here/NotoSansSC-GB2312.ttf" \
    --layout-features='' --no-hinting --desubroutinize --drop-tables+=GSUB,GPOS,vhea,vmtx,VORG,BASE
"$python" "$here/icons.py" "$here/icons.txt" "$work/phosphor/src/regular/style.css" \
    "$root/src/ui/icons.rs" >"$work/icons.txt"
"$python" -m fontTools.subset "$work/phosphor/src/regular/Phosphor.ttf" \
    --unicodes-file="$work/icons.txt" --output-file="$here/phosphor.ttf" \
    --layout-features='' --no-hinting --drop-tables+=GSUB,GPOS
cp "$work/noto/LICENSE_FONT" "$here/NotoSansSC-LICENSE.txt"
cp "$work/phosphor/LICENSE" "$here/phosphor-LICENSE.txt"
ls -l "$here"
