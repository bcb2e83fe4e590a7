package io.millrace.jobs.fetch;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Fetches a public dataset as a stage; the artifact contains the files under their public names.
 */
public final class FetchJob implements Job<FetchParameters> {
  /** The job's name. */
  public static final String NAME = "fetch";

  private static final String LOCAL = "file";

  private final Supplier<Datasets> datasets;
  private final Patience patience;

  /** A job with the table in the jar. */
  public FetchJob() {
    // Read late: every command line makes every job, but few need the table.
    this(Datasets::packed, Patience.usual());
  }

  FetchJob(Supplier<Datasets> datasets, Patience patience) {
    this.datasets = datasets;
    this.patience = patience;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Fetch a public dataset, verified by checksums; a broken download is resumed.";
  }

  @Override
  public List<String> examples() {
    return List.of("millrace fetch cifar10 --to data");
  }

  @Override
  public Class<FetchParameters> parameters() {
    return FetchParameters.class;
  }

  @Override
  public List<Problem> check(FetchParameters parameters) {
    return parameters.problems(datasets.get());
  }

  @Override
  public OptionalLong spaceNeeded(FetchParameters parameters) {
    return datasets.get().find(parameters.dataset()).orElseThrow().bytes();
  }

  @Override
  public JobResult run(JobRequest<FetchParameters> request, JobContext context)
      throws IOException, InterruptedException {
    FetchParameters parameters = request.parameters();
    PublicDataset dataset = datasets.get().find(parameters.dataset()).orElseThrow();
    Path folder = work(request);
    List<Fetched> files =
        new Fetch(dataset, parameters.from().flatMap(Mirror::folder), patience, context)
            .into(folder);
    // Moved only now: a failed attempt's staging folder is removed, and the files are expensive to
    // fetch.
    for (Fetched file : files) {
      hand(folder.resolve(file.name()), request.staging(), file.name());
    }
    long bytes = files.stream().mapToLong(Fetched::bytes).sum();
    return new JobResult(
        Digests.of(
            files.stream()
                .map(file -> file.name() + "\0" + file.sha256() + "\n")
                .collect(Collectors.joining())),
        Map.of("bytes", bytes, "files", files.size()),
        headline(files));
  }

  /** Such as {@code 4 files, 30.9 MB}. */
  public static String headline(List<Fetched> files) {
    long bytes = files.stream().mapToLong(Fetched::bytes).sum();
    return Amounts.count(files.size(), "file") + ", " + Amounts.bytes(bytes);
  }

  /**
   * A folder for unfinished files. It survives a killed run if it is local; otherwise it is a
   * temporary folder.
   */
  private static Path work(JobRequest<FetchParameters> request) {
    return LOCAL.equals(request.unfinished().getScheme())
        ? Path.of(request.unfinished())
        : Path.of(request.scratch()).resolve(request.stage());
  }

  private static void hand(Path file, URI staging, String name) throws IOException {
    if (LOCAL.equals(staging.getScheme())) {
      Files.move(file, Path.of(staging).resolve(name));
      return;
    }
    try (OutputStream out = JobFiles.in(staging).create(name)) {
      Files.copy(file, out);
    }
    Files.delete(file);
  }
}
