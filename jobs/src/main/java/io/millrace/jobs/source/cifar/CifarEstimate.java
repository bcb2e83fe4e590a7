package io.millrace.jobs.source.cifar;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.source.Inflated;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** How many bytes a CIFAR folder, archive or file takes while it is unpacked and in shards. */
final class CifarEstimate {
  /** How much smaller the official archive is than its contents, rounded up. */
  private static final double INFLATION = 1.2;

  private CifarEstimate() {}

  static long of(URI path) {
    try {
      Path place = new Path(path);
      FileStatus status = JobFiles.fileSystem(place).getFileStatus(place);
      if (status.isDirectory()) {
        long sum = 0;
        for (FileStatus file : JobFiles.fileSystem(place).listStatus(place)) {
          sum += of(file.getPath().toUri());
        }
        return sum;
      }
      String name = place.getName();
      double inflation = Inflated.isGzip(name) ? INFLATION : 1;
      // Data that must be unpacked, or taken out of a pickle, is on disk twice for a while:
      // unpacked, and as shards.
      boolean twice = Inflated.isGzip(name) || Inflated.isArchive(name) || isPickled(name);
      return (long) ((twice ? 2 : 1) * inflation * status.getLen());
    } catch (IOException unknown) {
      return 0;
    }
  }

  private static boolean isPickled(String name) {
    return Cifar10.LAYOUT.batches().contains(name) || Cifar100.BATCHES.contains(name);
  }
}
