using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Composition.Tests.Sources;

/// <summary>What is told of a source never takes many times its memory: the rest is counted.</summary>
public sealed class BoundedProblemsTests
{
    [Fact]
    public void Of_each_severity_the_first_are_told_and_the_others_counted()
    {
        var sink = new ProblemSink();
        for (var i = 0; i < ProblemSink.Most + 5; i++)
        {
            sink.Warning(ProblemCode.SettingsUnknownKey, $"w{i}", "");
            sink.Error(ProblemCode.InvalidGraphql, $"e{i}", "");
        }

        var all = new ProblemSink();
        all.Error(ProblemCode.InvalidGraphql, "first", "");
        all.AddAll(sink);
        Assert.Equal((2 * ProblemSink.Most, 5 + 6), (all.Problems.Length, all.More));
        Assert.Equal(["first", "w0", "e0", "w1"], all.Problems.Take(4).Select(problem => problem.Message));
        Assert.Equal("w999", all.Problems[^1].Message);
    }

    [Fact]
    public void A_source_has_problems_though_they_are_not_told()
    {
        var sink = new ProblemSink();
        var text = new SourceText("type Query { a: Int }", "b.graphqls");
        for (var i = 0; i < ProblemSink.Most; i++)
        {
            sink.Error(ProblemCode.InvalidGraphql, "", "", new Place("a", text, 0));
        }

        sink.Error(ProblemCode.InvalidGraphql, "", "", new Place("b", text, 0));
        Assert.Equal((true, true, false, 1), (sink.Concerns("a"), sink.Concerns("b"), sink.Concerns("c"), sink.More));
    }

    [Fact]
    public void A_problem_is_told_at_its_first_places()
    {
        var sink = new ProblemSink();
        var text = new SourceText(new string(' ', ProblemSink.MostPlaces + 1), "a.graphqls");
        sink.Error(ProblemCode.InvalidGraphql, "It is wrong.", "Mend it.", Enumerable.Range(0, ProblemSink.MostPlaces + 1).Select(at => new Place("a", text, at)));
        var problem = Assert.Single(sink.Problems);
        Assert.Equal((ProblemSink.MostPlaces, 1), (problem.Places.Length, problem.MorePlaces));
        Assert.EndsWith("  also a.graphqls:1:100\n  and at 1 more place\n  hint: Mend it.", problem.ToString(), StringComparison.Ordinal);
    }

    // A variable takes a few characters, and its value as many as the file has: together they would be their product.
    [Theory]
    [InlineData(100, 80, null)]
    [InlineData(100, 100, "has more than 10000 characters with its variables filled in.")]
    [InlineData(2_001, 0, "has more than 10000 characters with its variables filled in.")]
    public void A_text_with_its_variables_filled_in_has_a_bound(int times, int length, string? expected)
    {
        var url = "http://x/" + string.Concat(Enumerable.Repeat("{{U}}", times));
        var settings = "{\"transports\":{\"http\":{\"url\":\"" + url + "\"}},\"environments\":{\"dev\":{\"U\":\"" + new string('u', length) + "\"}}}";
        var read = SourceTexts.Read([new SourceTexts("a", new SourceText("type Query { a: Int }", "a"), new SourceText(settings, "a settings"), null)], "dev");
        Assert.Equal(expected is null ? [] : [$"\"{url[..200]}…\" {expected}"], read.Problems.Select(problem => problem.Message));
    }

    [Fact]
    public void A_text_without_values_for_many_variables_is_told_in_few_characters()
    {
        var text = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{{{{v{i:000}}}}}"));
        var read = SourceTexts.Read(
            [new SourceTexts("a", new SourceText("type Query { a: Int }", "a"), new SourceText($$"""{"name":"{{text}}"}""", "a settings"), null)], "dev");
        Assert.True(read.Problems.Sum(problem => problem.Message.Length) < 500_000);
    }
}
