package io.millrace.pipeline.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes and reads a manifest as the text of {@code _artifact.json}. */
final class ManifestJson {
  private ManifestJson() {}

  static byte[] write(ArtifactManifest manifest) {
    Identity identity = manifest.identity();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", manifest.stage());
    json.put("job", identity.job());
    json.put("job-version", identity.version());
    json.put("fingerprint", manifest.fingerprint());
    json.put("digest", manifest.digest());
    json.put("headline", manifest.headline());
    json.put("metrics", manifest.metrics());
    json.put("created", manifest.created());
    json.put("seconds", manifest.seconds());
    json.put("reproduce", manifest.reproduce());
    json.put("parameters", identity.parameters());
    json.put("inputs", each(identity.inputs(), ManifestJson::input));
    json.put("sources", each(identity.sources(), ManifestJson::listing));
    json.put("files", manifest.files().stream().map(ManifestJson::file).toList());
    return JsonText.pretty(json).getBytes(StandardCharsets.UTF_8);
  }

  private static Object file(StoredFile file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", file.path());
    json.put("bytes", file.bytes());
    return json;
  }

  private static <T> Map<String, Object> each(Map<String, T> map, Function<T, Object> json) {
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, value) -> result.put(key, json.apply(value)));
    return result;
  }

  private static Object input(Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", input.reference());
    json.put("digest", input.digest());
    return json;
  }

  private static Object listing(Listing listing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("root", listing.root());
    json.put("verify", listing.content() ? "content" : "listing");
    json.put("files", listing.files());
    json.put("bytes", listing.bytes());
    json.put("digest", listing.digest());
    json.put(
        "entries",
        listing.entries().stream().map(e -> List.of(e.path(), e.bytes(), e.mark())).toList());
    return json;
  }

  /**
   * @throws IOException when it is not a manifest
   */
  static ArtifactManifest read(byte[] bytes) throws IOException {
    try {
      Map<String, Object> json = JsonText.object(bytes);
      Identity identity =
          new Identity(
              (String) json.get("job"),
              number(json.get("job-version")).intValue(),
              new TreeMap<>(object(json.get("parameters"))),
              sorted(json.get("inputs"), ManifestJson::readInput),
              sorted(json.get("sources"), ManifestJson::readListing));
      List<StoredFile> files = new ArrayList<>();
      for (Object file : (List<?>) json.get("files")) {
        Map<String, Object> each = object(file);
        files.add(new StoredFile((String) each.get("path"), number(each.get("bytes")).longValue()));
      }
      return new ArtifactManifest(
          (String) json.get("stage"),
          identity,
          (String) json.get("fingerprint"),
          (String) json.get("digest"),
          object(json.get("metrics")),
          (String) json.get("headline"),
          Instant.parse((String) json.get("created")),
          number(json.get("seconds")).doubleValue(),
          (String) json.get("reproduce"),
          files);
    } catch (ClassCastException | NullPointerException | DateTimeParseException e) {
      throw new IOException("it is not the manifest of an artifact", e);
    }
  }

  private static <T> SortedMap<String, T> sorted(
      Object json, Function<Map<String, Object>, T> read) {
    SortedMap<String, T> map = new TreeMap<>();
    object(json).forEach((key, value) -> map.put(key, read.apply(object(value))));
    return map;
  }

  private static Input readInput(Map<String, Object> json) {
    return new Input((String) json.get("stage"), (String) json.get("digest"));
  }

  private static Listing readListing(Map<String, Object> json) {
    List<Listing.Entry> entries = new ArrayList<>();
    for (Object entry : (List<?>) json.get("entries")) {
      List<?> parts = (List<?>) entry;
      entries.add(
          new Listing.Entry(
              (String) parts.get(0), number(parts.get(1)).longValue(), (String) parts.get(2)));
    }
    return new Listing(
        (String) json.get("root"),
        "content".equals(json.get("verify")),
        number(json.get("files")).longValue(),
        number(json.get("bytes")).longValue(),
        (String) json.get("digest"),
        entries);
  }

  private static Number number(Object json) {
    return (Number) json;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }
}
