package io.millrace.pipeline.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a record that is one choice of an interface. The choices of a sealed interface are the
 * records that it permits. Those of any other interface are listed in the resources {@code
 * META-INF/millrace/<interface>} on the class path, a class on each line, so that a jar can add its
 * own.
 *
 * <p>A choice is written either as an object with one key, the choice's name ({@code { pad-reflect
 * = 4 }}, {@code one-cycle { epochs = 5 } }), or, where the interface carries {@link
 * #discriminator()} (on the interface itself), as an object whose key with that name names the
 * choice ({@code { name = resnet, channels = [..] }}). A value that is not an object is the
 * record's first component ({@code random-crop = 32}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Variant {
  /** On a record: the choice's name in kebab-case. */
  String value() default "";

  /** On a record or a constant of an enum: other spellings that are read too. */
  String[] also() default {};

  /** On a record or a constant of an enum: earlier names, read with a notice. */
  String[] formerly() default {};

  /** On the interface: the key that names the choice; empty for the one-key form. */
  String discriminator() default "";

  /**
   * On a record whose interface has no discriminator: whether the name may be left out where the
   * value is an object with keys of this record, or, if its only key is a path, a text that is no
   * choice's name.
   */
  boolean unnamed() default false;

  /** On a record: one sentence on what the choice is, for lists of choices. */
  String summary() default "";

  /** On a record: an example of the choice in a pipeline file, in HOCON. */
  String example() default "";
}
