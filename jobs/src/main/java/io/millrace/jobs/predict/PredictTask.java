package io.millrace.jobs.predict;

import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Stack;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.EntryReader;
import io.millrace.jobs.source.UnreadableFileException;
import io.millrace.jobs.spark.SparkTasks;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Decodes and predicts consecutive files, into a file of lines. A minibatch is the readable files
 * of one batch, so that the results do not depend, bit for bit, on how the files are divided into
 * tasks.
 *
 * @param topK classes to keep of each picture
 * @param batch files of a minibatch
 * @param work where the lines go
 */
record PredictTask(Model model, int topK, int batch, URI work)
    implements SparkTasks.Task<FileList.Piece, PredictTask.Ended> {
  private static final int THREADS = 1;

  /**
   * The result of a task.
   *
   * @param files how many it has dealt with
   * @param lines the name of its file of lines
   */
  record Ended(int files, String lines) implements Serializable {}

  @Override
  public Ended apply(FileList.Piece piece) throws IOException {
    List<ListedFile> files = piece.read();
    // A name of its own: Spark may run the same task twice at once.
    String name = "lines-" + UUID.randomUUID();
    try (Network network = model.network(THREADS);
        Stack stack = new Stack(model.input(), model.normaliser(), batch);
        EntryReader containers = new EntryReader();
        DataOutputStream out = new DataOutputStream(JobFiles.in(work).create(name))) {
      for (int from = 0; from < files.size(); from += batch) {
        List<ListedFile> some = files.subList(from, Math.min(from + batch, files.size()));
        for (Line line : lines(some, network, stack, containers)) {
          line.writeTo(out);
        }
      }
      return new Ended(files.size(), name);
    }
  }

  private List<Line> lines(
      List<ListedFile> files, Network network, Stack stack, EntryReader containers)
      throws IOException {
    Decoder decoder = new Decoder(model.input().channels(), Background.WHITE, false, Limits.USUAL);
    List<Line> lines = new ArrayList<>(files.size());
    stack.clear();
    for (ListedFile file : files) {
      lines.add(put(file, stack, containers, decoder));
    }
    if (stack.size() == 0) {
      return lines;
    }
    float[] probabilities = network.predict(stack.minibatch(), model.loss());
    int row = 0;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.isReadable()) {
        lines.set(i, labelled(line, probabilities, row++));
      }
    }
    return lines;
  }

  /** Puts a picture on the stack, or says why that can't be done. */
  private Line put(ListedFile file, Stack stack, EntryReader containers, Decoder decoder)
      throws IOException {
    if (!file.problem().isEmpty()) {
      return Line.unreadable(file.id(), file.problem());
    }
    try {
      decoder.limits().checkBytes(file.bytes());
      Entry entry =
          Entry.encoded(file.id(), Split.TEST, Entry.NO_LABEL, file.place(), 0, file.bytes());
      try (Decoded decoded = decoder.open(containers.read(entry))) {
        stack.add(file.id(), fitting(decoded));
        return new Line(file.id(), Likeliest.NONE, decoded.height(), decoded.width(), "");
      }
    } catch (UnusableImageException e) {
      return Line.unreadable(file.id(), e.reason());
    } catch (UnreadableFileException e) {
      return Line.unreadable(file.id(), e.getMessage());
    }
  }

  private Image fitting(Decoded decoded) {
    return model.takesWhole(decoded.height(), decoded.width())
        ? decoded.image()
        : decoded.resized(model.sizing());
  }

  private Line labelled(Line line, float[] probabilities, int row) {
    int classes = model.classNames().size();
    for (int i = row * classes; i < (row + 1) * classes; i++) {
      if (!Float.isFinite(probabilities[i])) {
        throw Model.diverged("predict by the model", probabilities[i], line.id());
      }
    }
    Likeliest likeliest = Likeliest.of(probabilities, row * classes, classes, topK);
    return new Line(line.id(), likeliest, line.height(), line.width(), "");
  }
}
