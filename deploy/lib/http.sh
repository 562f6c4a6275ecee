# shellcheck shell=bash
# HTTP and JSON with what every Debian has, bash and awk: a machine with only Rust on it has neither curl nor jq.

# request METHOD URL [BODY]: puts the status into `status` and the answer's body into `answer`. Plain HTTP on loopback only.
# A bearer token is taken from `bearer` if it is set.
request() {
  local method=$1 url=$2 body=${3:-} authority line
  local LC_ALL=C # lengths in bytes
  [[ $url =~ ^http://(127\.0\.0\.1):([0-9]+)(/.*)$ ]] || die "not a URL on this machine: $url"
  authority=${BASH_REMATCH[1]}:${BASH_REMATCH[2]}
  status=0 answer=
  { exec 3<>"/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}"; } 2>/dev/null || return 1
  # HTTP/1.0, so that the answer comes in one piece and the connection ends with it.
  printf '%s %s HTTP/1.0\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "${BASH_REMATCH[3]}" "$authority" "${bearer:+Authorization: Bearer $bearer$'\r\n'}" "${#body}" "$body" >&3
  if read -r -t 30 line <&3; then
    [[ $line =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]] && status=${BASH_REMATCH[1]}
    while read -r -t 30 line <&3 && [[ $line != $'\r' ]]; do :; done
    answer=$(timeout 30 cat <&3)
  fi
  exec 3>&-
  [[ $status != 0 ]]
}

# flat JSON: a line `path=value` for each text, number, true, false and null, such as `items.0.contact.id=512`.
flat() { awk -f "$here/lib/json.awk" <<<"$1"; }

# field JSON PATH: one value, unescaped; nothing where there is none.
field() { awk -v want="$2" -f "$here/lib/json.awk" <<<"$1"; }
