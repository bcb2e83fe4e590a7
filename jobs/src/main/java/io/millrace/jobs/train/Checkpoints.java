package io.millrace.jobs.train;

import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The checkpoints of one training: safetensors files named {@code round-000012.safetensors}, with
 * the record so far and a checksum in their metadata. The last few are kept.
 */
final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("round-\\d+\\.safetensors");
  private static final String TRAINING = "training";
  private static final String ROUNDS = "rounds";
  private static final String RECORD = "record";
  private static final String ENGINE = "engine";
  private static final String CHECKSUM = "sha256";

  private final JobFiles folder;
  private final String training;
  private final int workers;
  private final int keep;

  /**
   * @param training the identity of the training; checkpoints of another one are ignored
   * @param workers of the training
   * @param keep how many to keep
   */
  Checkpoints(JobFiles folder, String training, int workers, int keep) {
    this.folder = folder;
    this.training = training;
    this.workers = workers;
    this.keep = keep;
  }

  /**
   * @param engine what it was computed with, as text by key, for those who look at the file
   */
  void write(Checkpoint checkpoint, Map<String, String> engine) throws IOException {
    String record = new String(Json.bytes(checkpoint.record()), StandardCharsets.UTF_8);
    State state = checkpoint.state().flat();
    Map<String, String> metadata =
        Map.of(
            TRAINING,
            training,
            ROUNDS,
            Integer.toString(checkpoint.rounds()),
            RECORD,
            record,
            ENGINE,
            new TreeMap<>(engine).toString(),
            CHECKSUM,
            checksum(state, record));
    folder.write(name(checkpoint.rounds()), new SafeTensors(state, metadata)::writeTo);
    List<String> all = names();
    for (String old : all.subList(0, Math.max(0, all.size() - keep))) {
      folder.delete(old);
    }
  }

  /**
   * The newest complete checkpoint of this training, if there is one. A notice says why a newer one
   * is ignored.
   */
  Optional<Checkpoint> newest(JobContext context) throws IOException {
    List<String> all = names();
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        return Optional.of(read(all.get(i)));
      } catch (IOException | RuntimeException e) {
        context.notice(
            "The checkpoint " + folder.shown(all.get(i)) + " is ignored: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The path of the checkpoint after that many rounds. */
  String shown(int rounds) {
    return folder.shown(name(rounds));
  }

  private Checkpoint read(String name) throws IOException {
    SafeTensors file;
    try (InputStream in = folder.open(name)) {
      file = SafeTensors.readFrom(in);
    }
    Map<String, String> metadata = file.metadata();
    if (!training.equals(metadata.get(TRAINING))) {
      throw new IOException("it is of a training with other parameters or data");
    }
    String record = metadata.getOrDefault(RECORD, "");
    if (!checksum(file.state(), record).equals(metadata.get(CHECKSUM))) {
      throw new IOException("it is damaged");
    }
    return new Checkpoint(
        Integer.parseInt(metadata.get(ROUNDS)),
        TrainingState.ofFlat(file.state(), workers),
        Json.read(record, TrainingRecord.class));
  }

  private List<String> names() throws IOException {
    return folder.names().stream().filter(name -> NAME.matcher(name).matches()).toList();
  }

  private static String name(int rounds) {
    return "round-%09d.safetensors".formatted(rounds);
  }

  private static String checksum(State state, String record) {
    MessageDigest digest = Digests.sha256();
    digest.update(record.getBytes(StandardCharsets.UTF_8));
    for (NamedTensor tensor : state.tensors()) {
      digest.update(tensor.name().getBytes(StandardCharsets.UTF_8));
      Sha256.update(digest, tensor.values());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
