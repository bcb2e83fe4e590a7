package io.millrace.jobs.synthesize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Makes a ten-class dataset in CIFAR-10's binary layout (Krizhevsky 2009). */
public final class SynthesizeJob implements Job<SynthesizeJob.Parameters> {
  private static final int RECORD = 1 + 3 * Painter.SIDE * Painter.SIDE;
  private static final int BATCHES = 5;
  private static final Motif[] MOTIFS = Motif.values();

  /** What can be chosen. */
  public record Parameters(
      @Key(value = "training pictures, spread over five batch files", or = "4000", min = 5)
          int train,
      @Key(value = "test pictures", or = "1000", min = 1) int test,
      @Key(value = "seed of every picture", or = "7") long seed) {}

  @Override
  public String name() {
    return "synthesize";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Make a ten-class picture dataset in CIFAR-10's binary layout, to try things without a"
        + " download.";
  }

  @Override
  public List<String> examples() {
    return List.of("millrace synthesize --train 4000 --test 1000 --output work/shapes");
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public OptionalLong spaceNeeded(Parameters parameters) {
    return OptionalLong.of((long) RECORD * ((long) parameters.train() + parameters.test()));
  }

  @Override
  public JobResult run(JobRequest<Parameters> request, JobContext context) throws IOException {
    Parameters parameters = request.parameters();
    MessageDigest digest = Digests.sha256();
    int total = parameters.train() + parameters.test();
    try (JobContext.Progress progress = context.progress("synthesize", total, "pictures")) {
      int first = 0;
      for (int batch = 1; batch <= BATCHES; batch++) {
        int end = (int) ((long) parameters.train() * batch / BATCHES);
        String file = "data_batch_" + batch + ".bin";
        write(request.staging(), file, new Range(parameters.seed(), first, end), digest, progress);
        first = end;
      }
      // Another seed, so that the test pictures don't change with the number of training ones.
      Range test = new Range(~parameters.seed(), 0, parameters.test());
      write(request.staging(), "test_batch.bin", test, digest, progress);
    }
    writeNames(request.staging(), digest);
    return new JobResult(
        HexFormat.of().formatHex(digest.digest()),
        Map.of("images", total),
        String.format(Locale.ROOT, "%,d pictures of %d classes", total, MOTIFS.length));
  }

  private record Range(long seed, int from, int to) {}

  private static void write(
      URI folder, String name, Range range, MessageDigest digest, JobContext.Progress progress)
      throws IOException {
    try (OutputStream out = open(folder, name, digest)) {
      for (int i = range.from(); i < range.to(); i++) {
        int label = i % MOTIFS.length;
        SplittableRandom random = new SplittableRandom(range.seed() * 1_000_003L + i);
        out.write(label);
        out.write(new Painter(random.split()).paint(MOTIFS[label]));
        progress.advance(1);
      }
    }
  }

  private static void writeNames(URI folder, MessageDigest digest) throws IOException {
    String names =
        Arrays.stream(MOTIFS).map(Motif::text).collect(Collectors.joining("\n", "", "\n"));
    try (OutputStream out = open(folder, "batches.meta.txt", digest)) {
      out.write(names.getBytes(UTF_8));
    }
  }

  private static OutputStream open(URI folder, String name, MessageDigest digest)
      throws IOException {
    return new DigestOutputStream(JobFiles.in(folder).create(name), digest);
  }
}
