package io.millrace.jobs.source.cifar;

import java.io.Serializable;
import java.util.List;

/**
 * How the members of the CIFAR family differ.
 *
 * @param format as configured
 * @param labels label bytes before the pixels of a record
 * @param labelAt the index of the label byte that is used
 * @param officialNames of the classes, if no file names them
 * @param namesFile the file that names them
 * @param unpacked the folder that the official archive holds
 * @param batches that the official archive holds, without extension
 * @param python how the version for Python is made
 */
record CifarLayout(
    String format,
    int labels,
    int labelAt,
    List<String> officialNames,
    String namesFile,
    String unpacked,
    List<String> batches,
    Python python)
    implements Serializable {
  /**
   * The version for Python: pickles of the same pictures.
   *
   * @param labels keys of the labels, in the order of their bytes in a record
   * @param names key of the classes' names
   * @param namesFile that has them
   * @param unpacked the folder that the archive holds
   */
  record Python(List<String> labels, String names, String namesFile, String unpacked)
      implements Serializable {}

  static final int SIDE = 32;
  static final int CHANNELS = 3;
  static final int PIXELS = CHANNELS * SIDE * SIDE;

  /** Bytes of one record: the labels, then the planes. */
  int record() {
    return labels + PIXELS;
  }
}
