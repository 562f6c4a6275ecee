# shellcheck shell=bash
# HTTP and JSON with what every Debian has, bash and awk: a machine with only Rust on it has neither curl nor jq.

# request METHOD URL [BODY]: puts the status into `status`, the answer's body into `answer` and where it leads into `location`. Plain
# HTTP on loopback only. A bearer token is taken from `bearer`, and another type than JSON from `content_type`, if they are set.
# Cookies are sent and kept in `cookies` where that is an associative array.
request() {
  local method=$1 url=$2 body=${3:-} authority line cookie=''
  local LC_ALL=C # lengths in bytes
  [[ $url =~ ^http://(127\.0\.0\.1):([0-9]+)(/.*)$ ]] || die "not a URL on this machine: $url"
  authority=${BASH_REMATCH[1]}:${BASH_REMATCH[2]}
  status=0 answer='' location=''
  if has_cookies; then for line in "${!cookies[@]}"; do cookie+="${cookie:+; }$line=${cookies[$line]}"; done; fi
  { exec 3<>"/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}"; } 2>/dev/null || return 1
  # HTTP/1.0, so that the answer comes in one piece and the connection ends with it.
  printf '%s %s HTTP/1.0\r\nHost: %s\r\n%s%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "${BASH_REMATCH[3]}" "$authority" "${bearer:+Authorization: Bearer $bearer$'\r\n'}" "${cookie:+Cookie: $cookie$'\r\n'}" \
    "${content_type:-application/json}" "${#body}" "$body" >&3
  if read -r -t 30 line <&3; then
    [[ $line =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]] && status=${BASH_REMATCH[1]}
    while read -r -t 30 line <&3 && line=${line%$'\r'} && [[ $line ]]; do
      case ${line,,} in
        location:*) location=${line#*: } ;;
        set-cookie:*) if has_cookies; then keep_cookie "${line#*: }"; fi ;;
      esac
    done
    answer=$(timeout 30 cat <&3)
  fi
  exec 3>&-
  [[ $status != 0 ]]
}

has_cookies() { [[ $(declare -p cookies 2>/dev/null) == 'declare -A'* ]]; }

keep_cookie() {
  local name=${1%%=*} value=${1#*=}
  if [[ $1 == *Max-Age=0* ]]; then unset "cookies[$name]"; else cookies[$name]=${value%%;*}; fi
}

# urlencode TEXT: for a form's value.
urlencode() {
  local LC_ALL=C text=$1 i c
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    if [[ $c == [a-zA-Z0-9._~-] ]]; then printf %s "$c"; else printf '%%%02X' "'$c"; fi
  done
}

# flat JSON: a line `path=value` for each text, number, true, false and null, such as `items.0.contact.id=512`.
flat() { awk -f "$here/lib/json.awk" <<<"$1"; }

# field JSON PATH: one value, unescaped; nothing where there is none.
field() { awk -v want="$2" -f "$here/lib/json.awk" <<<"$1"; }
