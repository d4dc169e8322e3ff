from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone

from bureaus.roles import Permission
from notices.actions import ingest, intake
from notices.actions.originals import HandedIn
from notices.errors import NoticeError, TitleNotFound
from notices.forms.importing import ImportForm
from notices.intake import held
from notices.jobs import recognise
from notices.models import Intake
from notices.readers.scanned import can_recognise
from notices.text.page.secrecy import ClassifiedDocument, doubt_of


def import_notice(request):
    """导入: files or pasted text; read at once and shown to be checked. Scans wait for a worker."""
    bureau = importing_bureau(request.user)
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted:
        try:
            if form.is_valid():
                return _taken_in(request, form, bureau)
        except ClassifiedDocument as problem:
            ingest.refuse_classified(bureau=bureau, now=timezone.now(), by=request.user)
            held.drop(request.POST.get("held", ""), by=request.user)
            # a fresh form: nothing of the text may go back to the browser either
            return _import_page(request, ImportForm(), bureau, classified=problem.message_zh)
        except TitleNotFound as problem:
            form = form.asking_title(str(problem), held=_held(form, request.user))
        except NoticeError as problem:
            form.add_error(None, str(problem))
    return _import_page(request, form, bureau)


def _taken_in(request, form, bureau):
    now, by = timezone.now(), request.user
    if "scans" in form.cleaned_data:
        intake.hand_in(form.cleaned_data["scans"], bureau=bureau, now=now, by=by)
        recognise.delay_on_commit()
        messages.success(request, "扫描件已收下，正在后台识别，识别完成后在本页打开核对")
        return redirect("notices:import")
    text, token = form.cleaned_data["text"], form.cleaned_data["held"]
    files = form.cleaned_data.get("originals") or held.files(token, by=by)
    with HandedIn(files) as handed_in:
        notice = ingest.take_in(
            text,
            source_name=form.source_name,
            title=form.cleaned_data["title"].strip(),
            handed_in=handed_in,
            bureau=bureau,
            now=now,
            by=by,
            once=True,
        )
    held.drop(token, by=by)
    if token and not files:
        said = "上传的文件已过保存时间，没有随本件保存原件；需要原件的，请作废本件后重新上传文件"
        messages.warning(request, said)
    if word := doubt_of(text):
        said = f"文中有“{word}”字样：请先核实可以在本系统办理再入库；不可以的，请在本页作废"
        messages.warning(request, said)
    return redirect("notices:check", notice.pk)


def _held(form, user) -> str:
    """What brings the files back with the title: those sent now, else those sent before."""
    if "originals" in form.cleaned_data:
        return held.hold(form.cleaned_data["originals"], by=user)
    return form.cleaned_data["held"]


def _import_page(request, form, bureau, classified: str = ""):
    context = {
        "form": form,
        "bureau": bureau,
        "classified": classified,
        "can_recognise": can_recognise(),
        **recent_intakes(request.user),
    }
    refused = form.is_bound or classified
    return render(request, "notices/import.html", context, status=422 if refused else 200)


def recent_intakes(user) -> dict:
    """The last scans; the list renews itself only while one of them is still on its way."""
    rows = list(Intake.objects.visible_to(user).select_related("notice", "handed_in_by")[:10])
    return {"intakes": rows, "is_waiting": any(row.is_waiting for row in rows)}


def intakes(request):
    """The scans on their way, as the import page shows and renews them."""
    importing_bureau(request.user)
    return render(request, "notices/_intakes.html", recent_intakes(request.user))


def importing_bureau(user):
    found = user.bureaus_where(Permission.IMPORT)
    if not found:
        raise PermissionDenied
    return found[0]
