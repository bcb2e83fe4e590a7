package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes paths and URIs absolute; throws IllegalArgumentException for wrong ones. */
final class Locations {
  /** A scheme needs slashes: {@code images:2024} is a file's name. */
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

  private static final String FILE = "file:";

  private Locations() {}

  /** The same place as an absolute path or URI. */
  static String absolute(String text) {
    if (text.startsWith(FILE + "/")) {
      return local(text).toString();
    }
    return SCHEME.matcher(text).matches() ? text : local(text).toString();
  }

  /** The location, made absolute; a local one must exist. References stay as they are. */
  static Location present(Location written) {
    String text = written.text();
    if (text.isBlank()) {
      throw new IllegalArgumentException("'" + text + "' is not a path");
    }
    if (written.isReference()) {
      return written;
    }
    String absolute = absolute(text);
    // Only if it surely does not exist; a folder without permission is found when it is opened.
    if (!SCHEME.matcher(absolute).matches() && Files.notExists(Path.of(absolute))) {
      String near = NearestPath.hint(text);
      String looked =
          absolute.equals(text) || !near.isEmpty() ? "" : " (looked for " + absolute + ")";
      throw new IllegalArgumentException("'" + text + "' is not there" + near + looked);
    }
    return new Location(absolute);
  }

  /** A location with its reference replaced. */
  static Location resolved(Location written, Map<String, URI> artifacts) {
    if (!written.isReference()) {
      return new Location(absolute(written.text()));
    }
    URI artifact = artifacts.get(written.stage());
    if (artifact == null) {
      throw new IllegalArgumentException("there is no artifact for '" + written + "'");
    }
    String folder = plain(artifact);
    String base = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    return new Location(base + written.text().substring(1 + written.stage().length()));
  }

  /** Hadoop's Path takes its text literally, so a percent escape would become part of a name. */
  private static String plain(URI uri) {
    if (uri.getScheme() == null || uri.getScheme().equals("file")) {
      return uri.getPath();
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return uri.getScheme() + "://" + authority + uri.getPath();
  }

  private static Path local(String text) {
    try {
      return Path.of(text.startsWith(FILE + "/") ? withoutScheme(text) : Places.fromHome(text))
          .toAbsolutePath()
          .normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' cannot be opened in this locale: "
              + e.getReason()
              + "; start with LC_ALL=C.UTF-8",
          e);
    }
  }

  private static String withoutScheme(String text) {
    return "/" + text.substring(FILE.length()).replaceFirst("^/+", "");
  }
}
