package io.millrace.pipeline.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths and URIs of files and folders. */
public final class Places {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private static final String HOME = "~";

  private Places() {}

  /**
   * The absolute URI of a path or URI as a user writes it.
   *
   * @param pathOrUri {@code work/x}, {@code /work/x}, {@code ~/x}, {@code file:/work/x}, {@code
   *     s3a://b/x}
   * @return without a slash at the end
   */
  public static URI uri(String pathOrUri) {
    if (!SCHEME.matcher(pathOrUri).matches()) {
      return ofLocal(Path.of(fromHome(pathOrUri)));
    }
    if (pathOrUri.startsWith("file:")) {
      return ofLocal(localOf(pathOrUri));
    }
    return HadoopStorage.uri(pathOrUri);
  }

  /**
   * A path with a {@code ~} at its beginning replaced by the user's home folder, as a shell does; a
   * shell does not see paths in a pipeline file or in quotes. Other paths stay as they are.
   */
  public static String fromHome(String path) {
    if (!path.equals(HOME) && !path.startsWith(HOME + "/")) {
      return path;
    }
    String home = System.getenv().getOrDefault("HOME", "");
    return (home.isEmpty() ? System.getProperty("user.home") : home)
        + path.substring(HOME.length());
  }

  private static Path localOf(String uri) {
    try {
      return Path.of(URI.create(uri.replaceFirst("^file:/+", "file:///")));
    } catch (IllegalArgumentException notEncoded) {
      return Path.of(uri.replaceFirst("^file:/+", "/"));
    }
  }

  /** A place as text for people: the path of a local file, else the URI. */
  public static String text(URI place) {
    return isLocal(place) ? local(place).toString() : place.toString();
  }

  static boolean isLocal(URI place) {
    return "file".equals(place.getScheme());
  }

  static Path local(URI place) {
    return Path.of(place);
  }

  static URI ofLocal(Path path) {
    String uri = path.toAbsolutePath().normalize().toUri().toString();
    // Path.toUri reads the disk and adds a slash to existing folders.
    boolean root = uri.equals("file:///");
    return URI.create(uri.endsWith("/") && !root ? uri.substring(0, uri.length() - 1) : uri);
  }
}
