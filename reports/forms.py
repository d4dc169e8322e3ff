from django import forms

from bureaus.forms import wording
from reports.workbooks.reading.raw import MAX_BYTES
from tasks.states import EvidenceKind


class ReviewForm(wording.Form):
    """通过, 核收, 退回修改 or 退回补正, with the marks that say what is to be mended."""

    reason = forms.CharField(
        label="退回原因",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""}),
        error_messages={"max_length": "退回原因不能超过1000字"},
    )
    until = forms.DateField(
        label="补正的最后一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请填写日期，如2026-03-31"},
    )
    comment = forms.CharField(
        label="说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""}),
        error_messages={"max_length": "说明不能超过1000字"},
    )

    opinion = forms.CharField(
        label="意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(
            attrs={"class": "input", "rows": 2, "data-grow": "", "placeholder": "可不填"}
        ),
        error_messages={"max_length": "意见不能超过500字"},
    )

    def lines(self) -> list[tuple[str, str]]:
        """The marks as posted: a place such as 1:rows.0.c4, and what is asked there on one line.

        Without the empty line, and the one whose 去掉 was pressed.
        """
        if not self.is_bound:
            return []
        dropped = self.data.get("drop", "")
        given = zip(self.data.getlist("place"), self.data.getlist("note"), strict=False)
        found = [(place, " ".join(note.split())) for place, note in given]
        return [line for index, line in enumerate(found) if str(index) != dropped and any(line)]

    def clean(self) -> dict:
        """``marks``: (number of the attachment, path, note) of each line."""
        cleaned = super().clean()
        marks = []
        for place, note in self.lines():
            number, _, path = place.partition(":")
            if not (number.isascii() and number.isdecimal() and len(number) < 6):
                raise forms.ValidationError(f"请选择“{note}”标注在什么位置")
            marks.append((int(number), path, note))
        return cleaned | {"marks": marks}


class WorkbookForm(wording.Form):
    """A fill-in template that comes back."""

    file = forms.FileField(
        label="填好的表",
        help_text=f".xlsx，{MAX_BYTES // 1024**2} MB 以内；须是从本页下载的空表",
        error_messages={
            "required": "请选择填好的 .xlsx 表",
            "empty": "文件是空的，没有内容。请重新选择填好的 .xlsx 表。",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"文件超过{MAX_BYTES // 1024**2} MB，无法导入。请删去表中的图片和多余内容后再试。"
            )
        return file


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each is checked as Django checks one."""

    widget = _FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class EvidenceForm(wording.Form):
    """Files beside the forms; ``number`` says of which attachment a sealed copy is."""

    kind = forms.TypedChoiceField(
        label="种类",
        choices=EvidenceKind,
        coerce=EvidenceKind,
        error_messages={"required": "请选择种类", "invalid_choice": "没有这个种类"},
    )
    number = forms.IntegerField(
        label="报表",
        required=False,
        min_value=0,
        max_value=999,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "没有这张报表"),
    )
    file = FilesField(
        label="文件",
        max_length=500,  # of the name as it came; it is cut when it is stored
        error_messages={
            "required": "请选择要上传的文件",
            "empty": "文件是空的，没有内容",
            "max_length": "文件名太长，请改短后上传",
            "missing": "请选择要上传的文件",
        },
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=200,
        error_messages={"max_length": "说明不能超过200字"},
    )
