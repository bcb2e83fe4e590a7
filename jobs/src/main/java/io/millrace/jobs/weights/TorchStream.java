package io.millrace.jobs.weights;

import io.millrace.jobs.container.Pickle;
import io.millrace.jobs.container.PickledText;
import io.millrace.jobs.files.ReadAt;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * PyTorch's files before version 1.6: pickles of a magic number, a version, facts of the machine,
 * the tensors and the storages' keys, one after another; then the storages in the order of the
 * keys, each with its count before it.
 */
final class TorchStream {
  /** The pickle of the magic number, after the byte of its protocol. */
  private static final byte[] MAGIC = {
    (byte) 0x8A,
    0x0A,
    0x6C,
    (byte) 0xFC,
    (byte) 0x9C,
    0x46,
    (byte) 0xF9,
    0x20,
    0x6A,
    (byte) 0xA8,
    0x50,
    0x19,
    '.'
  };

  private static final long VERSION = 1001;

  private TorchStream() {}

  /**
   * @throws IOException if it is damaged or holds more than tensors and plain values
   */
  static StoredWeights of(ReadAt file) throws IOException {
    FileWindow in = new FileWindow(file, 0, file.length());
    in.skipNBytes(2);
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new IOException(
          "it is a pickle that torch.save did not write; load it in Python and save it with torch.save(state_dict, \"weights.pth\")");
    }
    TorchNames names = new TorchNames();
    if (!(Pickle.read(in, names) instanceof Long version) || version != VERSION) {
      throw new IOException("its version is not " + VERSION);
    }
    ByteOrder order = order(Pickle.read(in, names));
    StateDict dict = StateDict.of(Pickle.read(in, names));
    Map<String, StoredValues> values = values(in, file.length(), names.storages(), order);
    return dict.weights(
        storage -> {
          StoredValues found = values.get(storage.key());
          if (found == null) {
            throw new IOException("it has no storage " + storage.key());
          }
          return found;
        });
  }

  private static ByteOrder order(Object facts) throws IOException {
    if (facts instanceof Map<?, ?> map && map.get("little_endian") instanceof Boolean little) {
      return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }
    throw new IOException("it does not say its byte order");
  }

  /** The places of all storages. */
  private static Map<String, StoredValues> values(
      FileWindow in, long length, Map<String, TorchNames.Storage> storages, ByteOrder order)
      throws IOException {
    if (!(Pickle.read(in, new TorchNames()) instanceof List<?> keys)) {
      throw new IOException("it does not list its storages");
    }
    Map<String, StoredValues> values = new HashMap<>();
    for (Object each : keys) {
      String key = each instanceof PickledText text ? text.text() : String.valueOf(each);
      TorchNames.Storage storage = storages.get(key);
      if (storage == null) {
        throw new IOException("no tensor names its storage " + key);
      }
      byte[] count = in.readNBytes(Long.BYTES);
      if (count.length < Long.BYTES) {
        throw new EOFException("it is truncated: it ends before its storage " + key);
      }
      if (ByteBuffer.wrap(count).order(order).getLong() != storage.count()) {
        throw new IOException("its storage " + key + " has another length than its tensors say");
      }
      StoredValues found =
          new StoredValues(
              key, storage.type(), in.position(), storage.count(), order, OptionalLong.empty());
      if (found.bytes() > length - found.from()) {
        throw new EOFException("it is truncated: it ends within its storage " + key);
      }
      in.skipNBytes(found.bytes());
      values.put(key, found);
    }
    return values;
  }
}
