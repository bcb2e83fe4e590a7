package io.millrace.jobs.source;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import java.io.IOException;
import java.io.Serializable;

/** Lists the parts of a source, in tasks. Plain data: it travels to the executors. */
public interface Lister extends Serializable {
  /**
   * Finds a part's pictures, in its own order, without reading them. Everything that is there goes
   * to one of the sink's methods.
   */
  void list(Part part, Sink sink) throws IOException;

  /** Takes what a part holds. */
  interface Sink {
    /** The next picture. */
    void entry(Entry entry) throws IOException;

    /** A record or file that is not a picture, as far as that shows without decoding. */
    void reject(Reject reject);

    /** Pictures that the source's own keys leave out. */
    void leftOut(long pictures);

    /**
     * Files that are not pictures of the dataset.
     *
     * @param example the path of one of them
     */
    void ignored(IgnoredFiles.Kind kind, String example, long files);
  }
}
