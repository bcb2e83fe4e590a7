package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileSystem;

/**
 * Writes files of any size that appear only when they are complete, in folders that only one
 * process writes to.
 */
public final class WholeFiles {
  /** The same in each attempt, so that the next attempt overwrites what a killed one left. */
  private static final String MARK = "unfinished";

  private final Storage storage;

  /**
   * @param folder the folder of the files
   * @param files its file system; not used if the folder is local
   */
  public WholeFiles(URI folder, FileSystem files) {
    this.storage = Places.isLocal(folder) ? new LocalStorage() : new HadoopStorage(folder, files);
  }

  /** Writes a file; an existing one stays until the new one is complete. */
  public void write(URI file, ContentWriter contents) throws IOException {
    storage.write(file, MARK, contents);
  }
}
