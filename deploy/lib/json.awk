# JSON to lines of `path=value`; with -v want=PATH only that value, without its path. Line breaks in texts become spaces.
# For sound JSON, as our own programs write it: it is not a validator.

{ json = json $0 "\n" }

END { value("") }

function skip() { while (substr(json, 1, 1) ~ /[ \t\r\n]/) json = substr(json, 2) }

function take(length_,    taken) {
  taken = substr(json, 1, length_)
  json = substr(json, length_ + 1)
  return taken
}

function emit(path, found) {
  if (want == "") print path "=" found
  else if (path == want) { print found; exit }
}

function value(path) {
  skip()
  if (json ~ /^[{[]/) members(path, take(1) == "{")
  else if (json ~ /^"/) emit(path, text())
  else if (match(json, /^[^][{},: \t\r\n]+/)) emit(path, take(RLENGTH))
}

function members(path, named,    name, i) {
  for (i = 0; ; i++) {
    skip()
    if (json == "" || json ~ /^[]}]/) break
    name = i
    if (named) { name = text(); skip(); take(1) }
    value(path == "" ? name : path "." name)
    skip()
    if (json ~ /^,/) take(1)
  }
  take(1)
}

function text(    raw, code) {
  take(1)
  raw = ""
  while (match(json, /["\\]/)) {
    raw = raw take(RSTART - 1)
    if (take(1) == "\"") break
    code = take(1)
    if (code == "u") { take(4); raw = raw " " } # a control character: others are written as they are
    else if (code ~ /[nrtbf]/) raw = raw " "
    else raw = raw code
  }
  return raw
}
