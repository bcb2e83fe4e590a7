package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Resize;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.shard.StoredForm;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How pictures are converted. */
public record Images(
    @Key(
            value =
                "the channels that every picture is converted to: 1 (grey) or 3 (RGB); if not given,"
                    + " 1 for idx and 3 for others",
            min = 1,
            max = 3)
        Optional<Integer> channels,
    @Key("the size that pictures are resized to; if not given, they keep their sizes")
        Optional<Resize> resize,
    @Key(
            "how pictures are stored: original (the bytes of the file; the default for picture"
                + " files that are not resized), raw (uint8 CHW; otherwise the default), png, webp,"
                + " { webp = 1..100 } or { jpeg = 1..100 }")
        Optional<StoredForm> store,
    @Key(
            value =
                "what to do with a picture that ends early: quarantine, or keep (the missing part"
                    + " of a JPEG becomes grey, and it is stored as PNG)",
            or = "quarantine")
        Truncated truncated,
    @Key(value = "the colour behind transparent pixels: white or black", or = "white")
        Background background,
    @Key(
            value = "the most pixels of a picture; checked before it is decoded",
            or = "128000000",
            min = 1)
        long maxPixels,
    @Key(
            value = "the most bytes of a picture file; checked before it is read",
            or = "128MB",
            min = 1,
            max = 2_000_000_000)
        ByteSize maxBytes) {
  /** Checks keys that depend on each other. */
  public Images {
    List<String> problems = new ArrayList<>();
    if (channels.isPresent() && channels.get() == 2) {
      problems.add("channels must be 1 (grey) or 3 (RGB)");
    }
    if (resize.isPresent() && store.isPresent() && store.get() instanceof StoredForm.Original) {
      problems.add(
          "store = original keeps the bytes of the file, so it can't be used with resize; take"
              + " raw, png, webp or { jpeg = 90 }");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; and ", problems));
    }
  }

  Sizing sizing() {
    return resize.map(Resize::sizing).orElseGet(Sizing.Own::new);
  }

  /** How pictures are stored; the default is the source's bytes. */
  StoredForm stored() {
    return store.orElseGet(
        () -> resize.isPresent() ? new StoredForm.Raw() : new StoredForm.Original());
  }

  /** What to do with a picture that ends early. */
  public enum Truncated {
    QUARANTINE,
    KEEP
  }
}
