package io.millrace.jobs.weights;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A file of weights that others wrote, in one of the forms of safetensors and PyTorch. Opening it
 * reads only what it says of its tensors; values are read when they are asked for, so that memory
 * depends on the network and not on the file. Not for use by several threads.
 */
final class WeightsFile implements Closeable {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int HEAD_BYTES = 9;
  private static final int PICKLE = 0x80;
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final URI place;
  private final ReadAt file;
  private final StoredWeights stored;
  private final Set<StoredValues> verified = new HashSet<>();

  private WeightsFile(URI place, ReadAt file, StoredWeights stored) {
    this.place = place;
    this.file = file;
    this.stored = stored;
  }

  /**
   * Opens a file; the caller closes it.
   *
   * @throws CannotException if it is not there, damaged, of another format, or holds more than
   *     tensors and plain values
   */
  static WeightsFile open(URI place) {
    ReadAt file = null;
    try {
      file = JobFiles.readAt(place);
      return new WeightsFile(place, file, stored(file, place));
    } catch (IOException e) {
      close(file);
      throw cannot(place, e);
    } catch (RuntimeException e) {
      close(file);
      throw e;
    }
  }

  private static void close(ReadAt file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // The first failure is the one to tell.
      }
    }
  }

  private static StoredWeights stored(ReadAt file, URI place) throws IOException {
    if (file.length() < HEAD_BYTES) {
      throw new IOException("it has only " + file.length() + " bytes");
    }
    byte[] head = file.read(0, HEAD_BYTES);
    if (ByteBuffer.wrap(head, 0, ZIP.length).equals(ByteBuffer.wrap(ZIP))) {
      return TorchZip.of(file);
    }
    if (head[HEAD_BYTES - 1] == '{' || place.getPath().endsWith(".safetensors")) {
      return SafeTensorsFile.of(file);
    }
    if ((head[0] & 0xFF) == PICKLE) {
      return TorchStream.of(file);
    }
    throw new IOException(
        "it is neither safetensors nor a file of PyTorch's; give a .safetensors file, or what torch.save(model.state_dict(), \"weights.pth\") wrote");
  }

  /** What it says it holds. */
  StoredWeights stored() {
    return stored;
  }

  /** SHA-256 of the whole file, hex. */
  String sha256() {
    try {
      MessageDigest digest = Digests.sha256();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (long at = 0; at < file.length(); at += CHUNK_BYTES) {
        int length = (int) Math.min(CHUNK_BYTES, file.length() - at);
        file.read(at, chunk, 0, length);
        digest.update(chunk, 0, length);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw cannot(place, e);
    }
  }

  /**
   * The values of one of its tensors, row by row.
   *
   * @throws CannotException if they can't be read, are damaged, or one is not finite
   */
  float[] values(StoredTensor tensor) {
    try {
      if (verified.add(tensor.values())) {
        verify(tensor.values());
      }
      float[] read =
          tensor.isRowMajor()
              ? read(tensor.values(), tensor.offset(), tensor.size())
              : gathered(tensor);
      for (float value : read) {
        if (!Float.isFinite(value)) {
          throw new IOException("its tensor " + tensor.name() + " holds " + value);
        }
      }
      return read;
    } catch (IOException e) {
      throw cannot(place, e);
    }
  }

  private float[] read(StoredValues values, long from, int count) throws IOException {
    int size = values.type().bytes();
    int most = CHUNK_BYTES / size;
    byte[] chunk = new byte[Math.min(most, Math.max(1, count)) * size];
    ByteBuffer elements = ByteBuffer.wrap(chunk).order(values.order());
    float[] read = new float[count];
    for (int at = 0; at < count; at += most) {
      int some = Math.min(most, count - at);
      file.read(values.from() + (from + at) * size, chunk, 0, some * size);
      values.type().read(elements, read, at, some);
    }
    return read;
  }

  /** A tensor whose elements lie in another order, such as one in PyTorch's channels-last form. */
  private float[] gathered(StoredTensor tensor) throws IOException {
    float[] whole = read(tensor.values(), tensor.offset(), Math.toIntExact(tensor.span()));
    float[] gathered = new float[tensor.size()];
    int[] index = new int[tensor.shape().length];
    long at = 0;
    for (int i = 0; i < gathered.length; i++) {
      gathered[i] = whole[(int) at];
      for (int side = index.length - 1; side >= 0; side--) {
        at += tensor.strides()[side];
        if (++index[side] < tensor.shape()[side]) {
          break;
        }
        at -= index[side] * tensor.strides()[side];
        index[side] = 0;
      }
    }
    return gathered;
  }

  private void verify(StoredValues values) throws IOException {
    if (values.crc().isEmpty()) {
      return;
    }
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long at = 0; at < values.bytes(); at += CHUNK_BYTES) {
      int length = (int) Math.min(CHUNK_BYTES, values.bytes() - at);
      file.read(values.from() + at, chunk, 0, length);
      crc.update(chunk, 0, length);
    }
    if (crc.getValue() != values.crc().getAsLong()) {
      throw new IOException("its entry " + values.name() + " is damaged: its checksum is wrong");
    }
  }

  private static CannotException cannot(URI place, IOException why) {
    return new CannotException(
        "read weights in " + JobFiles.shown(place), String.valueOf(why.getMessage()), why);
  }

  @Override
  public void close() {
    close(file);
  }
}
