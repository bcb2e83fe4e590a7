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
 * The few things that the store asks of a file system. Local files have an implementation of their
 * own: Hadoop's takes most of a second to load and puts checksum files beside the user's.
 */
interface Storage {
  /** The storage that a place lies on. */
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

  /** The whole of a small file, if it is there. */
  Optional<byte[]> read(URI file) throws IOException;

  InputStream open(URI file) throws IOException;

  /** Writes a small file, as by {@link #write(URI, String, ContentWriter)}; several may at once. */
  default void write(URI file, byte[] bytes) throws IOException {
    write(file, UUID.randomUUID().toString(), out -> out.write(bytes));
  }

  /**
   * Writes a file so that it is seen whole or not at all, replacing one that is there. Where a
   * store needs it, the file is named {@code .<name>.<mark>} until it is whole.
   *
   * @param mark no other writer of the file uses it at the same time
   */
  void write(URI file, String mark, ContentWriter contents) throws IOException;

  /** A new file whose bytes are visible after each flush, where the store can do that. */
  OutputStream stream(URI file) throws IOException;

  /** The names directly in a folder, sorted; none if there is no folder. */
  List<String> children(URI folder) throws IOException;

  /**
   * Every file at any depth, and every folder where the store has such, sorted by path, links
   * followed; a file gives itself under its name.
   *
   * @param except a folder that is passed over
   */
  List<Seen> walk(URI place, Optional<URI> except) throws IOException;

  /** With all its parents; fine if it is there. */
  void createFolder(URI folder) throws IOException;

  /** With all that is in it; fine if it isn't there. */
  void delete(URI place) throws IOException;

  /**
   * A folder that is empty, and nothing that another puts there meanwhile; fine if there is
   * something in it, or no folder.
   */
  void deleteEmpty(URI folder) throws IOException;

  /** Moves a folder to a place where there is none; atomic where the store can do that. */
  void rename(URI from, URI to) throws IOException;

  /** Bytes that can still be written near a place; empty if there is no telling. */
  OptionalLong free(URI place) throws IOException;
}
