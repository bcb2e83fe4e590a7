package io.millrace.jobs.source.cifar;

import io.millrace.jobs.container.Pickle;
import io.millrace.jobs.container.PickleException;
import io.millrace.jobs.container.PickledArray;
import io.millrace.jobs.container.PickledText;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.pipeline.CannotException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** A file of CIFAR's version for Python: a pickled dictionary of labels and pixels, or of names. */
final class PickledBatch {
  private static final String DATA = "data";
  private static final int BUFFER_BYTES = 1 << 18;

  /** A label that no class has, in place of one that does not fit into a byte. */
  private static final int NO_CLASS = 0xFF;

  private final URI file;
  private final String place;
  private final CifarLayout layout;
  private final Map<?, ?> values;

  private PickledBatch(URI file, String place, CifarLayout layout, Map<?, ?> values) {
    this.file = file;
    this.place = place;
    this.layout = layout;
    this.values = values;
  }

  /**
   * Reads the pickle.
   *
   * @param place its name in messages
   * @throws CannotException if it is damaged, or more than plain values and arrays
   */
  static PickledBatch read(URI file, String place, CifarLayout layout) throws IOException {
    try (InputStream in = open(file)) {
      if (Pickle.read(in) instanceof Map<?, ?> values) {
        return new PickledBatch(file, place, layout, values);
      }
      throw cannot(place, "it is a pickle, but not a dictionary of pictures");
    } catch (PickleException e) {
      throw cannot(place, e.reason() + "; fetch it again, or leave it out with source.leave-out");
    }
  }

  static boolean isOne(URI file) throws IOException {
    try (InputStream in = open(file)) {
      return Pickle.begins(in.readNBytes(2));
    }
  }

  private static InputStream open(URI file) throws IOException {
    return new BufferedInputStream(GivenFiles.open(new Path(file)), BUFFER_BYTES);
  }

  /** The names of the classes; none if it does not hold them. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (values.get(layout.python().names()) instanceof List<?> all) {
      for (Object each : all) {
        if (!(each instanceof PickledText name)) {
          throw cannot(place, "its " + layout.python().names() + " are not texts");
        }
        names.add(name.text());
      }
    }
    return names;
  }

  /** Writes the same records as the binary version has. */
  void writeRecords(OutputStream out) throws IOException {
    List<int[]> labels = new ArrayList<>();
    for (String key : layout.python().labels()) {
      labels.add(labels(key));
    }
    int records = labels.get(0).length;
    PickledArray data = data(records);
    byte[] record = new byte[layout.record()];
    try (InputStream bytes = data.bytes(open(file))) {
      for (int i = 0; i < records; i++) {
        for (int label = 0; label < labels.size(); label++) {
          record[label] = (byte) labels.get(label)[i];
        }
        if (bytes.readNBytes(record, labels.size(), CifarLayout.PIXELS) < CifarLayout.PIXELS) {
          throw cannot(place, "its pixels end early");
        }
        out.write(record);
      }
    }
  }

  private PickledArray data(int records) {
    if (!(values.get(DATA) instanceof PickledArray data) || !data.isBytes()) {
      throw cannot(place, "its data is not an array of bytes (uint8)");
    }
    List<Long> flat = List.of((long) records, (long) CifarLayout.PIXELS);
    List<Long> planes =
        List.of(
            (long) records,
            (long) CifarLayout.CHANNELS,
            (long) CifarLayout.SIDE,
            (long) CifarLayout.SIDE);
    long stored = data.data().utf8() ? -1 : data.data().length();
    if (!(data.shape().equals(flat) || data.shape().equals(planes))
        || (stored >= 0 && stored != data.elements())) {
      throw cannot(
          place,
          "its data has the shape %s, expected %s for %d labels"
              .formatted(data.shape(), flat, records));
    }
    return data;
  }

  private int[] labels(String key) throws IOException {
    Object value = values.get(key);
    if (value instanceof PickledArray array && array.shape().size() == 1) {
      return labels(key, array);
    }
    if (!(value instanceof List<?> list)) {
      throw cannot(
          place,
          "it has no list '%s', as format = %s takes it; it has %s"
              .formatted(key, layout.format(), keys()));
    }
    int[] labels = new int[list.size()];
    for (int i = 0; i < labels.length; i++) {
      if (!(list.get(i) instanceof Long label)) {
        throw cannot(place, "its " + key + " are not whole numbers");
      }
      labels[i] = inByte(label);
    }
    return labels;
  }

  private int[] labels(String key, PickledArray array) throws IOException {
    int bytes = array.type().charAt(1) - '0';
    boolean whole = array.type().startsWith("i") || array.type().startsWith("u");
    // An array of labels can't be longer than its file.
    if (!whole || array.elements() < 0 || array.elements() > array.data().length() / bytes) {
      throw cannot(place, "its " + key + " are not whole numbers");
    }
    int[] labels = new int[(int) array.elements()];
    try (InputStream in = array.bytes(open(file))) {
      for (int i = 0; i < labels.length; i++) {
        long value = 0;
        byte[] element = in.readNBytes(bytes);
        for (int b = element.length - 1; b >= 0; b--) {
          value = (value << Byte.SIZE) | (element[b] & 0xFF);
        }
        labels[i] = inByte(value);
      }
    }
    return labels;
  }

  private static int inByte(long label) {
    return label < 0 || label > NO_CLASS ? NO_CLASS : (int) label;
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    values.keySet().forEach(key -> keys.add(key.toString()));
    Collections.sort(keys);
    return keys;
  }

  private static CannotException cannot(String place, String why) {
    return new CannotException("read " + place, why);
  }
}
