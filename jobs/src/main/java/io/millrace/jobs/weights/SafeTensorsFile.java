package io.millrace.jobs.weights;

import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.tensor.SafeTensorsHeader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Safetensors of any writer, in any order of the tensors' values. */
final class SafeTensorsFile {
  private SafeTensorsFile() {}

  /**
   * @throws IOException if it is not a whole file of this format; the message says what is wrong
   */
  static StoredWeights of(ReadAt file) throws IOException {
    SafeTensorsHeader header = SafeTensorsHeader.readFrom(new FileWindow(file, 0, file.length()));
    check(header, file.length() - header.bytes());
    List<StoredTensor> tensors = new ArrayList<>();
    int counters = 0;
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      ElementType type = type(entry);
      if (entry.to() - entry.from() != entry.size() * type.bytes()) {
        throw new IOException(
            "its tensor %s of the type %s and the shape %s can't take %d bytes"
                .formatted(
                    entry.name(),
                    entry.type(),
                    Arrays.toString(entry.shape()),
                    entry.to() - entry.from()));
      }
      if (!type.isFloating()) {
        counters++;
        continue;
      }
      StoredValues values =
          new StoredValues(
              entry.name(),
              type,
              header.bytes() + entry.from(),
              entry.size(),
              ByteOrder.LITTLE_ENDIAN,
              OptionalLong.empty());
      tensors.add(StoredTensor.whole(entry.name(), entry.shape(), values));
    }
    return new StoredWeights("safetensors", List.copyOf(tensors), counters, List.of());
  }

  /** As the format asks: each byte belongs to one tensor. */
  private static void check(SafeTensorsHeader header, long bytes) throws IOException {
    List<SafeTensorsHeader.Entry> ordered = new ArrayList<>(header.entries());
    ordered.sort(
        Comparator.comparingLong(SafeTensorsHeader.Entry::from)
            .thenComparingLong(SafeTensorsHeader.Entry::to));
    long at = 0;
    for (SafeTensorsHeader.Entry entry : ordered) {
      if (entry.from() < 0 || entry.to() < entry.from()) {
        throw new IOException("its tensor " + entry.name() + " ends before it begins");
      }
      if (entry.from() != at) {
        throw new IOException(
            entry.from() < at
                ? "its tensor " + entry.name() + " overlaps another one"
                : "there is a hole of %d bytes before its tensor %s"
                    .formatted(entry.from() - at, entry.name()));
      }
      at = entry.to();
      if (at > bytes) {
        throw new IOException(
            "it is truncated: its tensor %s ends at byte %d of %d"
                .formatted(entry.name(), at, bytes));
      }
    }
    if (at < bytes) {
      throw new IOException("it goes on after its last tensor");
    }
  }

  private static ElementType type(SafeTensorsHeader.Entry entry) throws IOException {
    return ElementType.ofSafeTensors(entry.type())
        .orElseThrow(
            () ->
                new IOException(
                    "its tensor %s is of the type %s; convert it to F32"
                        .formatted(entry.name(), entry.type())));
  }
}
