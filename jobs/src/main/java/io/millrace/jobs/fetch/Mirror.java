package io.millrace.jobs.fetch;

import java.net.URI;
import java.util.Optional;

/** Checks the address of a mirror's folder. */
public final class Mirror {
  private Mirror() {}

  /** The folder's address, ending in a slash; empty if the text is not an http or https address. */
  public static Optional<URI> folder(String text) {
    URI uri;
    try {
      uri = URI.create(text.endsWith("/") ? text : text + "/");
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    // File names are appended, so a query or a fragment can't be allowed.
    boolean plain =
        uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    return web && plain ? Optional.of(uri) : Optional.empty();
  }

  /** Why the text can't be used; empty if it can. */
  public static Optional<String> refusal(String text) {
    return folder(text).isPresent()
        ? Optional.empty()
        : Optional.of(
            "'"
                + text
                + "' is not the address of a mirror's folder; write one like"
                + " https://mirror.example/cifar/");
  }
}
