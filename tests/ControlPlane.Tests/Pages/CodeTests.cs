using Xunit;

namespace GraphGateway.ControlPlane.Tests.Pages;

/// <summary>Texts in HTML: encoded, in their colours, compared.</summary>
public sealed class CodeTests
{
    [Fact]
    public void Texts_are_encoded_and_what_is_not_seen_is_shown()
    {
        Assert.Equal(
            "<p class=\"a&quot;&gt;\">&lt;b&gt; &amp; &#39;&quot; \u00fc <span class=\"hidden\">U+202E</span>\n<span class=\"hidden\">U+0001</span></p>",
            Html.Of("p", "<b> & '\" \u00fc \u202e\n\u0001").Class("a\">").ToString());
        Assert.Equal(
            "<p>\ud83d\ude00<span class=\"hidden\">U+E0041</span>a<span class=\"hidden\">U+00AD</span>b<span class=\"hidden\">U+3164</span><span class=\"hidden\">U+D800</span></p>",
            Html.Of("p", $"\ud83d\ude00\udb40\udc41a\u00adb\u3164{'\ud800'}").ToString());
        Assert.Equal("<input name=\"a\" value=\"&lt;\">", Html.Of("input").With("name", "a").With("value", "<").With("id", null).ToString());
    }

    [Fact]
    public void Lines_have_their_colours_and_marks()
    {
        var text = new TextLines("type A { # äöü <\r\n  b: C\r\n");
        var code = new CodeLines(text, 0, 1);
        Assert.Equal(2, text.Count);
        Assert.Equal(
            """<span class="kw">type</span> <span class="ty">A</span> { <span class="co"># </span><mark><span class="co">äöü</span></mark><span class="co"> &lt;</span>""",
            code.Line(0, (code.ByteAt(0, 12), code.ByteAt(0, 15))).ToString());
        Assert.Equal("""  b: <span class="ty">C</span>""", code.Line(1).ToString());
    }

    [Fact]
    public void A_comparison_marks_what_is_different_within_a_line()
    {
        string Of(string field) => string.Join('\n', ["type A {", .. Enumerable.Range(1, 6).Select(at => $"  a{at}: Int"), $"  {field}", .. Enumerable.Range(7, 6).Select(at => $"  a{at}: Int"), "}"]);
        Assert.Equal(
            """
            <p><span class="come">+1</span> <span class="gone">−1</span> lines</p><div class="scroll" tabindex="0" role="region" aria-label="Texts"><pre class="diff"><code><span class="fold">4 lines the same</span>
            <span class="line same" data-o="5" data-n="5">  a4: <span class="ty">Int</span></span>
            <span class="line same" data-o="6" data-n="6">  a5: <span class="ty">Int</span></span>
            <span class="line same" data-o="7" data-n="7">  a6: <span class="ty">Int</span></span>
            <del class="line gone" data-o="8" data-n="">  price: <span class="ty">Int</span></del>
            <ins class="line come" data-o="" data-n="8">  price: <span class="ty">Int</span><mark>!</mark></ins>
            <span class="line same" data-o="9" data-n="9">  a7: <span class="ty">Int</span></span>
            <span class="line same" data-o="10" data-n="10">  a8: <span class="ty">Int</span></span>
            <span class="line same" data-o="11" data-n="11">  a9: <span class="ty">Int</span></span>
            <span class="fold">4 lines the same</span>
            </code></pre></div>
            """.ReplaceLineEndings("\n"),
            DiffView.Of(Of("price: Int"), Of("price: Int!"), "Texts").ToString());
        Assert.Equal("<p>Not a letter is different.</p>", DiffView.Of("a", "a", "Texts").ToString());
        Assert.Equal(
            "<p><span class=\"come\">+0</span> <span class=\"gone\">−0</span> lines</p><p>Only the ends of lines are different.</p>", DiffView.Of("a\n", "a\r\n", "Texts").ToString());
    }
}
