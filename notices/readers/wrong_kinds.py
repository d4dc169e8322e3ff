"""Files that offices send along and that hold no notice to read: what each is, and what to do."""

import re
from pathlib import PurePath

from notices.readers.base import UnreadableDocument

_MAIL = (
    "“{ending}”是邮件文件，通知在它的附件或正文里。请先在邮件中把附件另存为文件，再导入另存的文件；"
    "通知写在邮件正文里的，请复制正文，粘贴到导入页的文本框。"
)
_PACKED = "暂不支持“{ending}”压缩包。请解压后一次选中全部文件上传，或压缩为 .zip 后上传。"
_VOLUME = "“{ending}”是分卷压缩包的一卷。请把各卷放在一起解压，再一次选中解压出的全部文件上传。"
_PRINTED = "“{ending}”是版式公文。请用它的阅读器打开，打印或另存为 PDF（或 OFD）后上传。"
_PHOTO = "“{ending}”是图片，暂不支持这种格式。请在手机或电脑上转存为 JPG 或 PNG 后上传。"
_SLIDES = "“{ending}”是演示文稿。请在原程序中另存为 PDF 后上传。"
_MAP = "“{ending}”是思维导图。请在原程序中导出为 Word 或 PDF 后上传。"
_LINK = "“{ending}”是快捷方式，里面没有文件内容。请找到它指向的原文件后上传。"
_UNFINISHED = "“{ending}”文件还没有下载完。请等下载完成后，再上传完整的文件。"
_BACKUP = "“{ending}”是临时文件。请先关闭正在编辑的程序，再选择原来的文件上传。"
_MACROS = "“{ending}”是可以带宏的 Office 文件。请在原程序中另存为不含宏的 .docx 或 .xlsx 后上传。"
_TEMPLATE = "“{ending}”是模板文件。请在原程序中另存为 .docx 或 .xlsx 后上传。"
_WRITER = "“{ending}”是其他办公软件的文档。请在原程序中另存为 .docx 后上传。"
_TABLE = "“{ending}”是其他办公软件的表格。请在原程序中另存为 .xlsx 后上传。"
_SOUND = "“{ending}”是音视频，里面没有可以读取的文字。请上传通知的 Word、PDF 或 OFD 文件。"

_ADVICE = {
    ending: advice
    for endings, advice in (
        (".eml .msg .emlx .oft .pst .foxmail", _MAIL),
        (".rar .7z .gz .tar .tgz .bz2 .xz .cab .iso .zipx .arj .lzh .zst", _PACKED),
        (".z01 .001 .002 .r00", _VOLUME),
        (".ceb .cebx .gd .gw .sep .xps .s92 .s72 .caj .djvu", _PRINTED),
        (".heic .heif .webp .bmp .gif .avif .psd .jfif .svg .raw .dng", _PHOTO),
        (".ppt .pptx .pps .ppsx .dps .dpt .key .odp", _SLIDES),
        (".xmind .mm .mmap .emmx .km .vsd .vsdx", _MAP),
        (".lnk .url .website .desktop .webloc", _LINK),
        (".crdownload .part .partial .download .downloading .td .xltd .aria2", _UNFINISHED),
        (".tmp .temp .bak .asd .wbk .swp .ds_store", _BACKUP),
        (".docm .dotm .xlsm .xltm .xlsb .pptm", _MACROS),
        (".dot .dotx .wpt .ett .xlt .xltx", _TEMPLATE),
        (".odt .fodt .pages .uot .uof .eio .hwp .wpd .md .tex", _WRITER),
        (".ods .fods .numbers .uos .csv .tsv .dbf", _TABLE),
        (".mp3 .mp4 .wav .m4a .avi .mov .amr .wmv .flv", _SOUND),
    )
    for ending in endings.split()
}
_LOCK = re.compile(r"^(?:~\$|\.~|~wrl|~wrd|\.#)", re.IGNORECASE)


def refuse_wrong_kind(name: str) -> None:
    """Raises UnreadableDocument with what to do for a file that its name says is no document."""
    bare = PurePath(name.replace("\\", "/")).name
    ending = PurePath(bare).suffix.lower()
    if _LOCK.match(bare):
        advice, ending = _BACKUP, bare[:2]
    else:
        advice = _ADVICE.get(ending, "")
    if advice:
        raise UnreadableDocument(advice.format(ending=ending))
