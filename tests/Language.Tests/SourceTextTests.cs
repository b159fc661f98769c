using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Language.Tests;

public sealed class SourceTextTests
{
    [Fact]
    public void Lines_end_with_each_of_the_three_line_ends_and_columns_count_utf_16_units()
    {
        var source = new SourceText("a\nb\r\nc\rd\n\r\u00E9\U0001F600x");

        var locations = Enumerable.Range(0, source.Utf8.Length + 1).Select(source.LocationOf);

        Assert.Equal(
            "1:1 1:2 2:1 2:2 2:3 3:1 3:2 4:1 4:2 5:1 6:1",
            string.Join(' ', locations.Take(11).Select(location => $"{location.Line}:{location.Column}")));
        Assert.Equal(new SourceLocation(6, 2), source.LocationOf(Offset(source, "\U0001F600")));
        Assert.Equal(new SourceLocation(6, 4), source.LocationOf(Offset(source, "x")));
        Assert.Equal(new SourceLocation(6, 5), source.LocationOf(int.MaxValue));
    }

    [Fact]
    public void The_index_of_lines_gives_what_counting_from_the_start_gives()
    {
        var random = new Random(Seed.Value);
        for (var i = 0; i < 500; i++)
        {
            var text = new byte[random.Next(60)];
            foreach (ref var one in text.AsSpan())
            {
                one = "ab\n\r"u8[random.Next(4)];
            }

            var source = new SourceText(text);
            for (var offset = 0; offset <= text.Length; offset++)
            {
                Assert.True(Counted(text, offset) == source.LocationOf(offset), $"seed {Seed.Value}, {Convert.ToBase64String(text)} at {offset}");
            }
        }
    }

    [Fact]
    public void Columns_of_a_long_line_count_all_of_it()
    {
        var text = string.Concat(Enumerable.Repeat("aé€😀", 1_000));
        var source = new SourceText(text);
        for (var i = 0; i < text.Length; i += 5)
        {
            Assert.Equal(new SourceLocation(1, i + 1), source.LocationOf(Encoding.UTF8.GetByteCount(text.AsSpan(0, i))));
        }
    }

    // The plain twin.
    private static SourceLocation Counted(byte[] text, int offset)
    {
        var (line, lineStart) = (1, 0);
        for (var i = 0; i < offset; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
            {
                (line, lineStart) = (line + 1, i + 1);
            }
        }

        return new SourceLocation(line, offset - lineStart + 1);
    }

    private static int Offset(SourceText source, string part) => source.Utf8.Span.IndexOf(Encoding.UTF8.GetBytes(part));
}
