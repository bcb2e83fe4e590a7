package io.millrace.jobs.init;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.ingest.IngestParameters;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.ImagesBesideException;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.Source;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.FlagReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens a recognised source, counts its pictures and measures a sample of them. */
final class Surveyor {
  private static final int MEASURED = 1000;
  private static final int DECODED = 128;

  /** Most headers are shorter. */
  private static final int HEAD_BYTES = 1 << 16;

  private static final Limits LIMITS = new Limits(128_000_000, 128_000_000);
  private static final Decoder DECODER = new Decoder(3, Background.WHITE, false, LIMITS);

  private final List<MeasuredSizes.Size> sizes = new ArrayList<>();
  private int decoded;
  private int undecoded;
  private final Set<String> unreadable = new HashSet<>();
  private boolean colours;

  private Surveyor() {}

  /**
   * Makes the survey.
   *
   * @param inflated a folder for files that must be unpacked to be read
   * @throws io.millrace.pipeline.CannotException if the source can't be opened
   */
  static Survey survey(Recognition recognition, URI inflated, JobContext context)
      throws IOException {
    Source source = source(recognition);
    Contents contents;
    try {
      contents = source.open(inflated);
    } catch (ImagesBesideException e) {
      return survey(recognition.leavingOut(e.path()), inflated, context);
    }
    Census census = Census.of(contents, MEASURED);
    List<Entry> sample = census.sample();
    Surveyor surveyor = new Surveyor();
    try (JobContext.Progress progress = context.progress("look", sample.size(), "pictures")) {
      for (Entry entry : sample) {
        surveyor.measure(entry);
        progress.advance(1);
      }
    }
    Map<Split, Survey.Count> counts = census.counts(surveyor.unreadable);
    long pictures = counts.values().stream().mapToLong(Survey.Count::pictures).sum();
    boolean all = sample.size() == pictures;
    return new Survey(
        recognition,
        source.channels(),
        contents.classes().names(),
        counts,
        surveyor.sizes(all),
        sample.stream().noneMatch(Entry::isEncoded),
        contents.notices(),
        surveyor.unreadableShare(),
        Math.max(
            surveyor.unreadableShare(),
            (double) census.rejected() / (pictures + census.rejected())));
  }

  private static Source source(Recognition recognition) {
    Map<String, String> flags = new HashMap<>();
    flags.put("source.format", recognition.format());
    flags.put("source.path", JobFiles.shown(recognition.place()));
    recognition.keys().forEach((key, value) -> flags.put("source." + key, value));
    return ((IngestParameters) FlagReader.read(new IngestJob(), flags).parameters()).source();
  }

  private Optional<MeasuredSizes> sizes(boolean all) {
    return sizes.isEmpty() ? Optional.empty() : Optional.of(MeasuredSizes.of(sizes, all, !colours));
  }

  private double unreadableShare() {
    int measured = sizes.size() + unreadable.size();
    return Math.max(
        measured == 0 ? 0 : (double) unreadable.size() / measured,
        decoded + undecoded == 0 ? 0 : (double) undecoded / (decoded + undecoded));
  }

  private void measure(Entry entry) throws IOException {
    if (!entry.isEncoded()) {
      sizes.add(new MeasuredSizes.Size(entry.height(), entry.width()));
      colours |= entry.channels() > 1;
      return;
    }
    try (ReadAt file = JobFiles.readAt(entry.file())) {
      LIMITS.checkBytes(entry.length());
      if (decoded + undecoded < DECODED) {
        decode(file.read(entry.offset(), (int) entry.length()));
      } else {
        Header header = header(file, entry);
        sizes.add(new MeasuredSizes.Size(header.uprightHeight(), header.uprightWidth()));
      }
    } catch (UnusableImageException e) {
      // Not a picture: ingest quarantines it too.
      unreadable.add(entry.id());
    } catch (IOException e) {
      // Ingest would fail on it.
      throw GivenFiles.cannot(entry.file(), e);
    }
  }

  private static Header header(ReadAt file, Entry entry) throws IOException {
    int some = (int) Math.min(HEAD_BYTES, entry.length());
    try {
      return Header.of(file.read(entry.offset(), some));
    } catch (UnusableImageException e) {
      return Header.of(file.read(entry.offset(), (int) entry.length()));
    }
  }

  private void decode(byte[] bytes) throws IOException {
    undecoded++;
    try (Decoded picture = DECODER.open(bytes)) {
      undecoded--;
      decoded++;
      sizes.add(new MeasuredSizes.Size(picture.height(), picture.width()));
      colours = colours || hasColours(picture.image());
    }
  }

  private static boolean hasColours(Image image) {
    int plane = image.height() * image.width();
    byte[] pixels = image.pixels();
    for (int i = 0; i < plane; i++) {
      if (pixels[i] != pixels[plane + i] || pixels[i] != pixels[2 * plane + i]) {
        return true;
      }
    }
    return false;
  }
}
