package io.millrace.jobs.weights;

import io.millrace.jobs.container.Pickle;
import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * PyTorch's files since version 1.6: a zip archive, not compressed, with a pickle {@code data.pkl}
 * and an entry for each storage.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";
  private static final String DATA = "/data/";
  private static final String BYTE_ORDER = "/byteorder";
  private static final long LONGEST_PICKLE = 1L << 28;
  private static final long LONGEST_WORD = 16;

  private final ReadAt file;
  private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
  private final String folder;
  private final Map<String, StoredValues> values = new HashMap<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private TorchZip(ReadAt file, ZipFile zip) throws IOException {
    this.file = file;
    String found = null;
    for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
      if (entries.put(entry.getName(), entry) != null) {
        throw new IOException("two entries of the archive have the name " + entry.getName());
      }
      if (entry.getName().endsWith(PICKLE)) {
        found = entry.getName().substring(0, entry.getName().length() - PICKLE.length());
      }
    }
    if (found == null) {
      throw new IOException("it is a zip archive without data.pkl, so torch.save did not write it");
    }
    this.folder = found;
  }

  /**
   * @throws IOException if it is damaged or holds more than tensors and plain values
   */
  static StoredWeights of(ReadAt file) throws IOException {
    try (ZipFile zip = new ZipFile(new FileChannelView(file))) {
      return new TorchZip(file, zip).weights();
    } catch (IllegalArgumentException e) {
      // What the library throws of lengths in damaged headers.
      throw new IOException("its archive is damaged: " + e.getMessage(), e);
    }
  }

  private StoredWeights weights() throws IOException {
    if (entries.containsKey(folder + BYTE_ORDER)) {
      String name = new String(small(folder + BYTE_ORDER), StandardCharsets.US_ASCII).strip();
      order =
          switch (name) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new IOException("its byte order is " + name);
          };
    }
    ZipArchiveEntry pickle = entry(folder + PICKLE, LONGEST_PICKLE);
    long from = pickle.getDataOffset();
    FileWindow text = new FileWindow(file, from, from + pickle.getSize());
    return StateDict.of(Pickle.read(text, new TorchNames())).weights(this::values);
  }

  private StoredValues values(TorchNames.Storage storage) throws IOException {
    String name = folder + DATA + storage.key();
    StoredValues known = values.get(name);
    if (known == null) {
      ZipArchiveEntry entry = entry(name, Long.MAX_VALUE);
      if (entry.getSize() != storage.count() * storage.type().bytes()) {
        throw new IOException(
            "its storage %s has %d bytes, which are not %d values of the type %s"
                .formatted(storage.key(), entry.getSize(), storage.count(), storage.type()));
      }
      known =
          new StoredValues(
              name,
              storage.type(),
              entry.getDataOffset(),
              storage.count(),
              order,
              // torch.save can be told to write no checksums: then it is 0.
              entry.getCrc() == 0 ? OptionalLong.empty() : OptionalLong.of(entry.getCrc()));
      values.put(name, known);
    }
    return known;
  }

  private byte[] small(String name) throws IOException {
    ZipArchiveEntry entry = entry(name, LONGEST_WORD);
    return file.read(entry.getDataOffset(), (int) entry.getSize());
  }

  /** An entry that lies in the file as it is. */
  private ZipArchiveEntry entry(String name, long longest) throws IOException {
    ZipArchiveEntry entry = entries.get(name);
    if (entry == null) {
      throw new IOException("its archive has no entry " + name);
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getGeneralPurposeBit().usesEncryption()) {
      throw new IOException(
          "its entry %s is compressed or encrypted, as torch.save never writes it; load it in Python and save it again"
              .formatted(name));
    }
    long from = entry.getDataOffset();
    if (entry.getSize() < 0
        || entry.getSize() > longest
        || from < 0
        || from > file.length() - entry.getSize()) {
      throw new IOException("its entry %s can't have %d bytes".formatted(name, entry.getSize()));
    }
    return entry;
  }
}
