package io.millrace.jobs.fetch;

import java.net.URI;
import java.util.Optional;

/** The folder of a mirror, as a user gives it. */
public final class Mirror {
  private Mirror() {}

  /** The folder's address, ending in a slash; empty if the text is no http or https address. */
  public static Optional<URI> folder(String text) {
    URI uri;
    try {
      uri = URI.create(text.endsWith("/") ? text : text + "/");
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    // Names are put behind the folder, which a query or a fragment would swallow.
    boolean plain =
        uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    return web && plain ? Optional.of(uri) : Optional.empty();
  }

  /** What is wrong with the text, if anything. */
  public static Optional<String> refusal(String text) {
    return folder(text).isPresent()
        ? Optional.empty()
        : Optional.of(
            "'"
                + text
                + "' is no address of a mirror's folder; write it like https://mirror.example/cifar/");
  }
}
