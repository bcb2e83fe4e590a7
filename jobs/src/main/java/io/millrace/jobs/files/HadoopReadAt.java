package io.millrace.jobs.files;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file on any of Hadoop's file systems. */
final class HadoopReadAt implements ReadAt {
  private final FSDataInputStream stream;
  private final long length;

  HadoopReadAt(FileSystem files, Path path) throws IOException {
    this.length = files.getFileStatus(path).getLen();
    this.stream = files.open(path);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long position, byte[] into, int at, int length) throws IOException {
    stream.readFully(position, into, at, length);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
