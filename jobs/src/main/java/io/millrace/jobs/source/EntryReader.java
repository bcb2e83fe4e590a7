package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.AccessControlException;

/** Reads pictures from files, of which the last few stay open. */
public final class EntryReader implements Closeable {
  private static final int OPEN = 8;

  private final Map<URI, ReadAt> open = new LinkedHashMap<>(OPEN, 0.75f, true);

  /**
   * The bytes of a picture.
   *
   * @throws UnreadableFileException if its file was removed, can't be read by this user, or became
   *     shorter
   */
  public byte[] read(Entry entry) throws IOException {
    try {
      return file(entry.file()).read(entry.offset(), Math.toIntExact(entry.length()));
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new UnreadableFileException(
          String.valueOf(e.getMessage()).contains("ermission denied")
              ? "permission is denied to this user"
              : "the file was removed while it was to be read",
          e);
    } catch (AccessDeniedException | AccessControlException e) {
      throw new UnreadableFileException("permission is denied to this user", e);
    } catch (EOFException e) {
      throw new UnreadableFileException("the file became shorter while it was to be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ReadAt file : open.values()) {
      file.close();
    }
    open.clear();
  }

  private ReadAt file(URI uri) throws IOException {
    ReadAt known = open.get(uri);
    if (known != null) {
      return known;
    }
    if (open.size() >= OPEN) {
      List<URI> oldest = new ArrayList<>(open.keySet());
      open.remove(oldest.get(0)).close();
    }
    ReadAt file = JobFiles.readAt(uri);
    open.put(uri, file);
    return file;
  }
}
