package io.millrace.jobs.predict;

import io.millrace.jobs.feed.InputShape;
import java.net.URI;
import java.util.List;

/**
 * The result of a prediction.
 *
 * @param output the CSV file, or the folder of Parquet
 * @param files lines in it
 * @param predicted files among them that could be read
 * @param input the shape that the model takes
 * @param resized pictures that were resized to that
 * @param sizes the sizes that these had, most frequent first; at most 10,000 of them
 * @param classes the predicted classes, most frequent first; classes that were never predicted are
 *     left out
 * @param unreadable why the other files could not be read, most frequent first
 */
public record Predicted(
    URI output,
    long files,
    long predicted,
    InputShape input,
    long resized,
    List<SizeCount> sizes,
    List<ClassCount> classes,
    List<ReasonCount> unreadable) {
  /** Pictures of one size before they were resized, in pixels. */
  public record SizeCount(int height, int width, long pictures) {}

  /** Pictures that were predicted to be of a class. */
  public record ClassCount(int label, String name, long pictures) {}

  /**
   * Files that could not be read for one reason.
   *
   * @param first the id of the first of them
   */
  public record ReasonCount(String reason, long files, String first) {}
}
