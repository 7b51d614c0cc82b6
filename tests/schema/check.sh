#!/usr/bin/env bash
# The schemas against a validator that is not ours (check-jsonschema): every shipped file is accepted, every broken one
# is refused but for those in unseen.txt, whose fault is none of shape; that list is wrong in neither direction.
#   tests/schema/check.sh
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=0.39.0
room=target/schema
rm -rf "$room" && mkdir -p "$room/shipped"

validator=$(command -v check-jsonschema || true)
if [ -z "$validator" ]; then
  venv=target/check-jsonschema
  if ! [ -x "$venv/bin/check-jsonschema" ]; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet "check-jsonschema==$version" || {
      echo "NOT CHECKED: this machine lacks check-jsonschema and can not fetch it (pip install check-jsonschema)"
      exit 0
    }
  fi
  validator=$venv/bin/check-jsonschema
fi

cargo build --quiet --locked -p gouji
for kind in rule config form data pack; do
  target/debug/gouji rules schema "$kind" -o "$room/$kind.json"
done
"$validator" --check-metaschema "$room"/*.json

# The validator reads one document a file: NAME.yaml becomes NAME.1.yaml, NAME.2.yaml and so on.
split() { # FILE FOLDER
  awk -v stem="$2/$(basename "$1" .yaml)" 'BEGIN { n = 1 } /^---[ \t]*$/ { n++; next } { print > (stem "." n ".yaml") }' "$1"
}

for file in rules/*/[A-Z][A-Z][0-9]*.yaml; do split "$file" "$room/shipped"; done
"$validator" --schemafile "$room/rule.json" "$room"/shipped/*.yaml
"$validator" --schemafile "$room/form.json" rules/forms/*.yaml
"$validator" --schemafile "$room/data.json" rules/data/*.yaml
"$validator" --schemafile "$room/pack.json" rules/*/pack.yaml

# What the tool writes for authors is in order, too.
target/debug/gouji init "$room/first" > "$room/first.txt"
"$validator" --schemafile "$room/config.json" "$room/first/gouji.yaml"
target/debug/gouji rules new -o "$room/first/new.yaml" 2> "$room/new.txt"
"$validator" --schemafile "$room/rule.json" "$room"/first/new.yaml "$room"/first/规则/*.yaml

# A broken file is refused when one of its documents is, or when it is no YAML. Those with anchors, which gouji refuses in
# any file, are left out: the validator does not survive one that holds itself.
: > "$room/refused.txt"
: > "$room/all.txt"
for kind in rule config form data pack; do
  folder=broken-$(case $kind in data) echo data ;; *) echo "${kind}s" ;; esac)
  mkdir -p "$room/$folder"
  for file in $(grep -LE '(^|[ :])&[^ ]' tests/"$folder"/*.yaml); do
    split "$file" "$room/$folder"
    echo "$folder/$(basename "$file" .yaml)" >> "$room/all.txt"
  done
  "$validator" --schemafile "$room/$kind.json" --output-format json "$room/$folder"/*.yaml > "$room/$folder.json" || [ -s "$room/$folder.json" ]
  grep -o '"filename": "[^"]*"' "$room/$folder.json" | sed "s|.*/|$folder/|; s|\"\$||; s|\.[0-9]*\.yaml\$||" | sort -u >> "$room/refused.txt"
done
n_refused=$(wc -l < "$room/refused.txt")
[ "$n_refused" -ge 60 ] || { echo "only $n_refused broken files are refused"; exit 1; }
comm -23 <(sort "$room/all.txt") <(sort "$room/refused.txt") > "$room/accepted.txt"
if [ -n "${UPDATE:-}" ]; then
  { grep '^#' tests/schema/unseen.txt; cat "$room/accepted.txt"; } > "$room/unseen.txt" && cp "$room/unseen.txt" tests/schema/unseen.txt
fi
diff <(grep -v '^#' tests/schema/unseen.txt | sort) "$room/accepted.txt" || {
  echo "tests/schema/unseen.txt: < is refused after all, > is accepted (UPDATE=1 renews the list; read it before)"
  exit 1
}
echo "schemas: $(ls "$room/shipped" | wc -l) rules accepted; of $(wc -l < "$room/all.txt") broken files $n_refused refused"
