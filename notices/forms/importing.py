from django import forms

from bureaus.forms import wording
from notices.readers.aligned_text import with_tabs
from notices.readers.base import MAX_BYTES, UnreadableDocument
from notices.readers.bundle.document import extensions, read_files
from notices.readers.scanned import ScannedDocument, can_recognise

MAX_PASTED = 500_000


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; ``cleaned_data`` holds them as a list."""

    widget = FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class ImportForm(wording.Form):
    """The files of one notice, or its text.

    ``cleaned_data["text"]`` is what is to be read; for scans it is missing and
    ``cleaned_data["scans"]`` holds the files to be recognised. ``cleaned_data["originals"]`` are
    the files that the text was read from.
    """

    file = FilesField(
        label="公文文件",
        required=False,
        help_text="Word、WPS、PDF、OFD、网页、纯文本、Excel 附件表或 zip，"
        f"每个 {MAX_BYTES // 1024**2} MB 以内；正文和附件是几个文件的，请一次全部选中",
        error_messages={"empty": "文件是空的，请检查后重新上传"},
    )
    pasted = forms.CharField(
        label="或粘贴正文",
        required=False,
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "class": "directive"}),
        error_messages={"max_length": "粘贴的文字超过50万字，请只粘贴这一份公文"},
        help_text="从网页或 WPS 中复制全文，包括标题、文号、落款和附件",
    )

    title = forms.CharField(
        label="公文标题",
        required=False,
        max_length=300,
        help_text="正文里没有识别出标题时填写，照原件填",
        error_messages={"max_length": "标题超过300字，请只填标题"},
    )
    named = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    """The file that the pasted text was read from, where only its title had to be asked for."""
    held = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    """What brings that file itself back: notices/intake/held.py."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(extensions())
        self.asks_title = bool(self.data.get("named"))  # asked before, and something else is wrong

    def clean_file(self):
        uploads = self.cleaned_data["file"]
        # one byte past the limit is enough for the reader to refuse a file of any size
        files = [(upload.name, upload.read(MAX_BYTES + 1)) for upload in uploads]
        if not files:
            return uploads
        try:
            self.cleaned_data["text"] = read_files(files)
            self.cleaned_data["originals"] = files
        except ScannedDocument as problem:
            if not can_recognise():
                raise forms.ValidationError(str(problem)) from None
            self.cleaned_data["scans"] = files
        except UnreadableDocument as problem:
            raise forms.ValidationError(str(problem)) from None
        return uploads

    def clean(self):
        data = super().clean()
        if "text" not in data and "scans" not in data and not self.errors:
            # a browser sends a text area's line ends as CR LF; offsets count line feeds only
            data["text"] = with_tabs(data.get("pasted", "").replace("\r\n", "\n").strip())
            if not data["text"]:
                raise forms.ValidationError("请选择一个文件，或粘贴公文正文")
        return data

    @property
    def source_name(self) -> str:
        names = [upload.name for upload in self.cleaned_data["file"]]
        return "、".join(names) or self.cleaned_data["named"] or "粘贴的正文"

    def asking_title(self, problem: str, *, held: str) -> "ImportForm":
        """The same text once more, in the box for pasting, with a box for its title."""
        text, named = self.cleaned_data["text"], self.source_name
        asking = ImportForm({"pasted": text, "named": named[:200], "held": held, "title": ""})
        asking.add_error("title", problem)
        return asking
