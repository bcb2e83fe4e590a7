package io.millrace.jobs.fetch;

import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The server's version of the file that a part belongs to. It is stored beside the part, so that
 * another process can check whether the server still has that version.
 *
 * @param etag its entity tag, or empty
 * @param modified its Last-Modified, or empty
 * @param total its whole length, if the server gave it
 */
record FileVersion(String url, String etag, String modified, OptionalLong total) {
  static final String SUFFIX = ".json";

  static FileVersion of(URI url, HttpHeaders headers, OptionalLong total) {
    return new FileVersion(
        url.toString(),
        headers.firstValue("ETag").orElse(""),
        headers.firstValue("Last-Modified").orElse(""),
        total);
  }

  /** The value for If-Range, which must not be a weak tag (RFC 9110, 13.1.5). */
  Optional<String> validator() {
    if (!etag.isEmpty() && !etag.startsWith("W/")) {
      return Optional.of(etag);
    }
    return modified.isEmpty() ? Optional.empty() : Optional.of(modified);
  }

  /** Whether an answer is of another version: a server may ignore If-Range. */
  boolean differs(FileVersion now) {
    return differ(etag, now.etag)
        || (etag.isEmpty() && differ(modified, now.modified))
        || (total.isPresent() && now.total.isPresent() && !total.equals(now.total));
  }

  private static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  /** Reads the file beside a part; empty if it can't be read. */
  static Optional<FileVersion> read(Path file) {
    try {
      Map<String, Object> json = JsonText.object(Files.readAllBytes(file));
      return Optional.of(
          new FileVersion(
              text(json, "url"),
              text(json, "etag"),
              text(json, "modified"),
              json.get("total") instanceof Long n ? OptionalLong.of(n) : OptionalLong.empty()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<String, Object> json, String key) {
    return Objects.toString(json.get(key), "");
  }

  void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("url", url);
    json.put("etag", etag);
    json.put("modified", modified);
    total.ifPresent(n -> json.put("total", n));
    Files.writeString(file, JsonText.pretty(json));
  }
}
