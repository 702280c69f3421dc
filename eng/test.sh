#!/usr/bin/env bash
# Every check of the repository: format, build with warnings as errors, all tests. Ends with one line of totals.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# 1. System packages that the tests drive for real; tests that need a missing one are skipped.
eng/install-packages.sh

# 2. Format, then one build of everything, and of the program as it ships.
echo "petrel test: checking the format"
dotnet restore Petrel.slnx -v quiet --nologo
dotnet format whitespace . --folder --verify-no-changes --exclude artifacts
echo "petrel test: building"
dotnet build Petrel.slnx -v quiet --nologo --no-restore
./petrel --version > /dev/null # as it ships, for the tests of the program

# 3. Tests, one project after the other: some of them use the machine's network and cgroups.
results=$root/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0
broken=()
for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  echo "petrel test: $name"
  # A failing project is counted and reported at the end, so that one run shows everything.
  dotnet test "$project" --no-build --nologo -v quiet --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" --blame-hang-timeout 20m || broken+=("$name")
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2> /dev/null | tail -1 || true)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
  if [[ -z $counters ]]; then
    echo "petrel test: $name gave no result" >&2
    failed=$((failed + 1))
    continue
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count total) - $(count executed)))
done

if ((${#broken[@]} > 0)); then
  echo "petrel test: failing: ${broken[*]}"
  ((failed > 0)) || failed=${#broken[@]}
fi

echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
