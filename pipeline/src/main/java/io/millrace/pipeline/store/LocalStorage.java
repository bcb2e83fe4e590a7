package io.millrace.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

final class LocalStorage implements Storage {
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public URI child(URI folder, String relative) {
    return Places.ofLocal(Places.local(folder).resolve(relative));
  }

  @Override
  public boolean exists(URI place) {
    return Files.exists(Places.local(place), NOFOLLOW_LINKS);
  }

  @Override
  public boolean isFolder(URI place) {
    return Files.isDirectory(Places.local(place));
  }

  @Override
  public Optional<byte[]> read(URI file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(Places.local(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(URI file) throws IOException {
    return Files.newInputStream(Places.local(file));
  }

  @Override
  public void write(URI file, String mark, ContentWriter contents) throws IOException {
    Path path = Places.local(file);
    Files.createDirectories(path.getParent());
    Path unfinished = path.resolveSibling("." + path.getFileName() + "." + mark);
    try {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES)) {
        contents.writeTo(out);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public OutputStream stream(URI file) throws IOException {
    Path path = Places.local(file);
    Files.createDirectories(path.getParent());
    return new BufferedOutputStream(
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @Override
  public List<String> children(URI folder) throws IOException {
    try (Stream<Path> list = Files.list(Places.local(folder))) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public List<Seen> walk(URI place, Optional<URI> except) throws IOException {
    Path root = Places.local(place);
    Optional<Path> passedOver = except.map(Places::local);
    List<Seen> seen = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (passedOver.isPresent() && folder.equals(passedOver.get())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (!folder.equals(root)) {
              seen.add(new Seen(relative(root, folder) + "/", 0, ""));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String mark = attributes.lastModifiedTime().toInstant().toString();
            seen.add(new Seen(relative(root, file), attributes.size(), mark));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    seen.sort(Comparator.comparing(Seen::path));
    return seen;
  }

  private static String relative(Path root, Path file) {
    return file.equals(root) ? root.getFileName().toString() : root.relativize(file).toString();
  }

  @Override
  public void createFolder(URI folder) throws IOException {
    Files.createDirectories(Places.local(folder));
  }

  @Override
  public void deleteEmpty(URI folder) throws IOException {
    try {
      Files.deleteIfExists(Places.local(folder));
    } catch (DirectoryNotEmptyException inUse) {
      // Something was written there meanwhile.
    }
  }

  @Override
  public void delete(URI place) throws IOException {
    Path root = Places.local(place);
    if (!Files.exists(root, NOFOLLOW_LINKS)) {
      return;
    }
    // Links are removed, never followed: their targets belong to the user.
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void rename(URI from, URI to) throws IOException {
    Path target = Places.local(to);
    Files.createDirectories(target.getParent());
    Files.move(Places.local(from), target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public OptionalLong free(URI place) {
    Path path = Places.local(place);
    while (path != null && !Files.exists(path)) {
      path = path.getParent();
    }
    return path == null ? OptionalLong.empty() : OptionalLong.of(path.toFile().getUsableSpace());
  }
}
