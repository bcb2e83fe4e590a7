package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fetches the files of a public dataset to a local folder. A file gets its name when it is complete
 * and verified; until then it is {@code <name>.part}, which the next fetch to that folder
 * continues.
 */
public final class Fetch {
  private final PublicDataset dataset;
  private final URI from;
  private final Patience patience;
  private final JobContext context;
  private final Server server;
  private final String what;

  /**
   * @param mirror the address of a folder to use instead of the public one; ends in a slash
   */
  public Fetch(PublicDataset dataset, Optional<URI> mirror, Patience patience, JobContext context) {
    this(dataset, mirror, patience, context, System.getenv());
  }

  /**
   * @param environment names proxies
   */
  Fetch(
      PublicDataset dataset,
      Optional<URI> mirror,
      Patience patience,
      JobContext context,
      Map<String, String> environment) {
    this.dataset = dataset;
    this.from = mirror.orElse(dataset.from());
    this.patience = patience;
    this.context = context;
    this.what = "fetch " + dataset.name();
    this.server = new Server(patience, EnvironmentProxies.of(what, environment));
  }

  /**
   * Fetches the files that are not there yet.
   *
   * @param folder made if it does not exist
   * @return the files, all of them verified
   * @throws CannotException if a file can't be fetched, is not the expected one, or can't be
   *     written
   */
  public List<Fetched> into(Path folder) throws InterruptedException {
    context.notice(dataset.name() + ": " + dataset.terms());
    try {
      Files.createDirectories(folder);
      List<Fetched> fetched = new ArrayList<>();
      for (PublicFile file : dataset.files()) {
        fetched.add(one(file, folder.resolve(file.name())));
      }
      return fetched;
    } catch (IOException e) {
      throw StorageFailure.cannot(what, folder.toString(), OptionalLong.empty(), e);
    }
  }

  private Fetched one(PublicFile file, Path target) throws IOException, InterruptedException {
    if (Files.exists(target)) {
      return present(file, target);
    }
    try (PartFile part = PartFile.of(target, what)) {
      // Another process may have fetched it meanwhile.
      if (Files.exists(target)) {
        part.delete();
        return present(file, target);
      }
      return missing(file, part);
    }
  }

  private Fetched missing(PublicFile file, PartFile part) throws IOException, InterruptedException {
    URI url = from.resolve(file.name());
    try (Meter meter = new Meter(context, file.name())) {
      Download download = new Download(what, server, patience, file, url, part, meter);
      Content content = whole(download, file, part, meter);
      if (file.difference(content).isPresent()) {
        // A part from earlier, or from two connections, may be of two versions of the file.
        context.notice(url + " is not the expected file; it is fetched once more");
        part.clear();
        content = whole(download, file, part, meter);
      }
      Optional<String> difference = file.difference(content);
      if (difference.isPresent()) {
        part.delete();
        throw new CannotException(
            what,
            url
                + " is not the expected file ("
                + difference.get()
                + "); nothing was kept, "
                + Server.ELSEWHERE);
      }
      part.publish();
      if (!file.hasChecksum()) {
        context.notice(
            file.name()
                + ": no checksum is published, so only its length was verified: "
                + Amounts.count(content.bytes(), "byte")
                + ", as the server says");
      }
      return Fetched.of(file, url, content, false);
    }
  }

  private Content whole(Download download, PublicFile file, PartFile part, Meter meter)
      throws IOException, InterruptedException {
    download.complete();
    meter.close();
    try (JobContext.Progress progress =
        context.progress("verify " + file.name(), part.length(), "bytes")) {
      return part.content(progress::advance);
    }
  }

  private Fetched present(PublicFile file, Path target) throws IOException, InterruptedException {
    URI url = from.resolve(file.name());
    Content content;
    try (FileChannel there = FileChannel.open(target);
        JobContext.Progress progress =
            context.progress("verify " + file.name(), there.size(), "bytes")) {
      content = Content.of(there, progress::advance);
    }
    Optional<String> difference = file.difference(content);
    if (difference.isEmpty() && !file.hasChecksum()) {
      long said = new Inquiry(what, server, patience).length(url);
      difference =
          said == content.bytes()
              ? Optional.empty()
              : Optional.of(
                  Amounts.count(content.bytes(), "byte")
                      + ", the server has "
                      + Amounts.count(said));
    }
    if (difference.isPresent()) {
      throw new CannotException(
          what,
          target
              + " is there already but is not the expected file ("
              + difference.get()
              + "); remove it or choose another folder");
    }
    context.notice(file.name() + " is there already and verified");
    return Fetched.of(file, url, content, true);
  }
}
