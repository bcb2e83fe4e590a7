package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileSystem;

/** Files of any size that are seen whole or not at all, in folders that one process writes to. */
public final class WholeFiles {
  /** The same in each attempt, so that what a killed one left is written over by the next. */
  private static final String MARK = "unfinished";

  private final Storage storage;

  /**
   * @param folder that the files are written below
   * @param files its file system; not asked where the folder is local
   */
  public WholeFiles(URI folder, FileSystem files) {
    this.storage = Places.isLocal(folder) ? new LocalStorage() : new HadoopStorage(folder, files);
  }

  /** Writes a file in place of one that may be there; that one is there until the new one is. */
  public void write(URI file, ContentWriter contents) throws IOException {
    storage.write(file, MARK, contents);
  }
}
