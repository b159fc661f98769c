using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Pages;

/// <summary>Two texts, line by line.</summary>
public sealed class LineDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "a", "+a")]
    [InlineData("a", "", "-a")]
    [InlineData("a b c", "a b c", " a b c")]
    [InlineData("a b c", "a x c", " a-b+x c")]
    [InlineData("a b c d", "b c d e", "-a b c d+e")]
    [InlineData("a { x } b { y }", "a { x } c { z } b { y }", " a { x }+c+{+z+} b { y }")]
    [InlineData("x x x", "x x", " x x-x")]
    [InlineData("p q r s", "s r q p", "-p-q-r s+r+q+p")]
    public void What_is_in_both_in_the_same_order_stays(string before, string after, string expected) => Assert.Equal(expected, Show(before, after));

    // Whatever the texts are, the runs cover both of them in their order, and equal lines are equal.
    [Fact]
    public void Runs_lead_from_one_text_to_the_other()
    {
        var random = new Random(7);
        for (var round = 0; round < 3_000; round++)
        {
            var alphabet = random.Next(1, 12);
            string Lines() => string.Join(' ', Enumerable.Range(0, random.Next(0, 30)).Select(_ => ((char)('a' + random.Next(alphabet))).ToString()));
            var (before, after) = (Lines(), Lines());
            var shown = Show(before, after);
            Assert.Equal(before, string.Join(' ', Marked(shown).Where(line => line.Mark != '+').Select(line => line.Line)));
            Assert.Equal(after, string.Join(' ', Marked(shown).Where(line => line.Mark != '-').Select(line => line.Line)));
        }
    }

    // Many lines that are there often, and none that both have once: it ends, and soon.
    [Fact]
    public void Large_texts_without_anchors_are_told_as_replaced()
    {
        var before = string.Join('\n', Enumerable.Range(0, 60_000).Select(line => line % 2 == 0 ? "a" : "b"));
        var after = string.Join('\n', Enumerable.Range(0, 60_000).Select(line => line % 3 == 0 ? "b" : "c"));
        var runs = LineDiff.Of(new TextLines(before), new TextLines(after));
        Assert.Equal((60_000, 60_000), (runs.Sum(run => run.OldCount), runs.Sum(run => run.NewCount)));
    }

    private static IEnumerable<(char Mark, string Line)> Marked(string shown) => shown.Chunk(2).Select(pair => (pair[0], pair[1].ToString()));

    private static string Show(string before, string after)
    {
        var (old, now) = (new TextLines(before.Replace(' ', '\n')), new TextLines(after.Replace(' ', '\n')));
        var text = new StringBuilder();
        foreach (var run in LineDiff.Of(old, now))
        {
            for (var at = 0; at < run.OldCount; at++)
            {
                text.Append(run.IsEqual ? ' ' : '-').Append(Encoding.UTF8.GetString(old.BytesOf(run.Old + at)));
            }

            for (var at = 0; !run.IsEqual && at < run.NewCount; at++)
            {
                text.Append('+').Append(Encoding.UTF8.GetString(now.BytesOf(run.New + at)));
            }
        }

        return text.ToString();
    }
}
