"""XML out of containers, parsed so that a hostile part can neither reach out nor grow."""

from lxml import etree

from notices.readers.base import UnreadableDocument

MAX_MARKS = 1_000_000
"""`<` and `=` signs a part may have; the tree takes about 100 to 250 bytes for each."""

_ENTITIES = (
    "文件内部含有 XML 实体定义（DTD），可能是恶意文件，已拒绝读取。"
    "请在原程序中打开并另存一份后重新上传。"
)


def parse(data: bytes) -> etree._Element:
    """The root of a part. Raises UnreadableDocument on damage, a DTD, and too much or too deep."""
    check_size(data)
    refuse_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError) as fault:
        raise UnreadableDocument(
            "文件内部的 XML 已损坏、不完整或嵌套过深。请在原程序中打开并另存一份后重新上传。"
        ) from fault
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, unseen above
        raise UnreadableDocument(_ENTITIES)
    return root


def refuse_entities(data: bytes) -> None:
    """Raises UnreadableDocument where there is a DTD: office formats have none."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableDocument(_ENTITIES)


def check_size(data: bytes, limit: int = MAX_MARKS) -> None:
    """Raises UnreadableDocument for markup whose tree would not fit into memory."""
    if data.count(b"<") + data.count(b"=") > limit:
        raise UnreadableDocument("文件内容过多，无法读取。请拆分成几个文件后重新上传。")


def local(node: etree._Element) -> str:
    """The tag without its namespace; "" for comments and the like."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: etree._Element, name: str) -> str | None:
    """The attribute of that local name in whatever namespace."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along local names, e.g. `child(p, "pPr", "numPr")`."""
    for name in path:
        if node is None:
            return None
        node = next((c for c in node if local(c) == name), None)
    return node


def value(node: etree._Element | None, *path: str) -> str | None:
    """The `val` attribute of the descendant along `path`."""
    found = child(node, *path)
    return None if found is None else attribute(found, "val")


def words(node: etree._Element) -> str:
    """All text below a node."""
    return "".join(map(str, node.itertext()))
