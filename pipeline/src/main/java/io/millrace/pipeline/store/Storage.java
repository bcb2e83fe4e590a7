package io.millrace.pipeline.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The few operations of a file system that the store needs. Local files have their own
 * implementation, since Hadoop's takes most of a second to load and writes checksum files beside
 * the user's.
 */
interface Storage {
  /** The storage of a place. */
  static Storage of(URI place, Map<String, String> settings) {
    return Places.isLocal(place) ? new LocalStorage() : new HadoopStorage(place, settings);
  }

  /**
   * A file seen by {@link #walk}.
   *
   * @param path relative to the folder walked; a folder's ends in a slash
   * @param mark the modification time in UTC, or the store's etag; empty for a folder
   */
  record Seen(String path, long bytes, String mark) {}

  /** A place below a folder; {@code relative} is separated by slashes. */
  URI child(URI folder, String relative);

  boolean exists(URI place) throws IOException;

  boolean isFolder(URI place) throws IOException;

  /** The contents of a small file, if it exists. */
  Optional<byte[]> read(URI file) throws IOException;

  InputStream open(URI file) throws IOException;

  /**
   * Writes a small file like {@link #write(URI, String, ContentWriter)}; several writers at once
   * are allowed.
   */
  default void write(URI file, byte[] bytes) throws IOException {
    write(file, UUID.randomUUID().toString(), out -> out.write(bytes));
  }

  /**
   * Writes a file that appears only when it is complete, and replaces an existing one. If the store
   * needs it, the file is named {@code .<name>.<mark>} until then.
   *
   * @param mark must not be used by another writer of the file at the same time
   */
  void write(URI file, String mark, ContentWriter contents) throws IOException;

  /** A new file whose bytes are visible after each flush, if the store can do that. */
  OutputStream stream(URI file) throws IOException;

  /** The names directly in a folder, sorted; none if there is no folder. */
  List<String> children(URI folder) throws IOException;

  /**
   * Every file at any depth, and every folder if the store has folders, sorted by path; links are
   * followed. For a file it returns the file itself.
   *
   * @param except a folder that is left out
   */
  List<Seen> walk(URI place, Optional<URI> except) throws IOException;

  /** Makes a folder and its parents, unless they exist. */
  void createFolder(URI folder) throws IOException;

  /** Removes a file or folder with everything in it, if it exists. */
  void delete(URI place) throws IOException;

  /**
   * Removes a folder if it exists and is empty; never removes what another process writes there
   * meanwhile.
   */
  void deleteEmpty(URI folder) throws IOException;

  /** Moves a folder to a place that does not exist; atomic if the store can do that. */
  void rename(URI from, URI to) throws IOException;

  /** Free bytes on the storage of a place; empty if unknown. */
  OptionalLong free(URI place) throws IOException;
}
