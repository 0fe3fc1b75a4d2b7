"""Where an upload waits while a request is answered: in memory, or in a file without a name."""

from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessFileUploadHandler(FileUploadHandler):
    """Keeps what is too large for the memory in a temporary file without a name.

    Django's own handler gives it one: a process that is killed would leave the upload there.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Opens the file."""
        super().new_file(*args, **kwargs)
        nameless = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115  # Django closes it with the request
        self.file = UploadedFile(
            nameless,
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Appends."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """The upload, ready to be read from its beginning."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Lets go of the file, and with it of what it holds."""
        self.file.close()
