# Sourced by the commands in the folder above: the JDK, the locale and the flags that Spark needs on Java 17.
# A script that sources it defines refuse(), which says why and exits with 2. Sets java, home and opens.

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
  refuse "its native libraries are for Linux on x86_64, this is $(uname -s) on $(uname -m)."

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || refuse "JAVA_HOME is $JAVA_HOME and there is no bin/java in it; set it to a JDK 17."
else
  java=$(command -v java) || refuse "there is no java on the PATH; install a JDK 17 or set JAVA_HOME to one."
fi
# The JDK's release file gives its version without starting Java.
home=$(dirname "$(dirname "$(readlink -f "$java")")")
version=
if [ -r "$home/release" ]; then
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
fi
if [ -z "$version" ]; then
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1) || true
fi
[ "$version" = 17 ] || refuse "it needs Java 17 and $java is Java ${version:-of no known version}; set JAVA_HOME to a JDK 17."

# Java 17 can't open file names outside ASCII in the C locale.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}" in
  *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
# OpenCV would print what is wrong with a picture, which Millrace records in its quarantine. Only this variable stops it.
export OPENCV_LOG_LEVEL=${OPENCV_LOG_LEVEL:-SILENT}

opens=(-Djdk.reflect.useDirectMethodHandle=false --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED)
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs \
  sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
