package io.millrace.jobs.source;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import java.io.IOException;
import java.io.Serializable;

/** Lists the parts of a source, in tasks. Plain data: it travels to the executors. */
public interface Lister extends Serializable {
  /**
   * Finds a part's pictures, in its own order, without reading them. Whatever lies there goes to
   * the sink in one way or another.
   */
  void list(Part part, Sink sink) throws IOException;

  /** Takes what a part holds. */
  interface Sink {
    /** The next picture. */
    void entry(Entry entry) throws IOException;

    /** What can be seen to be no picture without decoding it. */
    void reject(Reject reject);

    /** Pictures that the source's own keys leave out. */
    void leftOut(long pictures);

    /**
     * Files that are no pictures of the dataset.
     *
     * @param example the path of one of them
     */
    void ignored(IgnoredFiles.Kind kind, String example, long files);
  }
}
