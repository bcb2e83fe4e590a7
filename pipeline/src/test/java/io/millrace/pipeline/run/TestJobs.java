package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Small jobs that do real work on real files and count how often they ran. */
public final class TestJobs {
  /** How often each stage's job was called. */
  final Map<String, Integer> calls = new ConcurrentHashMap<>();

  final CyclicBarrier barrier = new CyclicBarrier(2);

  public JobCatalogue catalogue() {
    return JobCatalogue.of(
        new Write(1), new Fail(), new Flaky(), new Meet(), new Steps(), new Fill());
  }

  JobCatalogue withNewVersionOfWrite() {
    return JobCatalogue.of(new Write(2));
  }

  abstract class Counted<P extends Record> implements Job<P> {
    @Override
    public String name() {
      return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String summary() {
      return "A job for tests.";
    }

    @Override
    public List<String> examples() {
      return List.of("millrace " + name());
    }

    @Override
    public JobResult run(JobRequest<P> request, JobContext context) throws Exception {
      int call = calls.merge(request.stage(), 1, Integer::sum);
      return work(request, context, call);
    }

    abstract JobResult work(JobRequest<P> request, JobContext context, int call) throws Exception;

    static JobResult result(URI staging, String text) throws IOException {
      Files.writeString(Path.of(staging).resolve("out.txt"), text);
      return new JobResult(
          Digests.of(text), Map.of("length", text.length()), text.length() + " characters");
    }
  }

  record WriteParameters(
      @Key("What to write.") String text,
      @Key(value = "Keep only so many characters of the inputs.", or = "1000") int keep,
      @Key(value = "Folders or files to read.", or = "[]") List<Location> inputs,
      @Key(value = "Bytes that it claims to need.", or = "0") long space,
      @Key(value = "Can't change the result.", or = "1", affectsResult = false) int threads) {}

  /** Writes its text and what it reads. */
  class Write extends Counted<WriteParameters> {
    private final int version;

    Write(int version) {
      this.version = version;
    }

    @Override
    public String name() {
      return "write";
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public Class<WriteParameters> parameters() {
      return WriteParameters.class;
    }

    @Override
    public OptionalLong spaceNeeded(WriteParameters parameters) {
      return OptionalLong.of(parameters.space());
    }

    @Override
    JobResult work(JobRequest<WriteParameters> request, JobContext context, int call)
        throws IOException {
      StringBuilder read = new StringBuilder();
      for (Location input : request.parameters().inputs()) {
        Path path = Path.of(Places.uri(input.text()));
        Path file = Files.isDirectory(path) ? path.resolve("out.txt") : path;
        read.append(Files.readString(file));
      }
      int kept = Math.min(request.parameters().keep(), read.length());
      Files.writeString(Path.of(request.scratch()).resolve("temporary"), "x");
      try (JobContext.Progress progress = context.progress("write", 1, "files")) {
        progress.advance(1);
      }
      return result(request.staging(), request.parameters().text() + read.substring(0, kept));
    }
  }

  record FailParameters(
      @Key(value = "cannot, error or bug.", or = "bug") String how,
      @Key(value = "What to read.") Optional<Location> input) {}

  /** Leaves half a result and fails. */
  final class Fail extends Counted<FailParameters> {
    @Override
    public Class<FailParameters> parameters() {
      return FailParameters.class;
    }

    @Override
    JobResult work(JobRequest<FailParameters> request, JobContext context, int call)
        throws IOException {
      Files.writeString(Path.of(request.staging()).resolve("half"), "x");
      switch (request.parameters().how()) {
        case "cannot" -> throw new CannotException("read data.bin", "it is empty");
        case "error" -> throw new OutOfMemoryError("native");
        default -> throw new IllegalStateException("broken\nsecond line");
      }
    }
  }

  record FlakyParameters(@Key("How many attempts fail.") int failures) {}

  /** Fails a number of times, then succeeds. */
  final class Flaky extends Counted<FlakyParameters> {
    @Override
    public Class<FlakyParameters> parameters() {
      return FlakyParameters.class;
    }

    @Override
    JobResult work(JobRequest<FlakyParameters> request, JobContext context, int call)
        throws IOException {
      try (var files = Files.list(Path.of(request.staging()))) {
        if (files.findAny().isPresent()) {
          throw new CannotException("begin", "the staging folder is not empty");
        }
      }
      if (call <= request.parameters().failures()) {
        Files.writeString(Path.of(request.staging()).resolve("half"), "x");
        throw new IOException("connection reset");
      }
      return result(request.staging(), "flaky");
    }
  }

  record MeetParameters() {}

  /** Ends only if another one runs at the same time. */
  final class Meet extends Counted<MeetParameters> {
    @Override
    public Class<MeetParameters> parameters() {
      return MeetParameters.class;
    }

    @Override
    JobResult work(JobRequest<MeetParameters> request, JobContext context, int call)
        throws Exception {
      barrier.await(20, TimeUnit.SECONDS);
      return result(request.staging(), request.stage());
    }
  }

  record StepsParameters(
      @Key(value = "Stop for ever after the first step.", or = "false", affectsResult = false)
          boolean stop) {}

  /** Leaves a checkpoint after its first step and resumes from it. */
  final class Steps extends Counted<StepsParameters> {
    @Override
    public Class<StepsParameters> parameters() {
      return StepsParameters.class;
    }

    @Override
    JobResult work(JobRequest<StepsParameters> request, JobContext context, int call)
        throws Exception {
      Path checkpoint = Path.of(request.unfinished()).resolve("step");
      boolean resumed = Files.exists(checkpoint);
      Files.createDirectories(checkpoint.getParent());
      Files.writeString(Path.of(request.staging()).resolve("half"), "x");
      Files.writeString(checkpoint, "1");
      if (request.parameters().stop()) {
        context.event("stopped", Map.of("step", 1));
        new CountDownLatch(1).await();
      }
      Files.delete(Path.of(request.staging()).resolve("half"));
      Files.writeString(Path.of(request.staging()).resolve("out.txt"), "done");
      return new JobResult(Digests.of("done"), Map.of("resumed", resumed), "done");
    }
  }

  record FillParameters(@Key("Bytes to write.") long bytes) {}

  /** Writes many bytes. */
  final class Fill extends Counted<FillParameters> {
    @Override
    public Class<FillParameters> parameters() {
      return FillParameters.class;
    }

    @Override
    JobResult work(JobRequest<FillParameters> request, JobContext context, int call)
        throws IOException {
      byte[] block = new byte[1 << 16];
      try (var out = Files.newOutputStream(Path.of(request.staging()).resolve("fill"))) {
        for (long n = 0; n < request.parameters().bytes(); n += block.length) {
          out.write(block);
        }
      }
      return new JobResult("filled", Map.of(), "full");
    }
  }

  List<String> called() {
    List<String> called = new ArrayList<>(calls.keySet());
    calls.clear();
    called.sort(null);
    return called;
  }
}
