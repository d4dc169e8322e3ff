from django import forms

from bureaus.forms import wording
from bureaus.models import CalendarDay


class DayForm(wording.Form):
    """One day on which the usual week does not hold."""

    day = forms.DateField(
        label="日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填写日期",
            "invalid": "日期不对，请写成“2027-01-01”这样",
        },
    )
    kind = forms.ChoiceField(label="安排", choices=CalendarDay.Kind)
    name = forms.CharField(label="名称", max_length=20, required=False)


class DaysFileForm(wording.Form):
    """A year's arrangement as a text file; ``cleaned_data["file"]`` is its text."""

    MAX_BYTES = 1024 * 1024
    file = forms.FileField(
        label="日历文件",
        help_text="CSV 文本，每行如 2027-01-01,放假,元旦；类型填“放假”或“调休上班”",
        error_messages={
            "required": "请选择日历文件",
            "empty": "文件是空的，请检查后重新上传",
        },
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > self.MAX_BYTES:
            raise forms.ValidationError("文件超过1 MB，不像是工作日历，请检查后重新上传")
        data = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError("无法识别文件的文字编码，请另存为 UTF-8 编码的 CSV 后上传")
