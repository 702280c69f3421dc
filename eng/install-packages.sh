#!/usr/bin/env bash
# Installs the system packages that tests and benchmarks drive for real. Only what is missing is installed, and named.
set -euo pipefail
packages=(containerd runc containernetworking-plugins nftables iptables iproute2 conntrack busybox-static dnsutils)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0
if [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null; then
  echo "installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
else
  echo "not installed, and only root can install it with apt-get: ${missing[*]}"
fi
