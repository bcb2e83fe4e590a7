package io.millrace.jobs.image.resample;

import io.millrace.jobs.natives.NativeBuffer;
import io.millrace.jobs.natives.OpenCvLibrary;
import io.millrace.jobs.natives.ThreadMemory;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Transposes the rows of a band of a picture into packed columns and back, with OpenCV, in memory
 * that each thread reuses. Bands are small, to keep this memory small.
 */
final class Transposer {
  private static final ThreadLocal<Transposer> OF_THREAD = ThreadLocal.withInitial(Transposer::new);

  static {
    OpenCvLibrary.load();
  }

  private final NativeBuffer upright = new NativeBuffer(0);
  private final NativeBuffer turned = new NativeBuffer(0);

  private Transposer() {
    ThreadMemory.closeLater(this::close);
  }

  static Transposer ofThisThread() {
    return OF_THREAD.get();
  }

  /**
   * Columns {@code x}.. of {@code height} rows from {@code y} on.
   *
   * @param into a packed column each: all channels of its topmost pixel, then those below
   */
  void columns(Rows rows, int y, int height, int x, int[][] into) {
    int type = opencv_core.CV_8UC(rows.channels());
    int step = into[0].length * WeightedSums.PACKED;
    BytePointer turnedBytes = turned.atLeast((long) step * into.length);
    try (Mat band = band(rows, y, height, x, into.length);
        Mat columns = new Mat(into.length, height, type, turnedBytes, step)) {
      opencv_core.transpose(band, columns);
    }
    IntBuffer ints = ints(turnedBytes);
    for (int i = 0; i < into.length; i++) {
      ints.get(i * into[i].length, into[i]);
    }
  }

  /**
   * Rows from columns.
   *
   * @param columns packed, as {@link #columns} makes them
   * @param height of the columns
   * @param into packed rows, where row i is at i modulo their number
   * @param y of the first row
   */
  void rows(int[][] columns, int height, int channels, int[][] into, int y) {
    int type = opencv_core.CV_8UC(channels);
    int step = columns[0].length * WeightedSums.PACKED;
    BytePointer turnedBytes = turned.atLeast((long) step * columns.length);
    IntBuffer from = ints(turnedBytes);
    for (int i = 0; i < columns.length; i++) {
      from.put(i * columns[i].length, columns[i]);
    }
    int rowStep = into[0].length * WeightedSums.PACKED;
    BytePointer uprightBytes = upright.atLeast((long) rowStep * height);
    try (Mat narrow = new Mat(columns.length, height, type, turnedBytes, step);
        Mat rows = new Mat(height, columns.length, type, uprightBytes, rowStep)) {
      opencv_core.transpose(narrow, rows);
    }
    IntBuffer ints = ints(uprightBytes);
    for (int i = 0; i < height; i++) {
      int[] row = into[(y + i) % into.length];
      ints.get(i * row.length, row);
    }
  }

  private void close() {
    OF_THREAD.remove();
    upright.close();
    turned.close();
  }

  private Mat band(Rows rows, int y, int height, int x, int width) {
    int type = opencv_core.CV_8UC(rows.channels());
    Optional<Mat> plain = rows.plain();
    if (plain.isPresent()) {
      Mat mat = plain.get();
      return new Mat(height, width, type, mat.ptr(y, x), mat.step());
    }
    byte[] line = new byte[rows.width() * rows.channels()];
    int kept = width * rows.channels();
    BytePointer bytes = upright.atLeast((long) kept * height);
    for (int i = 0; i < height; i++) {
      rows.row(y + i, line);
      bytes.position((long) i * kept).put(line, x * rows.channels(), kept);
    }
    bytes.position(0);
    return new Mat(height, width, type, bytes, kept);
  }

  private static IntBuffer ints(BytePointer bytes) {
    return bytes.asByteBuffer().order(ByteOrder.nativeOrder()).asIntBuffer();
  }
}
