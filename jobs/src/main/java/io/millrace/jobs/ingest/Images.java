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

/** What is to be made of the pictures. */
public record Images(
    @Key(
            value =
                "1 (grey) or 3 (RGB): what every picture is turned into; 3, for idx 1, if not given",
            min = 1,
            max = 3)
        Optional<Integer> channels,
    @Key("the size to bring them to; their own if not given") Optional<Resize> resize,
    @Key(
            "what shards hold: original (the very bytes; the default for picture files that are not"
                + " resized), raw (uint8 CHW; the default else), png, webp, { webp = 1..100 } or"
                + " { jpeg = 1..100 }")
        Optional<StoredForm> store,
    @Key(
            value =
                "a picture that ends early: quarantine, or keep (a JPEG is then filled up with grey"
                    + " and stored as PNG)",
            or = "quarantine")
        Truncated truncated,
    @Key(value = "what shows through transparent pixels: white or black", or = "white")
        Background background,
    @Key(
            value = "pixels of a picture, at most; checked before it is decoded",
            or = "128000000",
            min = 1)
        long maxPixels,
    @Key(
            value = "bytes of a picture file, at most; checked before it is read",
            or = "128MB",
            min = 1,
            max = 2_000_000_000)
        ByteSize maxBytes) {
  /** Checks across keys. */
  public Images {
    List<String> problems = new ArrayList<>();
    if (channels.isPresent() && channels.get() == 2) {
      problems.add("channels is 1 (grey) or 3 (RGB)");
    }
    if (resize.isPresent() && store.isPresent() && store.get() instanceof StoredForm.Original) {
      problems.add(
          "store = original keeps the very bytes, so it can't go with resize; take raw, png, webp"
              + " or { jpeg = 90 }");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; and ", problems));
    }
  }

  Sizing sizing() {
    return resize.map(Resize::sizing).orElseGet(Sizing.Own::new);
  }

  /** The bytes as they came where nothing else is asked for. */
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
