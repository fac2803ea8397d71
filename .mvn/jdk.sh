# Sourced by ./mvnw and ./tidemark: finds a JDK in the places where people put them.

# Prints the major version of the Java home $1; fails when there is no JDK.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

# Prints the Java home of the first JDK whose major version is at least $1; fails when there is none.
find_jdk() {
  for home in "${TIDEMARK_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_on_path)" \
    /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.gradle/jdks/*; do
    found=$(jdk_version "$home") || continue
    [ "${found:-0}" -ge "$1" ] && printf '%s\n' "$home" && return 0
  done
  return 1
}

# Prints the Java home of the java on PATH, behind all its links.
jdk_on_path() {
  java=$(command -v java) || return 0
  while [ -h "$java" ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  printf '%s\n' "${java%/bin/java}"
}
