package io.millrace.jobs.transform;

import io.millrace.pipeline.spec.ShortForm;
import java.io.Serializable;
import org.apiguardian.api.API;

/**
 * One step of an augmentation chain, as configured: {@code { pad-reflect = 4 }}. All work on
 * unsigned bytes, 0..255, before they are normalised, but {@link Mixing}; what is random is drawn
 * for each picture and epoch ({@link Draws}).
 *
 * <p>There are five kinds, on which a chain decides; each is open: the transforms are listed in
 * {@code META-INF/millrace/io.millrace.jobs.transform.Transform}, and a jar may list its own.
 */
@API(status = API.Status.EXPERIMENTAL)
public sealed interface Transform extends Serializable
    permits Moving, Warping, Editing, Composite, Mixing {
  /** As a person would write it, as shortly as it can be: {@code random-crop = 32}. */
  default String text() {
    return ShortForm.of((Record) this);
  }

  /** The size of a picture after this, or what does not fit. */
  default Sizes through(Sizes sizes) {
    return sizes;
  }
}
