package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The shards whose checksum this JVM has verified, with length and time of the file at that moment.
 */
final class VerifiedShards {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final Set<Seen> VERIFIED = ConcurrentHashMap.newKeySet();

  private record Seen(Path path, String checksum, long bytes, long modified) {}

  private VerifiedShards() {}

  static void verify(JobFiles files, ShardEntry shard) throws IOException {
    Path path = files.path(shard.path());
    String what = "read shard " + JobFiles.shown(path.toUri());
    FileStatus status;
    try {
      status = JobFiles.fileSystem(path).getFileStatus(path);
    } catch (FileNotFoundException gone) {
      throw new CannotException(
          what, "it was removed after the dataset was published; " + remedy(), gone);
    }
    Seen seen = new Seen(path, shard.checksum(), status.getLen(), status.getModificationTime());
    if (VERIFIED.contains(seen)) {
      return;
    }
    if (!checksum(files, shard).equals(shard.checksum())) {
      throw new CannotException(
          what,
          "its checksum is not the one in "
              + Dataset.FILE
              + ", it was damaged after it was published; "
              + remedy());
    }
    VERIFIED.add(seen);
  }

  private static String remedy() {
    return "rebuild the dataset: run again with --force=STAGE, STAGE being the one that made it"
        + " (or, for a job run alone, --overwrite)";
  }

  private static String checksum(JobFiles files, ShardEntry shard) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = files.open(shard.path())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
