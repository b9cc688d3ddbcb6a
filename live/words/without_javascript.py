"""What a page says where no script may run: in every language, for nobody asks the reader's."""

WITHOUT_JAVASCRIPT = (
    "<p>Loss Lab draws its pictures with JavaScript. Please allow it for this page.</p>"
    '<p lang="zh">Loss Lab 用 JavaScript 作图，请允许本页运行脚本。</p>'
)
