package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileTest {
  @TempDir Path folder;

  @Test
  void makesAFileThatNobodyElseMayReadAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("keys").resolve("own.key");

    OwnerOnlyFile.create(file, "secret");

    assertThat(file).hasContent("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryContaining(each -> each.equals(file));
    assertThat(file.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void leavesAFileThatIsThereAndNoDraftBesideIt() throws IOException {
    Path file = Files.writeString(folder.resolve("own.key"), "earlier");

    assertThatThrownBy(() -> OwnerOnlyFile.create(file, "secret"))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("earlier");
    assertThat(folder.toFile().list()).containsExactly("own.key");
  }
}
