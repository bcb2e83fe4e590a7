package io.millrace.jobs.init;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.source.Recognition;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.store.StorageFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;

/**
 * Makes a pipeline file for a user's own pictures.
 *
 * @param data the file or folder of the pictures
 * @param jobs the jobs of the file's stages
 */
public record Init(URI data, JobCatalogue jobs) {
  /** Larger archives are not unpacked. */
  private static final long LARGEST_PACKED = 2_000_000_000;

  private static final int HINTS = 5;

  /** Names that many datasets have. */
  private static final Set<String> GENERIC =
      Set.of("train", "val", "test", "data", "images", "pictures");

  /**
   * Looks at the pictures and writes the file, which {@code millrace run} can run unchanged.
   *
   * @param file the pipeline file
   * @param overwrite whether an existing file may be replaced
   * @throws CannotException if no source can read the pictures, or the file exists
   */
  public Initialised write(Path file, boolean overwrite, JobContext context) throws IOException {
    Path target = file.toAbsolutePath().normalize();
    requireFree(target, overwrite);
    Recognition recognition = Recognition.of(data).orElseThrow(this::nothing);
    Files.createDirectories(target.getParent());
    Path unpacked = target.resolveSibling("." + target.getFileName() + ".look");
    Draft draft;
    try {
      draft = Draft.of(survey(recognition, unpacked.toUri(), context));
    } finally {
      JobFiles.in(target.getParent().toUri()).delete(unpacked.getFileName().toString());
    }
    publish(PipelineText.of(draft, name(), target), target, overwrite);
    return Initialised.of(target, draft);
  }

  private Survey survey(Recognition recognition, URI unpacked, JobContext context)
      throws IOException {
    if (isTooLarge()) {
      return new Survey(
          recognition, 3, List.of(), Map.of(), Optional.empty(), false, List.of(), 0, 0);
    }
    Survey survey = Surveyor.survey(recognition, unpacked, context);
    if (survey.sizes().isEmpty()) {
      throw new CannotException(
          what(), "it looks like " + recognition.found() + ", but no picture in it can be read");
    }
    return survey;
  }

  private boolean isTooLarge() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(data);
    FileStatus status = JobFiles.fileSystem(path).getFileStatus(path);
    return path.getName().endsWith("gz") && status.getLen() > LARGEST_PACKED;
  }

  private static void requireFree(Path target, boolean overwrite) {
    if (Files.isDirectory(target)) {
      throw new CannotException("write to " + target, "it is a folder; choose a file");
    }
    if (Files.exists(target) && !overwrite) {
      throw taken(target, null);
    }
  }

  private static CannotException taken(Path target, FileAlreadyExistsException cause) {
    return new CannotException(
        "write to " + target, "it exists; choose another file or use --overwrite", cause);
  }

  private CannotException nothing() {
    String layouts = "no pictures in a layout that ingest reads were found (millrace list sources)";
    return new CannotException(what(), layouts + inside());
  }

  /** Folders to use instead. */
  private String inside() {
    List<String> hints = Inside.of(data, HINTS);
    return hints.isEmpty() ? "" : "; try one of the folders in it: " + String.join(", ", hints);
  }

  private String what() {
    return "make a pipeline for " + JobFiles.shown(data);
  }

  /** A valid name of a pipeline, made from the data's name. */
  private String name() {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(data);
    String last = path.getName();
    if (GENERIC.contains(last) && path.getParent() != null) {
      last = path.getParent().getName() + "-" + last;
    }
    String name =
        last.replaceFirst("(\\.(tar|tgz|gz|bin|mdb))+$", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[._-]+|-+$", "");
    return name.isEmpty() ? "pictures" : name;
  }

  private void publish(String text, Path target, boolean overwrite) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      PipelineReader.read(part, List.of(), jobs);
      if (overwrite) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(part, target);
      }
    } catch (FileAlreadyExistsException e) {
      throw taken(target, e);
    } catch (ConfigurationException e) {
      throw new CannotException(what(), e.problems().get(0).message(), e);
    } catch (IOException e) {
      // Thrown here, so that it is not reported as a failure to read the data.
      throw StorageFailure.cannot("write to " + target, target.getParent().toString(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
