package io.millrace.pipeline.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a source: every file below it, with a mark that shows changes.
 *
 * @param root the file or folder, as an absolute path or URI
 * @param content whether the files' bytes were read; then the root's own path does not matter
 * @param files how many files there are
 * @param bytes the sum of their lengths
 * @param digest hex digest of the whole listing
 * @param entries every file and folder, sorted by path; none if there are more than {@value
 *     #MAX_KEPT}
 */
public record Listing(
    String root, boolean content, long files, long bytes, String digest, List<Entry> entries) {
  /** With more, the manifest would become too large. */
  static final int MAX_KEPT = 10_000;

  /**
   * A file, or a folder with a slash at its end.
   *
   * @param mark its modification time (UTC), the store's etag, or the SHA-256 of its bytes
   */
  public record Entry(String path, long bytes, String mark) {}

  /**
   * Lists a source.
   *
   * @param pathOrUri a file or a folder
   * @param content whether to read the bytes instead of trusting modification times
   * @param workspace left out if it is inside the source, since every run changes it
   * @param settings keys {@code spark.hadoop.*} configure the file system
   * @throws io.millrace.pipeline.CannotException when it does not exist or can't be read
   */
  public static Listing of(
      String pathOrUri, boolean content, Optional<URI> workspace, Map<String, String> settings) {
    URI place = Places.uri(pathOrUri);
    String shown = Places.text(place);
    try {
      Storage storage = Storage.of(place, settings);
      boolean folder = storage.isFolder(place);
      Optional<URI> within = workspace.filter(it -> it.getScheme().equals(place.getScheme()));
      List<Storage.Seen> all = storage.walk(place, within);
      boolean artifact = all.stream().anyMatch(it -> it.path().equals(ArtifactManifest.FILE));
      List<Entry> entries = new ArrayList<>();
      for (Storage.Seen seen : all) {
        if (artifact && seen.path().equals(ArtifactManifest.PAGE)) {
          // A page made by look must not count as a change.
          continue;
        }
        String mark = seen.mark();
        if (content && !seen.path().endsWith("/")) {
          mark = sha256(storage, folder ? storage.child(place, seen.path()) : place);
        }
        entries.add(new Entry(seen.path(), seen.bytes(), mark));
      }
      return of(shown, content, entries);
    } catch (IOException e) {
      throw StorageFailure.cannot("read the source " + shown, shown, e);
    }
  }

  private static String sha256(Storage storage, URI file) throws IOException {
    try (InputStream in = storage.open(file)) {
      return Digests.of(in);
    }
  }

  private static Listing of(String root, boolean content, List<Entry> entries) {
    // Two copies may have the same names, lengths and times but different bytes, so the path is
    // part of the digest unless the bytes were read.
    StringBuilder text = new StringBuilder(content ? "" : root + "\n");
    long bytes = 0;
    long files = 0;
    for (Entry entry : entries) {
      text.append(entry.path()).append('\0').append(entry.bytes()).append('\0');
      text.append(entry.mark()).append('\n');
      bytes += entry.bytes();
      files += entry.path().endsWith("/") ? 0 : 1;
    }
    List<Entry> kept = entries.size() > MAX_KEPT ? List.of() : List.copyOf(entries);
    return new Listing(root, content, files, bytes, Digests.of(text.toString()), kept);
  }
}
