package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is written under another name and renamed when it is whole. Spark may run a task
 * twice at once (speculation, an executor that hung for a while): then neither attempt truncates
 * the file of the other.
 *
 * @param path while it is written
 * @param target its final path
 */
record TemporaryFile(Path path, Path target) {
  /**
   * The folder within a dataset; files that are in it after all tasks have ended can be deleted.
   */
  static final String FOLDER = "_writing";

  static TemporaryFile of(JobFiles dataset, String relative) {
    return new TemporaryFile(
        dataset.path(FOLDER + "/" + UUID.randomUUID()), dataset.path(relative));
  }

  /**
   * Moves the complete file to its place, unless the same task running twice has put the same bytes
   * there.
   */
  void publish() throws IOException {
    FileSystem files = JobFiles.fileSystem(target);
    JobFiles.makeFolder(target.getParent());
    if (files.exists(target)) {
      files.delete(path, false);
    } else if (!files.rename(path, target) && !files.exists(target)) {
      throw new IOException("renaming " + path + " to " + target + " failed");
    }
  }
}
