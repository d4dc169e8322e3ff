from django import forms

from bureaus.forms import wording
from bureaus.models import Bureau


class ZoneForm(wording.Form):
    """A unit that the lists of codes do not know."""

    parent = forms.CharField(label="上级单位代码", max_length=12, help_text="六位代码，如330100")
    code = forms.CharField(
        label="单位代码", max_length=12, help_text="3至12位数字或大写字母，全国唯一，启用后不再更改"
    )
    name = forms.CharField(
        label="单位全称", max_length=60, help_text="如 杭州钱塘新区市场监督管理局"
    )

    def clean_parent(self) -> Bureau:
        found = Bureau.objects.active().filter(code=self.cleaned_data["parent"].strip()).first()
        if found is None:
            raise forms.ValidationError("没有这个代码的单位，请在“单位”页查到代码后填写")
        return found

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip().upper()


class UnitSettingsForm(wording.Worded, forms.ModelForm):
    """How a unit works. A switch the person may not turn is not there."""

    class Meta:
        model = Bureau
        fields = ("is_two_person", "counties_take_part")

    def __init__(self, *args, allowed, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(allowed):
            del self.fields[name]
